using System.ComponentModel;
using System.Diagnostics;

namespace DeepLearning.Benchmarks;

/// <summary>What NVIDIA's tool says of the card.</summary>
internal static class NvidiaSmi
{
    private const string Fields = "name,driver_version,clocks.sm,clocks.max.sm,clocks.mem,power.draw,power.limit,temperature.gpu";

    /// <summary>A line, while <paramref name="work"/> keeps the card busy; null where there is no such tool.</summary>
    public static string? Ask(Action work)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo("nvidia-smi", ["--query-gpu=" + Fields, "--format=csv,noheader"]) { RedirectStandardOutput = true })!;
            Task<string?> output = process.StandardOutput.ReadLineAsync();
            while (!output.IsCompleted) work();
            process.WaitForExit();
            return output.Result is { } line ? $"# under load, {Fields}: {line}" : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
