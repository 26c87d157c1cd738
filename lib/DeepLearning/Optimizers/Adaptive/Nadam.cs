using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// Adam with Nesterov momentum: s and r as in Adam, w ← w − η·ŝ/(√r̂ + ε), but ŝ = (1 − μₜ)/(1 − M)·g + μₜ₊₁/(1 − M·μₜ₊₁)·s, the mean as it
/// will stand one step later, with M = μ₁μ₂…μₜ and μₜ = β₁(1 − ½·0.96^(ψt)) growing from half of β₁ to β₁. State: <c>s</c> and <c>r</c>.
/// <para>Source: Dozat, "Incorporating Nesterov Momentum into Adam", 2016; S2 and S3 name it.</para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new Nadam(model.Parameters, learningRate: 0.002);
/// optimizer.Step(() =&gt; model.Forward(Tensor.Ones(2, 4)).Square().Mean());
/// </code></example>
public sealed class Nadam : Optimizer
{
    private readonly double _beta1, _beta2, _epsilon, _momentumDecay;
    private int _knownSteps;
    private double _product = 1;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, about the length of a step in each direction; 0.002.</param>
    /// <param name="beta1">β₁ (the notes: ρ₁), how much of past gradients is kept; 0 ≤ β₁ &lt; 1; 0.9.</param>
    /// <param name="beta2">β₂ (the notes: ρ₂), how much of past squared gradients is kept; 0 ≤ β₂ &lt; 1; 0.999.</param>
    /// <param name="epsilon">ε (the notes: δ) ≥ 0, outside the root; 1e−8.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    /// <param name="momentumDecay">ψ ≥ 0, how fast μₜ grows; 0.004. Infinity keeps μₜ = β₁.</param>
    public Nadam(IEnumerable<Parameter> parameters, double learningRate = 0.002, double beta1 = 0.9, double beta2 = 0.999,
        double epsilon = 1e-8, double weightDecay = 0, double momentumDecay = 0.004)
        : base(parameters, learningRate, weightDecay, "s", "r")
    {
        (_beta1, _beta2) = (BelowOne(beta1, nameof(beta1)), BelowOne(beta2, nameof(beta2)));
        _epsilon = AtLeastZero(epsilon, nameof(epsilon));
        _momentumDecay = momentumDecay >= 0 ? momentumDecay
            : throw new ArgumentOutOfRangeException(nameof(momentumDecay), momentumDecay,
                $"momentumDecay must be 0 or more, got {momentumDecay}.");
    }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        Tensor s = p["s"] = _beta1 * p["s"] + (1 - _beta1) * g;
        Tensor r = p["r"] = _beta2 * p["r"] + (1 - _beta2) * g * g;
        (double ofG, double ofS) = Shares(p.Steps);
        Tensor sHat = ofG * g + ofS * s, rHat = r / (1 - Math.Pow(_beta2, p.Steps));
        return w - p.LearningRate * sHat / (rHat.Sqrt() + _epsilon);
    }

    private protected override UpdateArgs? FusedUpdate(ParameterState p)
    {
        (double ofG, double ofS) = Shares(p.Steps);
        return new UpdateArgs(UpdateRule.Adam)
        {
            S = p["s"].Storage,
            R = p["r"].Storage,
            Beta1 = _beta1,
            Beta2 = _beta2,
            Epsilon = _epsilon,
            ScaleG = ofG,
            ScaleS = ofS,
            ScaleR = 1 / (1 - Math.Pow(_beta2, p.Steps)),
        };
    }

    // What g and s are multiplied by in ŝ.
    private (double OfG, double OfS) Shares(int t)
    {
        double now = MomentumAt(t), next = MomentumAt(t + 1), product = ProductTo(t);
        return ((1 - now) / (1 - product), next / (1 - product * next));
    }

    private double MomentumAt(int t) => _beta1 * (1 - 0.5 * Math.Pow(0.96, t * _momentumDecay));

    // μ₁…μₜ, from the last one computed: all parameters are usually at the same t.
    private double ProductTo(int t)
    {
        if (t < _knownSteps) (_knownSteps, _product) = (0, 1);
        while (_knownSteps < t) _product *= MomentumAt(++_knownSteps);
        return _product;
    }
}
