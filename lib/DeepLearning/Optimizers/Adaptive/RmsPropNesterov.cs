using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// RMSProp with Nesterov momentum: g = ∂L(w + μv)/∂w; r ← ρr + (1 − ρ)g⊙g; v ← μv − η·g/(√r + ε); w ← w + v. State: <c>v</c>, the last
/// step, and <c>r</c>. <see cref="LookAheadOptimizer"/> says how to use it.
/// </summary>
/// <remarks>
/// S1 divides by √r alone (ε = 0), which gives 0/0 for a number whose gradient has been 0 so far. PyTorch's <c>RMSprop(momentum=μ)</c> has
/// the velocity but takes the gradient at w.
/// <para>Source: S1 "RMSProp with Nesterov Momentum"; Goodfellow, Bengio and Courville, "Deep Learning", algorithm 8.6, 2016.</para>
/// </remarks>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new RmsPropNesterov(model.Parameters, learningRate: 0.001, momentum: 0.9);
/// optimizer.Step(() =&gt; model.Forward(Tensor.Ones(2, 4)).Square().Mean());
/// </code></example>
public sealed class RmsPropNesterov : LookAheadOptimizer
{
    private readonly double _rho, _epsilon;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η (the notes: ε) ≥ 0; 0.001.</param>
    /// <param name="momentum">μ, the share of the last step kept; 0 ≤ μ &lt; 1; 0.9.</param>
    /// <param name="rho">ρ, how much of past squared gradients is kept; 0 ≤ ρ &lt; 1; 0.9.</param>
    /// <param name="epsilon">ε (the notes: δ) ≥ 0, outside the root; 1e−7.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw, at the point of the gradient; 0.</param>
    public RmsPropNesterov(IEnumerable<Parameter> parameters, double learningRate = 0.001, double momentum = 0.9, double rho = 0.9,
        double epsilon = 1e-7, double weightDecay = 0)
        : base(parameters, learningRate, momentum, weightDecay, "v", "r") =>
        (_rho, _epsilon) = (BelowOne(rho, nameof(rho)), AtLeastZero(epsilon, nameof(epsilon)));

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        Tensor r = p["r"] = _rho * p["r"] + (1 - _rho) * g * g;
        Tensor before = p["v"];
        Tensor v = p["v"] = Momentum * before - p.LearningRate * g / (r.Sqrt() + _epsilon);
        return w + v + Ahead * (v - before);
    }

    private protected override UpdateArgs? FusedUpdate(ParameterState p) => new(UpdateRule.RmsPropNesterov)
    {
        V = p["v"].Storage,
        R = p["r"].Storage,
        Momentum = Momentum,
        Ahead = Ahead,
        Rho = _rho,
        Epsilon = _epsilon,
    };
}
