namespace DeepLearning;

/// <summary>
/// Normal weights for layers with ReLU nodes, which let half of the variance through: twice the variance makes up for it.
/// </summary>
/// <remarks>
/// w ~ N(0, σ²), with σ = √(2 / ((1 + a²)·n_in)); a = 0 gives σ = √(2 / n_in).
/// S1 writes N(0, √(2/n_in)): its second argument is the standard deviation. Read as a variance, it would let n_in independent inputs add
/// up to n_in·√(2/n_in) = √(2·n_in), which grows with the layer, where 2 is wanted.
/// Source: He et al., "Delving deep into rectifiers", 2015, equations 10 and 15; S1.
/// </remarks>
/// <param name="negativeSlope">a, the slope below zero of a leaky or parametric ReLU; finite, 0 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">The slope is not a finite number.</exception>
/// <example><code>
/// Tensor w = Init.HeNormal.Create([128, 784], new Generator(1));                  // [128, 784], σ = √(2/784)
/// var layer = new Dense(784, 128, new Generator(1), weights: new HeNormal(negativeSlope: 0.01));
/// </code></example>
public sealed class HeNormal(double negativeSlope = 0) : Initializer
{
    private readonly double _gain = Gain.LeakyRelu(negativeSlope);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Fewer than two axes.</exception>
    public override Tensor Create(Shape shape, Generator generator) =>
        Tensor.Normal(generator, 0, _gain / Math.Sqrt(Fans(shape).In), shape.Dims);
}

/// <summary>Uniform weights with the variance of <see cref="HeNormal"/>.</summary>
/// <remarks>
/// w ~ U(−b, b), with b = √(6 / ((1 + a²)·n_in)), since a uniform number on (−b, b) has variance b²/3. Source: He et al., 2015.
/// </remarks>
/// <param name="negativeSlope">a, the slope below zero of a leaky or parametric ReLU; finite, 0 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">The slope is not a finite number.</exception>
/// <example><code>
/// Tensor w = Init.HeUniform.Create([128, 784], new Generator(1));                 // [128, 784], between ±√(6/784)
/// var layer = new Dense(784, 128, new Generator(1), weights: Init.HeUniform);     // the same numbers
/// </code></example>
public sealed class HeUniform(double negativeSlope = 0) : Initializer
{
    private readonly double _gain = Gain.LeakyRelu(negativeSlope);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Fewer than two axes.</exception>
    public override Tensor Create(Shape shape, Generator generator)
    {
        double b = _gain * Math.Sqrt(3.0 / Fans(shape).In);
        return Tensor.Uniform(generator, -b, b, shape.Dims);
    }
}
