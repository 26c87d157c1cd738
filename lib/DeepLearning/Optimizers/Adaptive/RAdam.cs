using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Adam that trusts its step sizes only once enough squared gradients are averaged in them: s and r as in Adam, ŝ = s/(1 − β₁ᵗ), and
/// with ρ∞ = 2/(1 − β₂) − 1 and ρₜ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ), about how many there are,
/// w ← w − η·cₜ·ŝ·√(1 − β₂ᵗ)/(√r + ε), cₜ = √((ρₜ − 4)(ρₜ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρₜ)), where ρₜ &gt; 5, and w ← w − ηŝ before, as
/// with momentum. The first five steps are such with the default β₂, all of them with β₂ ≤ ⅔. State: <c>s</c> and <c>r</c>.
/// <para>Source: Liu et al., "On the variance of the adaptive learning rate and beyond", 2020, where the limit is 4; 5 as in
/// PyTorch. Not in the notes.</para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new RAdam(model.Parameters, learningRate: 0.001);
/// optimizer.Step(() =&gt; model.Forward(Tensor.Ones(2, 4)).Square().Mean());
/// </code></example>
public sealed class RAdam : Optimizer
{
    private readonly double _beta1, _beta2, _epsilon;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, about the length of a step in each direction once ρₜ is large; 0.001.</param>
    /// <param name="beta1">β₁ (the notes: ρ₁), how much of past gradients is kept; 0 ≤ β₁ &lt; 1; 0.9.</param>
    /// <param name="beta2">β₂ (the notes: ρ₂), how much of past squared gradients is kept; 0 ≤ β₂ &lt; 1; 0.999.</param>
    /// <param name="epsilon">ε (the notes: δ) ≥ 0, outside the root; 1e−8.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside its range.</exception>
    public RAdam(IEnumerable<Parameter> parameters, double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999,
        double epsilon = 1e-8, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay, "s", "r")
    {
        (_beta1, _beta2) = (BelowOne(beta1, nameof(beta1)), BelowOne(beta2, nameof(beta2)));
        _epsilon = AtLeastZero(epsilon, nameof(epsilon));
    }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        Tensor s = p["s"] = _beta1 * p["s"] + (1 - _beta1) * g;
        Tensor r = p["r"] = _beta2 * p["r"] + (1 - _beta2) * g * g;
        double pastS = Math.Pow(_beta1, p.Steps), pastR = Math.Pow(_beta2, p.Steps);
        double longest = 2 / (1 - _beta2) - 1, length = longest - 2 * p.Steps * pastR / (1 - pastR);
        Tensor sHat = s / (1 - pastS);
        if (length <= 5) return w - p.LearningRate * sHat;
        double certainty = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
        return w - p.LearningRate * certainty * Math.Sqrt(1 - pastR) * sHat / (r.Sqrt() + _epsilon);
    }
}
