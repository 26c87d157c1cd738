using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Dropout of whole channels: neighbouring pixels are so alike that dropping single ones would change little.
/// Training: y_nc = x_nc·d_nc/(1 − p), where each d is 0 with probability p, else 1; evaluation: y = x.
/// <para>Shapes: x: [N, C, H, W] → the same; no parameters.</para>
/// <para>Source: Tompson et al. 2015, "Efficient Object Localization Using Convolutional Networks" (SpatialDropout).</para>
/// </summary>
/// <param name="rate">p, the share of channels that is dropped; 0 ≤ p &lt; 1.</param>
/// <param name="generator">Which channels are dropped.</param>
/// <exception cref="ArgumentOutOfRangeException">p is out of range.</exception>
/// <example><code>
/// var layer = new Dropout2d(0.5, new Generator(1));
/// Tensor x = Tensor.Ones(4, 8, 5, 5);
/// Tensor y = layer.Forward(x);            // [4, 8, 5, 5]; about half of the 32 channels are 0, the others 2
/// </code></example>
public sealed class Dropout2d(double rate, Generator generator) : Layer
{
    private readonly Generator _generator = Generator.Given(generator, nameof(Dropout2d));

    /// <summary>p.</summary>
    public double Rate { get; } = LayerArguments.Rate(rate, nameof(Dropout2d));

    /// <inheritdoc/>
    protected override IEnumerable<Generator> OwnGenerators => [_generator];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">x has other than four axes.</exception>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Rank != 4) throw new ArgumentException($"{this} got input {x.Shape}; expected images [N, C, H, W].");
        if (!IsTraining || Rate == 0) return x;
        return x * Tensor.DropMask(_generator, Rate, 1 / (1 - Rate), new Shape(x.Shape[0], x.Shape[1], 1, 1), x.Device);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Dropout2d({Rate})");
}
