namespace DeepLearning;

/// <summary>The denominator in <see cref="XavierUniform"/>; the lecture notes have both.</summary>
public enum XavierFan
{
    /// <summary>n_in + n_out, as in Glorot and Bengio's paper.</summary>
    InOut,

    /// <summary>n_in alone.</summary>
    In,
}

/// <summary>
/// Uniform weights for layers with linear, sigmoid or tanh nodes: signals and gradients keep their size from layer to layer.
/// </summary>
/// <remarks>
/// w ~ U(−a, a), with a = gain·√(6 / (n_in + n_out)), or a = gain·√(6 / n_in) for <see cref="XavierFan.In"/>.
/// A uniform number on (−a, a) has variance a²/3: gain²·2 / (n_in + n_out), the compromise between 1/n_in, which keeps the variance of
/// signals going forward, and 1/n_out, which keeps that of gradients going back. With n_in alone it is 2/n_in, twice what a linear node
/// needs: the same numbers as <see cref="HeUniform"/>.
/// Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010; S1, both forms.
/// </remarks>
/// <param name="fan">The denominator, default n_in + n_out.</param>
/// <param name="gain">For the activation that follows, ≥ 0, 1 by default; see <see cref="Gain"/>.</param>
/// <exception cref="ArgumentOutOfRangeException">The gain is negative or not finite, or there is no such denominator.</exception>
/// <example><code>
/// Tensor w = Init.XavierUniform().Create([128, 784], new Generator(1));           // [128, 784], between ±√(6/(784 + 128))
/// var layer = new Dense(784, 128, new Generator(1));                              // the same numbers: a dense layer's usual start
/// </code></example>
public sealed class XavierUniform(XavierFan fan = XavierFan.InOut, double gain = 1) : Initializer
{
    private readonly double _gain = Gain.Checked(gain, nameof(XavierUniform));
    private readonly XavierFan _fan = Enum.IsDefined(fan)
        ? fan
        : throw new ArgumentOutOfRangeException(nameof(fan), fan, $"XavierUniform needs XavierFan.InOut or XavierFan.In, got {fan}.");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Fewer than two axes.</exception>
    public override Tensor Create(Shape shape, Generator generator)
    {
        (int nIn, int nOut) = Fans(shape);
        double a = _gain * Math.Sqrt(6.0 / (_fan == XavierFan.In ? nIn : nIn + nOut));
        return Tensor.Uniform(generator, -a, a, shape.Dims);
    }
}

/// <summary>Normal weights with the variance of <see cref="XavierUniform"/>.</summary>
/// <remarks>
/// w ~ N(0, σ²), with σ = gain·√(2 / (n_in + n_out)). Source: Glorot and Bengio, 2010.
/// </remarks>
/// <param name="gain">For the activation that follows, ≥ 0, 1 by default; see <see cref="Gain"/>.</param>
/// <exception cref="ArgumentOutOfRangeException">The gain is negative or not finite.</exception>
/// <example><code>
/// Tensor w = Init.XavierNormal.Create([128, 784], new Generator(1));              // [128, 784], σ = √(2/(784 + 128))
/// var layer = new Dense(784, 128, new Generator(1), weights: Init.XavierNormal);  // the same numbers
/// </code></example>
public sealed class XavierNormal(double gain = 1) : Initializer
{
    private readonly double _gain = Gain.Checked(gain, nameof(XavierNormal));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Fewer than two axes.</exception>
    public override Tensor Create(Shape shape, Generator generator)
    {
        (int nIn, int nOut) = Fans(shape);
        return Tensor.Normal(generator, 0, _gain * Math.Sqrt(2.0 / (nIn + nOut)), shape.Dims);
    }
}
