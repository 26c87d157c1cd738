namespace DeepLearning;

/// <summary>
/// Squeezes any number into (0, 1), to be read as a probability.
/// σ(x) = 1/(1 + e⁻ˣ); σ′(x) = σ(x)·(1 − σ(x)), at most ¼.
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: S1 and S2 "Activation functions", S3 and S4 (σ(x) as the output of a binary or multi-label classifier).</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 2]);
/// Tensor y = new Sigmoid().Forward(x);    // [3]: 0.269, 0.5, 0.881
/// </code></example>
public sealed class Sigmoid : Layer
{
    internal override UnaryOp? Function => UnaryOp.Sigmoid;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Sigmoid();

    /// <inheritdoc/>
    public override string ToString() => "Sigmoid()";
}
