namespace DeepLearning;

/// <summary>
/// Nesterov momentum: v ← μv − η·∂L(w + μv)/∂w; w ← w + v. It looks at the gradient where the momentum is about to lead, and corrects
/// before going there. State: <c>v</c>, the last step Δw.
/// </summary>
/// <remarks>
/// <see cref="LookAheadOptimizer"/> says how <see cref="Optimizer.Step()"/> does this without a second point: for θ = w + μv it is
/// v ← μv − ηg(θ); θ ← θ + μv − ηg(θ), which is PyTorch's <c>SGD(momentum=μ, nesterov=True)</c> as long as η is constant.
/// <para>S2 prints the look-ahead as θ + βV while θ moves by −V; it must be θ − βV.</para>
/// <para>Source: Nesterov, 1983; Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013; S1 "Nesterov
/// Momentum", S2 "Nesterov Accelerated Momentum".</para>
/// </remarks>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new Nesterov(model.Parameters, learningRate: 0.01, momentum: 0.9);
/// optimizer.Step(() =&gt; model.Forward(Tensor.Ones(2, 4)).Square().Mean());
/// </code></example>
public sealed class Nesterov : LookAheadOptimizer
{
    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0; 0.01.</param>
    /// <param name="momentum">μ, the share of the last step kept; 0 ≤ μ &lt; 1; 0.9.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw, at the point of the gradient; 0.</param>
    public Nesterov(IEnumerable<Parameter> parameters, double learningRate = 0.01, double momentum = 0.9, double weightDecay = 0)
        : base(parameters, learningRate, momentum, weightDecay, "v") { }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
    {
        Tensor before = p["v"];
        Tensor v = p["v"] = Momentum * before - p.LearningRate * g;
        return w + v + Ahead * (v - before);
    }

    private protected override UpdateArgs? FusedUpdate(ParameterState p) =>
        new(UpdateRule.Momentum) { V = p["v"].Storage, Momentum = Momentum, Ahead = Ahead };
}
