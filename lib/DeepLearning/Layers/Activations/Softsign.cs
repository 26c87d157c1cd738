namespace DeepLearning;

/// <summary>
/// Squeezes any number into (−1, 1) like <see cref="Tanh"/>, but comes to its ends more slowly, so that its gradient vanishes later.
/// f(x) = x/(1 + |x|); f′(x) = 1/(1 + |x|)².
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: Turian, Bergstra and Bengio 2009; Glorot and Bengio 2010; not in the notes.</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 3]);
/// Tensor y = new Softsign().Forward(x);   // [3]: −0.5, 0, 0.75
/// </code></example>
public sealed class Softsign : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softsign();

    /// <inheritdoc/>
    public override string ToString() => "Softsign()";
}
