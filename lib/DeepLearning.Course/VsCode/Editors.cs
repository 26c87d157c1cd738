using System.ComponentModel;
using System.Diagnostics;

namespace DeepLearning.Course.VsCode;

/// <summary>The editors on this machine that take the extension.</summary>
internal static class Editors
{
    private static readonly string[] s_names = ["code", "code-insiders", "codium", "cursor", "windsurf", "code-server"];

    /// <summary>The command-line programs of those on the path.</summary>
    public static IEnumerable<string> Find()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string ending = OperatingSystem.IsWindows() ? ".cmd" : "";
        return s_names.Select(name => folders.Select(folder => Path.Combine(folder, name + ending)).FirstOrDefault(File.Exists))
            .OfType<string>();
    }

    /// <summary>Has an editor install a package; returns what it said if it refused, else null.</summary>
    public static string? Install(string editor, string vsix)
    {
        string[] arguments = ["--install-extension", vsix, "--force"];
        ProcessStartInfo start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", ["/c", editor, .. arguments])
            : new ProcessStartInfo(editor, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{output}{errors.Result}".Trim();
        }
        catch (Win32Exception problem)
        {
            return problem.Message;
        }
    }
}
