using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Cross-entropy that turns its attention to hard samples: with p the probability of the true class, a sample's term is −w·(1 − p)^γ·ln p, so
/// that one already certain counts next to nothing. γ = 0 is <see cref="SparseCategoricalCrossEntropy"/>.
/// With q = 1 − p the slope in logit z_j is w·q^γ·(1 − γ·p·ln p / q)·(p_j − [j = label]).
/// <para>It takes logits only: ln p and q are then exact however small.</para>
/// <para>Shapes: logits [N, C], target [N], a term for each label; or [N, T, C] and [N, T]; or [C] and [].</para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a label that is not a whole number from 0 to C − 1, else as <see cref="Loss.Forward"/> says.
/// </para>
/// <para>Source: Lin et al., "Focal loss for dense object detection", 2017.</para>
/// </summary>
public sealed class Focal : LabelLoss
{
    private const double SmallestDoubt = 1e-30;

    /// <param name="gamma">γ ≥ 0, how much easy samples are ignored; 2 by default.</param>
    /// <param name="classWeights">w_j ≥ 0 (the paper's α); all 1 by default. The mean divides by the sum of the weights.</param>
    /// <param name="reduction">Over the labels; mean by default.</param>
    /// <param name="ignoreLabel">The label whose terms count nothing; none by default.</param>
    public Focal(double gamma = 2, double[]? classWeights = null, Reduction reduction = Reduction.Mean, int? ignoreLabel = null)
        : base(classWeights, ignoreLabel, reduction) => Gamma = gamma >= 0 && double.IsFinite(gamma)
            ? gamma
            : throw new ArgumentOutOfRangeException(nameof(gamma), gamma, $"Focal needs a gamma of 0 or more, got {gamma}.");

    /// <summary>γ.</summary>
    public double Gamma { get; }

    private protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) EvaluateLabels(Tensor prediction, Tensor labels)
    {
        Tensor truth = Tensor.OneHot(labels, prediction.Shape[-1]);
        var (_, logP, doubt) = Parts();
        return (-doubt.Power(Gamma) * logP.Reshape(labels.Shape), weight =>
        {
            var (p, logP, doubt) = Parts();
            Tensor slope = doubt.Power(Gamma) * (1 - Gamma * logP.Exp() * logP / doubt);
            return (p - truth) * slope.Reshape(new Shape([.. labels.Shape.Dims, 1])) * weight;
        });

        // Of the true class: all probabilities, ln p, and 1 − p as the sum of the others, which keeps its digits where p is nearly 1.
        (Tensor P, Tensor LogP, Tensor Doubt) Parts()
        {
            Tensor p = prediction.Softmax();
            return (p, (prediction.LogSoftmax() * truth).Sum(-1), (p * (1 - truth)).Sum(-1).Clamp(SmallestDoubt, 1));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Focal({Gamma})");
}
