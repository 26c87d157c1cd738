using System.Runtime.CompilerServices;
using static DeepLearning.Kernels.Cutting;

namespace DeepLearning.Kernels;

/// <summary>
/// y = f(a, b) with broadcasting. After merging axes nearly every call is a row, or rows in which an operand is a vector, one number, or
/// strided.
/// </summary>
internal static class CpuBinary
{
    /// <summary>See <see cref="Device.Binary"/>.</summary>
    public static void Run(BinaryOp op, float[] a, ReadOnlySpan<int> aStrides, float[] b, ReadOnlySpan<int> bStrides, float[] y,
        ReadOnlySpan<int> shape, Workers workers)
    {
        if (op is BinaryOp.Greater or BinaryOp.GreaterEqual)
        {
            Run(op == BinaryOp.Greater ? BinaryOp.Less : BinaryOp.LessEqual, b, bStrides, a, aStrides, y, shape, workers);
            return;
        }
        if (!Strided.TryMerge(shape, aStrides, bStrides, out Strided walk)) return;
        switch (op)
        {
            case BinaryOp.Add: Combine<AddOp>(a, b, y, walk, workers); break;
            case BinaryOp.Subtract: Combine<SubtractOp>(a, b, y, walk, workers); break;
            case BinaryOp.Multiply: Combine<MultiplyOp>(a, b, y, walk, workers); break;
            case BinaryOp.Divide: Combine<DivideOp>(a, b, y, walk, workers); break;
            case BinaryOp.Power: Combine<PowerOp>(a, b, y, walk, workers); break;
            case BinaryOp.Maximum: Combine<MaximumOp>(a, b, y, walk, workers); break;
            case BinaryOp.Minimum: Combine<MinimumOp>(a, b, y, walk, workers); break;
            case BinaryOp.Equal: Combine<EqualOp>(a, b, y, walk, workers); break;
            case BinaryOp.NotEqual: Combine<NotEqualOp>(a, b, y, walk, workers); break;
            case BinaryOp.Less: Combine<LessOp>(a, b, y, walk, workers); break;
            case BinaryOp.LessEqual: Combine<LessEqualOp>(a, b, y, walk, workers); break;
            default: throw new ArgumentOutOfRangeException(nameof(op), op, null);
        }
    }

    private readonly struct CombinePieces<T>(float[] a, float[] b, float[] y, Strided walk, int size, int count) : IPieces
        where T : struct, ICombine
    {
        // The first axis is cut, at multiples of 16 where it is the only one.
        public void Run(int i)
        {
            Strided part = walk;
            int grain = walk.Rank == 1 ? 16 : 1;
            int from = Cut(walk.Shape[0], i, count, grain), to = Cut(walk.Shape[0], i + 1, count, grain);
            part.Shape[0] = to - from;
            if (to > from) CombineWalk<T>(a, from * walk.A[0], b, from * walk.B[0], y, from * (size / walk.Shape[0]), part);
        }
    }

    private static void Combine<T>(float[] a, float[] b, float[] y, in Strided walk, Workers workers) where T : struct, ICombine
    {
        int size = 1;
        for (int i = 0; i < walk.Rank; i++) size *= walk.Shape[i];
        int pieces = Math.Min(workers.Pieces((long)size * T.Cost), walk.Shape[0]);
        if (pieces == 1) CombineWalk<T>(a, 0, b, 0, y, 0, walk);
        else CombineShared<T>(a, b, y, walk, size, pieces, workers);
    }

    // Apart, so that a small call need not clear the room for the pieces.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CombineShared<T>(float[] a, float[] b, float[] y, in Strided walk, int size, int pieces, Workers workers)
        where T : struct, ICombine =>
        workers.Run(new CombinePieces<T>(a, b, y, walk, size, pieces), pieces);

    private static void CombineWalk<T>(float[] a, int ai, float[] b, int bi, float[] y, int yi, in Strided walk) where T : struct, ICombine
    {
        int last = walk.Rank - 1, length = walk.Shape[last], sa = walk.A[last], sb = walk.B[last];
        Strided.Axes index = default;
        do
        {
            ref float to = ref y[yi];
            if (sa == 1 && sb == 1) Combining.Run<T>(ref a[ai], ref b[bi], ref to, length);
            else if (sa == 1 && sb == 0) Combining.Run<T>(ref a[ai], b[bi], ref to, length);
            else if (sa == 0 && sb == 1) Combining.Run<T>(a[ai], ref b[bi], ref to, length);
            else StridedRun<T>(ref a[ai], sa, ref b[bi], sb, ref to, length);
            yi += length;
        }
        while (walk.Next(ref index, last, ref ai, ref bi));
    }

    // Strided operands are gathered a few hundred at a time, so that the arithmetic stays in vectors.
    private static void StridedRun<T>(ref float a, int sa, ref float b, int sb, ref float y, int n) where T : struct, ICombine
    {
        const int Block = 256;
        Span<float> left = stackalloc float[Block], right = stackalloc float[Block];
        for (int start = 0; start < n; start += Block)
        {
            int count = Math.Min(Block, n - start);
            for (int i = 0; i < count; i++)
            {
                left[i] = Unsafe.Add(ref a, (start + i) * sa);
                right[i] = Unsafe.Add(ref b, (start + i) * sb);
            }
            Combining.Run<T>(ref left[0], ref right[0], ref Unsafe.Add(ref y, start), count);
        }
    }
}
