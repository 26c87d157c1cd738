using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DeepLearning.Course.Jupyter.Installation;

/// <summary>
/// Puts a copy of this program where the kernel's entry points: compiled ahead of time where that can be had, so that it starts fast.
/// </summary>
internal static class ProgramCopy
{
    private static readonly string s_own = $"{typeof(ProgramCopy).Assembly.GetName().Name}.dll";

    /// <summary>The command that starts a copy in <paramref name="folder"/>.</summary>
    public static string[] CommandOf(string folder) => [Dotnet(), Path.Combine(folder, s_own)];

    /// <summary>Replaces <paramref name="folder"/> by a new copy.</summary>
    /// <param name="folder">Where the copy goes.</param>
    /// <param name="compile">False: copy the build output, which starts slower.</param>
    /// <param name="log">Told what is done and why.</param>
    public static void Make(string folder, bool compile, TextWriter log)
    {
        string fresh = $"{folder}.{Guid.NewGuid():N}";
        try
        {
            if (!compile || !TryPublish(fresh, log)) CopyBuild(fresh);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.Move(fresh, folder);
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        }
    }

    private static bool TryPublish(string folder, TextWriter log)
    {
        if (FindProject() is not { } project)
        {
            log.WriteLine(
                "The course's source is not here, so the kernel is a copy of this program; it starts slower than one compiled " +
                "ahead of time.");
            return false;
        }
        log.WriteLine("Compiling the kernel ahead of time, so that it starts fast; this takes about a minute…");
        var start = new ProcessStartInfo(Dotnet(),
        [
            "publish", project, "--configuration", "Release", "--runtime", RuntimeInformation.RuntimeIdentifier, "--no-self-contained",
            "--output", folder, "--artifacts-path", Path.Combine(Path.GetDirectoryName(project)!, "..", "..", "artifacts", "kernel"),
            "--disable-build-servers", "--nologo", "--verbosity", "quiet", "-p:PublishReadyToRun=true", "-p:FrontEnd=none",
        ]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process publish = Process.Start(start)!;
        Task<string> errors = publish.StandardError.ReadToEndAsync();
        string output = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        if (publish.ExitCode == 0) return true;
        string reason =
            (output + errors.Result).Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))?.Trim()
                ?? $"exit code {publish.ExitCode}";
        log.WriteLine($"That did not work ({reason}); the kernel is a copy of this program instead, which starts in about two seconds.");
        return false;
    }

    private static string? FindProject()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string project = Path.Combine(folder.FullName, "lib", "DeepLearning.Course", "DeepLearning.Course.csproj");
            if (File.Exists(project)) return project;
        }
        return null;
    }

    private static void CopyBuild(string folder)
    {
        string from = AppContext.BaseDirectory;
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(from, file);
            if (name.StartsWith("wwwroot", StringComparison.Ordinal)) continue;
            string to = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    /// <summary>
    /// The program <c>dotnet</c> of the running framework, by its full path: front ends may start kernels with another PATH.
    /// </summary>
    private static string Dotnet()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string path = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(path) ? path : name;
    }
}
