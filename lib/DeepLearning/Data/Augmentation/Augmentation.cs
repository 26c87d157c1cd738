namespace DeepLearning;

/// <summary>
/// A random change of training samples that leaves what they mean as it was, so that a model sees each of them in ever new forms.
/// <see cref="Augment"/> makes them; a <see cref="DataLoader"/> applies one to each batch.
/// </summary>
/// <example><code>
/// Dataset digits = Datasets.Digits(images: true);
/// Augmentation augment = Augment.Shift(1).Then(Augment.Noise(0.5));
/// var (x, y) = augment.Apply(digits.X, digits.Y, new Generator(1));
/// </code></example>
public abstract class Augmentation
{
    /// <summary>A changed copy of a batch.</summary>
    /// <param name="x">Features, [N, …].</param>
    /// <param name="y">Targets, [N, …].</param>
    /// <param name="generator">Draws the changes.</param>
    public abstract (Tensor X, Tensor Y) Apply(Tensor x, Tensor y, Generator generator);

    /// <summary>This change, and then another.</summary>
    public Augmentation Then(Augmentation next)
    {
        ArgumentCheck.NotNull(next);
        return Augment.Compose(this, next);
    }
}

internal sealed class ComposedAugmentation(Augmentation[] steps) : Augmentation
{
    public override (Tensor X, Tensor Y) Apply(Tensor x, Tensor y, Generator generator)
    {
        foreach (Augmentation step in steps) (x, y) = step.Apply(x, y, generator);
        return (x, y);
    }
}
