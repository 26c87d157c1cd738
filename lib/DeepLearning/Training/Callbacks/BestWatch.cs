namespace DeepLearning;

/// <summary>
/// Watches one number from epoch to epoch: a metric or the loss, on the validation data if there is any, else on the training data.
/// </summary>
internal sealed class BestWatch
{
    private readonly Metric? _metric;
    private readonly double _minDelta;

    public BestWatch(Metric? metric, double minDelta)
    {
        (_metric, _minDelta) = (metric, ArgumentCheck.AtLeastZero(minDelta, nameof(minDelta)));
    }

    /// <summary>The best value so far; NaN before the first.</summary>
    public double Best { get; private set; } = double.NaN;

    /// <summary>Its epoch, from 1.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Epochs since then.</summary>
    public int Wait { get; private set; }

    public string Name => _metric?.Name ?? "loss";

    public void Reset() => (Best, BestEpoch, Wait) = (double.NaN, 0, 0);

    /// <summary>Forgives the epochs waited so far.</summary>
    public void RestartWait() => Wait = 0;

    public void Save(CallbackMemory memory) =>
        (memory.Numbers["best"], memory.Numbers["best epoch"], memory.Numbers["wait"]) = (Best, BestEpoch, Wait);

    public void Restore(CallbackMemory memory) =>
        (Best, BestEpoch, Wait) = (memory.Numbers["best"], (int)memory.Numbers["best epoch"], (int)memory.Numbers["wait"]);

    /// <summary>Whether this epoch is better than the best so far, by more than minDelta.</summary>
    public bool Improved(EpochRow row)
    {
        double value = Value(row);
        bool better = double.IsNaN(Best) || (_metric?.HigherIsBetter == true ? value > Best + _minDelta : value < Best - _minDelta);
        if (better) (Best, BestEpoch, Wait) = (value, row.Epoch, 0);
        else Wait++;
        return better;
    }

    private double Value(EpochRow row)
    {
        if (_metric is null) return row.ValidationLoss ?? row.Loss;
        IReadOnlyDictionary<string, double> metrics = row.ValidationLoss is null ? row.Metrics : row.ValidationMetrics;
        return metrics.TryGetValue(_metric.Name, out double value) ? value : throw new InvalidOperationException(
            $"'{_metric.Name}' is watched but not measured; add it to the trainer's Metrics.");
    }
}
