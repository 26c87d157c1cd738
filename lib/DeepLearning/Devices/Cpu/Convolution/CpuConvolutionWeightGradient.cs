using System.Numerics;
using System.Runtime.Intrinsics;
using static DeepLearning.Kernels.ConvLayout;
using static DeepLearning.Kernels.ConvTiles;
using static DeepLearning.Kernels.ConvWalk;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Packing;

namespace DeepLearning.Kernels;

/// <summary>
/// dw: for every tap and every channel of y the sum of x·dy over all outputs. dy is turned so that its channels lie side by side, a vector
/// of them at a time; an x is repeated over a vector. Pieces of work each sum their own images and channels; how many there are, and the
/// order in which their sums are added, depends on sizes alone, so the result does not depend on the number of threads.
/// </summary>
internal static class CpuConvolutionWeightGradient
{
    /// <summary>See <see cref="Device.ConvWeightGradient"/>.</summary>
    public static void Run(in ConvArgs p, float[] x, float[] dy, float[] dw, float[]? dbias, StoragePool pool, Workers workers)
    {
        if (p.K == 0) return;
        bool few = p.GroupK <= ConvWeightDots.FewChannels;
        bool wide = Vector512.IsHardwareAccelerated && (few ? p.OutH * p.OutW > 16 : p.GroupK > Vector<float>.Count);
        if (few && wide) ConvWeightDots.Run<Vector512<float>, Lanes512>(p, x, dy, dw, dbias, pool, workers);
        else if (few) ConvWeightDots.Run<Vector<float>, LanesAny>(p, x, dy, dw, dbias, pool, workers);
        else if (wide) Run<Vector512<float>, Lanes512>(p, x, dy, dw, dbias, pool, workers);
        else Run<Vector<float>, LanesAny>(p, x, dy, dw, dbias, pool, workers);
    }

    private static void Run<V, L>(in ConvArgs p, float[] x, float[] dy, float[] dw, float[]? dbias, StoragePool pool, Workers workers)
        where V : struct where L : ILanes<V>
    {
        var axes = new ConvLayout(p, 1, 1, 1, 1, 0, 1);
        var layout = new ConvLayout(p, p.OutH, p.GroupC, L.Count, axes.Y.Phases * axes.X.Phases, 0, 1);
        var work = new WeightWork(p, layout, L.Count, TapOffsets(p, layout));
        CpuStorage sums = pool.Take(work.Numbers);
        int pieces = p.Groups * work.Parts * work.BlockParts;
        workers.ForProducts(Products(p)).Run(new WeightPieces<V, L>(work, x, dy, sums.Array), pieces);
        int blocks = p.Groups * work.Blocks;
        (work.Numbers < Workers.WorthSharing ? Workers.One : workers).Run(new WeightSumPieces(work, sums.Array, dw, dbias), blocks);
        pool.Return(sums);
    }

    /// <summary>
    /// How the work is divided: [group, block of a vector of channels, part of the images] sums of [taps and bias, channels of the block].
    /// </summary>
    private readonly struct WeightWork
    {
        public readonly ConvArgs P;
        public readonly ConvLayout Layout;
        public readonly int[] Offsets;
        public readonly int Width, Blocks, Taps, Size, Items, Parts, BlockParts;

        public WeightWork(in ConvArgs p, in ConvLayout layout, int width, int[] offsets)
        {
            (P, Layout, Width, Offsets) = (p, layout, width, offsets);
            Blocks = (p.GroupK + width - 1) / width;
            Taps = RoundUp(p.Taps, WeightTaps);
            Size = (Taps + 1) * width;
            Items = p.N * layout.Bands;
            long all = (long)p.Groups * Blocks * Size;
            Parts = (int)Math.Clamp(ConvWeightDots.MostSums / all, 1, Math.Clamp(Items, 1, ConvWeightDots.PieceCount));
            BlockParts = Math.Clamp(ConvWeightDots.PieceCount / (Parts * p.Groups), 1, Blocks);
        }

        public int Numbers => P.Groups * Blocks * Parts * Size;

        public int Start(int group, int block, int part) => ((group * Blocks + block) * Parts + part) * Size;
    }

    private readonly struct WeightPieces<V, L>(WeightWork work, float[] x, float[] dy, float[] sums) : IPieces
        where V : struct where L : ILanes<V>
    {
        public void Run(int i)
        {
            int group = i / (work.Parts * work.BlockParts), part = i / work.BlockParts % work.Parts, share = i % work.BlockParts;
            int block = Cut(work.Blocks, share, work.BlockParts, 1), blockEnd = Cut(work.Blocks, share + 1, work.BlockParts, 1);
            for (int b = block; b < blockEnd; b++) sums.AsSpan(work.Start(group, b, part), work.Size).Clear();
            int end = Cut(work.Items, part + 1, work.Parts, 1);
            for (int item = Cut(work.Items, part, work.Parts, 1); item < end; item++)
                Band(item / work.Layout.Bands, group, item % work.Layout.Bands * work.Layout.BandRows, part, block, blockEnd);
        }

        private unsafe void Band(int n, int group, int first, int part, int block, int blockEnd)
        {
            ref readonly ConvArgs p = ref work.P;
            ConvLayout layout = work.Layout;
            int rows = Math.Min(layout.BandRows, p.OutH - first), outputs = rows * p.OutW, area = p.OutH * p.OutW;
            float* image = Scratch.Room(layout.Numbers(p.GroupC) + outputs * L.Count + 32),
                turned = image + RoundUp(layout.Numbers(p.GroupC), 16);
            fixed (float* from = x, up = dy, sum = sums)
            fixed (int* offsets = work.Offsets)
            {
                LayImage(p, layout, from, n, group, first, rows, image);
                for (int b = block; b < blockEnd; b++)
                {
                    int channel = b * L.Count, channels = Math.Min(L.Count, p.GroupK - channel);
                    PackTransposed(up + ((nint)n * p.K + group * p.GroupK + channel) * area + first * p.OutW, area, channels, outputs,
                        turned, L.Count);
                    float* to = sum + work.Start(group, b, part);
                    for (int t = 0; t < work.Taps; t += WeightTaps, to += WeightTaps * L.Count)
                        WeightTile<V, L>(image, offsets + t, layout.Pitch, rows, p.OutW, turned, to);
                    AddAll<V, L>(turned, outputs * L.Count, to);
                }
            }
        }
    }

    private readonly struct WeightSumPieces(WeightWork work, float[] sums, float[] dw, float[]? dbias) : IPieces
    {
        public void Run(int i)
        {
            int group = i / work.Blocks, block = i % work.Blocks, first = block * work.Width, taps = work.P.Taps;
            Span<float> total = sums.AsSpan(work.Start(group, block, 0), work.Size);
            for (int part = 1; part < work.Parts; part++)
                System.Numerics.Tensors.TensorPrimitives.Add(total, sums.AsSpan(work.Start(group, block, part), work.Size), total);
            int channels = Math.Min(work.Width, work.P.GroupK - first);
            for (int k = 0; k < channels; k++)
            {
                int channel = group * work.P.GroupK + first + k;
                for (int t = 0; t < taps; t++) dw[channel * taps + t] = total[t * work.Width + k];
                if (dbias is not null) dbias[channel] = total[work.Taps * work.Width + k];
            }
        }
    }
}
