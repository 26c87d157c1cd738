namespace DeepLearning;

/// <summary>
/// Lowers the learning rate when the validation loss (or a metric) has stopped improving: after <c>patience</c> epochs without improvement
/// η ← max(f·η, η_min), and the count begins again. Not a <see cref="Schedule"/>, since it depends on how training goes: a callback.
/// <para>Source: S2 "Learning Rate Scheduling", approach 3 (Keras' ReduceLROnPlateau; PyTorch's waits one epoch longer).</para>
/// </summary>
/// <example><code>
/// var model = new Sequential(new Dense(2, 8, new Generator(1)), new Tanh(), new Dense(8, 1, new Generator(2)));
/// var trainer = new Trainer(model, new MeanSquaredError(), new Sgd(model.Parameters, 0.1))
/// {
///     Callbacks = [new ReduceOnPlateau(factor: 0.5, patience: 5)],
/// };
/// </code></example>
public sealed class ReduceOnPlateau : Callback
{
    private readonly BestWatch _watch;
    private readonly double _factor, _minimum;
    private readonly int _patience;

    /// <param name="factor">f, from 0 to below 1; 0.1.</param>
    /// <param name="patience">Epochs in a row without improvement, ≥ 1; 10.</param>
    /// <param name="minimum">η_min ≥ 0; 1e−6.</param>
    /// <param name="minDelta">What counts as an improvement must be larger than this; ≥ 0; 1e−4.</param>
    /// <param name="metric">What is watched; the loss unless given.</param>
    public ReduceOnPlateau(double factor = 0.1, int patience = 10, double minimum = 1e-6, double minDelta = 1e-4, Metric? metric = null)
    {
        if (factor is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, $"factor must be from 0 to below 1, got {factor}.");
        if (patience < 1)
            throw new ArgumentOutOfRangeException(nameof(patience), patience, $"patience must be 1 epoch or more, got {patience}.");
        if (!(minimum >= 0 && double.IsFinite(minimum)))
            throw new ArgumentOutOfRangeException(nameof(minimum), minimum,
                $"minimum must be a finite number of 0 or more, got {minimum}.");
        (_factor, _patience, _minimum, _watch) = (factor, patience, minimum, new BestWatch(metric, minDelta));
    }

    /// <inheritdoc/>
    public override void OnStart(TrainingRun run)
    {
        if (run.Trainer.Schedule is not null)
            throw new InvalidOperationException(
                "A Schedule sets the learning rate at every step, so ReduceOnPlateau would change nothing; use one of the two.");
        _watch.Reset();
    }

    /// <inheritdoc/>
    public override void OnEpoch(TrainingRun run, EpochRow row)
    {
        if (_watch.Improved(row) || _watch.Wait < _patience) return;
        Optimizer optimizer = run.Trainer.Optimizer;
        optimizer.LearningRate = Math.Min(optimizer.LearningRate, Math.Max(_factor * optimizer.LearningRate, _minimum));
        _watch.RestartWait();
    }

    /// <inheritdoc/>
    public override void Save(CallbackMemory memory) => _watch.Save(memory);

    /// <inheritdoc/>
    public override void Restore(TrainingRun run, CallbackMemory memory) => _watch.Restore(memory);
}
