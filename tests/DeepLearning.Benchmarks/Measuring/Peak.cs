using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Benchmarks;

/// <summary>
/// How many multiply-adds the processor can do when nothing else holds it up: independent sums in registers, on each thread.
/// </summary>
internal static class Peak
{
    private const int Sums = 12, Rounds = 20_000;

    /// <summary>In GFLOP/s, a multiply-add being two; the fastest block, since a busy machine only ever takes away.</summary>
    public static double Gigaflops(Timing timing, int threads)
    {
        float[] results = new float[threads * 64];
        using Barrier barrier = new(threads);
        bool ended = false;
        Thread[] helpers = [.. Enumerable.Range(1, threads - 1).Select(i => new Thread(() =>
        {
            while (true)
            {
                barrier.SignalAndWait();
                if (ended) return;
                results[i * 64] = Work();
                barrier.SignalAndWait();
            }
        }))];
        foreach (Thread helper in helpers) helper.Start();
        double rate = timing.Rate(() =>
        {
            barrier.SignalAndWait();
            results[0] = Work();
            barrier.SignalAndWait();
        }).Fastest;
        ended = true;
        barrier.SignalAndWait();
        foreach (Thread helper in helpers) helper.Join();
        int lanes = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;
        return rate * threads * 2.0 * Sums * Rounds * lanes / 1e9;
    }

    private static float Work() => Vector512.IsHardwareAccelerated ? Work512() : Vector256.IsHardwareAccelerated ? Work256() : Work128();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Work512()
    {
        Vector512<float> a = Vector512.Create(0.999f), b = Vector512.Create(0.001f), c0 = b, c1 = b, c2 = b, c3 = b, c4 = b, c5 = b, c6 = b,
            c7 = b, c8 = b, c9 = b, cA = b, cB = b;
        for (int i = 0; i < Rounds; i++)
        {
            c0 = Vector512.FusedMultiplyAdd(a, c0, b); c1 = Vector512.FusedMultiplyAdd(a, c1, b); c2 = Vector512.FusedMultiplyAdd(a, c2, b);
            c3 = Vector512.FusedMultiplyAdd(a, c3, b); c4 = Vector512.FusedMultiplyAdd(a, c4, b); c5 = Vector512.FusedMultiplyAdd(a, c5, b);
            c6 = Vector512.FusedMultiplyAdd(a, c6, b); c7 = Vector512.FusedMultiplyAdd(a, c7, b); c8 = Vector512.FusedMultiplyAdd(a, c8, b);
            c9 = Vector512.FusedMultiplyAdd(a, c9, b); cA = Vector512.FusedMultiplyAdd(a, cA, b); cB = Vector512.FusedMultiplyAdd(a, cB, b);
        }
        return Vector512.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + cA + cB);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Work256()
    {
        Vector256<float> a = Vector256.Create(0.999f), b = Vector256.Create(0.001f), c0 = b, c1 = b, c2 = b, c3 = b, c4 = b, c5 = b, c6 = b,
            c7 = b, c8 = b, c9 = b, cA = b, cB = b;
        for (int i = 0; i < Rounds; i++)
        {
            c0 = Vector256.FusedMultiplyAdd(a, c0, b); c1 = Vector256.FusedMultiplyAdd(a, c1, b); c2 = Vector256.FusedMultiplyAdd(a, c2, b);
            c3 = Vector256.FusedMultiplyAdd(a, c3, b); c4 = Vector256.FusedMultiplyAdd(a, c4, b); c5 = Vector256.FusedMultiplyAdd(a, c5, b);
            c6 = Vector256.FusedMultiplyAdd(a, c6, b); c7 = Vector256.FusedMultiplyAdd(a, c7, b); c8 = Vector256.FusedMultiplyAdd(a, c8, b);
            c9 = Vector256.FusedMultiplyAdd(a, c9, b); cA = Vector256.FusedMultiplyAdd(a, cA, b); cB = Vector256.FusedMultiplyAdd(a, cB, b);
        }
        return Vector256.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + cA + cB);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Work128()
    {
        Vector128<float> a = Vector128.Create(0.999f), b = Vector128.Create(0.001f), c0 = b, c1 = b, c2 = b, c3 = b, c4 = b, c5 = b, c6 = b,
            c7 = b, c8 = b, c9 = b, cA = b, cB = b;
        for (int i = 0; i < Rounds; i++)
        {
            c0 = Vector128.MultiplyAddEstimate(a, c0, b);
            c1 = Vector128.MultiplyAddEstimate(a, c1, b); c2 = Vector128.MultiplyAddEstimate(a, c2, b);
            c3 = Vector128.MultiplyAddEstimate(a, c3, b);
            c4 = Vector128.MultiplyAddEstimate(a, c4, b); c5 = Vector128.MultiplyAddEstimate(a, c5, b);
            c6 = Vector128.MultiplyAddEstimate(a, c6, b);
            c7 = Vector128.MultiplyAddEstimate(a, c7, b); c8 = Vector128.MultiplyAddEstimate(a, c8, b);
            c9 = Vector128.MultiplyAddEstimate(a, c9, b);
            cA = Vector128.MultiplyAddEstimate(a, cA, b); cB = Vector128.MultiplyAddEstimate(a, cB, b);
        }
        return Vector128.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + cA + cB);
    }
}
