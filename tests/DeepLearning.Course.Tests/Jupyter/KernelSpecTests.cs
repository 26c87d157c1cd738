using DeepLearning.Course.Jupyter.Installation;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>What installing writes, and what uninstalling leaves alone.</summary>
public sealed class KernelSpecTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-spec-").FullName;

    private string Kernels => Path.Combine(_folder, "kernels");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void GoesByBothNamesWhereBothAreFreeAndLeavesNothingBehind()
    {
        var spec = new KernelSpec(Kernels);
        Assert.Equal(["deeplearning-csharp", ".net-csharp"], spec.Write(["run"], []).Select(Path.GetFileName));
        Assert.Equal(2, spec.Write(["run", "again"], [Kernels]).Count);
        Assert.Contains("again", File.ReadAllText(Path.Combine(Kernels, ".net-csharp", "kernel.json")));
        Assert.Equal(2, spec.Remove().Count);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Kernels));
        Assert.Empty(spec.Remove());
    }

    [Theory]
    [InlineData("kernels", """{"argv": ["theirs"], "metadata": {}}""")]
    [InlineData("kernels", "not JSON")]
    [InlineData("elsewhere", """{"argv": ["theirs"]}""")]
    public void AnotherKernelOfTheNotebooksNameStays(string folder, string theirs)
    {
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, folder, ".net-csharp")).FullName, "kernel.json");
        File.WriteAllText(file, theirs);
        var spec = new KernelSpec(Kernels);
        Assert.Equal([Path.Combine(Kernels, "deeplearning-csharp")],
            spec.Write(["run"], [Path.Combine(_folder, "elsewhere"), Path.Combine(_folder, "absent")]));
        Assert.Equal([Path.Combine(Kernels, "deeplearning-csharp")], spec.Remove());
        Assert.Equal(theirs, File.ReadAllText(file));
    }
}
