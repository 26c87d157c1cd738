using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Randomized leaky ReLU: while training, every negative number gets a slope of its own, drawn anew each time; afterwards all get the mean
/// slope. The noise regularizes.
/// f(x) = x for x &gt; 0, else a·x; f′(x) = 1 for x &gt; 0, else a. Training: a ~ U(lower, upper); evaluation: a = (lower + upper)/2.
/// <para>
/// S3 says "when a is not 0.01 it is called randomized ReLU". Keep the name but not the rule: a fixed a of any size is a
/// <see cref="LeakyRelu"/>, a learned one a <see cref="PRelu"/>, and only a randomly drawn one is randomized.
/// </para>
/// <para>Shapes: any → the same; no learned parameters.</para>
/// <para>Source: Xu et al. 2015; S3 "Leaky ReLU".</para>
/// </summary>
/// <example><code>
/// var layer = new RRelu(new Generator(1), lower: 0.1, upper: 0.3);
/// Tensor x = Tensor.From([-1.0, -1, 2]);
/// Tensor y = layer.Forward(x);            // [3]: the first two between −0.3 and −0.1, each its own
/// layer.EvaluationMode();
/// Tensor mean = layer.Forward(x);         // [3]: −0.2, −0.2, 2
/// </code></example>
public sealed class RRelu : Layer
{
    private readonly Generator _generator;

    /// <param name="generator">Where the slopes come from.</param>
    /// <param name="lower">The smallest slope; 0 ≤ lower ≤ upper, 1/8 by default.</param>
    /// <param name="upper">The largest slope; ≤ 1, 1/3 by default.</param>
    /// <exception cref="ArgumentException">The bounds are not in order or outside 0 … 1.</exception>
    public RRelu(Generator generator, double lower = 1.0 / 8, double upper = 1.0 / 3)
    {
        if (!(0 <= lower && lower <= upper && upper <= 1))
            throw new ArgumentException($"RRelu needs slopes 0 ≤ lower ≤ upper ≤ 1, got {lower} and {upper}.");
        (_generator, Lower, Upper) = (Generator.Given(generator, nameof(RRelu)), lower, upper);
    }

    /// <summary>The smallest slope.</summary>
    public double Lower { get; }

    /// <summary>The largest slope.</summary>
    public double Upper { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Generator> OwnGenerators => [_generator];

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (!IsTraining) return x.LeakyRelu((Lower + Upper) / 2);
        using Device.DeviceSwitch _ = Device.Use(x.Device);
        return Tensor.Where(x > 0, x, x * Tensor.Uniform(_generator, Lower, Upper, x.Shape.Dims));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"RRelu({Lower:0.####}, {Upper:0.####})");
}
