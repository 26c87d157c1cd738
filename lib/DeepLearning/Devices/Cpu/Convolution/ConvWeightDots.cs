using static DeepLearning.Kernels.ConvLayout;
using static DeepLearning.Kernels.ConvTiles;
using static DeepLearning.Kernels.ConvWalk;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Packing;

namespace DeepLearning.Kernels;

/// <summary>
/// dw where a group has few channels of y, too few to fill a vector: each of its numbers is the product of a row of dy and a row of x, both
/// read as they are laid out, dy with zeros between the ends of its rows and the beginnings of the next.
/// </summary>
internal static class ConvWeightDots
{
    /// <summary>At most so many channels of a group are few.</summary>
    public const int FewChannels = 8;

    /// <summary>How many numbers the sums of all pieces may be.</summary>
    public const int MostSums = 1 << 20;

    /// <summary>How many pieces there are, if there are so many images.</summary>
    public const int PieceCount = 8;

    /// <summary>See <see cref="Device.ConvWeightGradient"/>.</summary>
    public static void Run<V, L>(in ConvArgs p, float[] x, float[] dy, float[] dw, float[]? dbias, StoragePool pool, Workers workers)
        where V : struct where L : ILanes<V>
    {
        var axes = new ConvLayout(p, 1, 1, 1, 1, 0, 1);
        var layout = new ConvLayout(p, p.OutH, p.GroupC, p.GroupK, axes.Y.Phases * axes.X.Phases, 0, 1);
        int size = p.GroupK * (RoundUp(p.Taps, WeightTaps) + 1) * L.Count, items = p.N * layout.Bands;
        int parts = Math.Clamp(MostSums / (size * p.Groups), 1, Math.Clamp(items, 1, PieceCount));
        CpuStorage sums = pool.Take(p.Groups * parts * size);
        workers.ForProducts(Products(p)).Run(
            new WeightDotPieces<V, L>(p, layout, TapOffsets(p, layout), x, dy, sums.Array, size, items, parts), p.Groups * parts);
        for (int channel = 0; channel < p.K; channel++)
        {
            int each = size / p.GroupK, first = channel / p.GroupK * parts * size + channel % p.GroupK * each;
            for (int t = 0; t < p.Taps; t++) dw[channel * p.Taps + t] = SumOfParts(sums.Array, first + t * L.Count, size, parts, L.Count);
            if (dbias is not null) dbias[channel] = SumOfParts(sums.Array, first + each - L.Count, size, parts, L.Count);
        }
        pool.Return(sums);
    }

    private static float SumOfParts(float[] sums, int first, int step, int parts, int lanes)
    {
        float sum = 0;
        for (int part = 0; part < parts; part++, first += step)
            foreach (float lane in sums.AsSpan(first, lanes)) sum += lane;
        return sum;
    }

    private readonly struct WeightDotPieces<V, L>(ConvArgs p, ConvLayout layout, int[] offsets, float[] x, float[] dy, float[] sums,
        int size, int items, int parts)
        : IPieces where V : struct where L : ILanes<V>
    {
        public void Run(int i)
        {
            int part = i % parts, end = Cut(items, part + 1, parts, 1);
            sums.AsSpan(i * size, size).Clear();
            for (int item = Cut(items, part, parts, 1); item < end; item++)
                Band(item / layout.Bands, i / parts, item % layout.Bands * layout.BandRows, i * size);
        }

        private unsafe void Band(int n, int group, int first, int start)
        {
            int rows = Math.Min(layout.BandRows, p.OutH - first), taps = RoundUp(p.Taps, WeightTaps);
            int used = rows * layout.Pitch, length = RoundUp(used, L.Count), planes = p.GroupC * layout.Phases;
            float* image = Scratch.Room(layout.Numbers(p.GroupC) + p.GroupK * length + 16),
                up = image + RoundUp(layout.Numbers(p.GroupC), 16);
            fixed (float* from = x, gradients = dy, allSums = sums)
            fixed (int* offset = offsets)
            {
                LayImage(p, layout, from, n, group, first, rows, image);
                // What lies behind a plane meets zeros of dy, and so must be a number.
                int reached = (rows + layout.Y.MaxShift) * layout.Pitch;
                for (int plane = 1; plane <= planes; plane++)
                    Zero(image + (plane - 1) * layout.PlaneStride + reached, layout.PlaneStride - reached + (plane == planes ? 128 : 0));
                float* channel = gradients + ((nint)n * p.K + group * p.GroupK) * p.OutH * p.OutW;
                for (int k = 0; k < p.GroupK; k++, channel += p.OutH * p.OutW)
                {
                    LayPlane(channel, p.OutH, p.OutW, first, 1, 0, 1, up + k * length, rows, layout.Pitch);
                    Zero(up + k * length + used, length - used);
                }
                float* sum = allSums + start;
                int row = (taps + 1) * L.Count, done = 0;
                for (; done <= p.GroupK - 3; done += 3, sum += 3 * row)
                for (int t = 0; t < p.Taps; t += 4) Dot3x4<V, L>(image, offset + t, up + done * length, length, sum + t * L.Count, row);
                for (; done < p.GroupK; done++, sum += row)
                for (int t = 0; t < p.Taps; t += 8) Dot1x8<V, L>(image, offset + t, up + done * length, length, sum + t * L.Count);
                for (int k = 0; k < p.GroupK; k++) AddAll<V, L>(up + k * length, length, allSums + start + (k + 1) * row - L.Count);
            }
        }
    }

