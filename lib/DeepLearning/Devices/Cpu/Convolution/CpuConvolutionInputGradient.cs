using static DeepLearning.Kernels.ConvLayout;
using static DeepLearning.Kernels.ConvTiles;
using static DeepLearning.Kernels.ConvWalk;
using static DeepLearning.Kernels.Cutting;

namespace DeepLearning.Kernels;

/// <summary>
/// dx: a number of x at line r of a phase was read by the taps of that phase, tap a of them for output line r − shift(a). So each phase of
/// dx is a convolution of dy, padded on all sides, with the taps of its phase.
/// </summary>
internal static class CpuConvolutionInputGradient
{
    /// <summary>See <see cref="Device.ConvInputGradient"/>.</summary>
    public static void Run(in ConvArgs p, float[] dy, float[] w, float[] dx, StoragePool pool, Workers workers)
    {
        if (p.N * p.C * p.H * p.W == 0) return;
        var axes = new ConvLayout(p, 1, 1, 1, 1, 0, 1);
        int lines = (p.H + p.PadH + p.StrideH - 1) / p.StrideH, firstLine = p.PadH / p.StrideH;
        bool reached = p.StrideH == 1 && p.StrideW == 1 && lines <= axes.Y.Lines && p.W + p.PadW <= axes.X.Lines;
        if (!reached) dx.AsSpan(0, p.N * p.C * p.H * p.W).Clear();
        lines = Math.Min(lines, axes.Y.Lines) - firstLine;
        if (lines <= 0 || p.K * p.OutH * p.OutW == 0) return;
        var layout = new ConvLayout(p, lines, p.GroupK, p.GroupC, 1, 1, LeastBands(p, workers));
        CpuStorage packed = pool.Take(p.K * p.Taps);
        int parts = Math.Min(workers.Pieces(2L * p.K * p.Taps), p.K);
        workers.Run(new PackTurnedPieces(p, layout, w, packed.Array, parts), parts);
        int items = p.N * p.Groups * layout.Bands, pieces = ItemPieces(p, items, workers);
        workers.Run(new ConvInputPieces(p, layout, dy, packed.Array, TurnedOffsets(p, layout), dx, firstLine, lines, items, pieces),
            pieces);
        pool.Return(packed);
    }

    // Phase by phase the taps (row, channel of y, column) of each channel of x.
    private readonly struct PackTurnedPieces(ConvArgs p, ConvLayout layout, float[] w, float[] packed, int count) : IPieces
    {
        public void Run(int i)
        {
            int area = p.KernelH * p.KernelW;
            Span<int> taps = area <= 256 ? stackalloc int[256] : new int[area];
            int start = 0;
            for (int v = 0; v < p.StrideH; v++)
            for (int u = 0; u < p.StrideW; u++)
            {
                int used = 0;
                for (int tap = 0; tap < area; tap++)
                {
                    if (layout.Y.Phase(tap / p.KernelW) == v && layout.X.Phase(tap % p.KernelW) == u) taps[used++] = tap;
                }
                int to = Cut(p.K, i + 1, count, 1);
                for (int k = Cut(p.K, i, count, 1); k < to; k++) Pack(k, taps[..used], layout.X.TapsOf(u), start);
                start += used * p.GroupK * p.GroupC;
            }
        }

        // The weights of channel k of y, whose group's phases begin where those of all its weights do.
        private void Pack(int k, ReadOnlySpan<int> taps, int columns, int start)
        {
            int area = p.KernelH * p.KernelW, group = k / p.GroupK, inGroup = k % p.GroupK, all = p.GroupK * taps.Length;
            start += group * p.GroupK * p.Taps;
            for (int c = 0, size; c < p.GroupC; c += size)
            {
                size = TileRows(p.GroupC - c);
                int from = (k * p.GroupC + c) * area;
                for (int row = 0; row < taps.Length; row += columns)
                {
                    int to = start + c * all + (row * p.GroupK + inGroup * columns) * size;
                    foreach (int tap in taps.Slice(row, columns))
                    for (int i = 0; i < size; i++) packed[to++] = w[from + i * area + tap];
                }
            }
        }
    }

