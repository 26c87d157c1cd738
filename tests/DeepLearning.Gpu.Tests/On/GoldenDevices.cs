namespace DeepLearning.Tests;

/// <summary>The devices that golden rows are checked on here.</summary>
public static class GoldenDevices
{
    public static string[] Names => Enum.GetNames<GpuKind>();

    public static Device Named(string name) => Gpu.Devices.Of(Enum.Parse<GpuKind>(name));
}
