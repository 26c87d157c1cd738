using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// RMSProp that chooses its own step size, from the size of recent steps: r ← ρr + (1 − ρ)g⊙g; Δ = √(s + δ)/√(r + δ) ⊙ g; s ← ρs + (1 − ρ)Δ⊙Δ;
/// w ← w − ηΔ. State: <c>r</c>, and <c>s</c> of the steps. It starts slowly: the first step has length about √(δ/(1 − ρ)).
/// <para>Source: Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012 (which has η = 1); S3 and S4 name it.</para>
/// </summary>
public sealed class Adadelta : Optimizer
{
    private readonly double _rho, _delta;

    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, a factor on the step it chooses; 1.</param>
    /// <param name="rho">ρ, how much of the past is kept; 0 ≤ ρ &lt; 1; 0.9.</param>
    /// <param name="delta">δ ≥ 0, inside both roots; 1e−6.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    public Adadelta(IEnumerable<Parameter> parameters, double learningRate = 1, double rho = 0.9, double delta = 1e-6, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay, "s", "r") =>
        (_rho, _delta) = (BelowOne(rho, nameof(rho)), AtLeastZero(delta, nameof(delta)));

    /// <inheritdoc/>
    protected override void Update(ParameterState p) =>
        Apply(p, new UpdateArgs(UpdateRule.Adadelta) { S = p["s"].Storage, R = p["r"].Storage, KeepR = _rho, Delta = _delta });
}
