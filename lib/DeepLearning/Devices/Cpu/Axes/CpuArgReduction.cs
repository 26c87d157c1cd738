using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>
/// Where the largest or smallest is. Every lane keeps its best value and its place; a later one must be strictly better, so the first wins
/// ties. A NaN is better than any number: not (a ≤ b), which holds for it, while nothing is better than a NaN.
/// </summary>
internal static class CpuArgReduction
{
    private interface IOrder
    {
        static abstract bool Better(float a, float b);

        static abstract Vector<int> Better(Vector<float> a, Vector<float> b);
    }

    private readonly struct LargestFirst : IOrder
    {
        public static bool Better(float a, float b) => !(a <= b) && !float.IsNaN(b);

        public static Vector<int> Better(Vector<float> a, Vector<float> b) => ~Vector.LessThanOrEqual(a, b) & Vector.Equals(b, b);
    }

    private readonly struct SmallestFirst : IOrder
    {
        public static bool Better(float a, float b) => !(a >= b) && !float.IsNaN(b);

        public static Vector<int> Better(Vector<float> a, Vector<float> b) => ~Vector.GreaterThanOrEqual(a, b) & Vector.Equals(b, b);
    }

    /// <summary>See <see cref="Device.ArgReduce"/>.</summary>
    public static void Run(bool largest, float[] x, float[] y, int outer, int length, int inner, Workers workers)
    {
        if (largest) ArgReduce<LargestFirst>(x, y, outer, length, inner, workers);
        else ArgReduce<SmallestFirst>(x, y, outer, length, inner, workers);
    }

    private static void ArgReduce<T>(float[] x, float[] y, int outer, int length, int inner, Workers workers) where T : struct, IOrder
    {
        int pieces = workers.BlockPieces(2L * outer * length * inner, outer, inner);
        workers.Run(new ArgReducePieces<T>(x, y, outer, length, inner, pieces), pieces);
    }

    private readonly struct ArgReducePieces<T>(float[] x, float[] y, int outer, int length, int inner, int count) : IPieces
        where T : struct, IOrder
    {
        public void Run(int piece)
        {
            int width = Vector<float>.Count;
            (int rowFrom, int rowTo, int i, int to) = CutBlock(outer, inner, piece, count);
            for (int o = rowFrom, from = i; o < rowTo; o++, i = from)
            {
                ref float row = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(x), o * length * inner);
                if (inner > 1)
                    for (; i <= to - width; i += width) ArgColumns<T>(ref Unsafe.Add(ref row, i), length, inner).CopyTo(y, o * inner + i);
                for (; i < to; i++) y[o * inner + i] = ArgOne<T>(ref Unsafe.Add(ref row, i), length, inner);
            }
        }
    }

    private static Vector<float> ArgColumns<T>(ref float x, int length, int stride) where T : struct, IOrder
    {
        var best = Vector.LoadUnsafe(ref x);
        Vector<float> place = Vector<float>.Zero;
        for (int l = 1; l < length; l++)
        {
            var candidate = Vector.LoadUnsafe(ref Unsafe.Add(ref x, l * stride));
            Vector<int> better = T.Better(candidate, best);
            best = Vector.ConditionalSelect(better, candidate, best);
            place = Vector.ConditionalSelect(better, V(l), place);
        }
        return place;
    }

    private static int ArgOne<T>(ref float x, int length, int stride) where T : struct, IOrder
    {
        float best = x;
        int place = 0, l = 1, width = Vector<float>.Count;
        if (stride == 1 && length >= 2 * width)
        {
            Vector<float> bests = V(best);
            Vector<int> places = default, here = Vector<int>.Indices;
            for (l = 0; l <= length - width; l += width, here += new Vector<int>(width))
            {
                var candidate = Vector.LoadUnsafe(ref x, (nuint)l);
                Vector<int> better = T.Better(candidate, bests);
                bests = Vector.ConditionalSelect(better, candidate, bests);
                places = Vector.ConditionalSelect(better, here, places);
            }
            for (int lane = 0; lane < width; lane++)
            {
                bool earlier = bests[lane].Equals(best) && places[lane] < place;
                if (earlier || T.Better(bests[lane], best)) (best, place) = (bests[lane], places[lane]);
            }
        }
        for (; l < length; l++)
        {
            float candidate = Unsafe.Add(ref x, l * stride);
            if (T.Better(candidate, best)) (best, place) = (candidate, l);
        }
        return place;
    }
}
