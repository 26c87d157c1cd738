namespace DeepLearning;

/// <summary>
/// Brings images of any size to one, without parameters: output row i lies in the input at (i + ½)·H/H′ − ½, or with corners aligned at
/// i·(H − 1)/(H′ − 1), and is the mixture of the two rows beside that place; nearest takes row ⌊i·H/H′⌋. Columns likewise.
/// <para>Shapes: x: [N, C, H, W] → [N, C, H′, W′]; no parameters.</para>
/// <para>Throws for another number of axes and for a size below 1.</para>
/// </summary>
/// <param name="size">H′ × W′; ≥ 1.</param>
/// <param name="mode">How; nearest unless given.</param>
/// <param name="alignCorners">Whether corners fall on corners, in bilinear mode; false.</param>
/// <example><code>
/// var resize = new Resize((32, 48), UpsampleMode.Bilinear);
/// Tensor y = resize.Forward(Tensor.Zeros(8, 3, 20, 30));   // [8, 3, 32, 48]
/// </code></example>
public sealed class Resize(Size2 size, UpsampleMode mode = UpsampleMode.Nearest, bool alignCorners = false) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Resize(size, mode, alignCorners);

    /// <inheritdoc/>
    public override string ToString() =>
        $"Resize({size}, {mode.ToString().ToLowerInvariant()}{(alignCorners ? ", corners aligned" : "")})";
}
