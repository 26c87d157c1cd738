namespace DeepLearning;

/// <summary>Reads classes and scores from predictions and targets of the shapes that metrics take.</summary>
internal static class PredictionReader
{
    public static int ClassCount(Tensor prediction) => IsSingle(prediction) ? 2 : prediction.Shape[1];

    /// <summary>
    /// The class said for each sample: the largest of [N, C], or for [N] and [N, 1] whether the number is above the threshold.
    /// </summary>
    public static double[] Classes(Tensor prediction, double threshold) =>
        (IsSingle(prediction) ? prediction > threshold : prediction.ArgMax()).ToDoubles();

    /// <summary>How much speaks for class 1: the number itself, or the second of [N, 2] less the first.</summary>
    public static double[] Scores(Tensor prediction) =>
        IsSingle(prediction) ? prediction.ToDoubles()
        : prediction.Shape[1] == 2 ? (prediction.Slice(1, 1, 1) - prediction.Slice(1, 0, 1)).ToDoubles()
        : throw new ArgumentException($"A ROC curve is of two classes, a prediction [N], [N, 1] or [N, 2], got {prediction.Shape}; " +
            "compare one class with the others.");

    /// <summary>The class of each sample, from labels [N] or [N, 1], or rows [N, C] with a single 1.</summary>
    public static double[] Labels(Tensor target, Tensor prediction)
    {
        int n = prediction.Shape[0];
        if (target.Rank == 2 && target.Shape[1] > 1 && target.Shape.Equals(prediction.Shape)) return target.ArgMax().ToDoubles();
        bool fits = target.Count == n && (target.Rank == 1 || (target.Rank == 2 && target.Shape[1] == 1));
        return fits ? target.ToDoubles()
            : throw new ArgumentException($"A metric of classes needs a label for each of {n} predictions {prediction.Shape}, [{n}], got " +
                $"{target.Shape}.");
    }

    private static bool IsSingle(Tensor prediction) => prediction.Rank switch
    {
        1 => true,
        2 => prediction.Shape[1] == 1,
        _ => throw new ArgumentException($"A metric of classes needs a score for each class, [N, C], or one number a sample, [N], got " +
            $"{prediction.Shape}."),
    };
}
