using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Adam with decoupled weight decay: w ← w − ηλw, then Adam's step with g alone. In <see cref="Adam"/> itself λw is part of g and so is divided by
/// √r̂: weights with large gradients then hardly decay. State: <c>s</c> and <c>r</c>, as Adam's.
/// <para>Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019.</para>
/// </summary>
public sealed class AdamW : Optimizer
{
    private readonly double _rho1, _rho2, _delta;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, about the length of a step in each direction; 0.001.</param>
    /// <param name="rho1">ρ₁ (β₁), how much of past gradients is kept; 0 ≤ ρ₁ &lt; 1; 0.9.</param>
    /// <param name="rho2">ρ₂ (β₂), how much of past squared gradients is kept; 0 ≤ ρ₂ &lt; 1; 0.999.</param>
    /// <param name="delta">δ ≥ 0, outside the root; 1e−8.</param>
    /// <param name="weightDecay">λ ≥ 0 in w ← w − ηλw; 0.01. PyTorch lets biases decay too: <see cref="Optimizer.DecayBiases"/>.</param>
    public AdamW(IEnumerable<Parameter> parameters, double learningRate = 0.001, double rho1 = 0.9, double rho2 = 0.999, double delta = 1e-8,
        double weightDecay = 0.01)
        : base(parameters, learningRate, weightDecay, "s", "r")
    {
        (_rho1, _rho2) = (BelowOne(rho1, nameof(rho1)), BelowOne(rho2, nameof(rho2)));
        _delta = AtLeastZero(delta, nameof(delta));
    }

    private protected override double RuleDecay(Parameter parameter) => 0;

    /// <inheritdoc/>
    protected override void Update(ParameterState p) => Apply(p, new UpdateArgs(UpdateRule.Adam)
    {
        S = p["s"].Storage,
        R = p["r"].Storage,
        Shrink = RateOf(p.Parameter) * DecayOf(p.Parameter),
        KeepS = _rho1,
        KeepR = _rho2,
        Delta = _delta,
        ScaleS = 1 / (1 - Math.Pow(_rho1, p.Steps)),
        ScaleR = 1 / (1 - Math.Pow(_rho2, p.Steps)),
    });
}
