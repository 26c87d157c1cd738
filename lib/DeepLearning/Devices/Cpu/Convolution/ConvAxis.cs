namespace DeepLearning.Kernels;

/// <summary>
/// One axis of a convolution, cut into phases so that a stride disappears: place u of the padded image is line u / stride of phase u %
/// stride. Tap a of the kernel then reads phase <see cref="Phase"/>, <see cref="Shift"/> lines after the output's own line, whatever the
/// stride.
/// </summary>
internal readonly struct ConvAxis(int length, int output, int kernel, int stride, int pad, int dilation)
{
    public readonly int Length = length, Output = output, Kernel = kernel, Stride = stride, Pad = pad;

    /// <summary>The last tap's shift.</summary>
    public readonly int MaxShift = (kernel - 1) * dilation / stride;

    /// <summary>Lines of a phase that the windows reach.</summary>
    public int Lines => Output + MaxShift;

    public int Phase(int tap) => tap * dilation % Stride;

    public int Shift(int tap) => tap * dilation / Stride;

    /// <summary>The phases that some tap reads.</summary>
    public int Phases
    {
        get
        {
            int count = 0;
            for (int phase = 0; phase < Stride; phase++) count += TapsOf(phase) > 0 ? 1 : 0;
            return count;
        }
    }

    /// <summary>How many taps read a phase.</summary>
    public int TapsOf(int phase)
    {
        int count = 0;
        for (int tap = 0; tap < Kernel; tap++) count += Phase(tap) == phase ? 1 : 0;
        return count;
    }

    /// <summary>The number of a phase among those that are read.</summary>
    public int Rank(int phase)
    {
        int rank = 0;
        for (int before = 0; before < phase; before++) rank += TapsOf(before) > 0 ? 1 : 0;
        return rank;
    }

    /// <summary>The place in the image of a line of a phase; outside it lies padding.</summary>
    public int Place(int line, int phase) => line * Stride + phase - Pad;

    /// <summary>The first line of a phase that is at or after a place of the image.</summary>
    public int LineAt(int place, int phase) => Math.Clamp((place + Pad - phase + Stride - 1) / Stride, 0, Lines);
}
