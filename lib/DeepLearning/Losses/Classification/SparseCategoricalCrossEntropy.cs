namespace DeepLearning;

/// <summary>
/// The surprise at the true class when the targets are its number, 0 … C − 1: the usual loss of a classifier, and the fastest.
/// A sample's term is −ln p_label, with slope −[j = label]/p_j; from logits z, with p = softmax(z), it is
/// ln Σ_k e^(z_k) − z_label, with slope p_j − [j = label].
/// <para>
/// Label smoothing s keeps the model from becoming surer than the data allow: the truth is taken to be t_j = (1 − s)·[j = label] + s/C, and
/// a term is −Σ_j w_j·t_j·ln p_j.
/// </para>
/// <para>From logits it is exact. From probabilities every p is taken to be at least 10⁻⁷, in the value and in the slope.</para>
/// <para>
/// Shapes: prediction [N, C], target [N], a term for each label; or [N, T, C] and [N, T], as for the steps of a sequence; or [C] and [];
/// with axis 1 [N, C, H, W] and [N, H, W], a term for each pixel.
/// </para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a label that is not a whole number from 0 to C − 1 and for a probability outside
/// [0, 1],
/// <see cref="ArgumentException"/> for the mean of labels that all count nothing, else as <see cref="Loss.Forward(Tensor, Tensor)"/> says.
/// </para>
/// <para>
/// Source: S3 "Sparse categorical cross entropy"; label smoothing: Szegedy et al., "Rethinking the Inception architecture for computer
/// vision", 2016.
/// </para>
/// </summary>
/// <param name="fromLogits">Whether the prediction is z, before the softmax; prefer it.</param>
/// <param name="reduction">Over the labels; mean by default.</param>
/// <param name="classWeights">
/// w_j ≥ 0, by which the terms of class j are multiplied; all 1 by default. The mean divides by the sum of the weights.
/// </param>
/// <param name="ignoreLabel">The label whose terms count nothing, such as a padding's; none by default.</param>
/// <param name="labelSmoothing">s, from 0 to 1; 0, the default, smooths nothing.</param>
/// <param name="axis">Where the classes are: −1, the default, is the last axis; 1 for [N, C, H, W].</param>
/// <example><code>
/// var loss = new SparseCategoricalCrossEntropy(fromLogits: true);
/// Tensor logits = Tensor.From([2.0, 0.5, -1, 0.1, 1.2, 0.3], 2, 3), labels = Tensor.From([0, 1]);
/// Console.WriteLine(loss.Forward(logits, labels));
/// </code></example>
public sealed class SparseCategoricalCrossEntropy(bool fromLogits = false, Reduction reduction = Reduction.Mean,
    double[]? classWeights = null,
    int? ignoreLabel = null, double labelSmoothing = 0, int axis = -1) : LabelLoss(classWeights, ignoreLabel, axis, reduction)
{
    /// <summary>Whether the prediction is z, before the softmax.</summary>
    public bool FromLogits => fromLogits;

    /// <summary>s.</summary>
    public double LabelSmoothing { get; } = CheckSmoothing(labelSmoothing);

    internal override bool IsWeighted => base.IsWeighted || LabelSmoothing > 0;

    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        if (LabelSmoothing == 0) return base.Evaluate(prediction, target);
        (Tensor labels, Tensor counted) = Counted(target);
        return CrossEntropy(prediction, Smoothed(Tensor.OneHot(labels, prediction.Shape[-1]), LabelSmoothing) * Rows(counted), fromLogits);
    }

    private protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) EvaluateLabels(Tensor prediction, Tensor labels) =>
        fromLogits ? FromScores(prediction, labels)
            : CrossEntropy(prediction, Tensor.OneHot(labels, prediction.Shape[-1]), fromLogits: false);

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

    /// <inheritdoc/>
    public override string ToString() => fromLogits ? "SparseCategoricalCrossEntropy(from logits)" : Name;
}
