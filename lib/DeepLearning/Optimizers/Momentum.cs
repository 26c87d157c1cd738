using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Gradient descent with momentum, the heavy ball: v ← μv − ηg; w ← w + v. Past gradients carry on, each step by a factor μ weaker.
/// State: <c>v</c>, the last step Δw.
/// </summary>
/// <remarks>
/// S2 writes the same with V = −v. PyTorch's <c>SGD(momentum=μ)</c> sums gradients, b ← μb + g, w ← w − ηb: the same while η is constant, but when
/// a schedule lowers η its past steps shrink too, here they do not.
/// <para>Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; S1 "Momentum", S2 "Gradient Descent with
/// Momentum".</para>
/// </remarks>
public sealed class Momentum : Optimizer
{
    private readonly double _momentum;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0; 0.01.</param>
    /// <param name="momentum">μ (S2: β), the share of the last step kept; 0 ≤ μ &lt; 1; 0.9.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    public Momentum(IEnumerable<Parameter> parameters, double learningRate = 0.01, double momentum = 0.9, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay, "v") => _momentum = BelowOne(momentum, nameof(momentum));

    /// <inheritdoc/>
    protected override void Update(ParameterState p) => Apply(p, new UpdateArgs(UpdateRule.Momentum) { S = p["v"].Storage, KeepS = _momentum });
}
