namespace DeepLearning.Tests.Gpu;

/// <summary>Measured on the devices there are; what comes of the times is tested without any.</summary>
public class CrossoverTests
{
    public static TheoryData<string> Kinds => ["Cpu", "OpenCL", "Cuda"];

    [Theory, MemberData(nameof(Kinds))]
    public void IsMeasuredOnADevice(string kind)
    {
        GpuDevice device = kind switch { "Cuda" => Devices.Cuda, "OpenCL" => Devices.OpenCL, _ => Devices.Processor };
        Crossover crossover = Crossover.Measure(device, batch: 16, widths: [4, 8], seconds: 30);
        TestContext.Current.TestOutputHelper!.WriteLine($"{crossover}");
        Assert.Equal([64, 128], crossover.Points.Select(point => point.Size));
        Assert.All(crossover.Points, point => Assert.True(point is { BaselineSeconds: > 0, DeviceSeconds: > 0 }));
        Assert.Equal((device.Name, "the CPU"), (crossover.Device, crossover.Baseline));
    }

    [Fact]
    public void TheStandInIsFarSlowerThanTheCpu() =>
        Assert.Equal(double.PositiveInfinity, Crossover.Measure(Devices.Processor, widths: [8, 16], seconds: 0.1).At);

    [Fact]
    public void NobodyTrainsOnTheStandIn()
    {
        Sequential model = new(new Dense(4, 4, new Generator(1)));
        DeviceChoice choice = DeviceChoice.Decide(model, 64, [], () => Devices.Processor,
            _ => throw new InvalidOperationException("not measured"));
        Assert.Equal((Device.Cpu, "The CPU: ilgpu-cpu is the GPU's kernels on the processor, for trying them out."),
            (choice.Device, choice.Why));
    }

    [Fact]
    public void AModelTrainsOnTheBestDevice()
    {
        Dataset digits = Datasets.Digits();
        Generator generator = new(7);
        Sequential model = new(new Dense(64, 24, generator), new Relu(), new Dense(24, 10, generator));
        Trainer trainer =
            new(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters, 0.01)) { Progress = null };
        Device best = Device.Best(model, 64);
        model.To(best);
        History history = trainer.Fit(digits.X / 16, digits.Y, epochs: 3, batchSize: 64);
        Assert.All(model.Parameters, parameter => Assert.Same(best, parameter.Device));
        Assert.True(history.Rows[^1].Loss < history.Rows[0].Loss);
    }

    [Fact]
    public void FoundBeginsWithTheProcessorAndHasTheDeviceThatIsTaken()
    {
        Assert.Equal("cpu", Device.Found[0].Name);
        Assert.Contains("floats at a time", Device.Found[0].Description);
        Assert.Equal(Device.Found.Skip(1), GpuDevice.Found);
        try
        {
            Assert.Equal((Device.Gpu.Name, Device.Gpu.Description), (GpuDevice.Found[0].Name, GpuDevice.Found[0].Description));
        }
        catch (NotSupportedException)
        {
            Assert.DoesNotContain(GpuDevice.Found, found => !found.IsProcessor);
        }
    }
}
