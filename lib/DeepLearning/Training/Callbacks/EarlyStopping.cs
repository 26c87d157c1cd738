namespace DeepLearning;

/// <summary>
/// Stops training when the validation loss (or a metric) has not improved for some epochs, and gives the model back the weights (and
/// buffers) it had at its best: after a certain number of epochs a model starts to overfit.
/// <para>Source: Prechelt, "Early Stopping, But When?", 1998; S1 "Early Stopping", S2 "Regularization: Early Stopping", S4.</para>
/// </summary>
/// <example><code>
/// var (train, validation) = Datasets.Digits().Split(0.8, new Generator(1));
/// var model = new Sequential(new Dense(64, 32, new Generator(2)), new Relu(), new Dense(32, 10, new Generator(3)));
/// var trainer = new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters))
/// {
///     Callbacks = [new EarlyStopping(patience: 5)],
/// };
/// trainer.Fit(new DataLoader(train, 32, new Generator(4)), epochs: 100, validation);
/// </code></example>
public sealed class EarlyStopping : Callback
{
    private readonly BestWatch _watch;
    private readonly int _patience;
    private readonly bool _restoreBest;
    private (Tensor Current, Tensor Best)[] _weights = [];

    /// <param name="patience">n, how many epochs in a row without improvement end training; ≥ 1; 10.</param>
    /// <param name="minDelta">What counts as an improvement must be larger than this; ≥ 0; 0.</param>
    /// <param name="restoreBest">Whether the model ends with its best weights rather than its last.</param>
    /// <param name="metric">What is watched; the loss unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="patience"/> or <paramref name="minDelta"/> is out of range.
    /// </exception>
    public EarlyStopping(int patience = 10, double minDelta = 0, bool restoreBest = true, Metric? metric = null)
    {
        if (patience < 1)
            throw new ArgumentOutOfRangeException(nameof(patience), patience, $"patience must be 1 epoch or more, got {patience}.");
        (_patience, _restoreBest, _watch) = (patience, restoreBest, new BestWatch(metric, minDelta));
    }

    /// <summary>The epoch with the best value, from 1; 0 before the first.</summary>
    public int BestEpoch => _watch.BestEpoch;

    /// <inheritdoc/>
    public override void OnStart(TrainingRun run)
    {
        _watch.Reset();
        _weights = [];
    }

    /// <inheritdoc/>
    public override void OnEpoch(TrainingRun run, EpochRow row)
    {
        if (_watch.Improved(row))
        {
            if (_restoreBest) Remember(run.Trainer.Model);
        }
        else if (_watch.Wait >= _patience)
        {
            run.Stop($"{_watch.Name} has not improved for {_patience} epochs; it was best, {_watch.Best:G4}, after epoch " +
                $"{_watch.BestEpoch}.");
        }
    }

    /// <inheritdoc/>
    public override void OnEnd(TrainingRun run)
    {
        foreach ((Tensor current, Tensor best) in _weights) current.Assign(best);
    }

    /// <inheritdoc/>
    public override void Save(CallbackMemory memory)
    {
        _watch.Save(memory);
        for (int i = 0; i < _weights.Length; i++) memory.Tensors[$"best{i}"] = _weights[i].Best;
    }

    /// <inheritdoc/>
    public override void Restore(TrainingRun run, CallbackMemory memory)
    {
        _watch.Restore(memory);
        if (!_restoreBest || memory.Tensors.Count == 0) return;
        Remember(run.Trainer.Model);
        for (int i = 0; i < _weights.Length; i++) _weights[i].Best.Assign(memory.Tensors[$"best{i}"]);
    }

    private void Remember(Layer model)
    {
        if (_weights.Length == 0) _weights = [.. model.NamedState.Select(named => (named.Tensor, named.Tensor.Clone().Keep()))];
        else foreach ((Tensor current, Tensor best) in _weights) best.Assign(current);
    }
}
