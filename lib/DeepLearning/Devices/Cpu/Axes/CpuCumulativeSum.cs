using System.Numerics;
using static DeepLearning.Kernels.Cutting;

namespace DeepLearning.Kernels;

/// <summary>
/// Running sums, kept in double. Along the last axis one number follows the other; along any other, whole vectors of columns do.
/// </summary>
internal static class CpuCumulativeSum
{
    private readonly struct CumulativePieces(float[] x, float[] y, int outer, int length, int inner, bool reverse, int count) : IPieces
    {
        public void Run(int i)
        {
            (int rowFrom, int rowTo, int from, int to) = CutBlock(outer, inner, i, count);
            int first = reverse ? length - 1 : 0, step = reverse ? -1 : 1;
            for (int o = rowFrom; o < rowTo; o++)
            {
                if (inner == 1) CumulativeRow(x, y, o * length + first, step, length);
                else CumulativeColumns(x, y, (o * length + first) * inner, step * inner, length, from, to);
            }
        }
    }

    /// <summary>See <see cref="Device.CumulativeSum"/>.</summary>
    public static void Run(float[] x, float[] y, int outer, int length, int inner, bool reverse, Workers workers)
    {
        if (length == 0) return;
        int pieces = workers.BlockPieces(2L * outer * length * inner, outer, inner);
        workers.Run(new CumulativePieces(x, y, outer, length, inner, reverse, pieces), pieces);
    }

    private static void CumulativeRow(float[] x, float[] y, int at, int step, int length)
    {
        double sum = 0;
        for (int l = 0; l < length; l++, at += step)
        {
            sum += x[at];
            y[at] = (float)sum;
        }
    }

    private static void CumulativeColumns(float[] x, float[] y, int start, int stride, int length, int from, int to)
    {
        const int Width = 256;
        Span<double> sums = stackalloc double[Width];
        int lanes = Vector<float>.Count;
        for (int column = from; column < to; column += Width)
        {
            int n = Math.Min(Width, to - column), at = start + column;
            sums.Clear();
            for (int l = 0; l < length; l++, at += stride)
            {
                int i = 0;
                for (; i <= n - lanes; i += lanes)
                {
                    Vector.Widen(new Vector<float>(x, at + i), out Vector<double> low, out Vector<double> high);
                    low += new Vector<double>(sums[i..]);
                    high += new Vector<double>(sums[(i + lanes / 2)..]);
                    low.CopyTo(sums[i..]);
                    high.CopyTo(sums[(i + lanes / 2)..]);
                    Vector.Narrow(low, high).CopyTo(y, at + i);
                }
                for (; i < n; i++) y[at + i] = (float)(sums[i] += x[at + i]);
            }
        }
    }
}
