namespace DeepLearning;

/// <summary>
/// The loss of support vector machines: nothing once a score is on the right side by a margin of 1, and growing linearly before.
/// A term is max(0, 1 − t·s) for a score s and a target t of −1 or +1; its slope is −t where t·s &lt; 1, else 0.
/// <para>
/// With C classes it is one against all: scores [N, C] and targets [N, C] with +1 for the true class and −1 for the others,
/// <c>2 * Tensor.OneHot(labels, C) - 1</c>.
/// </para>
/// <para>Shapes: scores and targets of any one shape; a term for each number.</para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a target that is neither −1 nor +1, else as
/// <see cref="Loss.Forward(Tensor, Tensor)"/> says.
/// </para>
/// <para>Source: Cortes and Vapnik 1995; S2 (support vector machines), S3 "Hinge loss".</para>
/// </summary>
/// <param name="reduction">Over all numbers; mean by default.</param>
/// <example><code>
/// var loss = new Hinge();
/// Tensor scores = Tensor.From([0.7, -1.8, 0.2], 3, 1), target = Tensor.From([1.0, -1, -1], 3, 1);
/// Console.WriteLine(loss.Forward(scores, target));
/// </code></example>
public sealed class Hinge(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        if (Tensor.NotEqual(target.Abs(), Tensor.Full(1, Shape.Scalar, target.Device)).Max().Item() > 0)
        {
            (float low, float high) = Extent(target);
            throw new ArgumentOutOfRangeException(nameof(target),
                $"Hinge needs targets −1 and +1, got {low} … {high}; labels 0 and 1 become those by 2 * y - 1.");
        }
        return ((1 - target * prediction).Relu(), weight => ((target * prediction) < 1) * target * -weight);
    }
}
