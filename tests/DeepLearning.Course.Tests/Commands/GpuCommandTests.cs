using DeepLearning.Course.Commands;

namespace DeepLearning.Course.Tests.Commands;

public sealed class GpuCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly StringWriter _console = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheSettingIsWrittenBesideTheBuildsAndTakenAway()
    {
        File.WriteAllText(Path.Combine(_folder, "Directory.Build.props"), "<Project />");
        string inside = Directory.CreateDirectory(Path.Combine(_folder, "notebooks")).FullName, file = Path.Combine(_folder, "Gpu.props");
        Assert.Equal(0, GpuCommand.Run(inside, true, _console));
        Assert.Contains("<Gpu>true</Gpu>", File.ReadAllText(file));
        Assert.Contains(file, _console.ToString());
        Assert.Equal(0, GpuCommand.Run(inside, false, _console));
        Assert.False(File.Exists(file));
    }
}
