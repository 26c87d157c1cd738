namespace DeepLearning;

/// <summary>
/// The surprise at the true class when the targets are one-hot rows, or distributions over the classes.
/// A sample's term is −Σ_j t_j·ln p_j, with slope −t_j/p_j; from logits z, with p = softmax(z), its slope is (Σ_k t_k)·p_j − t_j.
/// <para>
/// With class weights w and label smoothing s, w_j·((1 − s)·t_j + s/C) takes the place of t_j. The mean divides by the number of rows,
/// whatever w.
/// </para>
/// <para>
/// From logits ln p = z − ln Σ e^z is exact. From probabilities every p is taken to be at least 10⁻⁷, in the value and in the slope.
/// </para>
/// <para>
/// Shapes: prediction and target t [N, C], a term for each of the N rows; or [N, T, C]; with axis 1 [N, C, H, W], a term for each pixel.
/// </para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a target or probability outside [0, 1] and for a target row whose sum is not 1
/// (to within 0.001), else as <see cref="Loss.Forward(Tensor, Tensor)"/> says.
/// </para>
/// <para>
/// Source: S1 "Cross entropy loss", S3 "Categorical cross entropy", S4 (its code); S2's formula is <see cref="BinaryCrossEntropy"/>
/// instead. Label smoothing: Szegedy et al., "Rethinking the Inception architecture for computer vision", 2016.
/// </para>
/// </summary>
/// <param name="fromLogits">Whether the prediction is z, before the softmax; prefer it.</param>
/// <param name="reduction">Over the rows; mean by default.</param>
/// <param name="classWeights">w_j ≥ 0; all 1 by default.</param>
/// <param name="labelSmoothing">s, from 0 to 1; 0, the default, smooths nothing.</param>
/// <param name="axis">Where the classes are: −1, the default, is the last axis; 1 for [N, C, H, W].</param>
/// <example><code>
/// var loss = new CategoricalCrossEntropy(fromLogits: true, labelSmoothing: 0.1);
/// Tensor logits = Tensor.From([2.0, 0.5, -1, 0.1, 1.2, 0.3], 2, 3), target = Tensor.OneHot(Tensor.From([0, 1]), 3);
/// Console.WriteLine(loss.Forward(logits, target));
/// </code></example>
public sealed class CategoricalCrossEntropy(bool fromLogits = false, Reduction reduction = Reduction.Mean, double[]? classWeights = null,
    double labelSmoothing = 0, int axis = -1) : ClassLoss(axis, classWeights, reduction)
{
    /// <summary>Whether the prediction is z, before the softmax.</summary>
    public bool FromLogits => fromLogits;

    /// <summary>s.</summary>
    public double LabelSmoothing { get; } = CheckSmoothing(labelSmoothing);

    /// <summary>Whether a term may be more than the plain formula: weighted or smoothed.</summary>
    internal bool IsWeighted => ClassWeights is not null || LabelSmoothing > 0;

    /// <inheritdoc/>
    protected override void CheckShapes(Shape prediction, Shape target)
    {
        ClassAxis(prediction);
        if (!target.Equals(prediction))
            throw new ArgumentException($"{Name} needs a target of the prediction's shape {prediction}, a number for each class, got " +
                $"{target}" +
                $"{(target.Rank == prediction.Rank - 1 ? "; for labels use SparseCategoricalCrossEntropy" : "")}.");
    }

    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        CheckDistributions(target);
        return CrossEntropy(prediction, Smoothed(target, LabelSmoothing), fromLogits);
    }

    /// <inheritdoc/>
    public override string ToString() => fromLogits ? "CategoricalCrossEntropy(from logits)" : Name;
}
