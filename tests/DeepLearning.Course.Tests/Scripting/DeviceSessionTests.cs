namespace DeepLearning.Course.Tests.Scripting;

/// <summary>Choosing a device from a cell.</summary>
[Collection(OneAtATime)]
public sealed class DeviceSessionTests : SessionTest
{
    private const string Model = "var model = new Sequential(new Dense(4, 3, new Generator(1)));\n";

    [Fact]
    public async Task TheBestDeviceIsFoundInACell()
    {
        await Run(Model);
        Assert.Equal("cpu", await Run("Device best = Device.Best(model, batch: 64);\nmodel.To(best);\n$\"{best}\""));
        Assert.Equal("cpu", await Run("$\"{Device.Best(model, 64, 4)}\""));
        Assert.Contains("CPU", await Run("DeviceChoice.For(model, batch: 64).Why"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ItIsOfferedAndExplained()
    {
        await Run(Model);
        string[] offered = [.. Session.Complete("Device.", 7).Items.Select(item => item.Text)];
        Assert.Contains("Cpu", offered);
        Assert.Contains("Best", offered);
        const string Call = "Device.Best(model, 64)";
        Assert.Contains("The device on which a model is trained fastest here", Session.Inspect(Call, Call.IndexOf("Best") + 2)!.Summary);
    }

    [Fact]
    public async Task WithTheGpuDeviceBuiltInItsClassIsKnown()
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "DeepLearning.Gpu.dll")))
            Assert.Skip("This is built without a GPU device.");
        Assert.Equal("true", await Run("GpuDevice.Found.All(found => Device.Found.Contains(found))"));
    }
}
