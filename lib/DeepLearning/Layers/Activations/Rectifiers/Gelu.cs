namespace DeepLearning;

/// <summary>
/// Gaussian error linear unit: each number is weighted with the probability that a standard normal number lies below it.
/// f(x) = x·Φ(x) with Φ(x) = ½(1 + erf(x/√2)); f′(x) = Φ(x) + x·φ(x) with φ(x) = e^(−x²/2)/√(2π). The exact form, not the tanh
/// approximation.
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: Hendrycks and Gimpel 2016; not in the notes; the usual choice in transformers.</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 2]);
/// Tensor y = new Gelu().Forward(x);       // [3]: −0.159, 0, 1.954
/// </code></example>
public sealed class Gelu : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Gelu();

    /// <inheritdoc/>
    public override string ToString() => "Gelu()";
}
