namespace DeepLearning;

/// <summary>
/// A loss whose targets are class numbers, 0 … C − 1, for rows of classes along one axis of the prediction: [N, C] and [N], [N, T, C] and
/// [N, T], or [C] and []; with axis 1 [N, C, H, W] and [N, H, W]. Classes may weigh differently, and one label may mean "nothing to predict
/// here".
/// </summary>
/// <remarks>
/// A weighted mean divides by the sum of the weights, so that weights 2, 2, 2 give the same as 1, 1, 1. Where all labels count nothing
/// there is no mean: it would be 0/0, which PyTorch gives as NaN and which is an error here; a sum is 0. <see cref="Trainer"/> passes such
/// a batch over.
/// </remarks>
public abstract class LabelLoss : ClassLoss
{
    /// <param name="classWeights">w_j ≥ 0 for each class, by which its terms are multiplied; null for 1.</param>
    /// <param name="ignoreLabel">The label whose terms count nothing, such as a padding's; null for none.</param>
    /// <param name="axis">Where the classes are.</param>
    /// <param name="reduction">Over the labels.</param>
    private protected LabelLoss(double[]? classWeights, int? ignoreLabel, int axis, Reduction reduction)
        : base(axis, classWeights, reduction)
    {
        if (ignoreLabel is < -ArgumentCheck.LargestWhole or > ArgumentCheck.LargestWhole)
            throw new ArgumentOutOfRangeException(nameof(ignoreLabel), ignoreLabel,
                $"{Name} needs an ignoreLabel from -{ArgumentCheck.LargestWhole} to " +
                $"{ArgumentCheck.LargestWhole}, which float32 holds exactly, got {ignoreLabel}.");
        IgnoreLabel = ignoreLabel;
    }

    /// <summary>The label whose terms count nothing, or null.</summary>
    public int? IgnoreLabel { get; }

    /// <summary>Whether a term may be more than the plain formula: weighted, ignored or smoothed.</summary>
    internal virtual bool IsWeighted => ClassWeights is not null || IgnoreLabel is not null;

    /// <inheritdoc/>
    protected override void CheckShapes(Shape prediction, Shape target)
    {
        int axis = ClassAxis(prediction);
        Shape labels = Without(prediction, axis);
        if (target.Equals(labels)) return;
        string remedy = target.Equals(prediction) ? "; for one-hot targets use CategoricalCrossEntropy"
            : axis != 1 && prediction.Rank > 2 && target.Equals(Without(prediction, 1)) ? "; for classes along axis 1 say axis: 1" : "";
        throw new ArgumentException($"{Name} needs a label for each row of {prediction}, a target {labels}, got {target}{remedy}.");
    }

    private static Shape Without(Shape shape, int axis) => new([.. shape.Dims[..axis], .. shape.Dims[(axis + 1)..]]);

    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        if (!IsWeighted) return EvaluateLabels(prediction, target);
        (Tensor labels, Tensor w) = Weigh(target);
        (Tensor terms, Func<Tensor, Tensor> gradient) = EvaluateLabels(prediction, labels);
        Tensor rows = Rows(w);
        return (terms * w, weight => gradient(weight * rows));
    }

    /// <summary>As <see cref="Loss.Evaluate"/>, before any weights.</summary>
    private protected abstract (Tensor Terms, Func<Tensor, Tensor> Gradient) EvaluateLabels(Tensor prediction, Tensor labels);

    /// <inheritdoc/>
    protected sealed override double SumOfWeights(Tensor target, int terms)
    {
        if (!IsWeighted) return terms;
        double sum = Weigh(target).Weights.Sum().ToDouble();
        return sum > 0 ? sum
            : throw new ArgumentException($"{Name} got only labels that count nothing, ignored ones or of weight 0, so there is no mean; " +
                "leave such a batch out.");
    }

    /// <inheritdoc/>
    protected sealed override bool CountsNothing(Tensor target)
    {
        if (IgnoreLabel is null && (ClassWeights is null || ClassWeights.All(w => w > 0))) return false;
        using TensorScope scope = Tensor.Scope();
        return target.Count > 0 && Weigh(target).Weights.Max().ToDouble() == 0;
    }

    /// <summary>The labels with class 0 in place of ignored ones, and for each 1, or 0 if it is ignored.</summary>
    private protected (Tensor Labels, Tensor Counted) Counted(Tensor target)
    {
        if (IgnoreLabel is not { } ignored) return (target, Tensor.Full(1, target.Shape, target.Device));
        using IDisposable _ = Device.Use(target.Device);
        Tensor counted = Tensor.NotEqual(target, Tensor.Scalar(ignored));
        return (Tensor.Where(counted, target, Tensor.Scalar(0)), counted);
    }

    private (Tensor Labels, Tensor Weights) Weigh(Tensor target)
    {
        (Tensor labels, Tensor counted) = Counted(target);
        return Weights(target.Device) is { } w
            ? (labels, counted * w.IndexSelect(0, labels.Reshape(target.Count)).Reshape(target.Shape)) : (labels, counted);
    }

    /// <summary>With an axis of one behind: to be broadcast over the classes.</summary>
    private protected static Tensor Rows(Tensor x) => x.Reshape(new Shape([.. x.Shape.Dims, 1]));
}
