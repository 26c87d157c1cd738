namespace DeepLearning;

/// <summary>
/// The surprise at the true class when the targets are its number, 0 … C − 1: the usual loss of a classifier, and the fastest.
/// A sample's term is −ln p_label, with slope −[j = label]/p_j; from logits z, with p = softmax(z), it is
/// ln Σ_k e^(z_k) − z_label, with slope p_j − [j = label].
/// <para>From logits it is exact. From probabilities every p is taken to be at least 10⁻⁷, in the value and in the slope.</para>
/// <para>
/// Shapes: prediction [N, C], target [N], a term for each label; or [N, T, C] and [N, T], as for the steps of a sequence; or [C] and [].
/// </para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a label that is not a whole number from 0 to C − 1 and for a probability outside [0, 1],
/// else as <see cref="Loss.Forward"/> says.
/// </para>
/// <para>Source: S3 "Sparse categorical cross entropy".</para>
/// </summary>
/// <param name="fromLogits">Whether the prediction is z, before the softmax; prefer it.</param>
/// <param name="reduction">Over the labels; mean by default.</param>
/// <param name="classWeights">w_j ≥ 0, by which the terms of class j are multiplied; all 1 by default. The mean divides by the sum of the weights.</param>
/// <param name="ignoreLabel">The label whose terms count nothing, such as a padding's; none by default.</param>
public sealed class SparseCategoricalCrossEntropy(bool fromLogits = false, Reduction reduction = Reduction.Mean, double[]? classWeights = null,
    int? ignoreLabel = null) : LabelLoss(classWeights, ignoreLabel, reduction)
{
    /// <summary>Whether the prediction is z, before the softmax.</summary>
    public bool FromLogits => fromLogits;

    private protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) EvaluateLabels(Tensor prediction, Tensor labels) =>
        fromLogits ? FromScores(prediction, labels) : FromProbabilities(prediction, labels);

    private static (Tensor, Func<Tensor, Tensor>) FromScores(Tensor logits, Tensor labels)
    {
        int rows = labels.Count, classes = logits.Shape[-1];
        Tensor terms = Tensor.Empty(labels.Shape, logits.Device), p = Tensor.Empty(logits.Shape, logits.Device);
        logits.Device.CrossEntropy(logits.Storage, labels.Storage, terms.Storage, p.Storage, rows, classes);
        return (terms, weight =>
        {
            if (Tensor.IsRecording) return (logits.Softmax() - Tensor.OneHot(labels, classes)) * weight;
            Tensor gradient = Tensor.Empty(logits.Shape, logits.Device);
            int stride = weight.Count == 1 ? 0 : 1;
            logits.Device.CrossEntropyGradient(p.Storage, labels.Storage, weight.Storage, stride, gradient.Storage, rows, classes);
            return gradient;
        });
    }

    private (Tensor, Func<Tensor, Tensor>) FromProbabilities(Tensor probabilities, Tensor labels)
    {
        CheckProbabilities(probabilities);
        Tensor target = Tensor.OneHot(labels, probabilities.Shape[-1]);
        return (-(target * probabilities.Clamp(SmallestProbability, 1).Log()).Sum(-1),
            weight => target / probabilities.Clamp(SmallestProbability, 1) * -weight);
    }

    /// <inheritdoc/>
    public override string ToString() => fromLogits ? "SparseCategoricalCrossEntropy(from logits)" : Name;
}
