namespace DeepLearning;

/// <summary>w ~ U(low, high), whatever the layer's size.</summary>
/// <example><code>
/// Tensor w = new UniformInitializer(-0.1, 0.1).Create([4, 8], new Generator(1));      // [4, 8]
/// var layer = new Dense(8, 4, new Generator(1), weights: Init.Uniform(-0.1, 0.1));    // the same numbers
/// </code></example>
public sealed class UniformInitializer : Initializer
{
    private readonly double _low, _high;

    /// <param name="low">Smallest number.</param>
    /// <param name="high">Largest number, ≥ low.</param>
    /// <exception cref="ArgumentException">high is below low, or a number is not finite.</exception>
    public UniformInitializer(double low, double high)
    {
        Generator.CheckUniform(low, high);
        (_low, _high) = (low, high);
    }

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, Generator generator) => Tensor.Uniform(generator, _low, _high, shape.Dims);
}
