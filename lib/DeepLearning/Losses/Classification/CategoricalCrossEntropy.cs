namespace DeepLearning;

/// <summary>
/// The surprise at the true class when the targets are one-hot rows, or distributions over the classes.
/// A sample's term is −Σ_j t_j·ln p_j, with slope −t_j/p_j; from logits z, with p = softmax(z), its slope is p_j − t_j.
/// <para>From logits ln p = z − ln Σ e^z is exact. From probabilities every p is taken to be at least 10⁻⁷, in the value and in the slope.</para>
/// <para>Shapes: prediction and target t [N, C], classes along the last axis; a term for each of the N rows.</para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a target or probability outside [0, 1] and for a target row whose sum is not 1
/// (to within 0.001), else as <see cref="Loss.Forward"/> says.
/// </para>
/// <para>
/// Source: S1 "Cross entropy loss", S3 "Categorical cross entropy", S4 (its code); S2's formula is <see cref="BinaryCrossEntropy"/> instead.
/// </para>
/// </summary>
/// <param name="fromLogits">Whether the prediction is z, before the softmax; prefer it.</param>
/// <param name="reduction">Over the rows; mean by default.</param>
public sealed class CategoricalCrossEntropy(bool fromLogits = false, Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <summary>Whether the prediction is z, before the softmax.</summary>
    public bool FromLogits => fromLogits;

    /// <inheritdoc/>
    protected override void CheckShapes(Shape prediction, Shape target)
    {
        CheckClasses(prediction);
        if (!target.Equals(prediction))
            throw new ArgumentException($"{Name} needs a target of the prediction's shape {prediction}, a number for each class, got {target}" +
                $"{(target.Rank == prediction.Rank - 1 ? "; for labels use SparseCategoricalCrossEntropy" : "")}.");
    }

    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        CheckDistributions(target);
        if (fromLogits) return (-(target * prediction.LogSoftmax()).Sum(-1), weight => (prediction.Softmax() - target) * weight);
        CheckProbabilities(prediction);
        return (-(target * prediction.Clamp(SmallestProbability, 1).Log()).Sum(-1),
            weight => target / prediction.Clamp(SmallestProbability, 1) * -weight);
    }

    /// <inheritdoc/>
    public override string ToString() => fromLogits ? "CategoricalCrossEntropy(from logits)" : Name;
}
