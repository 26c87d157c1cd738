using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>Reductions. Sums run in float32 over short blocks and in double between them, so that a million terms lose no digits.</summary>
internal static class CpuReduction
{
    /// <summary>So many terms are summed in float32 along a row, and down a column, before a double takes over.</summary>
    public const int RowBlock = 512, ColumnBlock = 64;

    /// <summary>See <see cref="Device.Reduce"/>.</summary>
    public static void Run(ReduceOp op, float[] x, float[] y, int outer, int length, int inner, Workers workers)
    {
        switch (op)
        {
            case ReduceOp.Sum: Reduce<AddOp>(op, x, y, outer, length, inner, workers); break;
            case ReduceOp.Max: Reduce<MaximumOp>(op, x, y, outer, length, inner, workers); break;
            case ReduceOp.Min: Reduce<MinimumOp>(op, x, y, outer, length, inner, workers); break;
            default: ProductReduction.Run(x, y, outer, length, inner, workers); break;
        }
    }

    private readonly struct ReducePieces<T>(ReduceOp op, float[] x, float[] y, int outer, int length, int inner, int count) : IPieces
        where T : struct, ICombine
    {
        public void Run(int i)
        {
            (int rowFrom, int rowTo, int from, int to) = CutBlock(outer, inner, i, count);
            for (int o = rowFrom; o < rowTo; o++)
            {
                if (inner == 1)
                    y[o] = (float)ReduceRow<T>(op, ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(x), o * length), length);
                else ReduceColumns<T>(op, x, o * length * inner, y, o * inner, length, inner, from, to);
            }
        }
    }

    private static void Reduce<T>(ReduceOp op, float[] x, float[] y, int outer, int length, int inner, Workers workers)
        where T : struct, ICombine
    {
        int pieces = workers.BlockPieces((long)outer * length * inner, outer, inner);
        workers.Run(new ReducePieces<T>(op, x, y, outer, length, inner, pieces), pieces);
    }

    /// <summary>One row reduced to one number.</summary>
    public static double ReduceRow<T>(ReduceOp op, ref float x, int n) where T : struct, ICombine
    {
        double total = ScalarMath.Start(op);
        int width = Vector<float>.Count, i = 0;
        Vector<float> start = V((float)total);
        while (i <= n - width)
        {
            int end = Math.Min(n, i + RowBlock);
            Vector<float> s0 = start, s1 = start, s2 = start, s3 = start;
            for (; i <= end - 4 * width; i += 4 * width)
            {
                s0 = T.Of(s0, Vector.LoadUnsafe(ref x, (nuint)i));
                s1 = T.Of(s1, Vector.LoadUnsafe(ref x, (nuint)(i + width)));
                s2 = T.Of(s2, Vector.LoadUnsafe(ref x, (nuint)(i + 2 * width)));
                s3 = T.Of(s3, Vector.LoadUnsafe(ref x, (nuint)(i + 3 * width)));
            }
            for (; i <= end - width; i += width) s0 = T.Of(s0, Vector.LoadUnsafe(ref x, (nuint)i));
            total = ScalarMath.Value(op, total, Fold<T>(T.Of(T.Of(s0, s1), T.Of(s2, s3))));
        }
        if (i < n) total = ScalarMath.Value(op, total, Fold<T>(LoadPart(ref Unsafe.Add(ref x, i), n - i, (float)ScalarMath.Start(op))));
        return total;
    }

    // Columns from … to of one block: rows are combined, as they lie in memory, into a few hundred running results that stay in the L1
    // cache.
    private static void ReduceColumns<T>(ReduceOp op, float[] x, int xOffset, float[] y, int yOffset, int length, int inner, int from,
        int to)
        where T : struct, ICombine
    {
        const int Width = 512;
        float first = (float)ScalarMath.Start(op);
        int block = op == ReduceOp.Sum ? ColumnBlock : Math.Max(1, length);
        Span<float> results = stackalloc float[Width];
        Span<double> totals = stackalloc double[Width];
        for (int column = from; column < to; column += Width)
        {
            int n = Math.Min(Width, to - column);
            ref float row = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(x), xOffset + column);
            totals.Clear();
            results[..n].Fill(first);
            for (int l = 0; l < length; l++, row = ref Unsafe.Add(ref row, inner))
            {
                Combining.Run<T>(ref results[0], ref row, ref results[0], n);
                if ((l + 1) % block != 0 || op != ReduceOp.Sum) continue;
                AddWide(results[..n], totals);
                results[..n].Clear();
            }
            if (op == ReduceOp.Sum && length >= block)
            {
                AddWide(results[..n], totals);
                TensorPrimitives.ConvertTruncating<double, float>(totals[..n], results);
            }
            results[..n].CopyTo(y.AsSpan(yOffset + column));
        }
    }

    private static void AddWide(ReadOnlySpan<float> x, Span<double> totals)
    {
        int i = 0, width = Vector<float>.Count;
        for (; i <= x.Length - width; i += width)
        {
            Vector.Widen(new Vector<float>(x[i..]), out Vector<double> low, out Vector<double> high);
            (new Vector<double>(totals[i..]) + low).CopyTo(totals[i..]);
            (new Vector<double>(totals[(i + width / 2)..]) + high).CopyTo(totals[(i + width / 2)..]);
        }
        for (; i < x.Length; i++) totals[i] += x[i];
    }
}
