namespace DeepLearning;

/// <summary>
/// The binary step of the first perceptrons: fires or does not.
/// f(x) = 1 for x ≥ 0, else 0; f′(x) = 0.
/// <para>Since its derivative is 0, gradient descent cannot train what lies before it: the reason for the smooth activations.</para>
/// <para>Shapes: any → the same; no parameters.</para>
/// <para>Source: Rosenblatt 1958; S3 "Binary step function", where the perceptron's own step gives −1 instead of 0.</para>
/// </summary>
/// <example><code>
/// Tensor x = Tensor.From([-1.0, 0, 2]);
/// Tensor y = new Step().Forward(x);       // [3]: 0, 1, 1
/// </code></example>
public sealed class Step : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Step();

    /// <inheritdoc/>
    public override string ToString() => "Step()";
}
