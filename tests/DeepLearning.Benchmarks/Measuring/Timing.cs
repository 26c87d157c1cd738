using System.Diagnostics;

namespace DeepLearning.Benchmarks;

/// <summary>A rate, whether the machine left the process alone while it was measured, and what a call allocates.</summary>
/// <param name="PerSecond">Calls a second.</param>
/// <param name="Fastest">The same in the fastest block.</param>
/// <param name="Clean">How many blocks ran undisturbed.</param>
/// <param name="Blocks">How many there were.</param>
/// <param name="BytesPerCall">What the calling thread took from the garbage collector.</param>
internal sealed record Measured(double PerSecond, double Fastest, int Clean, int Blocks, double BytesPerCall)
{
    /// <summary>Fewer undisturbed blocks than this are too few for a median.</summary>
    public const int EnoughClean = 7;

    public bool Contended => Clean < EnoughClean;
}

/// <summary>
/// Measures as torch_baseline.py does: short blocks of calls, and the median over those during which no thread was pre-empted or kept
/// waiting for a processor; the fastest tenth where there are too few of them.
/// </summary>
internal sealed class Timing(double seconds)
{
    // Long enough for the runtime to have compiled the steady state: its last tier comes after about half a second of calls.
    private const double WarmSeconds = 1.5, BlockSeconds = 0.004;
    // A helper that is woken waits a little for its processor even on an idle machine.
    private const double WaitShare = 0.05;
    private const int LeastBlocks = 10;

    public Measured Rate(Action step)
    {
        long start = Stopwatch.GetTimestamp();
        for (int n = 0; n < 3 || Seconds(start) < WarmSeconds; n++) step();
        double best = double.PositiveInfinity;
        for (int i = 0; i < 5; i++) best = Math.Min(best, Time(step, 1).Seconds);
        int calls = Math.Max(1, (int)(BlockSeconds / best));
        List<(double Seconds, bool Clean)> blocks = [];
        start = Stopwatch.GetTimestamp();
        while (blocks.Count < LeastBlocks || Seconds(start) < seconds) blocks.Add(Time(step, calls));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < calls; i++) step();
        double bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / calls;
        return new Measured(calls / Pick(blocks), calls / blocks.Min(b => b.Seconds), blocks.Count(b => b.Clean), blocks.Count, bytes);
    }

    private static (double Seconds, bool Clean) Time(Action step, int calls)
    {
        double waited = Preemption.Waited;
        long switches = Preemption.Count, start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++) step();
        double seconds = Seconds(start);
        return (seconds, Preemption.Count == switches && Preemption.Waited - waited < WaitShare * seconds);
    }

    private static double Pick(List<(double Seconds, bool Clean)> blocks)
    {
        double[] clean = [.. blocks.Where(b => b.Clean).Select(b => b.Seconds)];
        return clean.Length >= Measured.EnoughClean ? Quantile(clean, 0.5) : Quantile([.. blocks.Select(b => b.Seconds)], 0.1);
    }

    /// <summary>The value below which a share of the numbers lies.</summary>
    public static double Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        double at = share * (sorted.Length - 1);
        int low = (int)at;
        return low + 1 < sorted.Length ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]) : sorted[low];
    }

    private static double Seconds(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
}
