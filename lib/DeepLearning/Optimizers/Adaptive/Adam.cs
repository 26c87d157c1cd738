using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Adaptive moments: s ← β₁s + (1 − β₁)g; r ← β₂r + (1 − β₂)g⊙g; ŝ = s/(1 − β₁ᵗ); r̂ = r/(1 − β₂ᵗ); w ← w − η·ŝ/(√r̂ + ε).
/// State: <c>s</c>, the running mean of gradients, and <c>r</c>, of their squares; for AMSGrad also <c>r_max</c>, the largest r so far.
/// </summary>
/// <remarks>
/// t counts this parameter's steps from 1 (S1 says epochs: its t goes up with every update all the same). s and r start at 0, so early on
/// they are too small by 1 − βᵗ, which the hats undo: E(ŝ) = E(g). S1's first form has no η: that is η = 1; its "possible variation" is
/// this one. S2 prints the hats as 1/(1 − β) without the power t, which is right for the first step alone: later ŝ is 10 times too large
/// and √r̂ 32 times, the step a third.
/// <para>
/// AMSGrad puts the largest r so far in r's place (r_max/(1 − β₂ᵗ) for r̂): the step in a direction can then not grow again just because
/// its gradients have become small, which repairs a case in which Adam does not converge.
/// </para>
/// <para>
/// Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2014; S1 "Adam: Adaptive Moments", S2 "Adam". AMSGrad: Reddi,
/// Kale and Kumar, "On the convergence of Adam and beyond", 2018.
/// </para>
/// </remarks>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new Adam(model.Parameters, learningRate: 0.001, beta1: 0.9, beta2: 0.999);
/// optimizer.Step(() =&gt; model.Forward(Tensor.Ones(2, 4)).Square().Mean());
/// </code></example>
public sealed class Adam : Optimizer
{
    private readonly double _beta1, _beta2, _epsilon;
    private readonly bool _biasCorrection, _amsgrad;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, about the length of a step in each direction; 0.001.</param>
    /// <param name="beta1">β₁ (the notes: ρ₁), how much of past gradients is kept; 0 ≤ β₁ &lt; 1; 0.9.</param>
    /// <param name="beta2">β₂ (the notes: ρ₂), how much of past squared gradients is kept; 0 ≤ β₂ &lt; 1; 0.999.</param>
    /// <param name="epsilon">ε (the notes: δ) ≥ 0, outside the root; 1e−8.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0. See <see cref="AdamW"/> for why that is not decay of the weights here.</param>
    /// <param name="biasCorrection">Whether s and r are corrected; without it, to see what for, early steps go wrong.</param>
    /// <param name="amsgrad">Whether the largest r so far takes r's place; false by default.</param>
    public Adam(IEnumerable<Parameter> parameters, double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999,
        double epsilon = 1e-8, double weightDecay = 0, bool biasCorrection = true, bool amsgrad = false)
        : base(parameters, learningRate, weightDecay, amsgrad ? ["s", "r", "r_max"] : ["s", "r"])
    {
        (_beta1, _beta2) = (BelowOne(beta1, nameof(beta1)), BelowOne(beta2, nameof(beta2)));
        (_epsilon, _biasCorrection, _amsgrad) = (AtLeastZero(epsilon, nameof(epsilon)), biasCorrection, amsgrad);
    }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        Tensor s = p["s"] = _beta1 * p["s"] + (1 - _beta1) * g;
        Tensor r = p["r"] = _beta2 * p["r"] + (1 - _beta2) * g * g;
        if (_amsgrad) r = p["r_max"] = Tensor.Maximum(p["r_max"], r);
        Tensor sHat = s * Correction(_beta1, p.Steps), rHat = r * Correction(_beta2, p.Steps);
        return w - p.LearningRate * sHat / (rHat.Sqrt() + _epsilon);
    }

    // 1/(1 − βᵗ)
    private double Correction(double beta, int t) => _biasCorrection ? 1 / (1 - Math.Pow(beta, t)) : 1;

    private protected override UpdateArgs? FusedUpdate(ParameterState p) => new(_amsgrad ? UpdateRule.AmsGrad : UpdateRule.Adam)
    {
        S = p["s"].Storage,
        R = p["r"].Storage,
        MaxR = _amsgrad ? p["r_max"].Storage : null,
        Beta1 = _beta1,
        Beta2 = _beta2,
        Epsilon = _epsilon,
        ScaleS = Correction(_beta1, p.Steps),
        ScaleR = Correction(_beta2, p.Steps),
    };
}