    private static int[] TurnedOffsets(in ConvArgs p, in ConvLayout layout)
    {
        int[] offsets = Offsets(p.GroupK * p.KernelH * p.KernelW);
        int t = 0;
        for (int v = 0; v < p.StrideH; v++)
        for (int u = 0; u < p.StrideW; u++)
        for (int a = 0; a < p.KernelH; a++)
        {
            if (layout.Y.Phase(a) != v) continue;
            for (int k = 0; k < p.GroupK; k++)
            for (int b = 0; b < p.KernelW; b++)
            {
                if (layout.X.Phase(b) != u) continue;
                int row = layout.Y.MaxShift - layout.Y.Shift(a), column = layout.X.MaxShift - layout.X.Shift(b);
                offsets[t++] = k * layout.PlaneStride + row * layout.Pitch + column;
            }
        }
        return offsets;
    }

    private readonly struct ConvInputPieces(ConvArgs p, ConvLayout layout, float[] dy, float[] weights, int[] offsets, float[] dx,
        int firstLine, int lines, int items, int count) : IPieces
    {
        public void Run(int i)
        {
            int to = Cut(items, i + 1, count, 1);
            for (int item = Cut(items, i, count, 1); item < to; item++)
                Band(item / (layout.Bands * p.Groups), item / layout.Bands % p.Groups, item % layout.Bands * layout.BandRows);
        }

        private unsafe void Band(int n, int group, int start)
        {
            int rows = Math.Min(layout.BandRows, lines - start), first = firstLine + start, columns = rows * layout.Pitch,
                stride = ResultStride(columns);
            float* image = Scratch.Room(layout.Numbers(p.GroupK) + p.GroupC * stride),
                result = image + RoundUp(layout.Numbers(p.GroupK), 16);
            fixed (float* from = dy, to = dx, w = weights)
            fixed (int* allOffsets = offsets)
            {
                float* plane = from + ((nint)n * p.K + group * p.GroupK) * p.OutH * p.OutW;
                for (int k = 0; k < p.GroupK; k++, plane += p.OutH * p.OutW)
                    LayPlane(plane, p.OutH, p.OutW, first - layout.Y.MaxShift, 1, -layout.X.MaxShift, 1,
                        image + k * layout.PlaneStride, rows + layout.Y.MaxShift + 1, layout.Pitch);
                int* offset = allOffsets;
                float* weight = w + group * p.GroupK * p.Taps, target = to + ((nint)n * p.C + group * p.GroupC) * p.H * p.W;
                Span<int> shifts = p.KernelH <= 64 ? stackalloc int[64] : new int[p.KernelH];
                for (int v = 0; v < p.StrideH; v++)
                for (int u = 0; u < p.StrideW; u++)
                {
                    int tapRows = 0, tapsOfRow = p.GroupK * layout.X.TapsOf(u);
                    for (int a = 0; a < p.KernelH; a++)
                    {
                        if (layout.Y.Phase(a) == v) shifts[tapRows++] = layout.Y.Shift(a);
                    }
                    int taps = tapRows * tapsOfRow;
                    if (taps == 0) continue;
                    Walk(p.GroupC, taps, weight, image, offset, columns, result, stride,
                        new TapRows(shifts[..tapRows], tapsOfRow, first, p.OutH, layout.Pitch));
                    for (int c = 0; c < p.GroupC; c++) Place(result + c * stride, target + (nint)c * p.H * p.W, first, rows, v, u);
                    weight += taps * p.GroupC;
                    offset += taps;
                }
            }
        }

        // A phase of a channel goes back to where it came from.
        private unsafe void Place(float* from, float* to, int first, int rows, int v, int u)
        {
            int left = layout.X.LineAt(0, u), right = layout.X.LineAt(p.W, u);
            for (int r = 0; r < rows; r++, from += layout.Pitch)
            {
                int row = layout.Y.Place(first + r, v);
                if ((uint)row >= (uint)p.H) continue;
                float* target = to + (nint)row * p.W + layout.X.Place(left, u);
                if (p.StrideW == 1) CopyRow(from + left, target, right - left);
                else for (int j = left; j < right; j++, target += p.StrideW) *target = from[j];
            }
        }
    }
}
