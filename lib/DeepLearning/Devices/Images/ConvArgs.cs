namespace DeepLearning.Kernels;

/// <summary>
/// A convolution of images x: [N, C, H, W] with weights w: [K, C/groups, kernel height, kernel width] to y: [N, K, OutH, OutW]: y[n, k, i,
/// j] = Σ over c, a, b of w[k, c, a, b] · x[n, c + (first channel of k's group), i·stride + a·dilation − pad, j·stride + b·dilation − pad],
/// with zeros outside the image. Padding after the last row and column is as much as OutH and OutW reach.
/// </summary>
public readonly record struct ConvArgs(int N, int C, int H, int W, int K, int OutH, int OutW)
{
    /// <summary>Rows of the kernel.</summary>
    public int KernelH { get; init; } = 1;
    /// <summary>Columns of the kernel.</summary>
    public int KernelW { get; init; } = 1;
    /// <summary>Rows from one window to the next.</summary>
    public int StrideH { get; init; } = 1;
    /// <summary>Columns from one window to the next.</summary>
    public int StrideW { get; init; } = 1;
    /// <summary>Rows of zeros above the image.</summary>
    public int PadH { get; init; }
    /// <summary>Columns of zeros left of the image.</summary>
    public int PadW { get; init; }
    /// <summary>Rows from one row of the kernel to the next.</summary>
    public int DilationH { get; init; } = 1;
    /// <summary>Columns from one column of the kernel to the next.</summary>
    public int DilationW { get; init; } = 1;
    /// <summary>Into how many groups channels are divided; each sees only its own.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Channels of x in a group.</summary>
    public int GroupC => C / Groups;
    /// <summary>Channels of y in a group.</summary>
    public int GroupK => K / Groups;
    /// <summary>Weights of one channel of y.</summary>
    public int Taps => GroupC * KernelH * KernelW;
}
