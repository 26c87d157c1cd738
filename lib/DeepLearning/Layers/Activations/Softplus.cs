namespace DeepLearning;

/// <summary>
/// A smooth <see cref="Relu"/>, positive everywhere: for a quantity that must be, such as a standard deviation.
/// f(x) = ln(1 + eˣ), computed as max(x, 0) + ln(1 + e^(−|x|)); f′(x) = σ(x).
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: Dugas et al. 2001; not in the notes.</para>
/// </summary>
public sealed class Softplus : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softplus();

    /// <inheritdoc/>
    public override string ToString() => "Softplus()";
}
