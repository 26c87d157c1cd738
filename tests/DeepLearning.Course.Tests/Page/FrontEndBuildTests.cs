using System.Diagnostics;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Page;

/// <summary>When a build runs npm: once, and after a failure not again for an hour.</summary>
[Collection(SessionTest.OneAtATime)]
public class FrontEndBuildTests
{
    [Theory]
    [InlineData(null, "true")]
    [InlineData(1, "")]
    [InlineData(-1, "true")]
    public void FailureIsRememberedForAWhile(int? hoursFromNow, string expected)
    {
        string folder = Directory.CreateTempSubdirectory("course-front-end-").FullName;
        try
        {
            if (hoursFromNow is { } hours)
                File.WriteAllText(Path.Combine(folder, "failed.txt"), $"{DateTime.UtcNow.AddHours(hours).Ticks}\n");
            Assert.Equal(expected, Property("RunNpm", $"-p:FrontEndFolder={folder}/"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void NpmIsLeftOutOnRequest() => Assert.Equal("", Property("RunNpm", "-p:FrontEnd=none"));

    private static string Property(string name, string option)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "DeepLearning.Notebooks.sln"))) root = root.Parent;
        if (root is null) Assert.Skip("The sources are not beside this test; run it from a clone.");
        string project = Path.Combine(root.FullName, "lib", "DeepLearning.Course", "DeepLearning.Course.csproj");
        using Process msbuild = Process.Start(
            new ProcessStartInfo("dotnet", ["msbuild", project, $"-getProperty:{name}", option]) { RedirectStandardOutput = true })!;
        string output = msbuild.StandardOutput.ReadToEnd();
        msbuild.WaitForExit();
        Assert.True(msbuild.ExitCode == 0, output);
        return output.Trim();
    }
}
