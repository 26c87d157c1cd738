using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeepLearning.Kernels;

// y = f(a, b) with broadcasting. After merging axes nearly every call is a row, or rows in which an operand is a vector, one number, or strided.
public sealed partial class CpuDevice
{
    private interface ICombine
    {
        /// <summary>About how many simple steps an element takes.</summary>
        static virtual int Cost => 1;

        static abstract Vector<float> Of(Vector<float> a, Vector<float> b);
    }

    /// <inheritdoc/>
    public override void Binary(BinaryOp op, Storage a, ReadOnlySpan<int> aStrides, Storage b, ReadOnlySpan<int> bStrides, Storage y,
        ReadOnlySpan<int> shape)
    {
        if (op is BinaryOp.Greater or BinaryOp.GreaterEqual)
        {
            Binary(op == BinaryOp.Greater ? BinaryOp.Less : BinaryOp.LessEqual, b, bStrides, a, aStrides, y, shape);
            return;
        }
        if (!Strided.TryMerge(shape, aStrides, bStrides, out var walk)) return;
        float[] left = Data(a), right = Data(b), to = Data(y);
        switch (op)
        {
            case BinaryOp.Add: Combine<AddOp>(left, right, to, walk); break;
            case BinaryOp.Subtract: Combine<SubtractOp>(left, right, to, walk); break;
            case BinaryOp.Multiply: Combine<MultiplyOp>(left, right, to, walk); break;
            case BinaryOp.Divide: Combine<DivideOp>(left, right, to, walk); break;
            case BinaryOp.Power: Combine<PowerOp>(left, right, to, walk); break;
            case BinaryOp.Maximum: Combine<MaximumOp>(left, right, to, walk); break;
            case BinaryOp.Minimum: Combine<MinimumOp>(left, right, to, walk); break;
            case BinaryOp.Equal: Combine<EqualOp>(left, right, to, walk); break;
            case BinaryOp.NotEqual: Combine<NotEqualOp>(left, right, to, walk); break;
            case BinaryOp.Less: Combine<LessOp>(left, right, to, walk); break;
            case BinaryOp.LessEqual: Combine<LessEqualOp>(left, right, to, walk); break;
            default: throw new ArgumentOutOfRangeException(nameof(op), op, null);
        }
    }

    private readonly struct CombinePieces<T>(float[] a, float[] b, float[] y, Strided walk, int size, int count) : IPieces
        where T : struct, ICombine
    {
        // The first axis is cut, at multiples of 16 where it is the only one.
        public void Run(int i)
        {
            var part = walk;
            int grain = walk.Rank == 1 ? 16 : 1;
            int from = Cut(walk.Shape[0], i, count, grain), to = Cut(walk.Shape[0], i + 1, count, grain);
            part.Shape[0] = to - from;
            if (to > from) CombineWalk<T>(a, from * walk.A[0], b, from * walk.B[0], y, from * (size / walk.Shape[0]), part);
        }
    }

    private void Combine<T>(float[] a, float[] b, float[] y, in Strided walk) where T : struct, ICombine
    {
        int size = 1;
        for (int i = 0; i < walk.Rank; i++) size *= walk.Shape[i];
        int pieces = Math.Min(Pieces((long)size * T.Cost), walk.Shape[0]);
        if (pieces == 1) CombineWalk<T>(a, 0, b, 0, y, 0, walk);
        else CombineShared<T>(a, b, y, walk, size, pieces);
    }

    // Apart, so that a small call need not clear the room for the pieces.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CombineShared<T>(float[] a, float[] b, float[] y, in Strided walk, int size, int pieces) where T : struct, ICombine =>
        ForkJoin<CombinePieces<T>>.Run(new(a, b, y, walk, size, pieces), pieces, _maxThreads);

    private static void CombineWalk<T>(float[] a, int ai, float[] b, int bi, float[] y, int yi, in Strided walk) where T : struct, ICombine
    {
        int last = walk.Rank - 1, length = walk.Shape[last], sa = walk.A[last], sb = walk.B[last];
        Strided.Axes index = default;
        do
        {
            ref float to = ref y[yi];
            if (sa == 1 && sb == 1) BinaryRun<T>(ref a[ai], ref b[bi], ref to, length);
            else if (sa == 1 && sb == 0) BinaryRun<T>(ref a[ai], b[bi], ref to, length);
            else if (sa == 0 && sb == 1) BinaryRun<T>(a[ai], ref b[bi], ref to, length);
            else StridedRun<T>(ref a[ai], sa, ref b[bi], sb, ref to, length);
            yi += length;
        }
        while (walk.Next(ref index, last, ref ai, ref bi));
    }

