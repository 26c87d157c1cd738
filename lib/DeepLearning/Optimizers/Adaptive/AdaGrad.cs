using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// A learning rate for each number, smaller the larger its gradients have been: r ← r + g⊙g; w ← w − ε/(δ + √r) ⊙ g. Since r only grows, steps
/// only shrink. State: <c>r</c>.
/// <para>Source: Duchi, Hazan and Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", 2011; S1
/// "AdaGrad".</para>
/// </summary>
public sealed class AdaGrad : Optimizer
{
    private readonly double _delta;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">ε ≥ 0; 0.01.</param>
    /// <param name="delta">δ ≥ 0, outside the root; 1e−7.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    public AdaGrad(IEnumerable<Parameter> parameters, double learningRate = 0.01, double delta = 1e-7, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay, "r") => _delta = AtLeastZero(delta, nameof(delta));

    /// <inheritdoc/>
    protected override void Update(ParameterState p) => Apply(p, new UpdateArgs(UpdateRule.AdaGrad) { R = p["r"].Storage, Delta = _delta });
}
