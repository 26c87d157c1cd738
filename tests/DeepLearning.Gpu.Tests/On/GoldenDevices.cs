namespace DeepLearning.Tests;

/// <summary>The devices that golden rows are checked on here.</summary>
public static class GoldenDevices
{
    public static string[] Names => ["ilgpu-cpu"];

    public static Device Named(string _) => Gpu.Devices.Processor;
}
