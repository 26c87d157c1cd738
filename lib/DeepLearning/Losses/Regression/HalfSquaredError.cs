namespace DeepLearning;

/// <summary>
/// The error of the notes' worked examples: half the sum of the squared errors of a sample's outputs, so that its derivative has no 2.
/// E = ½ Σ_k (t_k − o_k)²; ∂E/∂o_k = o_k − t_k. The loss of a batch is the mean of its samples' E.
/// <para>
/// Shapes: prediction o and target t [N, …] with a term for each of the N samples; or [out] for a single sample, with one term.
/// </para>
/// <para>Throws as <see cref="Loss.Forward(Tensor, Tensor)"/> says.</para>
/// <para>Source: S3, the 2-2-2, 3-2-1 and 4-2-1 networks.</para>
/// </summary>
/// <param name="reduction">Over the samples; mean by default. Over a sample's outputs it is always a sum.</param>
/// <example><code>
/// var loss = new HalfSquaredError();
/// Tensor prediction = Tensor.From([0.7, 1.8, 0.2, 0.4], 2, 2), target = Tensor.From([1.0, 2, 0, 0], 2, 2);
/// Console.WriteLine(loss.Forward(prediction, target));
/// </code></example>
public sealed class HalfSquaredError(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        Tensor squares = (prediction - target).Square();
        Tensor sums = squares.Rank < 2 ? squares.Sum() : squares.Flatten().Sum(1);
        return (0.5 * sums, weight => (prediction - target) * weight);
    }
}
