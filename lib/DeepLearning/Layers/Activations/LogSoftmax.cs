namespace DeepLearning;

/// <summary>
/// The logarithms of <see cref="Softmax"/>'s probabilities, exact where a probability would round to 0: what
/// <see cref="NegativeLogLikelihood"/> takes. y_j = z_j − ln Σ_k e^(z_k), computed from z − max z so that nothing overflows; ∂y_j/∂z_i =
/// δ_ij − e^(y_i).
/// <para>Shapes: [N, C] → [N, C], or any, along one of its axes; no parameters.</para>
/// <para>Source: the logarithm of S1 "The softmax operation".</para>
/// </summary>
/// <param name="axis">Which axis holds the classes; negative ones count from the end, −1 by default.</param>
/// <example><code>
/// Tensor z = Tensor.From([1.0, 2, 3], 1, 3);
/// Tensor y = new LogSoftmax().Forward(z); // [1, 3]: −2.408, −1.408, −0.408
/// </code></example>
public sealed class LogSoftmax(int axis = -1) : Layer
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">x is a single number, which has no axis.</exception>
    /// <exception cref="ArgumentException">x has no such axis.</exception>
    protected override Tensor Compute(Tensor x) => x.LogSoftmax(axis);

    /// <inheritdoc/>
    public override string ToString() => axis == -1 ? "LogSoftmax()" : $"LogSoftmax(axis {axis})";
}
