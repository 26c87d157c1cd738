using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepLearning;

// Reductions. Sums run in float32 over short blocks and in double between them, so that a million terms lose no digits.
public sealed partial class CpuDevice
{
    private const int SumBlock = 512;

    /// <inheritdoc/>
    public override void Reduce(ReduceOp op, Storage x, Storage y, int outer, int length, int inner)
    {
        float[] from = Data(x), to = Data(y);
        switch (op)
        {
            case ReduceOp.Sum: Reduce<AddOp>(op, from, to, outer, length, inner); break;
            case ReduceOp.Max: Reduce<MaximumOp>(op, from, to, outer, length, inner); break;
            case ReduceOp.Min: Reduce<MinimumOp>(op, from, to, outer, length, inner); break;
            default: ReduceOneByOne(op, from, to, outer, length, inner); break;
        }
    }

    private readonly struct ReducePieces<T>(ReduceOp op, float[] x, float[] y, int outer, int length, int inner, int count) : IPieces
        where T : struct, ICombine
    {
        // Whole rows where there are many, else columns.
        public void Run(int i)
        {
            bool byRows = outer >= count;
            int rowFrom = byRows ? Cut(outer, i, count, 1) : 0, rowTo = byRows ? Cut(outer, i + 1, count, 1) : outer;
            int from = byRows ? 0 : Cut(inner, i, count, 16), to = byRows ? inner : Cut(inner, i + 1, count, 16);
            for (int o = rowFrom; o < rowTo; o++)
            {
                if (inner == 1) y[o] = (float)ReduceRow<T>(op, ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(x), o * length), length);
                else ReduceColumns<T>(op, x, o * length * inner, y, o * inner, length, inner, from, to);
            }
        }
    }

    private void Reduce<T>(ReduceOp op, float[] x, float[] y, int outer, int length, int inner) where T : struct, ICombine
    {
        int pieces = Math.Min(Pieces((long)outer * length * inner), Math.Max(1, Math.Max(outer, inner / 16)));
        ForkJoin<ReducePieces<T>>.Run(new(op, x, y, outer, length, inner, pieces), pieces, _maxThreads);
    }

    private static double ReduceRow<T>(ReduceOp op, ref float x, int n) where T : struct, ICombine
    {
        double total = ScalarMath.Start(op);
        int width = Vector<float>.Count, i = 0;
        var start = V((float)total);
        while (i <= n - width)
        {
            int end = Math.Min(n, i + SumBlock);
            Vector<float> s0 = start, s1 = start, s2 = start, s3 = start;
            for (; i <= end - 4 * width; i += 4 * width)
            {
                s0 = T.Of(s0, Vector.LoadUnsafe(ref x, (nuint)i));
                s1 = T.Of(s1, Vector.LoadUnsafe(ref x, (nuint)(i + width)));
                s2 = T.Of(s2, Vector.LoadUnsafe(ref x, (nuint)(i + 2 * width)));
                s3 = T.Of(s3, Vector.LoadUnsafe(ref x, (nuint)(i + 3 * width)));
            }
            for (; i <= end - width; i += width) s0 = T.Of(s0, Vector.LoadUnsafe(ref x, (nuint)i));
            s0 = T.Of(T.Of(s0, s1), T.Of(s2, s3));
            for (int lane = 0; lane < width; lane++) total = ScalarMath.Value(op, total, s0[lane]);
        }
        for (; i < n; i++) total = ScalarMath.Value(op, total, Unsafe.Add(ref x, i));
        return total;
    }

    private static void ReduceColumns<T>(ReduceOp op, float[] x, int xOffset, float[] y, int yOffset, int length, int inner, int from, int to)
        where T : struct, ICombine
    {
        int width = Vector<float>.Count;
        const int RowBlock = 64;
        double first = ScalarMath.Start(op);
        Span<double> totals = stackalloc double[2 * Vector<float>.Count];
        int i = from;
        for (; i < to; )
        {
            int count = to - i >= 2 * width ? 2 * width : Math.Min(width, to - i);
            totals.Fill(first);
            for (int l = 0; l < length; l += RowBlock)
            {
                int end = Math.Min(length, l + RowBlock);
                if (count >= width)
                {
                    Vector<float> s0 = V((float)first), s1 = s0;
                    ref float row = ref x[xOffset + l * inner + i];
                    for (int r = l; r < end; r++, row = ref Unsafe.Add(ref row, inner))
                    {
                        s0 = T.Of(s0, Vector.LoadUnsafe(ref row));
                        if (count > width) s1 = T.Of(s1, Vector.LoadUnsafe(ref row, (nuint)width));
                    }
                    for (int lane = 0; lane < width; lane++)
                    {
                        totals[lane] = ScalarMath.Value(op, totals[lane], s0[lane]);
                        totals[width + lane] = ScalarMath.Value(op, totals[width + lane], s1[lane]);
                    }
                }
                else
                {
                    for (int r = l; r < end; r++)
                    for (int lane = 0; lane < count; lane++)
                        totals[lane] = ScalarMath.Value(op, totals[lane], x[xOffset + r * inner + i + lane]);
                }
            }
            for (int lane = 0; lane < count; lane++) y[yOffset + i + lane] = (float)totals[lane];
            i += count;
        }
    }

    // Products leave the range of float32 on the way even where the result does not.
    private static void ReduceOneByOne(ReduceOp op, float[] x, float[] y, int outer, int length, int inner)
    {
        for (int o = 0; o < outer; o++)
        for (int i = 0; i < inner; i++)
        {
            double total = ScalarMath.Start(op);
            for (int l = 0; l < length; l++) total = ScalarMath.Value(op, total, x[(o * length + l) * inner + i]);
            y[o * inner + i] = (float)total;
        }
    }

    /// <inheritdoc/>
    public override void ArgReduce(bool largest, Storage x, Storage y, int outer, int length, int inner)
    {
        float[] from = Data(x), to = Data(y);
        for (int o = 0; o < outer; o++)
        for (int i = 0; i < inner; i++)
        {
            int at = o * length * inner + i, best = 0;
            float value = from[at];
            for (int l = 1; l < length; l++)
            {
                float candidate = from[at + l * inner];
                if (largest ? candidate > value : candidate < value) (value, best) = (candidate, l);
            }
            to[o * inner + i] = best;
        }
    }
}
