using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Adam with the largest recent gradient in place of the root mean square: s ← β₁s + (1 − β₁)g; u ← max(β₂u, |g| + ε);
/// w ← w − η/(1 − β₁ᵗ) · s/u. State: <c>s</c> and <c>u</c>. No step is longer than about η in any direction.
/// <para>Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2014, section 7.1; ε as in PyTorch.</para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new Adamax(model.Parameters, learningRate: 0.002);
/// </code></example>
public sealed class Adamax : Optimizer
{
    private readonly double _beta1, _beta2, _epsilon;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, the most a step changes in each direction; 0.002.</param>
    /// <param name="beta1">β₁, how much of past gradients is kept; 0 ≤ β₁ &lt; 1; 0.9.</param>
    /// <param name="beta2">β₂, how slowly the largest gradient is forgotten; 0 ≤ β₂ &lt; 1; 0.999.</param>
    /// <param name="epsilon">ε &gt; 0, which keeps u from zero; 1e−8.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    public Adamax(IEnumerable<Parameter> parameters, double learningRate = 0.002, double beta1 = 0.9, double beta2 = 0.999,
        double epsilon = 1e-8, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay, "s", "u")
    {
        (_beta1, _beta2) = (BelowOne(beta1, nameof(beta1)), BelowOne(beta2, nameof(beta2)));
        _epsilon = AboveZero(epsilon, nameof(epsilon));
    }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        Tensor s = p["s"] = _beta1 * p["s"] + (1 - _beta1) * g;
        Tensor u = p["u"] = Tensor.Maximum(_beta2 * p["u"], g.Abs() + _epsilon);
        return w - p.LearningRate / (1 - Math.Pow(_beta1, p.Steps)) * s / u;
    }
}
