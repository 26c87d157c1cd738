using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Sets randomly chosen numbers to 0 while training, others each time, so that no neuron comes to rely on a single other one.
/// Training: y = x·d/(1 − p), where each d is 0 with probability p, else 1; evaluation: y = x. Dividing by 1 − p keeps the mean of every
/// number what it is in evaluation ("inverted" dropout).
/// <para>
/// The original rule, <c>scaleAtTest</c>, leaves training alone, y = x·d, and scales in evaluation, y = x·(1 − p): "prediction using the
/// complete network at the time of testing", with weights (1 − p) times as large. The two differ by the constant factor only.
/// S2 says "each unit is retained with a fixed dropout rate p": p is the rate of dropping, a unit is retained with probability 1 − p.
/// </para>
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: Srivastava et al. 2014, "Dropout"; S1 "Dropout", S2 "Regularization: Dropout", S4 "Regularization I: Dropout".</para>
/// </summary>
/// <example><code>
/// var layer = new Dropout(0.5, new Generator(1));
/// Tensor x = Tensor.Ones(4, 8);
/// Tensor y = layer.Forward(x);            // [4, 8]; about half of the numbers are 0, the others 2
/// layer.EvaluationMode();
/// Tensor same = layer.Forward(x);         // [4, 8], as x
/// </code></example>
public sealed class Dropout : Layer
{
    private readonly Generator _generator;
    private readonly bool _scaleAtTest;

    /// <param name="rate">p, the share that is dropped; 0 ≤ p &lt; 1, 0.5 is typical.</param>
    /// <param name="generator">Which numbers are dropped.</param>
    /// <param name="scaleAtTest">Whether the scale is applied in evaluation, by 1 − p, rather than in training, by 1/(1 − p).</param>
    /// <exception cref="ArgumentOutOfRangeException">p is out of range.</exception>
    public Dropout(double rate, Generator generator, bool scaleAtTest = false) =>
        (Rate, _generator, _scaleAtTest) =
            (LayerArguments.Rate(rate, nameof(Dropout)), Generator.Given(generator, nameof(Dropout)), scaleAtTest);

    /// <summary>p.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Generator> OwnGenerators => [_generator];

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (Rate == 0) return x;
        if (!IsTraining) return _scaleAtTest ? x * (1 - Rate) : x;
        return x * Tensor.DropMask(_generator, Rate, _scaleAtTest ? 1 : 1 / (1 - Rate), x.Shape, x.Device);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"Dropout({Rate}{(_scaleAtTest ? ", scaled at test" : "")})");
}
