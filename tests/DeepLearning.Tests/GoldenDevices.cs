namespace DeepLearning.Tests;

/// <summary>The devices that golden rows are checked on.</summary>
public static class GoldenDevices
{
    public static string[] Names => ["cpu", "reference"];

    public static Device Named(string name) => name == "cpu" ? Device.Cpu : Device.Reference;
}
