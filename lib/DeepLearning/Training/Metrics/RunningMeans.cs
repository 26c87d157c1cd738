namespace DeepLearning;

/// <summary>Mean loss and metrics over the samples of several batches.</summary>
internal sealed class RunningMeans(IReadOnlyList<Metric> metrics, bool lossIsSum)
{
    private readonly MetricTotal[] _totals = [.. metrics.Select(m => m.Start())];
    private double _loss;
    private long _samples;

    public double Loss => _loss / _samples;

    public IReadOnlyDictionary<string, double> Metrics =>
        metrics.Select((m, i) => (m.Name, _totals[i].Value)).ToDictionary(m => m.Name, m => m.Value);

    public void Add(double loss, Tensor prediction, Tensor target)
    {
        int samples = prediction.Rank == 0 ? 1 : prediction.Shape[0];
        _samples += samples;
        _loss += lossIsSum ? loss : loss * samples;
        foreach (MetricTotal total in _totals) total.Add(prediction, target);
    }
}
