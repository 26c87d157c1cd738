using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// A learning rate for each number, smaller the larger its gradients have been: r ← r + g⊙g; w ← w − η·g/(√r + ε). Since r only grows,
/// steps only shrink. State: <c>r</c>.
/// <para>Source: Duchi, Hazan and Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", 2011; S1
/// "AdaGrad".</para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new AdaGrad(model.Parameters, learningRate: 0.01);
/// optimizer.Step(() =&gt; model.Forward(Tensor.Ones(2, 4)).Square().Mean());
/// </code></example>
public sealed class AdaGrad : Optimizer
{
    private readonly double _epsilon;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η (the notes: ε) ≥ 0; 0.01.</param>
    /// <param name="epsilon">ε (the notes: δ) ≥ 0, outside the root; 1e−7.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    public AdaGrad(IEnumerable<Parameter> parameters, double learningRate = 0.01, double epsilon = 1e-7, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay, "r") => _epsilon = AtLeastZero(epsilon, nameof(epsilon));

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        Tensor r = p["r"] = p["r"] + g * g;
        return w - p.LearningRate * g / (r.Sqrt() + _epsilon);
    }

    private protected override UpdateArgs? FusedUpdate(ParameterState p) =>
        new(UpdateRule.AdaGrad) { R = p["r"].Storage, Epsilon = _epsilon };
}
