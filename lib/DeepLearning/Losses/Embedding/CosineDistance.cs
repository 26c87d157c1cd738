namespace DeepLearning;

/// <summary>
/// How far two vectors' directions are apart, whatever their lengths: a row's term is 1 − cos(a, t), from 0 (the same) over 1 (at right
/// angles) to 2 (opposite). Its slope in a is −(t/|t| − cos·a/|a|)/|a|, at right angles to a.
/// <para>Squared lengths are taken to be 10⁻¹² longer, so that a vector of zeros has cosine 0 and no slope that is not a number.</para>
/// <para>Shapes: prediction and target [N, …, D], vectors along the last axis; a term for each.</para>
/// <para>Throws as <see cref="Loss.Forward(Tensor, Tensor)"/> says.</para>
/// <para>
/// Source: the cosine similarity of PyTorch's <c>CosineEmbeddingLoss</c>; for similar and different pairs see
/// <see cref="CosineEmbedding"/>.
/// </para>
/// </summary>
/// <param name="reduction">Over the vectors; mean by default.</param>
/// <example><code>
/// var loss = new CosineDistance();
/// Tensor prediction = Tensor.From([0.1, 0.9, 0.4, -0.3], 2, 2), target = Tensor.From([0.2, 0.8, 0.5, -0.2], 2, 2);
/// Console.WriteLine(loss.Forward(prediction, target));
/// </code></example>
public sealed class CosineDistance(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    protected override void CheckShapes(Shape prediction, Shape target)
    {
        if (prediction.Rank == 0) throw new ArgumentException($"{Name} needs vectors along the last axis, [N, D], got a single number.");
        base.CheckShapes(prediction, target);
    }

    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        return (1 - Distances.Cosine(prediction, target), weight =>
        {
            Tensor a = Distances.Length(prediction), t = Distances.Length(target);
            Tensor cosine = (prediction * target).Sum(-1, keepAxes: true) / (a * t);
            return (cosine * prediction / a - target / t) / a * weight;
        });
    }
}
