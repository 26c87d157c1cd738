namespace DeepLearning;

/// <summary>
/// A smooth <see cref="Relu"/>, positive everywhere: for a quantity that must be, such as a standard deviation.
/// f(x) = ln(1 + eˣ), computed as max(x, 0) + ln(1 + e^(−|x|)); f′(x) = σ(x).
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: Dugas et al. 2001; not in the notes.</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 2]);
/// Tensor y = new Softplus().Forward(x);   // [3]: 0.313, 0.693, 2.127
/// </code></example>
public sealed class Softplus : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softplus();

    /// <inheritdoc/>
    public override string ToString() => "Softplus()";
}
