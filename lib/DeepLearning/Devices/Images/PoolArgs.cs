namespace DeepLearning.Kernels;

/// <summary>
/// Windows moved over planes [Planes, H, W], each giving one number of [Planes, OutH, OutW]. Padding never counts as a maximum. An adaptive
/// pooling divides the image into OutH × OutW windows that cover it: window i is rows ⌊i·H/OutH⌋ … ⌈(i+1)·H/OutH⌉ − 1.
/// </summary>
public readonly record struct PoolArgs(int Planes, int H, int W, int OutH, int OutW)
{
    /// <summary>Rows of a window.</summary>
    public int KernelH { get; init; } = 1;
    /// <summary>Columns of a window.</summary>
    public int KernelW { get; init; } = 1;
    /// <summary>Rows from one window to the next.</summary>
    public int StrideH { get; init; } = 1;
    /// <summary>Columns from one window to the next.</summary>
    public int StrideW { get; init; } = 1;
    /// <summary>Rows added above and below.</summary>
    public int PadH { get; init; }
    /// <summary>Columns added left and right.</summary>
    public int PadW { get; init; }
    /// <summary>Whether an average counts padding as zeros; else it divides by what lies inside the image.</summary>
    public bool CountPadding { get; init; }
    /// <summary>Windows that divide the image, whatever the kernel.</summary>
    public bool Adaptive { get; init; }

    /// <summary>The rows of window i: from, and the first that is not in it.</summary>
    public (int From, int To) Rows(int i) => Adaptive ? Share(i, H, OutH) : Window(i, H, KernelH, StrideH, PadH);

    /// <summary>The columns of window j.</summary>
    public (int From, int To) Columns(int j) => Adaptive ? Share(j, W, OutW) : Window(j, W, KernelW, StrideW, PadW);

    /// <summary>What an average over so many rows and columns inside the image divides by.</summary>
    public int Divisor(int rows, int columns) => CountPadding && !Adaptive ? KernelH * KernelW : rows * columns;

    private static (int From, int To) Share(int i, int length, int windows) =>
        ((int)((long)i * length / windows), (int)(((long)(i + 1) * length + windows - 1) / windows));

    private static (int From, int To) Window(int i, int length, int kernel, int stride, int pad) =>
        (Math.Max(0, i * stride - pad), Math.Min(length, i * stride - pad + kernel));
}
