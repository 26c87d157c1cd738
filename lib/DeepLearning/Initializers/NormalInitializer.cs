namespace DeepLearning;

/// <summary>w ~ N(mean, deviation²), whatever the layer's size.</summary>
/// <example><code>
/// Tensor w = new NormalInitializer(0, 0.02).Create([4, 8], new Generator(1));     // [4, 8]
/// var layer = new Dense(8, 4, new Generator(1), weights: Init.Normal(0, 0.02));   // the same numbers
/// </code></example>
public sealed class NormalInitializer : Initializer
{
    private readonly double _mean, _deviation;

    /// <param name="mean">μ, a finite number.</param>
    /// <param name="deviation">σ, the standard deviation, ≥ 0.</param>
    /// <exception cref="ArgumentException">A negative deviation, or a number that is not finite.</exception>
    public NormalInitializer(double mean, double deviation)
    {
        Generator.CheckNormal(mean, deviation);
        (_mean, _deviation) = (mean, deviation);
    }

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, Generator generator) => Tensor.Normal(generator, _mean, _deviation, shape.Dims);
}
