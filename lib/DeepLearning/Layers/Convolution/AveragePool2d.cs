namespace DeepLearning;

/// <summary>
/// The mean of each window: y[n, c, i, j] = (1/kernel area) · Σ over the window's a, b of x[n, c, i·s + a − p, j·s + b − p].
/// <para>Shapes: x: [N, C, H, W] → [N, C, H′, W′], H′ = ⌊(H + 2p − kernel)/s⌋ + 1; no parameters.</para>
/// <para>Throws for another number of axes and where the window is larger than the padded image.</para>
/// <para>Source: LeCun et al., 1998 (subsampling in LeNet-5); S2, S3 "Pooling".</para>
/// </summary>
/// <param name="kernel">Rows and columns of the window; ≥ 1.</param>
/// <param name="stride">s, from one window to the next; the kernel's size unless given, so that windows touch.</param>
/// <param name="padding">p, rows and columns around the image; at most half the kernel; 0 unless given.</param>
/// <param name="countPadding">Whether padding counts as zeros; else the mean is over what lies inside the image; true.</param>
/// <param name="ceilMode">Whether what is left over at the end gets a window of its own: ⌈ ⌉ in place of ⌊ ⌋; false.</param>
/// <example><code>
/// var pool = new AveragePool2d(3, stride: 2, padding: 1);
/// Tensor y = pool.Forward(Tensor.Zeros(8, 3, 28, 28));   // [8, 3, 14, 14]
/// </code></example>
public sealed class AveragePool2d(Size2 kernel, Size2? stride = null, Size2? padding = null,
    bool countPadding = true, bool ceilMode = false)
    : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AveragePool2d(kernel, stride, padding, countPadding, ceilMode);

    /// <inheritdoc/>
    protected internal override LayerArithmetic Arithmetic(Shape x, Shape y)
    {
        Size2 around = padding ?? 0;
        return new(ConvolutionArithmetic.Size(x, y, kernel, stride ?? kernel, (around.Height, around.Width), 1));
    }

    /// <inheritdoc/>
    public override string ToString() => $"AveragePool2d({kernel}{ConvolutionSizes.PoolOptions(kernel, stride, padding, ceilMode)})";
}

/// <summary>
/// The mean of each window along a sequence: <see cref="AveragePool2d"/> with one axis.
/// <para>Shapes: x: [N, C, L] → [N, C, L′], L′ = ⌊(L + 2p − kernel)/s⌋ + 1; no parameters.</para>
/// <para>Throws for another number of axes and where the window is longer than the padded sequence.</para>
/// </summary>
/// <param name="kernel">Length of the window; ≥ 1.</param>
/// <param name="stride">s, from one window to the next; the kernel's size unless given.</param>
/// <param name="padding">p, places before and behind; at most half the kernel; 0.</param>
/// <param name="countPadding">Whether padding counts as zeros; else the mean is over what lies inside; true.</param>
/// <param name="ceilMode">Whether what is left over at the end gets a window of its own: ⌈ ⌉ in place of ⌊ ⌋; false.</param>
/// <example><code>
/// var pool = new AveragePool1d(4);
/// Tensor y = pool.Forward(Tensor.Zeros(8, 3, 100));   // [8, 3, 25]
/// </code></example>
public sealed class AveragePool1d(int kernel, int? stride = null, int padding = 0, bool countPadding = true, bool ceilMode = false) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AveragePool1d(kernel, stride, padding, countPadding, ceilMode);

    /// <inheritdoc/>
    protected internal override LayerArithmetic Arithmetic(Shape x, Shape y) =>
        new(ConvolutionArithmetic.Size(x, y, (1, kernel), (1, stride ?? kernel), (0, padding), 1));

    /// <inheritdoc/>
    public override string ToString() => $"AveragePool1d({kernel}{ConvolutionSizes.PoolOptions(kernel, stride, padding, ceilMode)})";
}
