using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Benchmarks;

/// <summary>
/// Prints a line for each workload, in the format of torch_baseline.py: <c>name value unit</c>, and lines with # about the circumstances.
/// </summary>
internal static class QuickCommand
{
    public static Command Create()
    {
        Option<string?> only = CommonOptions.Only();
        Option<int> threads = CommonOptions.Threads();
        Option<double> seconds = CommonOptions.Seconds(unlessGiven: 2);
        Command command =
            new("quick", "Measures each workload once and prints it in the format of torch_baseline.py.") { only, threads, seconds };
        command.SetAction(parsed => Run(parsed.GetValue(only), parsed.GetValue(threads), new Timing(parsed.GetValue(seconds))));
        return command;
    }

    private static void Run(string? only, int threads, Timing timing)
    {
        CommonOptions.UseThreads(threads);
        double peak = Peak.Gigaflops(timing, threads);
        Console.WriteLine(Environment(threads, peak));
        foreach (Workload workload in Catalogue.Find(only))
        {
            Result result = workload.Run(timing);
            if (result.Measured is { Contended: true } contended)
                Console.WriteLine(
                    $"# contended: {contended.Clean} of {contended.Blocks} blocks of {workload.Name} ran undisturbed; " +
                    "fastest decile reported");
            if (Notes(result, peak) is { Length: > 0 } notes) Console.WriteLine($"# {workload.Name}: {notes}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{workload.Name} {result.Value:0.00} {workload.Unit}"));
        }
    }

    /// <summary>What the figures depend on.</summary>
    public static string Environment(int threads, double peak) => string.Create(CultureInfo.InvariantCulture,
        $"# {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}, threads {threads}, vectors of " +
        $"{(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits, peak {peak:0} GFLOP/s");

    /// <summary>The share of the peak, and the bytes allocated a call.</summary>
    public static string Notes(Result result, double peak)
    {
        List<string> notes = [];
        if (result.Gigaflops is { } rate) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{rate / peak:P0} of the peak"));
        if (result.Measured is { } measured)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{measured.BytesPerCall:0} bytes allocated a call"));
        return string.Join(", ", notes);
    }
}
