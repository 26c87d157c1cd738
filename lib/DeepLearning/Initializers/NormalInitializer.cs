namespace DeepLearning;

/// <summary>w ~ N(mean, deviation²), whatever the layer's size.</summary>
public sealed class NormalInitializer : Initializer
{
    private readonly double _mean, _deviation;

    /// <param name="mean">μ</param>
    /// <param name="deviation">σ, the standard deviation, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative deviation, or a number that is not finite.</exception>
    public NormalInitializer(double mean, double deviation)
    {
        if (!double.IsFinite(mean)) throw new ArgumentOutOfRangeException(nameof(mean), mean, $"A mean is a finite number, got {mean}.");
        if (!(deviation >= 0 && double.IsFinite(deviation))) throw new ArgumentOutOfRangeException(nameof(deviation), deviation, $"A standard deviation is 0 or more, got {deviation}.");
        (_mean, _deviation) = (mean, deviation);
    }

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, Generator generator) => Tensor.Normal(generator, _mean, _deviation, shape.Dims);
}
