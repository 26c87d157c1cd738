using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Adam with decoupled weight decay: w ← w − ηλw, then Adam's step with g alone. In <see cref="Adam"/> itself λw is part of g and so is
/// divided by √r̂: weights with large gradients then hardly decay. State: <c>s</c> and <c>r</c>, as Adam's.
/// <para>Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019.</para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new AdamW(model.Parameters, learningRate: 0.001, weightDecay: 0.01);
/// optimizer.Step(() =&gt; model.Forward(Tensor.Ones(2, 4)).Square().Mean());
/// </code></example>
public sealed class AdamW : Optimizer
{
    private readonly double _beta1, _beta2, _epsilon;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, about the length of a step in each direction; 0.001.</param>
    /// <param name="beta1">β₁ (the notes: ρ₁), how much of past gradients is kept; 0 ≤ β₁ &lt; 1; 0.9.</param>
    /// <param name="beta2">β₂ (the notes: ρ₂), how much of past squared gradients is kept; 0 ≤ β₂ &lt; 1; 0.999.</param>
    /// <param name="epsilon">ε (the notes: δ) ≥ 0, outside the root; 1e−8.</param>
    /// <param name="weightDecay">λ ≥ 0 in w ← w − ηλw; 0.01. PyTorch lets biases decay too: <see cref="Optimizer.DecayBiases"/>.</param>
    public AdamW(IEnumerable<Parameter> parameters, double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999,
        double epsilon = 1e-8, double weightDecay = 0.01)
        : base(parameters, learningRate, weightDecay, "s", "r")
    {
        (_beta1, _beta2) = (BelowOne(beta1, nameof(beta1)), BelowOne(beta2, nameof(beta2)));
        _epsilon = AtLeastZero(epsilon, nameof(epsilon));
    }

    /// <inheritdoc/>
    protected override bool DecouplesWeightDecay => true;

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        Tensor s = p["s"] = _beta1 * p["s"] + (1 - _beta1) * g;
        Tensor r = p["r"] = _beta2 * p["r"] + (1 - _beta2) * g * g;
        Tensor sHat = s / (1 - Math.Pow(_beta1, p.Steps)), rHat = r / (1 - Math.Pow(_beta2, p.Steps));
        return (1 - p.LearningRate * p.WeightDecay) * w - p.LearningRate * sHat / (rHat.Sqrt() + _epsilon);
    }

    private protected override UpdateArgs? FusedUpdate(ParameterState p) => new(UpdateRule.Adam)
    {
        S = p["s"].Storage,
        R = p["r"].Storage,
        Shrink = p.LearningRate * p.WeightDecay,
        Beta1 = _beta1,
        Beta2 = _beta2,
        Epsilon = _epsilon,
        ScaleS = 1 / (1 - Math.Pow(_beta1, p.Steps)),
        ScaleR = 1 / (1 - Math.Pow(_beta2, p.Steps)),
    };
}
