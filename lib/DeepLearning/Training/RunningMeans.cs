namespace DeepLearning;

/// <summary>Means of loss and metrics over the samples of several batches.</summary>
internal sealed class RunningMeans(IReadOnlyList<Metric> metrics, bool lossIsSum)
{
    private readonly double[] _sums = new double[metrics.Count];
    private double _loss;
    private long _samples;

    public double Loss => _loss / _samples;

    public IReadOnlyDictionary<string, double> Metrics =>
        metrics.Select((m, i) => (m.Name, Mean: _sums[i] / _samples)).ToDictionary(m => m.Name, m => m.Mean);

    public void Add(double loss, Tensor prediction, Tensor target)
    {
        int samples = prediction.Rank == 0 ? 1 : prediction.Shape[0];
        _samples += samples;
        _loss += lossIsSum ? loss : loss * samples;
        for (int i = 0; i < _sums.Length; i++) _sums[i] += samples * metrics[i].Measure(prediction, target);
    }
}
