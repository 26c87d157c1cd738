using System.Globalization;

namespace DeepLearning;

/// <summary>
/// The receiver operating characteristic of a yes-or-no score: as the threshold falls from above all scores to the smallest, the share of
/// true "no"s called yes (x) against the share of true "yes"es found (y). The area under it is the chance that a random yes scores higher
/// than a random no, ties counting half: 1 for a perfect score, ½ for guessing.
/// </summary>
/// <remarks>
/// Samples of equal score enter together, so ties make a sloping piece rather than steps in an order that nothing decides.
/// </remarks>
/// <example><code>
/// RocCurve curve = RocCurve.Of(scores: [0.9, 0.4, 0.6, 0.2], targets: [1, 0, 1, 0]);
/// Console.WriteLine(curve.AreaUnderCurve);      // to draw it: FalsePositiveRate against TruePositiveRate
/// </code></example>
public sealed class RocCurve
{
    private RocCurve(double[] falsePositives, double[] truePositives, double[] thresholds) =>
        (FalsePositiveRate, TruePositiveRate, Thresholds) = (falsePositives, truePositives, thresholds);

    /// <summary>x, from 0 to 1.</summary>
    public double[] FalsePositiveRate { get; }

    /// <summary>y, from 0 to 1.</summary>
    public double[] TruePositiveRate { get; }

    /// <summary>Scores of at least this are called yes at each point; ∞ at the first, where none is.</summary>
    public double[] Thresholds { get; }

    /// <summary>The area under the curve, by trapezoids, which is exact.</summary>
    public double AreaUnderCurve
    {
        get
        {
            double area = 0;
            for (int i = 1; i < Thresholds.Length; i++)
                area += (FalsePositiveRate[i] - FalsePositiveRate[i - 1]) * (TruePositiveRate[i] + TruePositiveRate[i - 1]) / 2;
            return area;
        }
    }

    /// <summary>The curve of a model's predictions.</summary>
    /// <param name="prediction">Scores, logits or probabilities, [N] or [N, 1]; or [N, 2], one for no and one for yes.</param>
    /// <param name="target">0 and 1, [N] or [N, 1]; or rows [N, 2] with a single 1.</param>
    /// <exception cref="ArgumentException">
    /// The shapes do not fit, a target is neither 0 nor 1, there are not both, or a score is not a number.
    /// </exception>
    public static RocCurve Of(Tensor prediction, Tensor target)
    {
        ArgumentCheck.NotNull(prediction);
        ArgumentCheck.NotNull(target);
        return Of(PredictionReader.Scores(prediction), PredictionReader.Labels(target, prediction));
    }

    /// <inheritdoc cref="Of(Tensor, Tensor)"/>
    public static RocCurve Of(IReadOnlyList<double> scores, IReadOnlyList<double> targets)
    {
        if (scores.Count != targets.Count)
            throw new ArgumentException($"A ROC curve needs a target for each score, got {scores.Count} scores and {targets.Count} " +
                "targets.");
        int yes = targets.Count(t => t == 1), no = targets.Count(t => t == 0);
        if (yes + no != targets.Count)
            throw new ArgumentException($"A ROC curve needs targets 0 and 1, got {targets.First(t => t is not (0 or 1))}.");
        if (yes == 0 || no == 0)
            throw new ArgumentException($"A ROC curve needs samples of both classes, got {yes} of class 1 and {no} of class 0.");
        if (scores.Any(double.IsNaN)) throw new ArgumentException("A ROC curve needs scores that are numbers, got NaN.");
        List<double> x = [0], y = [0], thresholds = [double.PositiveInfinity];
        int called = 0, found = 0;
        foreach (IGrouping<double, (double First, double Second)> equal in scores.Zip(targets).GroupBy(pair => pair.First)
            .OrderByDescending(group => group.Key))
        {
            foreach ((_, double target) in equal)
            {
                if (target == 1) found++;
                else called++;
            }
            x.Add((double)called / no);
            y.Add((double)found / yes);
            thresholds.Add(equal.Key);
        }
        return new RocCurve([.. x], [.. y], [.. thresholds]);
    }

    /// <summary>Such as <c>ROC curve of 12 points, area 0.934</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"ROC curve of {Thresholds.Length} points, area {AreaUnderCurve:0.000}");
}
