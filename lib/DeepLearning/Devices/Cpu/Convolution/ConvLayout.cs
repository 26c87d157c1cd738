using System.Runtime.CompilerServices;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Packing;

namespace DeepLearning.Kernels;

/// <summary>How images are laid out for a convolution: the sizes, where the planes are, and how they get there.</summary>
/// <remarks>
/// Every channel is copied with its padding, a stride being taken apart into phases (see <see cref="ConvAxis"/>), so that all that one tap
/// of the kernel reads, for all outputs, lies at one distance from the outputs' own places:
/// <c>y[q] = Σ over taps t of w[t] · image[q + offset[t]]</c>, with <c>q = i·pitch + j</c>,
/// which is a matrix product whose right operand is never written out. The price is q's between the end of a row and the next: as many as
/// the kernel is wide, less one; they are computed and left out.
/// </remarks>
internal readonly struct ConvLayout
{
    // Numbers that a piece's images and results should not exceed, so that they stay in the L2 cache.
    private const int BandNumbers = 48 * 1024;

    [ThreadStatic] private static int[]? s_offsets;

    public readonly ConvAxis Y, X;
    public readonly int Pitch, Bands, BandRows, PlaneStride, PhasesX, Phases;

    // Rows of `total` lines are done in bands; those of `planes` laid-out planes and `results` result planes fit the cache.
    public ConvLayout(in ConvArgs p, int total, int planes, int results, int phases, int spareRows, int least)
    {
        Y = new ConvAxis(p.H, p.OutH, p.KernelH, p.StrideH, p.PadH, p.DilationH);
        X = new ConvAxis(p.W, p.OutW, p.KernelW, p.StrideW, p.PadW, p.DilationW);
        Pitch = X.Lines;
        PhasesX = X.Phases;
        Phases = phases;
        int rows = Math.Max(BandNumbers / ((planes * phases + results) * Pitch), 2 * Y.MaxShift + 1);
        Bands = Math.Clamp(Math.Max((total + rows - 1) / rows, least), 1, Math.Max(1, total));
        BandRows = (total + Bands - 1) / Bands;
        Bands = BandRows == 0 ? 0 : (total + BandRows - 1) / BandRows;
        // An odd number of cache lines, so that the same place in many planes is not always in the same set of the cache.
        PlaneStride = (RoundUp((BandRows + Y.MaxShift + spareRows) * Pitch, 16) / 16 | 1) * 16;
    }

    /// <summary>Room for all planes of a group, and for vectors that read past the last.</summary>
    public int Numbers(int planes) => planes * Phases * PlaneStride + 128;

    /// <summary>A thread's own room for so many taps' offsets; the next call on the same thread gets the same room.</summary>
    public static int[] Offsets(int count)
    {
        if (s_offsets is null || s_offsets.Length < count)
            s_offsets = GC.AllocateUninitializedArray<int>(Math.Max(count, 256), pinned: true);
        return s_offsets;
    }

    /// <summary>Where each tap (channel, row, column) of the kernel reads.</summary>
    public static int[] TapOffsets(in ConvArgs p, in ConvLayout layout)
    {
        int[] offsets = Offsets(RoundUp(p.Taps, ConvTiles.WeightTaps));
        int t = 0;
        for (int c = 0; c < p.GroupC; c++)
        for (int a = 0; a < p.KernelH; a++)
        for (int b = 0; b < p.KernelW; b++)
        {
            int phase = layout.Y.Rank(layout.Y.Phase(a)) * layout.PhasesX + layout.X.Rank(layout.X.Phase(b));
            offsets[t++] = (c * layout.Phases + phase) * layout.PlaneStride + layout.Y.Shift(a) * layout.Pitch + layout.X.Shift(b);
        }
        while (t % ConvTiles.WeightTaps != 0) offsets[t++] = 0;
        return offsets;
    }

    /// <summary>
    /// The channels of one group of image n, rows first … first + rows − 1 of the output and what their windows reach.
    /// </summary>
    public static unsafe void LayImage(in ConvArgs p, in ConvLayout layout, float* x, int n, int group, int first, int rows, float* to)
    {
        float* channel = x + ((nint)n * p.C + group * p.GroupC) * p.H * p.W;
        for (int c = 0; c < p.GroupC; c++, channel += p.H * p.W)
        for (int v = 0; v < p.StrideH; v++)
        {
            if (layout.Y.TapsOf(v) == 0) continue;
            for (int u = 0; u < p.StrideW; u++)
            {
                if (layout.X.TapsOf(u) == 0) continue;
                LayPlane(channel, p.H, p.W, layout.Y.Place(first, v), p.StrideH, layout.X.Place(0, u), p.StrideW,
                    to, rows + layout.Y.MaxShift, layout.Pitch);
                to += layout.PlaneStride;
            }
        }
    }

    /// <summary>to[r, c] = x[row + r·rowStep, column + c·columnStep], or 0 outside.</summary>
    public static unsafe void LayPlane(float* x, int height, int width, int row, int rowStep, int column, int columnStep, float* to,
        int rows, int pitch)
    {
        int from = Math.Clamp((columnStep - 1 - column) / columnStep, 0, pitch);
        int end = Math.Clamp((width - column + columnStep - 1) / columnStep, from, pitch);
        for (int r = 0; r < rows; r++, row += rowStep, to += pitch)
        {
            if ((uint)row >= (uint)height)
            {
                Zero(to, pitch);
                continue;
            }
            for (int c = 0; c < from; c++) to[c] = 0;
            for (int c = end; c < pitch; c++) to[c] = 0;
            float* source = x + (nint)row * width + column + from * columnStep;
            if (columnStep == 1) CopyRow(source, to + from, end - from);
            else for (int c = from; c < end; c++, source += columnStep) to[c] = *source;
        }
    }

    /// <summary>Copies n numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void CopyRow(float* from, float* to, int n) => new ReadOnlySpan<float>(from, n).CopyTo(new Span<float>(to, n));
}
