using System.Globalization;

namespace DeepLearning;

/// <summary>
/// A loss of predictions with a number for each class, along one axis: the last, [N, C] or [N, T, C], unless told; axis 1 for the layout of
/// images, [N, C, H, W]. There is a term for each row of classes: each sample, each step of a sequence, each pixel.
/// </summary>
public abstract class ClassLoss : Loss
{
    private readonly double[]? _classWeights;

    /// <param name="axis">Where the classes are.</param>
    /// <param name="classWeights">w_j ≥ 0 for each class; null for 1.</param>
    /// <param name="reduction">Over the terms.</param>
    private protected ClassLoss(int axis, double[]? classWeights, Reduction reduction) : base(reduction)
    {
        if (classWeights is not null
            && classWeights.Where(w => !(w >= 0 && double.IsFinite(w))).Cast<double?>().FirstOrDefault() is { } wrong)
            throw new ArgumentOutOfRangeException(nameof(classWeights), wrong,
                $"{Name} needs class weights of 0 or more{(wrong > 0 ? ", finite ones" : "")}, got " +
                    $"{wrong.ToString(CultureInfo.InvariantCulture)}.");
        (Axis, _classWeights) = (axis, classWeights is null ? null : [.. classWeights]);
    }

    /// <summary>The axis of the prediction along which the classes are; −1 is the last.</summary>
    public int Axis { get; }

    /// <summary>w_j, or null where all classes weigh 1.</summary>
    public IReadOnlyList<double>? ClassWeights => _classWeights;

    /// <summary>w: [C] on a device; null where all classes weigh 1.</summary>
    private protected Tensor? Weights(Device device)
    {
        using IDisposable _ = Device.Use(device);
        return _classWeights is null ? null : Tensor.From(_classWeights);
    }

    /// <summary>
    /// The axis of the classes in a prediction of this shape, from 0; throws if there is none, or it holds other classes than expected.
    /// </summary>
    private protected int ClassAxis(Shape prediction)
    {
        if (prediction.Rank == 0) throw new ArgumentException($"{Name} needs a prediction for each class, [N, C], got a single number.");
        int axis = Axis < 0 ? Axis + prediction.Rank : Axis;
        if (axis < 0 || axis >= prediction.Rank)
            throw new ArgumentException($"{Name} was told that the classes are along axis {Axis}, but the prediction {prediction} has " +
                $"{prediction.Rank} axes.");
        int classes = prediction[axis];
        if (classes > ArgumentCheck.LargestWhole)
            throw new ArgumentException($"{Name} got {classes} classes; a label is a float32, which counts exactly up to " +
                $"{ArgumentCheck.LargestWhole} only.");
        if (_classWeights is not null && _classWeights.Length != classes)
            throw new ArgumentException($"{Name} has weights for {_classWeights.Length} classes, but the prediction {prediction} has " +
                $"{classes}.");
        return axis;
    }

    private protected sealed override (Tensor Prediction, Tensor Target) Arranged(Tensor prediction, Tensor target)
    {
        int axis = ClassAxis(prediction.Shape);
        if (axis == prediction.Rank - 1) return (prediction, target);
        return (ClassesLast(prediction), target.Rank == prediction.Rank ? ClassesLast(target) : target);

        Tensor ClassesLast(Tensor x) => x.Permute([.. Enumerable.Range(0, x.Rank).Where(i => i != axis), axis]);
    }

    /// <summary>Throws if a row of targets is not a distribution.</summary>
    private protected void CheckDistributions(Tensor target)
    {
        CheckTargets(target);
        (float low, float high) = Extent(target.Sum(-1));
        if (low < 0.999 || high > 1.001)
            throw new ArgumentOutOfRangeException(nameof(target),
                $"{Name} needs targets whose sum over the classes is 1, got sums {low} … {high}; " +
                $"for several labels a sample use " +
                    $"BinaryCrossEntropy{(target.Rank > 2 && Axis is -1 ? ", and for classes along axis 1 say axis: 1" : "")}.");
    }

    /// <summary>
    /// The cross-entropy of rows t with any sum: −Σ_j t_j·ln p_j, with slope −t_j/p_j; from logits, with p = softmax(z), its slope is (Σ
    /// t)·p_j − t_j.
    /// </summary>
    private protected (Tensor Terms, Func<Tensor, Tensor> Gradient) CrossEntropy(Tensor prediction, Tensor t, bool fromLogits) =>
        (-(t * LogProbabilities(prediction, fromLogits)).Sum(-1), CrossEntropySlope(prediction, t, fromLogits));

    private protected Tensor LogProbabilities(Tensor prediction, bool fromLogits)
    {
        if (fromLogits) return prediction.LogSoftmax();
        CheckProbabilities(prediction);
        return prediction.Clamp(SmallestProbability, 1).Log();
    }

    private protected static Func<Tensor, Tensor> CrossEntropySlope(Tensor prediction, Tensor t, bool fromLogits) => fromLogits
        ? weight => (t.Sum(-1, keepAxes: true) * prediction.Softmax() - t) * weight
        : weight => t / prediction.Clamp(SmallestProbability, 1) * -weight;

    /// <summary>(1 − s)·t + s/C, so that no class is ruled out for good, times the classes' weights.</summary>
    private protected Tensor Smoothed(Tensor t, double smoothing)
    {
        Tensor smoothed = smoothing == 0 ? t : (1 - smoothing) * t + smoothing / t.Shape[-1];
        return Weights(t.Device) is { } w ? smoothed * w : smoothed;
    }

    private protected static double CheckSmoothing(double labelSmoothing) => labelSmoothing is >= 0 and <= 1
        ? labelSmoothing
        : throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing,
            $"labelSmoothing must be from 0 to 1, got {labelSmoothing}.");
}
