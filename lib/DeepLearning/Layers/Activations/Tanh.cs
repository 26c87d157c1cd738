namespace DeepLearning;

/// <summary>
/// Squeezes any number into (−1, 1), centred on 0: a sigmoid stretched, tanh(x) = 2σ(2x) − 1.
/// tanh(x) = (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ); tanh′(x) = 1 − tanh²(x).
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: S1, S2 and S3 "Tanh".</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 2]);
/// Tensor y = new Tanh().Forward(x);       // [3]: −0.762, 0, 0.964
/// </code></example>
public sealed class Tanh : Layer
{
    internal override UnaryOp? Function => UnaryOp.Tanh;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Tanh();

    /// <inheritdoc/>
    public override string ToString() => "Tanh()";
}
