using System.Numerics;
using System.Runtime.CompilerServices;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>
/// What the normalizations share: loops over a run of numbers that have one mean. Sums run in float32 over short blocks and in double
/// between them.
/// </summary>
internal static class NormRows
{
    /// <summary>Σ x</summary>
    public static double SumRow(ref float x, int n) => CpuReduction.ReduceRow<AddOp>(ReduceOp.Sum, ref x, n);

    /// <summary>Σ (x − mean)²</summary>
    public static double SquaresRow(ref float x, int n, float mean)
    {
        int width = Vector<float>.Count, i = 0;
        Vector<float> shift = V(mean);
        double total = 0;
        while (i <= n - width)
        {
            int end = Math.Min(n, i + CpuReduction.RowBlock);
            Vector<float> s0 = default, s1 = default;
            for (; i <= end - 2 * width; i += 2 * width)
            {
                Vector<float> d0 = Vector.LoadUnsafe(ref x, (nuint)i) - shift;
                Vector<float> d1 = Vector.LoadUnsafe(ref x, (nuint)(i + width)) - shift;
                s0 += d0 * d0;
                s1 += d1 * d1;
            }
            for (; i <= end - width; i += width)
            {
                Vector<float> d = Vector.LoadUnsafe(ref x, (nuint)i) - shift;
                s0 += d * d;
            }
            total += Fold<AddOp>(s0 + s1);
        }
        if (i < n)
        {
            Vector<float> d = LoadPart(ref Unsafe.Add(ref x, i), n - i, mean) - shift;
            total += Fold<AddOp>(d * d);
        }
        return total;
    }

    /// <summary>Σ g and Σ g·(x − mean); with a γ for each number, g is weighted by it first.</summary>
    public static (double Sum, double Product) ProductsRow(ref float g, ref float x, int n, float mean, ref float gamma)
    {
        int width = Vector<float>.Count, i = 0;
        bool weighted = !Unsafe.IsNullRef(ref gamma);
        Vector<float> shift = V(mean);
        double sum = 0, product = 0;
        while (i < n)
        {
            int end = Math.Min(n, i + CpuReduction.RowBlock);
            Vector<float> s = default, p = default;
            for (; i < end; i += width)
            {
                int count = Math.Min(width, end - i);
                Vector<float> up = Part(ref g, i, count, 0);
                if (weighted) up *= Part(ref gamma, i, count, 0);
                s += up;
                p += up * (Part(ref x, i, count, mean) - shift);
            }
            sum += Fold<AddOp>(s);
            product += Fold<AddOp>(p);
        }
        return (sum, product);
    }

    /// <summary>y = (x − mean)·scale + shift</summary>
    public static void ScaleRow(ref float x, ref float y, int n, float mean, float scale, float shift)
    {
        (Vector<float> m, Vector<float> a, Vector<float> b) = (V(mean), V(scale), V(shift));
        for (int i = 0; i < n; i += Vector<float>.Count)
        {
            int count = Math.Min(Vector<float>.Count, n - i);
            Put(Vector.MultiplyAddEstimate(Part(ref x, i, count, 0) - m, a, b), ref y, i, count);
        }
    }

    /// <summary>dx = a·g + c·(x − mean) + b</summary>
    public static void GradientRow(ref float g, ref float x, ref float dx, int n, float mean, float a, float b, float c)
    {
        (Vector<float> m, Vector<float> va, Vector<float> vb, Vector<float> vc) = (V(mean), V(a), V(b), V(c));
        for (int i = 0; i < n; i += Vector<float>.Count)
        {
            int count = Math.Min(Vector<float>.Count, n - i);
            var normal = Vector.MultiplyAddEstimate(Part(ref x, i, count, 0) - m, vc, vb);
            Put(Vector.MultiplyAddEstimate(Part(ref g, i, count, 0), va, normal), ref dx, i, count);
        }
    }

    /// <summary>A vector of sums, one a lane: float32 for a few dozen numbers, then double.</summary>
    public struct LaneSums
    {
        private Vector<float> _short;
        private Vector<double> _low, _high;
        private int _count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector<float> value)
        {
            _short += value;
            if (++_count == CpuReduction.ColumnBlock) Flush();
        }

        private void Flush()
        {
            Vector.Widen(_short, out Vector<double> low, out Vector<double> high);
            (_low, _high, _short, _count) = (_low + low, _high + high, default, 0);
        }

        public Vector<float> Total(double factor = 1)
        {
            Flush();
            return Vector.Narrow(_low * new Vector<double>(factor), _high * new Vector<double>(factor));
        }
    }
}
