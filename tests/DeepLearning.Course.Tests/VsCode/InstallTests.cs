using System.Diagnostics;
using DeepLearning.Course.Commands;

namespace DeepLearning.Course.Tests.VsCode;

/// <summary><c>course vscode install</c> as it is typed, with editors on the path that are stand-ins, and a home of its own.</summary>
public sealed class InstallTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-install-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Programs => Path.Combine(_folder, "bin");

    private string Home => Path.Combine(_folder, "home");

    // The shell's own words only: nothing else is on the path.
    private void PutEditor(string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for an editor is a shell script.");
        string file = Path.Combine(Directory.CreateDirectory(Programs).FullName, name);
        File.WriteAllText(file, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(VsCodeCommand).Assembly.Location, "vscode", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder,
        };
        (start.Environment["PATH"], start.Environment["HOME"], start.Environment["USERPROFILE"]) =
            (Programs, Directory.CreateDirectory(Home).FullName, Home);
        using Process course = Process.Start(start)!;
        Task<string> errors = course.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await course.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await course.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (course.ExitCode, output + await errors);
    }

    [Fact]
    public async Task EditorsOnThePathAreAskedToInstallIt()
    {
        PutEditor("code", "[ -s \"$2\" ] && echo \"$@\" > \"$HOME/asked\"");
        PutEditor("codium", "echo no room >&2; exit 1");
        (int code, string said) = await RunAsync("install");
        Assert.Equal(0, code);
        Assert.Contains($"Installed by {Path.Combine(Programs, "code")}", said);
        Assert.Contains("codium did not take it: no room", said);
        Assert.Contains("press Run All", said);
        Assert.Matches(@"^--install-extension \S+course\.vsix --force\s*$", File.ReadAllText(Path.Combine(Home, "asked")));
        Assert.False(Directory.Exists(Path.Combine(Home, ".vscode")));
    }

    [Fact]
    public async Task WhereEveryEditorRefusesTheExitCodeSaysSo()
    {
        PutEditor("code", "echo no room >&2; exit 1");
        (int code, string said) = await RunAsync("install");
        Assert.Equal(1, code);
        Assert.Contains("did not take it: no room", said);
        Assert.DoesNotContain("press Run All", said);
    }

    [Fact]
    public async Task WithoutAnEditorOnThePathItIsUnpackedIntoTheHome()
    {
        (int code, string said) = await RunAsync("install");
        Assert.Equal(0, code);
        string folder = Assert.Single(Directory.EnumerateDirectories(Path.Combine(Home, ".vscode", "extensions")));
        Assert.StartsWith("deeplearning-notebooks.deeplearning-csharp-", Path.GetFileName(folder));
        Assert.True(File.Exists(Path.Combine(folder, "src", "extension.js")));
        Assert.Contains(folder, said);
    }

    [Fact]
    public async Task HelpShowsExamples()
    {
        Assert.Contains("course vscode install", (await RunAsync("--help")).Said);
        (int code, string said) = await RunAsync("install", "--help");
        Assert.Equal(0, code);
        Assert.Contains("--vsix course.vsix", said);
        Assert.Contains("--into", said);
    }
}
