namespace DeepLearning;

/// <summary>
/// Turns the scores (logits) of the classes into probabilities: all positive, with sum 1; the output of a multi-class classifier.
/// π_j = e^(z_j) / Σ_k e^(z_k), along one axis, computed from z − max z so that nothing overflows; ∂π_j/∂z_i = π_j·(δ_ij − π_i).
/// <para>
/// For training leave it out and give the logits to <see cref="SparseCategoricalCrossEntropy"/>, which is exact where a probability rounds
/// to 0.
/// </para>
/// <para>Shapes: [N, C] → [N, C], or any, along one of its axes; no parameters.</para>
/// <para>Source: S1 "The softmax operation", S2 "Softmax layer", S3 "Output layer activation functions".</para>
/// </summary>
/// <param name="axis">
/// Which axis holds the classes; negative ones count from the end, −1 by default. For images [N, C, H, W] it is 1.
/// </param>
/// <example><code>
/// Tensor z = Tensor.From([1.0, 2, 3], 1, 3);
/// Tensor p = new Softmax().Forward(z);    // [1, 3]: 0.090, 0.245, 0.665
/// </code></example>
public sealed class Softmax(int axis = -1) : Layer
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">x is a single number, which has no axis.</exception>
    /// <exception cref="ArgumentException">x has no such axis.</exception>
    protected override Tensor Compute(Tensor x) => x.Softmax(axis);

    /// <inheritdoc/>
    public override string ToString() => axis == -1 ? "Softmax()" : $"Softmax(axis {axis})";
}
