using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Cross-entropy that turns its attention to hard samples: with p the probability of the true class, a sample's term is −w·(1 − p)^γ·ln p,
/// so that one already certain counts next to nothing. γ = 0 is <see cref="SparseCategoricalCrossEntropy"/>.
/// With q = 1 − p the slope in logit z_j is w·q^γ·(1 − γ·p·ln p / q)·(p_j − [j = label]).
/// <para>It takes logits only: ln p and q are then exact however small.</para>
/// <para>
/// Shapes: logits [N, C], target [N], a term for each label; or [N, T, C] and [N, T]; or [C] and []; with axis 1 [N, C, H, W] and [N, H,
/// W].
/// </para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a label that is not a whole number from 0 to C − 1, else as
/// <see cref="Loss.Forward(Tensor, Tensor)"/> says.
/// </para>
/// <para>Source: Lin et al., "Focal loss for dense object detection", 2017.</para>
/// </summary>
/// <example><code>
/// var loss = new Focal(gamma: 2);
/// Tensor logits = Tensor.From([2.0, 0.5, -1, 0.1, 1.2, 0.3], 2, 3), labels = Tensor.From([0, 1]);
/// Console.WriteLine(loss.Forward(logits, labels));
/// </code></example>
public sealed class Focal : LabelLoss
{
    private const double SmallestDoubt = 1e-30;

    /// <param name="gamma">γ ≥ 0, how much easy samples are ignored; 2 by default.</param>
    /// <param name="classWeights">w_j ≥ 0 (the paper's α); all 1 by default. The mean divides by the sum of the weights.</param>
    /// <param name="reduction">Over the labels; mean by default.</param>
    /// <param name="ignoreLabel">The label whose terms count nothing; none by default.</param>
    /// <param name="axis">Where the classes are: −1, the default, is the last axis; 1 for [N, C, H, W].</param>
    /// <exception cref="ArgumentOutOfRangeException">γ or a weight is negative or not finite.</exception>
    public Focal(double gamma = 2, double[]? classWeights = null, Reduction reduction = Reduction.Mean, int? ignoreLabel = null,
        int axis = -1)
        : base(classWeights, ignoreLabel, axis, reduction) => Gamma = ArgumentCheck.AtLeastZero(gamma, nameof(gamma), nameof(Focal));

    /// <summary>γ.</summary>
    public double Gamma { get; }

    private protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) EvaluateLabels(Tensor prediction, Tensor labels)
    {
        Tensor truth = Tensor.OneHot(labels, prediction.Shape[-1]);
        (_, Tensor logP, Tensor doubt) = Parts();
        return (-doubt.Power(Gamma) * logP.Reshape(labels.Shape), weight =>
        {
            (Tensor p, Tensor logP, Tensor doubt) = Parts();
            Tensor slope = doubt.Power(Gamma) * (1 - Gamma * logP.Exp() * logP / doubt);
            return (p - truth) * Rows(slope) * weight;
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
