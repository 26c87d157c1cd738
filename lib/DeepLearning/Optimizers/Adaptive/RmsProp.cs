using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// AdaGrad that forgets: r ← ρr + (1 − ρ)g⊙g; w ← w − η·g/(√r + ε). A gradient t steps ago counts ρᵗ. State: <c>r</c>.
/// </summary>
/// <remarks>
/// Centered, it divides by the spread of the gradients rather than their size: m ← ρm + (1 − ρ)g, and √(r − m⊙m) for √r. With momentum,
/// v ← μv − η·g/(√r + ε); w ← w + v, the gradient taken at w; <see cref="RmsPropNesterov"/> takes it where v leads. State then:
/// <c>m</c>, <c>v</c>.
/// <para>
/// Source: Tieleman and Hinton, Coursera lecture 6.5, 2012; S1 "RMSProp". Centered: Graves, "Generating sequences with recurrent neural
/// networks", 2013.
/// </para>
/// </remarks>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new RmsProp(model.Parameters, learningRate: 0.001, rho: 0.9);
/// </code></example>
public sealed class RmsProp : Optimizer
{
    private readonly double _rho, _epsilon, _momentum;
    private readonly bool _centered;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η (the notes: ε) ≥ 0; 0.001.</param>
    /// <param name="rho">ρ, how much of the past is kept; 0 ≤ ρ &lt; 1; 0.9 (PyTorch: 0.99).</param>
    /// <param name="epsilon">ε (the notes: δ) ≥ 0, outside the root; 1e−7.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    /// <param name="momentum">μ, the share of the last step kept; 0 ≤ μ &lt; 1; 0.</param>
    /// <param name="centered">Whether the mean of the gradients is taken off; false.</param>
    public RmsProp(IEnumerable<Parameter> parameters, double learningRate = 0.001, double rho = 0.9, double epsilon = 1e-7,
        double weightDecay = 0, double momentum = 0, bool centered = false)
        : base(parameters, learningRate, weightDecay, ["r", .. centered ? ["m"] : (string[])[], .. momentum > 0 ? ["v"] : (string[])[]])
    {
        (_rho, _epsilon) = (BelowOne(rho, nameof(rho)), AtLeastZero(epsilon, nameof(epsilon)));
        (_momentum, _centered) = (BelowOne(momentum, nameof(momentum)), centered);
    }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        Tensor r = p["r"] = _rho * p["r"] + (1 - _rho) * g * g;
        if (_centered)
        {
            Tensor m = p["m"] = _rho * p["m"] + (1 - _rho) * g;
            // Not below 0, where rounding could take it.
            r = (r - m * m).Relu();
        }
        Tensor step = -p.LearningRate * g / (r.Sqrt() + _epsilon);
        return _momentum == 0 ? w + step : w + (p["v"] = _momentum * p["v"] + step);
    }

    private protected override UpdateArgs? FusedUpdate(ParameterState p) => _momentum == 0 && !_centered
        ? new UpdateArgs(UpdateRule.RmsProp) { R = p["r"].Storage, Rho = _rho, Epsilon = _epsilon }
        : null;
}
