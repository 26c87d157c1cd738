using System.Diagnostics;

namespace DeepLearning.Benchmarks;

/// <summary>
/// Measures as torch_gpu.py does. A card works while the program goes on, so calls are timed in blocks of many, each ended by waiting for
/// the card; the median of the blocks counts.
/// </summary>
internal sealed class GpuTiming(Card card, double measureSeconds)
{
    private const double BlockSeconds = 0.05;
    private const int LeastBlocks = 5, MostCounted = 8;

    // A card takes about a thousand kernels ahead, then the program has to wait for it.
    private const int MostAhead = 500;

    /// <param name="call">Tells the card what to do.</param>
    /// <param name="warmSeconds">For how long it runs before it is timed: kernels are compiled, and clocks rise.</param>
    public GpuMeasured Measure(Action call, double warmSeconds)
    {
        // Kernels are compiled here, so that the first block to be timed is like the others.
        Block(call, 3);
        long start = Stopwatch.GetTimestamp();
        int calls = 1;
        for (double block = 0; block < BlockSeconds || Seconds(start) < warmSeconds;)
        {
            block = Block(call, calls);
            if (block < BlockSeconds) calls = Math.Max(calls + 1, (int)(calls * Math.Min(10, 1.1 * BlockSeconds / block)));
        }
        List<double> blocks = [];
        start = Stopwatch.GetTimestamp();
        while (blocks.Count < LeastBlocks || Seconds(start) < measureSeconds) blocks.Add(Block(call, calls));
        double seconds = Timing.Quantile([.. blocks], 0.5) / calls;
        // Where a call takes long, as without a card, one has to do.
        int counted = Math.Clamp((int)(10 * BlockSeconds / seconds), 1, MostCounted);
        CardCounts before = card.Count();
        for (int i = 0; i < counted; i++) call();
        CardCounts after = card.Count();
        double launches = (after.Launches - before.Launches) / (double)counted;
        int ahead = Math.Clamp((int)(MostAhead / Math.Max(1, launches)), 1, calls);
        double[] host = [.. Enumerable.Range(0, counted).Select(_ => Host(call, ahead))];
        return new GpuMeasured(seconds, Timing.Quantile(host, 0.5), after.BytesHeld, launches,
            (after.Waits - before.Waits) / (double)counted);
    }

    private double Block(Action call, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++) call();
        card.Synchronize();
        return Seconds(start);
    }

    private double Host(Action call, int calls)
    {
        card.Synchronize();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++) call();
        return Seconds(start) / calls;
    }

    private static double Seconds(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
}
