namespace DeepLearning;

/// <summary>
/// The surprise at the true class when the model ends in <see cref="Tensor.LogSoftmax"/>: a sample's term is −w_label·ℓ_label, with ℓ = ln
/// p and slope −w_label·[j = label]. <see cref="SparseCategoricalCrossEntropy"/> from logits is the two in one.
/// <para>
/// Shapes: prediction ℓ [N, C], target [N], a term for each label; or [N, T, C] and [N, T]; or [C] and []; with axis 1 [N, C, H, W] and [N,
/// H, W].
/// </para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a label that is not a whole number from 0 to C − 1 and for an ℓ above 0 (by more
/// than 10⁻⁴), which is no logarithm of a probability; else as <see cref="Loss.Forward(Tensor, Tensor)"/> says.
/// </para>
/// <para>Source: PyTorch's <c>NLLLoss</c>; S3 "Sparse categorical cross entropy".</para>
/// </summary>
/// <param name="reduction">Over the labels; mean by default.</param>
/// <param name="classWeights">w_j ≥ 0; all 1 by default. The mean divides by the sum of the weights.</param>
/// <param name="ignoreLabel">The label whose terms count nothing, such as a padding's; none by default.</param>
/// <param name="axis">Where the classes are: −1, the default, is the last axis; 1 for [N, C, H, W].</param>
/// <example><code>
/// var loss = new NegativeLogLikelihood();
/// Tensor logits = Tensor.From([2.0, 0.5, -1, 0.1, 1.2, 0.3], 2, 3), labels = Tensor.From([0, 1]);
/// Console.WriteLine(loss.Forward(logits.LogSoftmax(), labels));
/// </code></example>
public sealed class NegativeLogLikelihood(Reduction reduction = Reduction.Mean, double[]? classWeights = null, int? ignoreLabel = null,
    int axis = -1)
    : LabelLoss(classWeights, ignoreLabel, axis, reduction)
{
    private const double Slack = 1e-4;

    private protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) EvaluateLabels(Tensor prediction, Tensor labels)
    {
        if (prediction.Max().Item() is var max and > (float)Slack)
            throw new ArgumentOutOfRangeException(nameof(prediction),
                $"{Name} needs logarithms of probabilities, 0 or less, got up to {max}; apply LogSoftmax, or use " +
                    "SparseCategoricalCrossEntropy for logits.");
        Tensor truth = Tensor.OneHot(labels, prediction.Shape[-1]), none = Tensor.Full(0, Shape.Scalar, prediction.Device);
        // −∞ · 0 is not a number: an impossible class that is not the true one must count nothing.
        return (-Tensor.Where(truth, prediction, none).Sum(-1), weight => truth * -weight);
    }
}
