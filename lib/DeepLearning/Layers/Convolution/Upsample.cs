namespace DeepLearning;

/// <summary>
/// Makes images larger by whole factors, without parameters: repeats each number, or goes evenly from one to the next. With a
/// <see cref="Conv2d"/> behind it, the smoother alternative to <see cref="ConvTranspose2d"/>.
/// <para>Shapes: x: [N, C, H, W] → [N, C, H·scale, W·scale]; no parameters.</para>
/// <para>Throws for another number of axes and for a scale below 1.</para>
/// <para>Source: Odena et al., "Deconvolution and checkerboard artifacts", 2016.</para>
/// </summary>
/// <param name="scale">How many times rows and columns; ≥ 1.</param>
/// <param name="mode">How; repeating unless given.</param>
/// <param name="alignCorners">Whether corners fall on corners, in bilinear mode; false.</param>
/// <example><code>
/// var larger = new Upsample(2, UpsampleMode.Bilinear);
/// Tensor y = larger.Forward(Tensor.Zeros(8, 3, 14, 14));   // [8, 3, 28, 28]
/// </code></example>
public sealed class Upsample(Size2 scale, UpsampleMode mode = UpsampleMode.Nearest, bool alignCorners = false) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Upsample(scale, mode, alignCorners);

    /// <inheritdoc/>
    public override string ToString() =>
        $"Upsample({scale}, {mode.ToString().ToLowerInvariant()}{(alignCorners ? ", corners aligned" : "")})";
}
