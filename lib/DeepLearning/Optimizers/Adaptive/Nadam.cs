using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Adam with Nesterov momentum: s and r as in Adam, w ← w − η·ŝ/(δ + √r̂), but ŝ = (1 − μₜ)/(1 − M)·g + μₜ₊₁/(1 − M·μₜ₊₁)·s, the mean as it will
/// stand one step later, with M = μ₁μ₂…μₜ and μₜ = ρ₁(1 − ½·0.96^(ψt)) growing from half of ρ₁ to ρ₁. State: <c>s</c> and <c>r</c>.
/// <para>Source: Dozat, "Incorporating Nesterov Momentum into Adam", 2016; S2 and S3 name it.</para>
/// </summary>
public sealed class Nadam : Optimizer
{
    private readonly double _rho1, _rho2, _delta, _momentumDecay;
    private int _knownSteps;
    private double _product = 1;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, about the length of a step in each direction; 0.002.</param>
    /// <param name="rho1">ρ₁ (β₁), how much of past gradients is kept; 0 ≤ ρ₁ &lt; 1; 0.9.</param>
    /// <param name="rho2">ρ₂ (β₂), how much of past squared gradients is kept; 0 ≤ ρ₂ &lt; 1; 0.999.</param>
    /// <param name="delta">δ ≥ 0, outside the root; 1e−8.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    /// <param name="momentumDecay">ψ ≥ 0, how fast μₜ grows; 0.004. Infinity keeps μₜ = ρ₁.</param>
    public Nadam(IEnumerable<Parameter> parameters, double learningRate = 0.002, double rho1 = 0.9, double rho2 = 0.999, double delta = 1e-8,
        double weightDecay = 0, double momentumDecay = 0.004)
        : base(parameters, learningRate, weightDecay, "s", "r")
    {
        (_rho1, _rho2) = (BelowOne(rho1, nameof(rho1)), BelowOne(rho2, nameof(rho2)));
        _delta = AtLeastZero(delta, nameof(delta));
        _momentumDecay = momentumDecay >= 0 ? momentumDecay
            : throw new ArgumentOutOfRangeException(nameof(momentumDecay), momentumDecay, $"momentumDecay must be 0 or more, got {momentumDecay}.");
    }

    /// <inheritdoc/>
    protected override void Update(ParameterState p)
    {
        double now = MomentumAt(p.Steps), next = MomentumAt(p.Steps + 1), product = ProductTo(p.Steps);
        Apply(p, new UpdateArgs(UpdateRule.Adam)
        {
            S = p["s"].Storage,
            R = p["r"].Storage,
            KeepS = _rho1,
            KeepR = _rho2,
            Delta = _delta,
            ScaleG = (1 - now) / (1 - product),
            ScaleS = next / (1 - product * next),
            ScaleR = 1 / (1 - Math.Pow(_rho2, p.Steps)),
        });
    }

    private double MomentumAt(int t) => _rho1 * (1 - 0.5 * Math.Pow(0.96, t * _momentumDecay));

    // μ₁…μₜ, from the last one computed: all parameters are usually at the same t.
    private double ProductTo(int t)
    {
        if (t < _knownSteps) (_knownSteps, _product) = (0, 1);
        while (_knownSteps < t) _product *= MomentumAt(++_knownSteps);
        return _product;
    }
}
