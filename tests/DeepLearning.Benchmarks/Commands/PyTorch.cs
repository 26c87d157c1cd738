using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace DeepLearning.Benchmarks;

/// <summary>Runs torch_baseline.py.</summary>
internal sealed class PyTorch
{
    private PyTorch(string python, string version) => (Python, Version) = (python, version);

    /// <summary>The interpreter.</summary>
    public string Python { get; }

    /// <summary>What PyTorch says of itself.</summary>
    public string Version { get; }

    /// <summary>The first interpreter that has PyTorch; null if none has.</summary>
    public static PyTorch? Find(string? python)
    {
        string[] candidates = python is null ? ["python3", "/usr/bin/python3"] : [python];
        foreach (string candidate in candidates)
        {
            if (Output(candidate, "-c", "import torch; print(torch.__version__)") is [var version, ..])
                return new PyTorch(candidate, version);
        }
        return null;
    }

    /// <summary>The value of one workload, or null where it could not be measured, and whether the machine disturbed it.</summary>
    public (double? Value, bool Contended) Run(string workload, int threads, double seconds)
    {
        string[] lines = Output(Python, Path.Combine(AppContext.BaseDirectory, "torch_baseline.py"), "--only", workload, "--no-env",
            "--threads", $"{threads}", "--seconds", seconds.ToString(CultureInfo.InvariantCulture));
        string? line = lines.FirstOrDefault(l => l.StartsWith(workload + " "));
        return (line is null ? null : double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture),
            lines.Any(l => l.StartsWith("# contended")));
    }

    private static string[] Output(string program, params string[] arguments)
    {
        try
        {
            using Process process =
                Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
        }
        catch (Win32Exception)
        {
            return [];
        }
    }
}
