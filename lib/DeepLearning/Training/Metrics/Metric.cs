namespace DeepLearning;

/// <summary>
/// A number that says how good predictions are, for people; nothing is differentiated. Over several batches some metrics are the mean over
/// all samples; others, such as F1, are worked out from all samples together. <see cref="Trainer"/> does either.
/// </summary>
/// <example><code>
/// Tensor scores = Tensor.From([0.9, 0.1, 0.3, 0.7, 0.6, 0.4], 3, 2), labels = Tensor.From([0, 1, 1]);
/// Console.WriteLine(Metric.Accuracy.Measure(scores, labels));
/// var shareBelow = new Metric("errors below 1", (p, y) => ((p - y).Abs() &lt; 1).Mean().ToDouble(), higherIsBetter: true);
/// </code></example>
public sealed partial class Metric
{
    private readonly Func<MetricTotal> _start;

    /// <summary>A mean over samples.</summary>
    /// <param name="name">Such as <c>accuracy</c>.</param>
    /// <param name="measure">Its mean over the samples of a batch, from prediction and target.</param>
    /// <param name="higherIsBetter">Which way is better.</param>
    public Metric(string name, Func<Tensor, Tensor, double> measure, bool higherIsBetter) : this(name, () => new MeanTotal(measure),
        higherIsBetter) =>
        ArgumentCheck.NotNull(measure);

    /// <summary>A metric that is no mean over samples.</summary>
    /// <param name="name">Such as <c>F1</c>.</param>
    /// <param name="start">Makes what takes in the batches.</param>
    /// <param name="higherIsBetter">Which way is better.</param>
    public Metric(string name, Func<MetricTotal> start, bool higherIsBetter)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentCheck.NotNull(start);
        (Name, _start, HigherIsBetter) = (name, start, higherIsBetter);
    }

    /// <summary>Its name in histories and tables.</summary>
    public string Name { get; }

    /// <summary>Whether a larger value is a better one.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>Begins to measure over several batches.</summary>
    public MetricTotal Start() => _start();

    /// <summary>
    /// The share of samples whose largest output is the right class. Prediction [N, C] with C ≥ 2, scores or probabilities; target: labels
    /// [N] or [N, 1], or rows [N, C] with a single 1.
    /// </summary>
    public static Metric Accuracy { get; } = new("accuracy", ShareRight, higherIsBetter: true);

    /// <summary>The mean of |prediction − target|.</summary>
    public static Metric MeanAbsoluteError { get; } = new("MAE", (p, y) => (p - Match(y, p)).Abs().Mean().ToDouble(),
        higherIsBetter: false);

    /// <summary>The mean of (prediction − target)².</summary>
    public static Metric MeanSquaredError { get; } = new("MSE", (p, y) => (p - Match(y, p)).Square().Mean().ToDouble(),
        higherIsBetter: false);

    /// <summary>
    /// The share of numbers on the right side of a threshold; for a single output, or several yes-or-no ones. Targets are 0 and 1.
    /// </summary>
    /// <param name="threshold">½ for probabilities; 0 for logits, the numbers before the sigmoid.</param>
    public static Metric BinaryAccuracy(double threshold = 0.5) => double.IsNaN(threshold)
        ? throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "BinaryAccuracy needs a threshold that is a number, got NaN.")
        : new("accuracy", (p, y) => Tensor.Equal(p > threshold, Match(y, p) > 0.5).Mean().ToDouble(), higherIsBetter: true);

    /// <summary>Its value for one batch.</summary>
    /// <param name="prediction">What the model says.</param>
    /// <param name="target">What is true.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public double Measure(Tensor prediction, Tensor target)
    {
        MetricTotal total = Start();
        total.Add(prediction, target);
        return total.Value;
    }

    private static double ShareRight(Tensor prediction, Tensor target)
    {
        if (prediction.Rank != 2 || prediction.Shape[1] < 2)
            throw new ArgumentException($"Accuracy needs a score for each of 2 or more classes, [N, C], got {prediction.Shape}; for a " +
                "single output " +
                "use Metric.BinaryAccuracy(threshold), with 0.5 for probabilities and 0 for logits.");
        Tensor chosen = prediction.ArgMax();
        Tensor right = target.Shape.Equals(prediction.Shape) ? target.ArgMax() : Match(target, chosen);
        return Tensor.Equal(chosen, right).Mean().ToDouble();
    }

    // [N] and [N, 1] mean the same; anything else must be equal.
    internal static Tensor Match(Tensor target, Tensor prediction)
    {
        if (target.Shape.Equals(prediction.Shape)) return target;
        bool column = target.Count == prediction.Count && target.Rank > 0 && prediction.Rank > 0 && target.Shape[0] == target.Count
            && prediction.Shape[0] == prediction.Count;
        return column ? target.Reshape(prediction.Shape)
            : throw new ArgumentException(
                $"A metric got predictions of shape {prediction.Shape} and targets of shape {target.Shape}; they must match.");
    }
}
