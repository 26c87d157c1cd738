namespace DeepLearning.Tests.Gpu;

/// <summary>What a build without a GPU device says.</summary>
public class SwitchedOffTests
{
    [Fact]
    public void TheDeviceSaysHowToSwitchItOn()
    {
        var error = Assert.Throws<NotSupportedException>(() => Device.Gpu);
        Assert.Contains("course gpu enable", error.Message);
        Assert.Contains("-p:Gpu=true", error.Message);
        Assert.Contains("Device.Cpu", error.Message);
    }
}
