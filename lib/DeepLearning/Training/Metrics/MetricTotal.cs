namespace DeepLearning;

/// <summary>
/// A metric under way: takes in batch after batch and gives the value for all of them together, which for many a metric is not the mean
/// over batches.
/// </summary>
/// <example><code>
/// MetricTotal total = Metric.F1().Start();
/// total.Add(Tensor.From([0.9, 0.1, 0.3, 0.7], 2, 2), Tensor.From([0, 1]));
/// total.Add(Tensor.From([0.6, 0.4], 1, 2), Tensor.From([1]));
/// Console.WriteLine(total.Value);
/// </code></example>
public abstract class MetricTotal
{
    /// <summary>Takes in a batch.</summary>
    /// <param name="prediction">What the model says.</param>
    /// <param name="target">What is true.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public void Add(Tensor prediction, Tensor target)
    {
        ArgumentCheck.NotNull(prediction);
        ArgumentCheck.NotNull(target);
        using TensorScope scope = Tensor.Scope();
        using Tensor.RecordingSwitch quiet = Tensor.NoGradient();
        Take(prediction, target.To(prediction.Device));
    }

    /// <summary>The metric over all batches so far.</summary>
    public abstract double Value { get; }

    /// <summary>Takes in a batch; tensors made here are gone afterwards.</summary>
    protected abstract void Take(Tensor prediction, Tensor target);
}

/// <summary>The mean over samples of something measured batch by batch.</summary>
internal sealed class MeanTotal(Func<Tensor, Tensor, double> measure) : MetricTotal
{
    private double _sum;
    private long _samples;

    public override double Value => _sum / _samples;

    protected override void Take(Tensor prediction, Tensor target)
    {
        int samples = prediction.Rank == 0 ? 1 : prediction.Shape[0];
        _samples += samples;
        _sum += samples * measure(prediction, target);
    }
}

/// <summary>Something read off the confusion matrix of all batches.</summary>
internal sealed class ConfusionTotal(Func<ConfusionMatrix, double> read, double threshold) : MetricTotal
{
    private ConfusionMatrix? _matrix;

    public override double Value => _matrix is null ? double.NaN : read(_matrix);

    protected override void Take(Tensor prediction, Tensor target)
    {
        _matrix ??= new ConfusionMatrix(PredictionReader.ClassCount(prediction));
        _matrix.Add(prediction, target, threshold);
    }
}

/// <summary>The area under the curve of all batches' scores.</summary>
internal sealed class RocTotal : MetricTotal
{
    private readonly List<double> _scores = [], _targets = [];

    public override double Value => _scores.Exists(double.IsNaN) ? double.NaN : RocCurve.Of(_scores, _targets).AreaUnderCurve;

    protected override void Take(Tensor prediction, Tensor target)
    {
        _scores.AddRange(PredictionReader.Scores(prediction));
        _targets.AddRange(PredictionReader.Labels(target, prediction));
    }
}

/// <summary>
/// R² of all batches: per output the count, mean and sum of squared distances from it (Chan's way of joining batches), and the squared
/// errors.
/// </summary>
internal sealed class RSquaredTotal : MetricTotal
{
    private double[] _mean = [], _spread = [], _errors = [];
    private long _count;

    // Where the targets do not vary there is nothing to explain: 1 for a prediction without error, else 0.
    public override double Value =>
        _spread.Zip(_errors, (spread, errors) => spread > 0
            ? 1 - errors / spread : errors == 0 ? 1 : 0).DefaultIfEmpty(double.NaN).Average();

    protected override void Take(Tensor prediction, Tensor target)
    {
        if (prediction.Rank == 0) throw new ArgumentException("R² needs a prediction for each sample, [N] or [N, D], got a single number.");
        int n = prediction.Shape[0], outputs = prediction.Count / Math.Max(n, 1);
        double[] said = prediction.ToDoubles(), truth = Metric.Match(target, prediction).ToDoubles();
        if (_count == 0) (_mean, _spread, _errors) = (new double[outputs], new double[outputs], new double[outputs]);
        if (outputs != _mean.Length) throw new ArgumentException($"R² got batches of {_mean.Length} and of {outputs} outputs.");
        for (int j = 0; j < outputs; j++)
        {
            double mean = 0, spread = 0;
            for (int i = 0; i < n; i++) mean += truth[i * outputs + j] / n;
            for (int i = 0; i < n; i++)
            {
                double off = truth[i * outputs + j] - mean, error = truth[i * outputs + j] - said[i * outputs + j];
                spread += off * off;
                _errors[j] += error * error;
            }
            double apart = mean - _mean[j], all = _count + n;
            _spread[j] += spread + apart * apart * _count * n / all;
            _mean[j] += apart * n / all;
        }
        _count += n;
    }
}
