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
        string inside = Directory.CreateDirectory(Path.Combine(Root(), "notebooks")).FullName, file = Path.Combine(_folder, "Gpu.props");
        Assert.Equal(0, GpuCommand.Run(inside, true, _console));
        Assert.Contains("<Gpu>true</Gpu>", File.ReadAllText(file));
        Assert.Contains(file, _console.ToString());
        Assert.Equal(0, GpuCommand.Run(inside, false, _console));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void NothingHalfWrittenIsLeft()
    {
        string setting = Root(), file = Path.Combine(setting, "Gpu.props");
        File.WriteAllText(file, "<Proj");
        Assert.Equal(0, GpuCommand.Run(setting, true, _console));
        Assert.Equal(0, GpuCommand.Run(setting, true, _console));
        Assert.EndsWith("</Project>\n", File.ReadAllText(file));
        Assert.Equal(["Directory.Build.props", "Gpu.props"], Directory.EnumerateFiles(setting).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void WhatCannotBeWrittenIsSaid()
    {
        string setting = Root();
        Directory.CreateDirectory(Path.Combine(setting, "Gpu.props"));
        Assert.Equal(1, GpuCommand.Run(setting, true, _console));
        Assert.Contains("cannot be written: ", _console.ToString());
        Assert.Contains("-p:Gpu=true", _console.ToString());
        Assert.Equal(["Directory.Build.props"], Directory.EnumerateFiles(setting).Select(Path.GetFileName));
    }

    private string Root()
    {
        File.WriteAllText(Path.Combine(_folder, "Directory.Build.props"), "<Project />");
        return _folder;
    }
}
