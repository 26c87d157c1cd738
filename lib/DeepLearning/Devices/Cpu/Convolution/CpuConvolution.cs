using System.Numerics;
using System.Runtime.Intrinsics;
using static DeepLearning.Kernels.ConvLayout;
using static DeepLearning.Kernels.ConvTiles;
using static DeepLearning.Kernels.ConvWalk;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>
/// A convolution, and its gradient for the input, which is one too: of dy, with the kernel turned round. Each piece of work is one image,
/// one group of channels and one band of rows.
/// </summary>
internal static class CpuConvolution
{
    /// <summary>See <see cref="Device.Conv"/>.</summary>
    public static void Run(in ConvArgs p, float[] x, float[] w, float[]? bias, float[] y, StoragePool pool, Workers workers)
    {
        if (p.N * p.K * p.OutH * p.OutW == 0) return;
        var axes = new ConvLayout(p, 1, 1, 1, 1, 0, 1);
        var layout = new ConvLayout(p, p.OutH, p.GroupC, p.GroupK, axes.Y.Phases * axes.X.Phases, 0, LeastBands(p, workers));
        CpuStorage packed = pool.Take(p.K * p.Taps);
        int parts = workers.Pieces(2L * p.K * p.Taps);
        workers.Run(new PackPieces(w, packed.Array, p.Groups, p.GroupK, p.Taps, parts), parts);
        int items = p.N * p.Groups * layout.Bands, pieces = ItemPieces(p, items, workers);
        workers.Run(new ConvPieces(p, layout, x, packed.Array, TapOffsets(p, layout), bias, y, items, pieces), pieces);
        pool.Return(packed);
    }

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

    private readonly struct ConvPieces(ConvArgs p, ConvLayout layout, float[] x, float[] weights, int[] offsets, float[]? bias, float[] y,
        int items, int count)
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
            int rows = Math.Min(layout.BandRows, p.OutH - first), columns = (rows - 1) * layout.Pitch + p.OutW,
                stride = ResultStride(columns);
            float* image = Scratch.Room(layout.Numbers(p.GroupC) + p.GroupK * stride),
                result = image + RoundUp(layout.Numbers(p.GroupC), 16);
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

    // The last vector overlaps the one before it.
    private static unsafe void AddToRow(float* x, float add, float* y, int n)
    {
        int width = Vector<float>.Count, i = 0;
        Vector<float> all = V(add);
        for (; i <= n - width; i += width) (Vector.Load(x + i) + all).Store(y + i);
        if (i == n) return;
        if (n >= width) (Vector.Load(x + n - width) + all).Store(y + n - width);
        else for (; i < n; i++) y[i] = x[i] + add;
    }
}
