namespace DeepLearning;

/// <summary>
/// How far a predicted distribution p is from the true one t (Kullback and Leibler): the cross-entropy less what no prediction could avoid, the
/// entropy of t. 0 where they agree, positive elsewhere, and not symmetric.
/// A sample's term is Σ_j t_j·ln(t_j/p_j), with slope −t_j/p_j; from logits z, with p = softmax(z), its slope is p_j − t_j.
/// <para>
/// From probabilities every p is taken to be at least 10⁻⁷, in the value and in the slope; so is t within the logarithm, and t_j = 0 adds 0.
/// </para>
/// <para>Shapes: prediction and target t [N, C], the distribution along the last axis; a term for each of the N rows.</para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a target or probability outside [0, 1] and for a target row whose sum is not 1
/// (to within 0.001), else as <see cref="Loss.Forward"/> says.
/// </para>
/// <para>Source: Kullback and Leibler 1951; S3 "Kullback–Leibler divergence".</para>
/// </summary>
/// <param name="fromLogits">Whether the prediction is z, before the softmax.</param>
/// <param name="reduction">Over the rows; mean by default (what PyTorch calls <c>batchmean</c>).</param>
public sealed class KlDivergence(bool fromLogits = false, Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <summary>Whether the prediction is z, before the softmax.</summary>
    public bool FromLogits => fromLogits;

    /// <inheritdoc/>
    protected override void CheckShapes(Shape prediction, Shape target)
    {
        CheckClasses(prediction);
        base.CheckShapes(prediction, target);
    }

    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        CheckDistributions(target);
        if (!fromLogits) CheckProbabilities(prediction);
        Tensor logP = fromLogits ? prediction.LogSoftmax() : prediction.Clamp(SmallestProbability, 1).Log();
        Tensor terms = (target * (target.Clamp(SmallestProbability, 1).Log() - logP)).Sum(-1);
        return fromLogits
            ? (terms, weight => (prediction.Softmax() - target) * weight)
            : (terms, weight => target / prediction.Clamp(SmallestProbability, 1) * -weight);
    }

    /// <inheritdoc/>
    public override string ToString() => fromLogits ? "KlDivergence(from logits)" : Name;
}
