namespace DeepLearning;

/// <summary>Mean loss and metrics over several batches.</summary>
internal sealed class RunningMeans(IReadOnlyList<Metric> metrics, bool lossIsSum)
{
    private readonly MetricTotal[] _totals = [.. metrics.Select(m => m.Start())];
    private double _loss, _weight;

    public double Loss => _loss / _weight;

    /// <summary>Whether no batch counted.</summary>
    public bool IsEmpty => _weight == 0;

    public IReadOnlyDictionary<string, double> Metrics =>
        metrics.Select((m, i) => (m.Name, _totals[i].Value)).ToDictionary(m => m.Name, m => m.Value);

    /// <summary>Takes in the loss of a batch, and by how much the batch counts.</summary>
    public void AddLoss(double loss, double weight)
    {
        _loss += lossIsSum ? loss : loss * weight;
        _weight += weight;
    }

    public void AddMetrics(Tensor prediction, Tensor target)
    {
        foreach (MetricTotal total in _totals) total.Add(prediction, target);
    }
}
