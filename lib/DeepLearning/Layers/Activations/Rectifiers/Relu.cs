namespace DeepLearning;

/// <summary>
/// Rectified linear unit: lets positive numbers pass and stops the others. The usual choice for hidden layers.
/// f(x) = max(0, x); f′(x) = 1 for x &gt; 0, else 0 (0 at x = 0, where there is none).
/// <para>A unit whose x is negative for every sample gets no gradient any more: it has died; see <see cref="LeakyRelu"/>.</para>
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: Nair and Hinton 2010; S1, S2, S3 "ReLU".</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 2]);
/// Tensor y = new Relu().Forward(x);       // [3]: 0, 0, 2
/// </code></example>
public sealed class Relu : Layer
{
    internal override UnaryOp? Function => UnaryOp.Relu;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Relu();

    /// <inheritdoc/>
    public override string ToString() => "Relu()";
}
