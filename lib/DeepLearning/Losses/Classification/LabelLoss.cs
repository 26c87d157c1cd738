namespace DeepLearning;

/// <summary>
/// A loss whose targets are class numbers, 0 … C − 1, along the last axis of the prediction: [N, C] and [N], [N, T, C] and [N, T], or [C] and [].
/// Classes may weigh differently, and one label may mean "nothing to predict here".
/// </summary>
/// <remarks>A weighted mean divides by the sum of the weights, so that weights 2, 2, 2 give the same as 1, 1, 1.</remarks>
public abstract class LabelLoss : Loss
{
    private readonly double[]? _classWeights;

    /// <param name="classWeights">w_j ≥ 0 for each class, by which its terms are multiplied; null for 1.</param>
    /// <param name="ignoreLabel">The label whose terms count nothing, such as a padding's; null for none.</param>
    /// <param name="reduction">Over the labels.</param>
    private protected LabelLoss(double[]? classWeights, int? ignoreLabel, Reduction reduction) : base(reduction)
    {
        if (classWeights is not null && classWeights.FirstOrDefault(w => !(w >= 0 && double.IsFinite(w)), 0) is var wrong and not 0)
            throw new ArgumentOutOfRangeException(nameof(classWeights), wrong, $"{Name} needs class weights of 0 or more, got {wrong}.");
        (_classWeights, IgnoreLabel) = (classWeights is null ? null : [.. classWeights], ignoreLabel);
    }

    /// <summary>w_j, or null where all classes weigh 1.</summary>
    public IReadOnlyList<double>? ClassWeights => _classWeights;

    /// <summary>The label whose terms count nothing, or null.</summary>
    public int? IgnoreLabel { get; }

    internal bool IsWeighted => _classWeights is not null || IgnoreLabel is not null;

    /// <inheritdoc/>
    protected override void CheckShapes(Shape prediction, Shape target)
    {
        CheckClasses(prediction);
        Shape labels = new(prediction.Dims[..^1]);
        if (!target.Equals(labels))
            throw new ArgumentException($"{Name} needs a label for each row of {prediction}, a target {labels}, got {target}" +
                $"{(target.Equals(prediction) ? "; for one-hot targets use CategoricalCrossEntropy" : "")}.");
        if (_classWeights is not null && _classWeights.Length != prediction[-1])
            throw new ArgumentException($"{Name} has weights for {_classWeights.Length} classes, but the prediction {prediction} has {prediction[-1]}.");
    }

    /// <inheritdoc/>
    protected sealed override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        if (!IsWeighted) return EvaluateLabels(prediction, target);
        var (labels, w) = Weigh(target);
        var (terms, gradient) = EvaluateLabels(prediction, labels);
        Tensor rows = w.Reshape(new Shape([.. w.Shape.Dims, 1]));
        return (terms * w, weight => gradient(weight * rows));
    }

    /// <summary>As <see cref="Loss.Evaluate"/>, before any weights.</summary>
    private protected abstract (Tensor Terms, Func<Tensor, Tensor> Gradient) EvaluateLabels(Tensor prediction, Tensor labels);

    private protected override double SumOfWeights(Tensor prediction, Tensor target, int terms)
    {
        if (!IsWeighted) return terms;
        double sum = Weigh(target).Weights.Sum().ToDouble();
        return sum > 0 ? sum
            : throw new ArgumentException($"{Name} got only labels that count nothing, ignored ones or of weight 0, so there is no mean; leave such a batch out.");
    }

    // Ignored labels become class 0 with weight 0.
    private (Tensor Labels, Tensor Weights) Weigh(Tensor target)
    {
        using IDisposable _ = Device.Use(target.Device);
        Tensor weights = Tensor.Full(1, target.Shape, target.Device), labels = target;
        if (IgnoreLabel is { } ignored)
        {
            weights = Tensor.NotEqual(target, Tensor.Scalar(ignored));
            labels = Tensor.Where(weights, target, Tensor.Scalar(0));
        }
        if (_classWeights is not null)
            weights *= Tensor.From(_classWeights).IndexSelect(0, labels.Reshape(target.Count)).Reshape(target.Shape);
        return (labels, weights);
    }
}
