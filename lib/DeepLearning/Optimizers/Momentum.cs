using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Gradient descent with momentum, the heavy ball: v ← μv − ηg; w ← w + v. Past gradients carry on, each step by a factor μ weaker.
/// State: <c>v</c>, the last step Δw.
/// </summary>
/// <remarks>
/// S2 writes the same with V = −v. PyTorch's <c>SGD(momentum=μ)</c> sums gradients, b ← μb + g, w ← w − ηb: the same while η is constant,
/// but when a schedule lowers η its past steps shrink too, here they do not.
/// <para>With dampening τ it is v ← μv − (1 − τ)ηg from the second step on, as PyTorch has it: τ = μ makes v a running mean.</para>
/// <para>Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; S1 "Momentum", S2 "Gradient Descent with
/// Momentum".</para>
/// </remarks>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new Momentum(model.Parameters, learningRate: 0.01, momentum: 0.9);
/// </code></example>
public sealed class Momentum : Optimizer
{
    private readonly double _momentum, _dampening;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0; 0.01.</param>
    /// <param name="momentum">μ (S2: β), the share of the last step kept; 0 ≤ μ &lt; 1; 0.9.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    /// <param name="dampening">τ, the share of a gradient that is left out; 0 ≤ τ ≤ 1; 0.</param>
    public Momentum(IEnumerable<Parameter> parameters, double learningRate = 0.01, double momentum = 0.9,
        double weightDecay = 0, double dampening = 0)
        : base(parameters, learningRate, weightDecay, "v") =>
        (_momentum, _dampening) = (BelowOne(momentum, nameof(momentum)), FromZeroToOne(dampening, nameof(dampening)));

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        double share = p.Steps == 1 ? 1 : 1 - _dampening;
        Tensor v = p["v"] = _momentum * p["v"] - share * p.LearningRate * g;
        return w + v;
    }

    private protected override UpdateArgs? FusedUpdate(ParameterState p) =>
        _dampening == 0 ? new UpdateArgs(UpdateRule.Momentum) { V = p["v"].Storage, Momentum = _momentum } : null;
}
