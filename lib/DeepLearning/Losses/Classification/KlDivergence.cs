namespace DeepLearning;

/// <summary>
/// How far a predicted distribution p is from the true one t (Kullback and Leibler): the cross-entropy less what no prediction could avoid,
/// the entropy of t. 0 where they agree, positive elsewhere, and not symmetric.
/// A sample's term is Σ_j t_j·ln(t_j/p_j), with slope −t_j/p_j; from logits z, with p = softmax(z), its slope is (Σ_k t_k)·p_j − t_j.
/// <para>
/// From probabilities every p is taken to be at least 10⁻⁷, in the value and in the slope; so is t within the logarithm, and t_j = 0 adds
/// 0.
/// </para>
/// <para>Shapes: prediction and target t [N, C], a term for each of the N rows; or [N, T, C]; with axis 1 [N, C, H, W].</para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a target or probability outside [0, 1] and for a target row whose sum is not 1
/// (to within 0.001), else as <see cref="Loss.Forward(Tensor, Tensor)"/> says.
/// </para>
/// <para>Source: Kullback and Leibler 1951; S3 "Kullback–Leibler divergence".</para>
/// </summary>
/// <param name="fromLogits">Whether the prediction is z, before the softmax.</param>
/// <param name="reduction">Over the rows; mean by default (what PyTorch calls <c>batchmean</c>).</param>
/// <param name="axis">Where the classes are: −1, the default, is the last axis; 1 for [N, C, H, W].</param>
/// <example><code>
/// var loss = new KlDivergence(fromLogits: true);
/// Tensor student = Tensor.From([2.0, 0.5, -1], 1, 3), teacher = Tensor.From([1.0, 1, -2], 1, 3).Softmax();
/// Console.WriteLine(loss.Forward(student, teacher));
/// </code></example>
public sealed class KlDivergence(bool fromLogits = false, Reduction reduction = Reduction.Mean, int axis = -1)
    : ClassLoss(axis, null, reduction)
{
    /// <summary>Whether the prediction is z, before the softmax.</summary>
    public bool FromLogits => fromLogits;

    /// <inheritdoc/>
    protected override void CheckShapes(Shape prediction, Shape target)
    {
        ClassAxis(prediction);
        base.CheckShapes(prediction, target);
    }

    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        CheckDistributions(target);
        Tensor difference = target.Clamp(SmallestProbability, 1).Log() - LogProbabilities(prediction, fromLogits);
        return ((target * difference).Sum(-1), CrossEntropySlope(prediction, target, fromLogits));
    }

    /// <inheritdoc/>
    public override string ToString() => fromLogits ? "KlDivergence(from logits)" : Name;
}