    private static void BinaryRun<T>(ref float a, ref float b, ref float y, int n) where T : struct, ICombine
    {
        int width = Vector<float>.Count;
        if (n < width)
        {
            if (n > 0) StorePart(T.Of(LoadPart(ref a, n), LoadPart(ref b, n)), ref y, n);
            return;
        }
        var last = T.Of(Vector.LoadUnsafe(ref a, (nuint)(n - width)), Vector.LoadUnsafe(ref b, (nuint)(n - width)));
        for (int i = 0; i <= n - width; i += width)
            T.Of(Vector.LoadUnsafe(ref a, (nuint)i), Vector.LoadUnsafe(ref b, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        last.StoreUnsafe(ref y, (nuint)(n - width));
    }

    private static void BinaryRun<T>(ref float a, float b, ref float y, int n) where T : struct, ICombine
    {
        int width = Vector<float>.Count;
        var right = V(b);
        if (n < width)
        {
            if (n > 0) StorePart(T.Of(LoadPart(ref a, n), right), ref y, n);
            return;
        }
        var last = T.Of(Vector.LoadUnsafe(ref a, (nuint)(n - width)), right);
        for (int i = 0; i <= n - width; i += width) T.Of(Vector.LoadUnsafe(ref a, (nuint)i), right).StoreUnsafe(ref y, (nuint)i);
        last.StoreUnsafe(ref y, (nuint)(n - width));
    }

    private static void BinaryRun<T>(float a, ref float b, ref float y, int n) where T : struct, ICombine
    {
        int width = Vector<float>.Count;
        var left = V(a);
        if (n < width)
        {
            if (n > 0) StorePart(T.Of(left, LoadPart(ref b, n)), ref y, n);
            return;
        }
        var last = T.Of(left, Vector.LoadUnsafe(ref b, (nuint)(n - width)));
        for (int i = 0; i <= n - width; i += width) T.Of(left, Vector.LoadUnsafe(ref b, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        last.StoreUnsafe(ref y, (nuint)(n - width));
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
            BinaryRun<T>(ref left[0], ref right[0], ref Unsafe.Add(ref y, start), count);
        }
    }

    private readonly struct AddOp : ICombine
    {
        public static Vector<float> Of(Vector<float> a, Vector<float> b) => a + b;
    }

    private readonly struct SubtractOp : ICombine
    {
        public static Vector<float> Of(Vector<float> a, Vector<float> b) => a - b;
    }

    private readonly struct MultiplyOp : ICombine
    {
        public static Vector<float> Of(Vector<float> a, Vector<float> b) => a * b;
    }

    private readonly struct DivideOp : ICombine
    {
        public static Vector<float> Of(Vector<float> a, Vector<float> b) => a / b;
    }

    private readonly struct PowerOp : ICombine
    {
        public static int Cost => 32;
        public static Vector<float> Of(Vector<float> a, Vector<float> b) => VectorMath.Power(a, b);
    }

    // The native instruction gives b when either is NaN (or NaN): right, except where a alone is.
    private readonly struct MaximumOp : ICombine
    {
        public static Vector<float> Of(Vector<float> a, Vector<float> b) =>
            Vector.ConditionalSelect(Vector.Equals(a, a), Vector.MaxNative(a, b), a);
    }

    private readonly struct MinimumOp : ICombine
    {
        public static Vector<float> Of(Vector<float> a, Vector<float> b) =>
            Vector.ConditionalSelect(Vector.Equals(a, a), Vector.MinNative(a, b), a);
    }

    private readonly struct EqualOp : ICombine
    {
        public static Vector<float> Of(Vector<float> a, Vector<float> b) => VectorMath.OneWhere(Vector.Equals(a, b));
    }

    private readonly struct NotEqualOp : ICombine
    {
        public static Vector<float> Of(Vector<float> a, Vector<float> b) => VectorMath.OneWhere(~Vector.Equals(a, b));
    }

    private readonly struct LessOp : ICombine
    {
        public static Vector<float> Of(Vector<float> a, Vector<float> b) => VectorMath.OneWhere(Vector.LessThan(a, b));
    }

    private readonly struct LessEqualOp : ICombine
    {
        public static Vector<float> Of(Vector<float> a, Vector<float> b) => VectorMath.OneWhere(Vector.LessThanOrEqual(a, b));
    }
}
