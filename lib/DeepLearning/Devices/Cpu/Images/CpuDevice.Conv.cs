using System.Numerics;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

// A convolution, and its gradient for the input, which is one too: of dy, with the kernel turned round. Each piece of work is one image, one group
// of channels and one band of rows.
public sealed partial class CpuDevice
{
    // Taps that are summed in registers before the result is written.
    private const int BlockTaps = 256;

    /// <inheritdoc/>
    public override void Conv(in ConvArgs p, Storage x, Storage w, Storage? bias, Storage y)
    {
        if (p.N * p.K * p.OutH * p.OutW == 0) return;
        var axes = new Layout(p, 1, 1, 1, 1, 0, 1);
        var layout = new Layout(p, p.OutH, p.GroupC, p.GroupK, axes.Y.Phases * axes.X.Phases, 0, LeastBands(p));
        Storage packed = Allocate(p.K * p.Taps);
        int parts = Pieces(2L * p.K * p.Taps);
        ForkJoin<PackPieces>.Run(new(Data(w), Data(packed), p.Groups, p.GroupK, p.Taps, parts), parts, _maxThreads);
        int items = p.N * p.Groups * layout.Bands, pieces = ItemPieces(p, items);
        ForkJoin<ConvPieces>.Run(new(p, layout, Data(x), Data(packed), TapOffsets(p, layout), bias is null ? null : Data(bias), Data(y), items, pieces),
            pieces, _maxThreads);
        Free(packed);
    }

    private static long Products(in ConvArgs p) => (long)p.N * p.K * p.Taps * p.OutH * p.OutW;

    // A single image is cut in bands for the threads' sake.
    private int LeastBands(in ConvArgs p) => Products(p) < WorthSharingProduct ? 1 : (2 * _maxThreads + p.N * p.Groups - 1) / (p.N * p.Groups);

    private int ItemPieces(in ConvArgs p, int items) =>
        Products(p) < WorthSharingProduct || _maxThreads == 1 ? 1 : Math.Min(items, 4 * _maxThreads);

    // Rows of weights as the tiles read them: for each tap the numbers of the tile's rows side by side.
    private readonly struct PackPieces(float[] w, float[] packed, int groups, int rows, int taps, int count) : IPieces
    {
        public void Run(int i)
        {
            const int Six = 6;
            int units = (rows + Six - 1) / Six, to = Cut(groups * units, i + 1, count, 1);
            for (int unit = Cut(groups * units, i, count, 1); unit < to; unit++)
            {
                int start = unit / units * rows * taps, end = Math.Min(rows, (unit % units + 1) * Six);
                for (int m = unit % units * Six, size; m < end; m += size)
                {
                    size = TileRows(rows - m);
                    Pack(start + m * taps, size);
                }
            }
        }

        private void Pack(int start, int size)
        {
            int to = start;
            for (int t = 0; t < taps; t++)
            for (int from = start + t; from < start + size * taps; from += taps) packed[to++] = w[from];
        }
    }

    private readonly struct ConvPieces(ConvArgs p, Layout layout, float[] x, float[] weights, int[] offsets, float[]? bias, float[] y, int items, int count)
        : IPieces
    {
        public void Run(int i)
        {
            int to = Cut(items, i + 1, count, 1);
            for (int item = Cut(items, i, count, 1); item < to; item++)
                Band(item / (layout.Bands * p.Groups), item / layout.Bands % p.Groups, item % layout.Bands * layout.BandRows);
        }

        private unsafe void Band(int n, int group, int first)
        {
            int rows = Math.Min(layout.BandRows, p.OutH - first), columns = (rows - 1) * layout.Pitch + p.OutW, stride = ResultStride(columns);
            float* image = Scratch(layout.Numbers(p.GroupC) + p.GroupK * stride), result = image + RoundUp(layout.Numbers(p.GroupC), 16);
            fixed (float* from = x, to = y, w = weights)
            fixed (int* offset = offsets)
            {
                LayImage(p, layout, from, n, group, first, rows, image);
                Walk(p.GroupK, p.Taps, w + group * p.GroupK * p.Taps, image, offset, columns, result, stride, default);
                for (int k = 0; k < p.GroupK; k++, result += stride)
                {
                    int channel = group * p.GroupK + k;
                    float* target = to + (((nint)n * p.K + channel) * p.OutH + first) * p.OutW, source = result;
                    float add = bias is null ? 0 : bias[channel];
                    for (int r = 0; r < rows; r++, source += layout.Pitch, target += p.OutW) AddToRow(source, add, target, p.OutW);
                }
            }
        }
    }

    // Results lie in rows of whole pairs of vectors.
    private static int ResultStride(int columns) => RoundUp(columns, 32);

    /// <summary>Which taps meet anything but rows of zeros. Taps are sorted by rows of the kernel, so these are neighbours; by default all are.</summary>
    private readonly ref struct TapRows(ReadOnlySpan<int> shifts, int tapsOfRow, int first, int output, int pitch)
    {
        private readonly ReadOnlySpan<int> _shifts = shifts;

        /// <summary>The taps for results from <paramref name="q"/> up to <paramref name="last"/>, of the block <paramref name="from"/> … <paramref name="to"/>.</summary>
        public (int From, int To) Of(int q, int last, int from, int to)
        {
            if (_shifts.IsEmpty) return (from, to);
            int line = first + q / pitch, lastLine = first + last / pitch, row = 0, end = _shifts.Length;
            while (row < end && _shifts[row] + output <= line) row++;
            while (end > row && _shifts[end - 1] > lastLine) end--;
            return (Math.Max(from, row * tapsOfRow), Math.Min(to, end * tapsOfRow));
        }
    }

    // y[m, q] for all m and q, a pair of vectors of q's after the other.
    private static unsafe void Walk(int rows, int taps, float* weights, float* x, int* offsets, int columns, float* y, int stride, TapRows tapRows)
    {
        if (Vector512.IsHardwareAccelerated && columns > 16)
            Walk<Vector512<float>, Lanes512>(rows, taps, weights, x, offsets, columns, y, stride, tapRows);
        else Walk<Vector<float>, LanesAny>(rows, taps, weights, x, offsets, columns, y, stride, tapRows);
    }

    private static unsafe void Walk<V, L>(int rows, int taps, float* weights, float* x, int* offsets, int columns, float* y, int stride, TapRows tapRows)
        where V : struct where L : ILanes<V>
    {
        int block = 0;
        do
        {
            for (int q = 0; q < columns; q += 2 * L.Count)
            {
                var (from, to) = tapRows.Of(q, Math.Min(q + 2 * L.Count, columns) - 1, block, Math.Min(block + BlockTaps, taps));
                if (block > 0 && from >= to) continue;
                for (int m = 0, size; m < rows; m += size)
                {
                    size = TileRows(rows - m);
                    ConvTile<V, L>(size, Math.Max(0, to - from), weights + m * taps + from * size, x + q, offsets + from, y + m * stride + q, stride, block > 0);
                }
            }
            block += BlockTaps;
        }
        while (block < taps);
    }

    // The last vector overlaps the one before it.
    private static unsafe void AddToRow(float* x, float add, float* y, int n)
    {
        int width = Vector<float>.Count, i = 0;
        var all = V(add);
        for (; i <= n - width; i += width) (Vector.Load(x + i) + all).Store(y + i);
        if (i == n) return;
        if (n >= width) (Vector.Load(x + n - width) + all).Store(y + n - width);
        else for (; i < n; i++) y[i] = x[i] + add;
    }
}
