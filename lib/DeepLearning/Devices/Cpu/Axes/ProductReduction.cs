using System.Numerics;
using System.Runtime.InteropServices;
using static DeepLearning.Kernels.Cutting;

namespace DeepLearning.Kernels;

/// <summary>Products, in double throughout: they leave the range of float32 on the way even where the result does not.</summary>
internal static class ProductReduction
{
    private readonly struct ProductPieces(float[] x, float[] y, int outer, int length, int inner, int count) : IPieces
    {
        public void Run(int i)
        {
            (int rowFrom, int rowTo, int from, int to) = CutBlock(outer, inner, i, count);
            for (int o = rowFrom; o < rowTo; o++)
            {
                if (inner == 1) y[o] = (float)ProductRow(x.AsSpan(o * length, length));
                else ProductColumns(x, o * length * inner, y, o * inner, length, inner, from, to);
            }
        }
    }

    /// <summary>y[o, i] = Π over l of x[o, l, i]</summary>
    public static void Run(float[] x, float[] y, int outer, int length, int inner, Workers workers)
    {
        int pieces = workers.BlockPieces((long)outer * length * inner, outer, inner);
        workers.Run(new ProductPieces(x, y, outer, length, inner, pieces), pieces);
    }

    private static double ProductRow(ReadOnlySpan<float> x)
    {
        Vector<double> p0 = Vector<double>.One, p1 = p0, p2 = p0, p3 = p0;
        ref float from = ref MemoryMarshal.GetReference(x);
        int i = 0, width = Vector<float>.Count;
        for (; i <= x.Length - 2 * width; i += 2 * width)
        {
            Vector.Widen(Vector.LoadUnsafe(ref from, (nuint)i), out Vector<double> a, out Vector<double> b);
            Vector.Widen(Vector.LoadUnsafe(ref from, (nuint)(i + width)), out Vector<double> c, out Vector<double> d);
            (p0, p1, p2, p3) = (p0 * a, p1 * b, p2 * c, p3 * d);
        }
        double product = 1;
        Vector<double> all = p0 * p1 * (p2 * p3);
        for (int lane = 0; lane < Vector<double>.Count; lane++) product *= all[lane];
        for (; i < x.Length; i++) product *= x[i];
        return product;
    }

    private static void ProductColumns(float[] x, int xOffset, float[] y, int yOffset, int length, int inner, int from, int to)
    {
        const int Width = 256;
        Span<double> products = stackalloc double[Width];
        int lanes = Vector<float>.Count;
        for (int column = from; column < to; column += Width)
        {
            int n = Math.Min(Width, to - column);
            products.Fill(1);
            for (int l = 0; l < length; l++)
            {
                int at = xOffset + l * inner + column, i = 0;
                for (; i <= n - lanes; i += lanes)
                {
                    Vector.Widen(new Vector<float>(x, at + i), out Vector<double> low, out Vector<double> high);
                    (new Vector<double>(products[i..]) * low).CopyTo(products[i..]);
                    (new Vector<double>(products[(i + lanes / 2)..]) * high).CopyTo(products[(i + lanes / 2)..]);
                }
                for (; i < n; i++) products[i] *= x[at + i];
            }
            for (int i = 0; i < n; i++) y[yOffset + column + i] = (float)products[i];
        }
    }
}
