namespace DeepLearning;

/// <summary>
/// The largest number of each window: keeps the strongest answer, makes images smaller, and small shifts harmless.
/// y[n, c, i, j] = max over the window's a, b of x[n, c, i·s + a − p, j·s + b − p]. The gradient goes to the largest alone, to the first
/// of equal ones.
/// <para>Shapes: x: [N, C, H, W] → [N, C, H′, W′], H′ = ⌊(H + 2p − kernel)/s⌋ + 1; no parameters.</para>
/// <para>Throws for another number of axes and where the window is larger than the padded image.</para>
/// <para>Source: S2, S3 "Pooling".</para>
/// </summary>
/// <param name="kernel">Rows and columns of the window; ≥ 1.</param>
/// <param name="stride">s, from one window to the next; the kernel's size unless given, so that windows touch.</param>
/// <param name="padding">
/// p, rows and columns around the image, which never are the largest; at most half the kernel; 0 unless given.
/// </param>
/// <param name="ceilMode">Whether what is left over at the end gets a window of its own: ⌈ ⌉ in place of ⌊ ⌋; false.</param>
/// <example><code>
/// var pool = new MaxPool2d(2);
/// Tensor y = pool.Forward(Tensor.Zeros(8, 3, 28, 28));   // [8, 3, 14, 14]
/// </code></example>
public sealed class MaxPool2d(Size2 kernel, Size2? stride = null, Size2? padding = null, bool ceilMode = false) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.MaxPool2d(kernel, stride, padding, ceilMode);

    /// <inheritdoc/>
    protected internal override LayerArithmetic Arithmetic(Shape x, Shape y)
    {
        Size2 around = padding ?? 0;
        return new(ConvolutionArithmetic.Size(x, y, kernel, stride ?? kernel, (around.Height, around.Width), 1));
    }

    /// <inheritdoc/>
    public override string ToString() => $"MaxPool2d({kernel}{ConvolutionSizes.PoolOptions(kernel, stride, padding, ceilMode)})";
}

/// <summary>
/// The largest number of each window along a sequence: <see cref="MaxPool2d"/> with one axis.
/// <para>Shapes: x: [N, C, L] → [N, C, L′], L′ = ⌊(L + 2p − kernel)/s⌋ + 1; no parameters.</para>
/// <para>Throws for another number of axes and where the window is longer than the padded sequence.</para>
/// </summary>
/// <param name="kernel">Length of the window; ≥ 1.</param>
/// <param name="stride">s, from one window to the next; the kernel's size unless given.</param>
/// <param name="padding">p, places before and behind, which never are the largest; at most half the kernel; 0.</param>
/// <param name="ceilMode">Whether what is left over at the end gets a window of its own: ⌈ ⌉ in place of ⌊ ⌋; false.</param>
/// <example><code>
/// var pool = new MaxPool1d(2);
/// Tensor y = pool.Forward(Tensor.Zeros(8, 3, 100));   // [8, 3, 50]
/// </code></example>
public sealed class MaxPool1d(int kernel, int? stride = null, int padding = 0, bool ceilMode = false) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.MaxPool1d(kernel, stride, padding, ceilMode);

    /// <inheritdoc/>
    protected internal override LayerArithmetic Arithmetic(Shape x, Shape y) =>
        new(ConvolutionArithmetic.Size(x, y, (1, kernel), (1, stride ?? kernel), (0, padding), 1));

    /// <inheritdoc/>
    public override string ToString() => $"MaxPool1d({kernel}{ConvolutionSizes.PoolOptions(kernel, stride, padding, ceilMode)})";
}
