using DeepLearning.Course.Commands;

namespace DeepLearning.Course.Tests.Commands;

public class DoctorCommandTests
{
    [Fact]
    public void EveryDeviceHasALine()
    {
        StringWriter console = new();
        DoctorCommand.Run(console, quick: true);
        string[] lines = console.ToString().Split('\n');
        Assert.Contains(lines, line => line.Contains("Device cpu") && line.Contains(Device.Cpu.Description)
            && line.Contains($"{Environment.ProcessorCount} core"));
        foreach (DeviceInfo info in Device.Found)
            Assert.Contains(lines, line => line.Contains($"Device {info.Name}") && line.Contains(info.Description));
        Assert.DoesNotContain(lines, line => line.Contains("Crossover"));
    }

    [Fact]
    public void WithoutAGpuDeviceItSaysHowToSwitchItOnAndMeasuresNothing()
    {
        if (Device.Found.Count > 1) Assert.Skip("There is a GPU device here.");
        StringWriter console = new();
        DoctorCommand.Run(console, quick: false);
        Assert.Contains("Device.Cpu runs the same models", Assert.Single(console.ToString().Split('\n'), line => line.Contains("GPU  ")));
        Assert.DoesNotContain("Crossover", console.ToString());
        Assert.Null(DoctorDevices.Crossing(null));
    }
}