    // sums[k, t] += Σ over q of dy[k, q]·x[q + offset[t]], lane by lane, for 3 k's and 4 t's.
    private static unsafe void Dot3x4<V, L>(float* x, int* offsets, float* dy, int length, float* sums, int row)
        where V : struct where L : ILanes<V>
    {
        V a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        V c0 = default, c1 = default, c2 = default, c3 = default;
        float* x0 = x + offsets[0], x1 = x + offsets[1], x2 = x + offsets[2], x3 = x + offsets[3], dyB = dy + length, dyC = dyB + length;
        for (nint q = 0; q < length; q += L.Count)
        {
            V a = L.Load(dy + q), b = L.Load(dyB + q), c = L.Load(dyC + q), v;
            v = L.Load(x0 + q); a0 = L.MultiplyAdd(a, v, a0); b0 = L.MultiplyAdd(b, v, b0); c0 = L.MultiplyAdd(c, v, c0);
            v = L.Load(x1 + q); a1 = L.MultiplyAdd(a, v, a1); b1 = L.MultiplyAdd(b, v, b1); c1 = L.MultiplyAdd(c, v, c1);
            v = L.Load(x2 + q); a2 = L.MultiplyAdd(a, v, a2); b2 = L.MultiplyAdd(b, v, b2); c2 = L.MultiplyAdd(c, v, c2);
            v = L.Load(x3 + q); a3 = L.MultiplyAdd(a, v, a3); b3 = L.MultiplyAdd(b, v, b3); c3 = L.MultiplyAdd(c, v, c3);
        }
        AddFour<V, L>(a0, a1, a2, a3, sums);
        AddFour<V, L>(b0, b1, b2, b3, sums + row);
        AddFour<V, L>(c0, c1, c2, c3, sums + 2 * row);
    }

    // The same for 1 k and 8 t's.
    private static unsafe void Dot1x8<V, L>(float* x, int* offsets, float* dy, int length, float* sums) where V : struct where L : ILanes<V>
    {
        V s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        float* x0 = x + offsets[0], x1 = x + offsets[1], x2 = x + offsets[2], x3 = x + offsets[3];
        float* x4 = x + offsets[4], x5 = x + offsets[5], x6 = x + offsets[6], x7 = x + offsets[7];
        for (nint q = 0; q < length; q += L.Count)
        {
            V up = L.Load(dy + q);
            s0 = L.MultiplyAdd(up, L.Load(x0 + q), s0);
            s1 = L.MultiplyAdd(up, L.Load(x1 + q), s1);
            s2 = L.MultiplyAdd(up, L.Load(x2 + q), s2);
            s3 = L.MultiplyAdd(up, L.Load(x3 + q), s3);
            s4 = L.MultiplyAdd(up, L.Load(x4 + q), s4);
            s5 = L.MultiplyAdd(up, L.Load(x5 + q), s5);
            s6 = L.MultiplyAdd(up, L.Load(x6 + q), s6);
            s7 = L.MultiplyAdd(up, L.Load(x7 + q), s7);
        }
        AddFour<V, L>(s0, s1, s2, s3, sums);
        AddFour<V, L>(s4, s5, s6, s7, sums + 4 * L.Count);
    }

    private static unsafe void AddFour<V, L>(V a, V b, V c, V d, float* to) where V : struct where L : ILanes<V>
    {
        AddTo<V, L>(a, to);
        AddTo<V, L>(b, to + L.Count);
        AddTo<V, L>(c, to + 2 * L.Count);
        AddTo<V, L>(d, to + 3 * L.Count);
    }
}
