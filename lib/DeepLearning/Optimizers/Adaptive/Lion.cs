using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Steps of one length in every direction: w ← w − ηλw − η·sign(β₁s + (1 − β₁)g); then s ← β₂s + (1 − β₂)g. The step looks at the gradient
/// more than the memory does (β₁ &lt; β₂). State: <c>s</c>, the running mean of gradients; half of what <see cref="Adam"/> remembers.
/// </summary>
/// <remarks>
/// Every number moves by η whatever its gradient, so η is 3 to 10 times smaller than for <see cref="AdamW"/> and λ as much larger;
/// sign 0 = 0. Weight decay is decoupled, as AdamW's.
/// <para>Source: Chen et al., "Symbolic discovery of optimization algorithms", 2023.</para>
/// </remarks>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new Lion(model.Parameters, learningRate: 0.0001, weightDecay: 0.1);
/// optimizer.Step(() =&gt; model.Forward(Tensor.Ones(2, 4)).Square().Mean());
/// </code></example>
public sealed class Lion : Optimizer
{
    private readonly double _beta1, _beta2;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, the length of a step in each direction; 0.0001.</param>
    /// <param name="beta1">β₁, the share of s in the step; 0 ≤ β₁ &lt; 1; 0.9.</param>
    /// <param name="beta2">β₂, how much of s is kept; 0 ≤ β₂ &lt; 1; 0.99.</param>
    /// <param name="weightDecay">λ ≥ 0 in w ← w − ηλw; 0.</param>
    public Lion(IEnumerable<Parameter> parameters, double learningRate = 0.0001, double beta1 = 0.9,
        double beta2 = 0.99, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay, "s") =>
        (_beta1, _beta2) = (BelowOne(beta1, nameof(beta1)), BelowOne(beta2, nameof(beta2)));

    /// <inheritdoc/>
    protected override bool DecouplesWeightDecay => true;

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        Tensor step = (_beta1 * p["s"] + (1 - _beta1) * g).Sign();
        p["s"] = _beta2 * p["s"] + (1 - _beta2) * g;
        return (1 - p.LearningRate * p.WeightDecay) * w - p.LearningRate * step;
    }

    private protected override UpdateArgs? FusedUpdate(ParameterState p) => new(UpdateRule.Lion)
    {
        S = p["s"].Storage,
        Shrink = p.LearningRate * p.WeightDecay,
        Beta1 = _beta1,
        Beta2 = _beta2,
    };
}
