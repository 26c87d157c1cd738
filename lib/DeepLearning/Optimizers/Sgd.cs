namespace DeepLearning;

/// <summary>
/// Gradient descent: w ← w − ηg. Stochastic if g comes from one sample, mini-batch if from a few, batch if from all.
/// <para>Source: Robbins and Monro, 1951; S1 and S2 "Gradient descent", S3 Module I, S4.</para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(4, 8, new Generator(1)), new Tanh(), new Dense(8, 3, new Generator(2)));
/// var optimizer = new Sgd(model.Parameters, learningRate: 0.1);
/// optimizer.Step(() =&gt; model.Forward(Tensor.Ones(2, 4)).Square().Mean());
/// </code></example>
public sealed class Sgd : Optimizer
{
    /// <param name="parameters">What to change.</param>
    /// <param name="learningRate">η ≥ 0, how far along −g; 0.01.</param>
    /// <param name="weightDecay">λ ≥ 0 in g ← g + λw; 0.</param>
    public Sgd(IEnumerable<Parameter> parameters, double learningRate = 0.01, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay) { }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor w, Tensor g, ParameterState p) => w - p.LearningRate * g;

    private protected override UpdateArgs? FusedUpdate(ParameterState p) => new(UpdateRule.Sgd);
}
