namespace DeepLearning;

/// <summary>Channels, rows and columns of an image whose numbers lie channel by channel, row by row.</summary>
public readonly record struct ImageSize(int Channels, int Height, int Width)
{
    /// <summary>How many numbers.</summary>
    public int Count => Channels * Height * Width;
}

/// <summary>A random change made to each image of a batch by itself; targets stay. Derive from it to add one.</summary>
/// <example><code>
/// Tensor negatives = new Negative().Apply(Tensor.Uniform(new Generator(1), 0, 1, 4, 1, 8, 8), new Generator(2));
///
/// sealed class Negative : ImageAugmentation
/// {
///     protected override void Change(ReadOnlySpan&lt;float> image, ImageSize size, Span&lt;float> result, Generator generator)
///     {
///         bool invert = generator.Uniform() &lt; 0.5;
///         for (int i = 0; i &lt; size.Count; i++) result[i] = invert ? 1 - image[i] : image[i];
///     }
/// }
/// </code></example>
public abstract class ImageAugmentation : Augmentation
{
    /// <summary>Writes a changed image.</summary>
    /// <param name="image">The image, [C, H, W].</param>
    /// <param name="size">C, H, W.</param>
    /// <param name="result">Where it goes, of <see cref="ResultSize"/>; holds unspecified numbers before.</param>
    /// <param name="generator">Draws the change.</param>
    protected abstract void Change(ReadOnlySpan<float> image, ImageSize size, Span<float> result, Generator generator);

    /// <summary>The size of changed images; the same unless overridden.</summary>
    /// <exception cref="ArgumentException">The change cannot be made to images of this size.</exception>
    protected virtual ImageSize ResultSize(ImageSize size) => size;

    /// <summary>Changed images.</summary>
    /// <param name="x">[N, C, H, W]</param>
    /// <param name="generator">Draws the changes.</param>
    /// <returns>[N, C, H′, W′], on the same device.</returns>
    /// <exception cref="ArgumentException">Not images.</exception>
    public Tensor Apply(Tensor x, Generator generator)
    {
        ArgumentCheck.NotNull(x);
        ArgumentCheck.NotNull(generator);
        if (x.Rank != 4)
            throw new ArgumentException($"{GetType().Name} changes images [N, C, H, W], got {x.Shape}; reshape the data first, for " +
                "instance with data.WithX(x.Reshape(…)).");
        ImageSize size = new(x.Shape[1], x.Shape[2], x.Shape[3]), after = ResultSize(size);
        float[] images = x.ToArray(), results = new float[x.Shape[0] * after.Count];
        for (int n = 0; n < x.Shape[0]; n++)
            Change(images.AsSpan(n * size.Count, size.Count), size, results.AsSpan(n * after.Count, after.Count), generator);
        using IDisposable _ = Device.Use(x.Device);
        return Tensor.From(results, x.Shape[0], after.Channels, after.Height, after.Width);
    }

    /// <inheritdoc/>
    public sealed override (Tensor X, Tensor Y) Apply(Tensor x, Tensor y, Generator generator) => (Apply(x, generator), y);
}
