namespace DeepLearning;

// Metrics of classes beside accuracy, and of regression beside errors. All but top-k are worked out from all samples together.
public sealed partial class Metric
{
    /// <summary>
    /// The share of samples whose right class is among the k with the largest scores, an equal score of an earlier class coming first.
    /// Prediction [N, C]; target: labels [N] or [N, 1], or rows [N, C] with a single 1.
    /// </summary>
    /// <param name="k">From 1 (accuracy) to C.</param>
    public static Metric TopK(int k) => k >= 1
        ? new($"top-{k} accuracy", (p, y) => ShareAmong(k, p, y), higherIsBetter: true)
        : throw new ArgumentOutOfRangeException(nameof(k), k, $"Top-k needs a k of 1 or more, got {k}.");

    /// <summary>Of the samples called a class, the share that are; see <see cref="ConfusionMatrix"/> for the shapes.</summary>
    /// <param name="average">Over the classes; <see cref="Average.Binary"/> is for two.</param>
    /// <param name="threshold">For one number a sample: ½ for probabilities, 0 for logits.</param>
    public static Metric Precision(Average average = Average.Macro, double threshold = 0.5) =>
        OfClasses("precision", average, threshold, m => m.Precision(average));

    /// <summary>Of the samples of a class, the share called so.</summary>
    /// <inheritdoc cref="Precision"/>
    public static Metric Recall(Average average = Average.Macro, double threshold = 0.5) =>
        OfClasses("recall", average, threshold, m => m.Recall(average));

    /// <summary>The harmonic mean of precision and recall.</summary>
    /// <inheritdoc cref="Precision"/>
    public static Metric F1(Average average = Average.Macro, double threshold = 0.5) =>
        OfClasses("F1", average, threshold, m => m.F1(average));

    /// <summary>
    /// The area under the <see cref="RocCurve"/>: the chance that a random yes scores higher than a random no. There must be samples of
    /// both.
    /// </summary>
    public static Metric AreaUnderRoc { get; } = new("AUC", () => new RocTotal(), higherIsBetter: true);

    /// <summary>
    /// R² = 1 − Σ(t − y)²/Σ(t − t̄)², the share of the targets' variance that predictions explain: 1 is perfect, 0 no better than always
    /// saying the mean, below 0 worse. Over several outputs [N, D] their mean; for targets that do not vary 1 where y = t, else 0.
    /// </summary>
    public static Metric RSquared { get; } = new("R²", () => new RSquaredTotal(), higherIsBetter: true);

    private static Metric OfClasses(string name, Average average, double threshold, Func<ConfusionMatrix, double> read) =>
        double.IsNaN(threshold)
            ? throw new ArgumentOutOfRangeException(nameof(threshold), threshold, $"{name} needs a threshold that is a number, got NaN.")
            : new(NameOf(name, average), () => new ConfusionTotal(read, threshold), higherIsBetter: true);

    private static string NameOf(string measure, Average average) =>
        average == Average.Binary ? measure : $"{average.ToString().ToLowerInvariant()} {measure}";

    private static double ShareAmong(int k, Tensor prediction, Tensor target)
    {
        if (prediction.Rank != 2 || prediction.Shape[1] < k)
            throw new ArgumentException($"Top-{k} accuracy needs scores for {k} classes or more, [N, C], got {prediction.Shape}.");
        int n = prediction.Shape[0], classes = prediction.Shape[1];
        using IDisposable _ = Device.Use(prediction.Device);
        Tensor label = Tensor.From(PredictionReader.Labels(target, prediction), n, 1),
            own = prediction.Pick(label.Reshape(n)).Reshape(n, 1);
        Tensor ahead = (prediction > own) + Tensor.Equal(prediction, own) * (Tensor.Range(classes) < label);
        return (ahead.Sum(1) < k).Mean().ToDouble();
    }
}
