namespace DeepLearning;

/// <summary>
/// The "linear" activation of the notes: the output is the net input itself, for regression.
/// f(x) = x; f′(x) = 1.
/// <para>Layers with nothing but this between them collapse into one: a product of matrices is a matrix.</para>
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>
/// Source: S2 "Activation: Linear Function", S3 "Linear activation function" (which says its derivative is 0; it is the constant 1), S4.
/// </para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 2]);
/// Tensor y = new Identity().Forward(x);   // [3]: −1, 0, 2
/// </code></example>
public sealed class Identity : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x;

    /// <inheritdoc/>
    public override string ToString() => "Identity()";
}
