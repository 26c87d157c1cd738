using System.Numerics;
using System.Runtime.Intrinsics;
using static DeepLearning.Kernels.ConvTiles;
using static DeepLearning.Kernels.Cutting;

namespace DeepLearning.Kernels;

/// <summary>
/// What a convolution and its gradient for the input share: the cutting of the work, and the way through a laid-out image, tile by tile.
/// </summary>
internal static class ConvWalk
{
    // Taps that are summed in registers before the result is written.
    private const int BlockTaps = 256;

    /// <summary>How many multiplications it is.</summary>
    public static long Products(in ConvArgs p) => (long)p.N * p.K * p.Taps * p.OutH * p.OutW;

    /// <summary>A single image is cut in bands for the threads' sake.</summary>
    public static int LeastBands(in ConvArgs p, Workers workers) =>
        Products(p) < Workers.WorthSharingProduct ? 1 : (2 * workers.Threads + p.N * p.Groups - 1) / (p.N * p.Groups);

    /// <summary>Into how many pieces to cut so many images, groups and bands.</summary>
    public static int ItemPieces(in ConvArgs p, int items, Workers workers) =>
        Products(p) < Workers.WorthSharingProduct || workers.Threads == 1 ? 1 : Math.Min(items, 4 * workers.Threads);

    /// <summary>Results lie in rows of whole pairs of vectors.</summary>
    public static int ResultStride(int columns) => RoundUp(columns, 32);

    /// <summary>
    /// Which taps meet anything but rows of zeros. Taps are sorted by rows of the kernel, so these are neighbours; by default all are.
    /// </summary>
    public readonly ref struct TapRows(ReadOnlySpan<int> shifts, int tapsOfRow, int first, int output, int pitch)
    {
        private readonly ReadOnlySpan<int> _shifts = shifts;

        /// <summary>
        /// The taps for results from <paramref name="q"/> up to <paramref name="last"/>, of the block <paramref name="from"/> …
        /// <paramref name="to"/>.
        /// </summary>
        public (int From, int To) Of(int q, int last, int from, int to)
        {
            if (_shifts.IsEmpty) return (from, to);
            int line = first + q / pitch, lastLine = first + last / pitch, row = 0, end = _shifts.Length;
            while (row < end && _shifts[row] + output <= line) row++;
            while (end > row && _shifts[end - 1] > lastLine) end--;
            return (Math.Max(from, row * tapsOfRow), Math.Min(to, end * tapsOfRow));
        }
    }

    /// <summary>y[m, q] for all m and q, a pair of vectors of q's after the other.</summary>
    public static unsafe void Walk(int rows, int taps, float* weights, float* x, int* offsets, int columns, float* y, int stride,
        TapRows tapRows)
    {
        if (Vector512.IsHardwareAccelerated && columns > 16)
            Walk<Vector512<float>, Lanes512>(rows, taps, weights, x, offsets, columns, y, stride, tapRows);
        else Walk<Vector<float>, LanesAny>(rows, taps, weights, x, offsets, columns, y, stride, tapRows);
    }

    private static unsafe void Walk<V, L>(int rows, int taps, float* weights, float* x, int* offsets, int columns, float* y, int stride,
        TapRows tapRows)
        where V : struct where L : ILanes<V>
    {
        int block = 0;
        do
        {
            for (int q = 0; q < columns; q += 2 * L.Count)
            {
                (int from, int to) = tapRows.Of(q, Math.Min(q + 2 * L.Count, columns) - 1, block, Math.Min(block + BlockTaps, taps));
                if (block > 0 && from >= to) continue;
                for (int m = 0, size; m < rows; m += size)
                {
                    size = TileRows(rows - m);
                    float* a = weights + m * taps + from * size;
                    ConvTile<V, L>(size, Math.Max(0, to - from), a, x + q, offsets + from, y + m * stride + q, stride, block > 0);
                }
            }
            block += BlockTaps;
        }
        while (block < taps);
    }
}
