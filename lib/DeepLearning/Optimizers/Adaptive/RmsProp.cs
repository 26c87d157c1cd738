using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// AdaGrad that forgets: r ← ρr + (1 − ρ)g⊙g; w ← w − ε/(δ + √r) ⊙ g. A gradient t steps ago counts ρᵗ. State: <c>r</c>.
/// <para>Source: Tieleman and Hinton, Coursera lecture 6.5, 2012; S1 "RMSProp".</para>
/// </summary>
public sealed class RmsProp : Optimizer
{
    private readonly double _rho, _delta;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">ε ≥ 0; 0.001.</param>
    /// <param name="rho">ρ, how much of the past is kept; 0 ≤ ρ &lt; 1; 0.9 (PyTorch: 0.99).</param>
    /// <param name="delta">δ ≥ 0, outside the root; 1e−7.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    public RmsProp(IEnumerable<Parameter> parameters, double learningRate = 0.001, double rho = 0.9, double delta = 1e-7, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay, "r") =>
        (_rho, _delta) = (BelowOne(rho, nameof(rho)), AtLeastZero(delta, nameof(delta)));

    /// <inheritdoc/>
    protected override void Update(ParameterState p) =>
        Apply(p, new UpdateArgs(UpdateRule.RmsProp) { R = p["r"].Storage, KeepR = _rho, Delta = _delta });
}
