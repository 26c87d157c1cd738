namespace DeepLearning;

/// <summary>
/// The mean of the absolute errors: every unit of error costs the same, so outliers pull less than with <see cref="MeanSquaredError"/>.
/// MAE = 1/n Σ |y − t|; ∂/∂y = sign(y − t)/n, and 0 where y = t.
/// <para>Shapes: prediction y and target t of any one shape; a term for each number.</para>
/// <para>Throws as <see cref="Loss.Forward(Tensor, Tensor)"/> says.</para>
/// <para>Source: S1 "Losses for regression", S2, S3.</para>
/// </summary>
/// <param name="reduction">Mean by default.</param>
/// <example><code>
/// var loss = new MeanAbsoluteError();
/// Tensor prediction = Tensor.From([0.7, 1.8, 0.2, 0.4], 2, 2), target = Tensor.From([1.0, 2, 0, 0], 2, 2);
/// Console.WriteLine(loss.Forward(prediction, target));
/// </code></example>
public sealed class MeanAbsoluteError(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target) =>
        ((prediction - target).Abs(), weight => (prediction - target).Sign() * weight);
}
