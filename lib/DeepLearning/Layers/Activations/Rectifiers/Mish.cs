namespace DeepLearning;

/// <summary>
/// A smooth <see cref="Relu"/> that lets a little of small negative numbers through and stops large ones: its least value is −0.309, at x =
/// −1.192. f(x) = x·tanh(softplus(x)) with softplus(x) = ln(1 + eˣ); f′(x) = tanh(softplus(x)) + x·σ(x)·(1 − tanh²(softplus(x))).
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: Misra 2019, "Mish: A Self Regularized Non-Monotonic Activation Function"; not in the notes.</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 2]);
/// Tensor y = new Mish().Forward(x);       // [3]: −0.303, 0, 1.944
/// </code></example>
public sealed class Mish : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Mish();

    /// <inheritdoc/>
    public override string ToString() => "Mish()";
}
