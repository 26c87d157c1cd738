namespace DeepLearning;

/// <summary>
/// The mean of the squared errors, the usual loss for regression; sensitive to outliers, since an error twice as large costs four times as
/// much. MSE = 1/n Σ (y − t)²; ∂/∂y = 2(y − t)/n, over all n numbers of the batch.
/// <para>Shapes: prediction y and target t of any one shape; a term for each number.</para>
/// <para>Throws as <see cref="Loss.Forward(Tensor, Tensor)"/> says.</para>
/// <para>
/// Source: S1 "Losses for regression", S2 "Loss functions", S3, S4. S3 also writes ½Σ(t − o)²: see <see cref="HalfSquaredError"/>.
/// </para>
/// </summary>
/// <param name="reduction">Mean by default.</param>
/// <example><code>
/// var loss = new MeanSquaredError();
/// Tensor prediction = Tensor.From([0.7, 1.8, 0.2, 0.4], 2, 2), target = Tensor.From([1.0, 2, 0, 0], 2, 2);
/// Console.WriteLine(loss.Forward(prediction, target));
/// </code></example>
public sealed class MeanSquaredError(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        Tensor error = prediction - target;
        return (error.Square(), weight => (Tensor.IsRecording ? prediction - target : error) * (2 * weight));
    }
}
