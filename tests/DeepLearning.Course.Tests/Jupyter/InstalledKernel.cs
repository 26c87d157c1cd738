using System.Diagnostics;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>The kernel installed by its own command under a prefix that goes with the test, and the outside programs that use it.</summary>
public sealed class InstalledKernel : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);
    private static readonly string s_sources =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../tests/DeepLearning.Course.Tests/Jupyter"));
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "DeepLearning.Course.dll");

    public InstalledKernel()
    {
        (int code, string output) = Run("dotnet", [s_program, "kernel", "install", "--plain", "--prefix", Prefix], Prefix);
        Assert.True(code == 0, output);
    }

    public string Prefix { get; } = Directory.CreateTempSubdirectory("course-jupyter-").FullName;

    public string Specs => Path.Combine(Prefix, "share", "jupyter", "kernels");

    /// <summary>Where Jupyter, told so by its environment, keeps everything, so that nothing of the user's is read or changed.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["JUPYTER_PATH"] = Path.Combine(Prefix, "share", "jupyter"), ["JUPYTER_DATA_DIR"] = Path.Combine(Prefix, "data"),
        ["JUPYTER_RUNTIME_DIR"] = Path.Combine(Prefix, "runtime"), ["JUPYTER_CONFIG_DIR"] = Path.Combine(Prefix, "config"),
        ["IPYTHONDIR"] = Path.Combine(Prefix, "ipython"), ["PYTHONDONTWRITEBYTECODE"] = "1",
    };

    /// <summary>A Python that has the modules, or the test is skipped.</summary>
    public static string Python(params string[] modules)
    {
        string?[] candidates = [System.Environment.GetEnvironmentVariable("PYTHON"), "/usr/bin/python3", "python3"];
        string? python = candidates.OfType<string>().FirstOrDefault(name => TryRun(name, ["-c", $"import {string.Join(", ", modules)}"]));
        if (python is null)
            Assert.Skip(
                $"No Python here has {string.Join(" and ", modules)}; apt-get install python3-nbclient python3-jupyter-kernel-test " +
                "jupyter-notebook, or set PYTHON.");
        return python;
    }

    public static string Source(string name) => Path.Combine(s_sources, name);

    /// <summary>Runs a program to its end; both its streams in one text.</summary>
    public (int ExitCode, string Output) Run(string program, IReadOnlyList<string> arguments, string? folder = null)
    {
        using Process process = Start(program, arguments, folder);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience)) process.Kill(entireProcessTree: true);
        return (process.ExitCode, output.Result + errors.Result);
    }

    public Process Start(string program, IReadOnlyList<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? Prefix,
        };
        foreach ((string name, string value) in Environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>The command an entry starts the kernel with, up to the connection file.</summary>
    public static IReadOnlyList<string> Command(string spec) =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(spec, "kernel.json")))!["argv"]!.AsArray()
            .Select(word => (string)word!).SkipLast(1)];

    public void Dispose() => Directory.Delete(Prefix, recursive: true);

    private static bool TryRun(string program, string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
