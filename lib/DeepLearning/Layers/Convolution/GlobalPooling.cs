namespace DeepLearning;

/// <summary>
/// The mean of windows that divide the image, whatever its size, into H′ × W′ parts: lets a network with dense layers take images of any
/// size. Window i is rows ⌊i·H/H′⌋ … ⌈(i + 1)·H/H′⌉ − 1, and columns likewise; windows overlap where H′ does not divide H.
/// <para>Shapes: x: [N, C, H, W] → [N, C, H′, W′]; no parameters.</para>
/// </summary>
/// <param name="size">H′ × W′; ≥ 1.</param>
/// <example><code>
/// var pool = new AdaptiveAveragePool2d(7);
/// Tensor y = pool.Forward(Tensor.Zeros(8, 3, 50, 33));   // [8, 3, 7, 7]
/// </code></example>
public sealed class AdaptiveAveragePool2d(Size2 size) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AdaptiveAveragePool2d(size);

    /// <inheritdoc/>
    public override string ToString() => $"AdaptiveAveragePool2d({size})";
}

/// <summary>
/// The largest number of windows that divide the image into H′ × W′ parts; see <see cref="AdaptiveAveragePool2d"/>.
/// <para>Shapes: x: [N, C, H, W] → [N, C, H′, W′]; no parameters.</para>
/// </summary>
/// <param name="size">H′ × W′; ≥ 1.</param>
/// <example><code>
/// var pool = new AdaptiveMaxPool2d((1, 4));
/// Tensor y = pool.Forward(Tensor.Zeros(8, 3, 50, 33));   // [8, 3, 1, 4]
/// </code></example>
public sealed class AdaptiveMaxPool2d(Size2 size) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AdaptiveMaxPool2d(size);

    /// <inheritdoc/>
    public override string ToString() => $"AdaptiveMaxPool2d({size})";
}

/// <summary>
/// The mean of each channel's whole image: y[n, c] = (1/HW) Σ x[n, c, i, j]. With one channel a class it takes the place of dense layers.
/// <para>Shapes: x: [N, C, H, W] → [N, C]; no parameters.</para>
/// <para>Source: Lin et al., "Network in network", 2014.</para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Conv2d(1, 10, 3, new Generator(1)), new GlobalAveragePool2d());
/// Tensor scores = model.Forward(Tensor.Zeros(8, 1, 28, 28));   // [8, 10]
/// </code></example>
public sealed class GlobalAveragePool2d : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.GlobalAveragePool2d();

    /// <inheritdoc/>
    public override string ToString() => "GlobalAveragePool2d()";
}

/// <summary>
/// The largest number of each channel's whole image: whether its feature is anywhere.
/// <para>Shapes: x: [N, C, H, W] → [N, C]; no parameters.</para>
/// </summary>
/// <example><code>
/// var pool = new GlobalMaxPool2d();
/// Tensor y = pool.Forward(Tensor.Zeros(8, 3, 50, 33));   // [8, 3]
/// </code></example>
public sealed class GlobalMaxPool2d : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.GlobalMaxPool2d();

    /// <inheritdoc/>
    public override string ToString() => "GlobalMaxPool2d()";
}
