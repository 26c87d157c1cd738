namespace DeepLearning.Tests.Gpu;

/// <summary>Which device is taken, and what is said when there is none.</summary>
public class DeviceChoiceTests
{
    [Fact]
    public void TheProcessorIsTakenWhenAskedFor()
    {
        Assert.Equal("ilgpu-cpu", Devices.Processor.Name);
        Assert.Equal(GpuKind.Cpu, Devices.Processor.Kind);
        Assert.Contains("on the processor", Devices.Processor.Description);
    }

    [Theory]
    [InlineData(GpuKind.Cuda, "There is no CUDA device here")]
    [InlineData(GpuKind.OpenCL, "There is no OpenCL device here")]
    public void AMissingCardIsOneSentence(GpuKind kind, string says)
    {
        try
        {
            Assert.Equal(kind, GpuDevice.Create(kind).Kind);
        }
        catch (NotSupportedException missing)
        {
            Assert.StartsWith(says, missing.Message);
            Assert.Contains("that can be used: ", missing.Message);
            Assert.EndsWith("Device.Cpu runs the same models.", missing.Message);
        }
    }

    [Fact]
    public void TheLibraryFindsTheDeviceByItself()
    {
        try
        {
            Assert.IsType<GpuDevice>(Device.Gpu);
            Assert.Same(Device.Gpu, Device.Gpu);
        }
        catch (NotSupportedException missing)
        {
            Assert.StartsWith("There is no graphics card here that can be used", missing.Message);
        }
    }

    [Fact]
    public void AProcessorThatOffersOpenCLIsNoCard()
    {
        Assert.SkipUnless(string.IsNullOrEmpty(Environment.GetEnvironmentVariable(GpuDevice.Variable)), "A device is asked for by name.");
        DeviceInfo[] cards = GpuDevice.Found.Where(found => !found.IsProcessor).ToArray();
        if (cards.Length == 0) Assert.Throws<NotSupportedException>(() => Device.Gpu);
        else Assert.Equal(cards[0].Name, Device.Gpu.Name);
    }
}
