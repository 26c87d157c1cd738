using System.Globalization;

namespace DeepLearning;

/// <summary>A training run as data, epoch by epoch, for tables and plots.</summary>
/// <example><code>
/// Dataset data = Datasets.Iris();
/// var model = new Dense(4, 3, new Generator(1));
/// var trainer = new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true),
///     new Adam(model.Parameters)) { Metrics = [Metric.Accuracy] };
/// History history = trainer.Fit(data.X, data.Y, epochs: 20);
/// Console.WriteLine($"{history.Loss[^1]} {history.Metric("accuracy")[^1]}");
/// Console.WriteLine(history);      // a table
/// </code></example>
public sealed class History
{
    private readonly List<EpochRow> _rows = [];
    private readonly List<double> _stepLosses = [];

    /// <summary>The epochs.</summary>
    public IReadOnlyList<EpochRow> Rows => _rows;

    /// <summary>The training loss of every epoch.</summary>
    public double[] Loss => [.. _rows.Select(row => row.Loss)];

    /// <summary>The validation loss of every epoch; empty without validation data.</summary>
    public double[] ValidationLoss => [.. _rows.Where(row => row.ValidationLoss is not null).Select(row => row.ValidationLoss!.Value)];

    /// <summary>The learning rate at the end of every epoch.</summary>
    public double[] LearningRate => [.. _rows.Select(row => row.LearningRate)];

    /// <summary>The loss of every step, on its batch, before the step.</summary>
    public IReadOnlyList<double> StepLosses => _stepLosses;

    /// <summary>Why training ended before its last epoch; null if it did not.</summary>
    public string? StopReason { get; internal set; }

    /// <summary>
    /// The epoch with the least validation loss, or without validation data the least training loss; the first of equals.
    /// </summary>
    public EpochRow Best => _rows.Count > 0
        ? _rows.MinBy(row => row.ValidationLoss ?? row.Loss)!
        : throw new InvalidOperationException("No epoch was finished, so there is no best one.");

    /// <summary>A metric on the training samples, epoch by epoch.</summary>
    public double[] Metric(string name) => Values(name, row => row.Metrics);

    /// <summary>A metric on the validation data, epoch by epoch.</summary>
    public double[] ValidationMetric(string name) => Values(name, row => row.ValidationMetrics);

    internal void Add(EpochRow row) => _rows.Add(row);

    internal void AddStep(double loss) => _stepLosses.Add(loss);

    private double[] Values(string name, Func<EpochRow, IReadOnlyDictionary<string, double>> metrics) =>
        [.. _rows.Select(row => metrics(row).TryGetValue(name, out double value) ? value : throw new ArgumentException(
            $"This history has no '{name}'; it has {(metrics(row).Count == 0 ? "no metrics" : string.Join(", ", metrics(row).Keys))}."))];

    /// <summary>A table with a line for each epoch.</summary>
    public override string ToString()
    {
        if (_rows.Count == 0) return "no epochs";
        EpochRow first = _rows[0];
        string[] metrics = [.. first.Metrics.Keys], validation = [.. first.ValidationMetrics.Keys];
        List<string[]> lines =
        [
            ["epoch", "loss", .. metrics, .. first.ValidationLoss is null ? Array.Empty<string>() : ["val. loss"],
                .. validation.Select(m => $"val. {m}"), "rate", "|g|", "s"],
        ];
        foreach (EpochRow row in _rows)
        {
            double[] numbers = [row.Loss, .. metrics.Select(m => row.Metrics[m]), .. row.ValidationLoss is { } loss
                ? [loss] : Array.Empty<double>(),
                .. validation.Select(m => row.ValidationMetrics[m]), row.LearningRate, row.GradientNorm];
            lines.Add([$"{row.Epoch}", .. numbers.Select(n => n.ToString("G4", CultureInfo.InvariantCulture)),
                row.Seconds.ToString("0.00", CultureInfo.InvariantCulture)]);
        }
        return TextTable.RightAligned(lines);
    }
}
