namespace DeepLearning;

/// <summary>
/// Turns the scores (logits) of the classes into probabilities: all positive, with sum 1; the output of a multi-class classifier.
/// π_j = e^(z_j) / Σ_k e^(z_k), over the last axis, computed from z − max z so that nothing overflows; ∂π_j/∂z_i = π_j·(δ_ij − π_i).
/// <para>
/// For training leave it out and give the logits to <see cref="SparseCategoricalCrossEntropy"/>, which is exact where a probability rounds to 0.
/// </para>
/// <para>Shapes: [N, C] → [N, C], or any whose last axis holds the classes; no parameters.</para>
/// <para>Throws <see cref="InvalidOperationException"/> for a single number, which has no axis.</para>
/// <para>Source: S1 "The softmax operation", S2 "Softmax layer", S3 "Output layer activation functions".</para>
/// </summary>
public sealed class Softmax : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softmax();

    /// <inheritdoc/>
    public override string ToString() => "Softmax()";
}
