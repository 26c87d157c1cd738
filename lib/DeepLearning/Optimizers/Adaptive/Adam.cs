using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Adaptive moments: s ← ρ₁s + (1 − ρ₁)g; r ← ρ₂r + (1 − ρ₂)g⊙g; ŝ = s/(1 − ρ₁ᵗ); r̂ = r/(1 − ρ₂ᵗ); w ← w − η·ŝ/(δ + √r̂).
/// State: <c>s</c>, the running mean of gradients, and <c>r</c>, of their squares; for AMSGrad also <c>r_max</c>, the largest r so far.
/// </summary>
/// <remarks>
/// t counts this parameter's steps from 1 (S1 says epochs: its t goes up with every update all the same). s and r start at 0, so early on they are
/// too small by 1 − ρᵗ, which the hats undo: E(ŝ) = E(g). S1's first form has no η: that is η = 1; its "possible variation" is this one. S2 prints
/// the hats as 1/(1 − β) without the power t, which is right for the first step alone: later ŝ is 10 times too large and √r̂ 32 times, the step a
/// third.
/// <para>
/// AMSGrad puts the largest r so far in r's place (r_max/(1 − ρ₂ᵗ) for r̂): the step in a direction can then not grow again just because its gradients
/// have become small, which repairs a case in which Adam does not converge.
/// </para>
/// <para>Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2014; S1 "Adam: Adaptive Moments", S2 "Adam". AMSGrad: Reddi, Kale
/// and Kumar, "On the convergence of Adam and beyond", 2018.</para>
/// </remarks>
public sealed class Adam : Optimizer
{
    private readonly double _rho1, _rho2, _delta;
    private readonly bool _biasCorrection, _amsgrad;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, about the length of a step in each direction; 0.001.</param>
    /// <param name="rho1">ρ₁ (β₁), how much of past gradients is kept; 0 ≤ ρ₁ &lt; 1; 0.9.</param>
    /// <param name="rho2">ρ₂ (β₂), how much of past squared gradients is kept; 0 ≤ ρ₂ &lt; 1; 0.999.</param>
    /// <param name="delta">δ ≥ 0, outside the root; 1e−8.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0. See <see cref="AdamW"/> for why that is not decay of the weights here.</param>
    /// <param name="biasCorrection">Whether s and r are corrected; without it, to see what for, early steps go wrong.</param>
    /// <param name="amsgrad">Whether the largest r so far takes r's place; false by default.</param>
    public Adam(IEnumerable<Parameter> parameters, double learningRate = 0.001, double rho1 = 0.9, double rho2 = 0.999, double delta = 1e-8,
        double weightDecay = 0, bool biasCorrection = true, bool amsgrad = false)
        : base(parameters, learningRate, weightDecay, amsgrad ? ["s", "r", "r_max"] : ["s", "r"])
    {
        (_rho1, _rho2) = (BelowOne(rho1, nameof(rho1)), BelowOne(rho2, nameof(rho2)));
        (_delta, _biasCorrection, _amsgrad) = (AtLeastZero(delta, nameof(delta)), biasCorrection, amsgrad);
    }

    /// <inheritdoc/>
    protected override void Update(ParameterState p) => Apply(p, new UpdateArgs(_amsgrad ? UpdateRule.AmsGrad : UpdateRule.Adam)
    {
        S = p["s"].Storage,
        R = p["r"].Storage,
        M = _amsgrad ? p["r_max"].Storage : null,
        KeepS = _rho1,
        KeepR = _rho2,
        Delta = _delta,
        ScaleS = _biasCorrection ? 1 / (1 - Math.Pow(_rho1, p.Steps)) : 1,
        ScaleR = _biasCorrection ? 1 / (1 - Math.Pow(_rho2, p.Steps)) : 1,
    });
}
