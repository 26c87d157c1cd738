namespace DeepLearning;

/// <summary>w ~ U(low, high), whatever the layer's size.</summary>
public sealed class UniformInitializer : Initializer
{
    private readonly double _low, _high;

    /// <param name="low">Smallest number.</param>
    /// <param name="high">Largest number, ≥ low.</param>
    /// <exception cref="ArgumentException">high is below low.</exception>
    public UniformInitializer(double low, double high)
    {
        if (!(high >= low && double.IsFinite(high - low))) throw new ArgumentException($"A uniform distribution needs finite numbers low ≤ high, got {low} and {high}.");
        (_low, _high) = (low, high);
    }

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, Generator generator) => Tensor.Uniform(generator, _low, _high, shape.Dims);
}
