namespace DeepLearning;

/// <summary>
/// A smooth ReLU whose input opens its own gate: y = x·σ(x), with the slope σ(x)·(1 + x·(1 − σ(x))); also called SiLU. It is −0.278 at its
/// lowest, near x = −1.278.
/// <para>Shapes: any.</para>
/// <para>Source: Ramachandran, Zoph and Le, "Searching for activation functions", 2017, with β = 1; Hendrycks and Gimpel, "Gaussian error
/// linear units (GELUs)", 2016, as SiLU; not in the notes.</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 2]);
/// Tensor y = new Swish().Forward(x);      // [3]: −0.269, 0, 1.762
/// </code></example>
public sealed class Swish : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x * x.Sigmoid();

    /// <inheritdoc/>
    public override string ToString() => "Swish()";
}
