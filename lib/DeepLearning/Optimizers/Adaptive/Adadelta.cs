using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// RMSProp that chooses its own step size, from the size of recent steps: r ← ρr + (1 − ρ)g⊙g; Δ = √(s + ε)/√(r + ε) ⊙ g; s ←
/// ρs + (1 − ρ)Δ⊙Δ; w ← w − ηΔ. State: <c>r</c>, and <c>s</c> of the steps. It starts slowly: the first step has length about √(ε/(1 − ρ)).
/// <para>Source: Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012 (which has η = 1); S3 and S4 name it.</para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new Adadelta(model.Parameters, rho: 0.9);
/// optimizer.Step(() =&gt; model.Forward(Tensor.Ones(2, 4)).Square().Mean());
/// </code></example>
public sealed class Adadelta : Optimizer
{
    private readonly double _rho, _epsilon;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, a factor on the step it chooses; 1.</param>
    /// <param name="rho">ρ, how much of the past is kept; 0 ≤ ρ &lt; 1; 0.9.</param>
    /// <param name="epsilon">ε (the notes: δ) ≥ 0, inside both roots; 1e−6.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    public Adadelta(IEnumerable<Parameter> parameters, double learningRate = 1, double rho = 0.9,
        double epsilon = 1e-6, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay, "s", "r") =>
        (_rho, _epsilon) = (BelowOne(rho, nameof(rho)), AtLeastZero(epsilon, nameof(epsilon)));

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        Tensor r = p["r"] = _rho * p["r"] + (1 - _rho) * g * g;
        Tensor step = (p["s"] + _epsilon).Sqrt() / (r + _epsilon).Sqrt() * g;
        p["s"] = _rho * p["s"] + (1 - _rho) * step * step;
        return w - p.LearningRate * step;
    }

    private protected override UpdateArgs? FusedUpdate(ParameterState p) =>
        new(UpdateRule.Adadelta) { S = p["s"].Storage, R = p["r"].Storage, Rho = _rho, Epsilon = _epsilon };
}
