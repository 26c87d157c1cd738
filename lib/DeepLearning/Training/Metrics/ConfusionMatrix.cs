using System.Globalization;

namespace DeepLearning;

/// <summary>
/// How often each class was taken for each: a row for each true class, a column for each predicted one; right answers are on the diagonal.
/// With TP right answers "c", FP wrong ones and FN samples of c called otherwise: precision TP/(TP + FP), recall TP/(TP + FN), F1 their
/// harmonic mean 2TP/(2TP + FP + FN); each 0 where it would be 0/0.
/// </summary>
/// <example><code>
/// Tensor scores = Tensor.From([0.9, 0.1, 0.3, 0.7, 0.6, 0.4], 3, 2), labels = Tensor.From([0, 1, 1]);
/// ConfusionMatrix matrix = ConfusionMatrix.Of(scores, labels, names: ["cat", "dog"]);
/// Console.WriteLine(matrix);
/// </code></example>
public sealed class ConfusionMatrix
{
    private readonly long[,] _counts;
    private readonly string[] _names;

    /// <param name="classes">How many classes, ≥ 2.</param>
    /// <param name="names">Theirs, for the table; 0, 1, … if null.</param>
    /// <exception cref="ArgumentException">There are not as many names as classes, or fewer than two classes.</exception>
    public ConfusionMatrix(int classes, IEnumerable<string>? names = null)
    {
        if (classes < 2) throw new ArgumentException($"A confusion matrix needs 2 classes or more, got {classes}.");
        _names = names?.ToArray() ?? [.. Enumerable.Range(0, classes).Select(c => $"{c}")];
        if (_names.Length != classes)
            throw new ArgumentException($"A confusion matrix of {classes} classes needs as many names, got {_names.Length}.");
        _counts = new long[classes, classes];
    }

    /// <summary>Of predictions and targets at once; see <see cref="Add(Tensor, Tensor, double)"/>.</summary>
    public static ConfusionMatrix Of(Tensor prediction, Tensor target, IEnumerable<string>? names = null, double threshold = 0.5)
    {
        ArgumentCheck.NotNull(prediction);
        ConfusionMatrix matrix = new(PredictionReader.ClassCount(prediction), names);
        matrix.Add(prediction, target, threshold);
        return matrix;
    }

    /// <summary>How many classes.</summary>
    public int Classes => _names.Length;

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>How many samples.</summary>
    public long Total => Sum((_, _) => true);

    /// <summary>How many samples of class <paramref name="actual"/> were called <paramref name="predicted"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int actual, int predicted] => _counts[Class(actual), Class(predicted)];

    /// <summary>The counts, for a heat map.</summary>
    public double[,] Counts
    {
        get
        {
            double[,] counts = new double[Classes, Classes];
            Array.Copy(_counts, counts, _counts.Length);
            return counts;
        }
    }

    /// <summary>Counts a batch.</summary>
    /// <param name="prediction">
    /// Scores [N, C], of which the largest is taken; or one number a sample, [N] or [N, 1], above the threshold for class 1.
    /// </param>
    /// <param name="target">Labels [N] or [N, 1], or rows [N, C] with a single 1.</param>
    /// <param name="threshold">For one number a sample: ½ for probabilities, 0 for logits.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a whole number from 0 to C − 1.</exception>
    public void Add(Tensor prediction, Tensor target, double threshold = 0.5)
    {
        ArgumentCheck.NotNull(prediction);
        ArgumentCheck.NotNull(target);
        if (PredictionReader.ClassCount(prediction) != Classes)
            throw new ArgumentException($"This confusion matrix has {Classes} classes, but the prediction {prediction.Shape} has " +
                $"{PredictionReader.ClassCount(prediction)}.");
        foreach ((double label, double said) in PredictionReader.Labels(target,
            prediction).Zip(PredictionReader.Classes(prediction, threshold))) _counts[Class(label), Class(said)]++;
    }

    private int Class(double label) => label >= 0 && label < Classes && label == Math.Floor(label) ? (int)label
        : throw new ArgumentOutOfRangeException(nameof(label), label,
            $"A label must be a whole number from 0 to {Classes - 1}, got {label}.");

    /// <summary>How many samples of a class there are.</summary>
    public long Support(int c)
    {
        int own = Class(c);
        return Sum((actual, _) => actual == own);
    }

    /// <summary>The share of right answers.</summary>
    public double Accuracy => Share(Sum((actual, said) => actual == said), Total);

    /// <summary>Of the samples called c, the share that are.</summary>
    public double Precision(int c) => Share(this[c, c], Sum((_, said) => said == c));

    /// <summary>Of the samples that are c, the share called so.</summary>
    public double Recall(int c) => Share(this[c, c], Support(c));

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1(int c) => Share(2 * this[c, c], Support(c) + Sum((_, said) => said == c));

    /// <summary>Precision of all classes, in one number.</summary>
    /// <exception cref="InvalidOperationException">Binary, and there are not two classes.</exception>
    public double Precision(Average average) => Averaged(average, Precision);

    /// <summary>Recall of all classes, in one number.</summary>
    /// <inheritdoc cref="Precision(Average)"/>
    public double Recall(Average average) => Averaged(average, Recall);

    /// <summary>F1 of all classes, in one number.</summary>
    /// <inheritdoc cref="Precision(Average)"/>
    public double F1(Average average) => Averaged(average, F1);

    // Summed over all classes a wrong answer is one class' FP and another's FN: the micro average of all three is the accuracy.
    private double Averaged(Average average, Func<int, double> of) => average switch
    {
        Average.Micro => Accuracy,
        Average.Macro => Enumerable.Range(0, Classes).Where(c => Sum((actual, said) => actual == c
            || said == c) > 0).Select(of).DefaultIfEmpty(0).Average(),
        _ when Classes == 2 => of(1),
        _ => throw new InvalidOperationException($"Average.Binary is for 2 classes, here are {Classes}; use Average.Macro or " +
            "Average.Micro."),
    };

    private long Sum(Func<int, int, bool> counts)
    {
        long sum = 0;
        for (int actual = 0; actual < Classes; actual++)
        for (int said = 0; said < Classes; said++)
        {
            if (counts(actual, said)) sum += _counts[actual, said];
        }
        return sum;
    }

    private static double Share(long part, long all) => all == 0 ? 0 : (double)part / all;

    /// <summary>A table: a row for each true class, a column for each predicted one, and precision, recall and F1.</summary>
    public override string ToString()
    {
        List<string[]> rows = [["true \\ said", .. _names, "recall", "precision", "F1"]];
        for (int c = 0; c < Classes; c++)
            rows.Add([_names[c], .. Enumerable.Range(0, Classes).Select(said => $"{_counts[c, said]}"), Text(Recall(c)),
                Text(Precision(c)), Text(F1(c))]);
        return $"{TextTable.RightAligned(rows)}\naccuracy {Text(Accuracy)} of {Total} samples";

        static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
    }
}
