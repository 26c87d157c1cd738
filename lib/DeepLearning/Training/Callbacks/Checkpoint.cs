namespace DeepLearning;

/// <summary>
/// Saves the model in a safetensors file after every epoch in which the validation loss (or a metric) improved. The file is written whole or not at
/// all: whatever happens, it holds the best weights so far. <c>model.Load(path)</c> gets them back.
/// </summary>
/// <param name="path">The file; its folder is made if need be.</param>
/// <param name="metric">What is watched; the loss unless given.</param>
public sealed class Checkpoint(string path, Metric? metric = null) : Callback
{
    private readonly BestWatch _watch = new(metric, minDelta: 0);

    /// <summary>The epoch that was saved last, from 1; 0 before the first.</summary>
    public int BestEpoch => _watch.BestEpoch;

    /// <inheritdoc/>
    public override void OnStart(TrainingRun run) => _watch.Reset();

    /// <inheritdoc/>
    public override void OnEpoch(TrainingRun run, EpochRow row)
    {
        if (_watch.Improved(row)) run.Trainer.Model.Save(path);
    }

    /// <inheritdoc/>
    public override void Save(CallbackMemory memory) => _watch.Save(memory);

    /// <inheritdoc/>
    public override void Restore(TrainingRun run, CallbackMemory memory) => _watch.Restore(memory);
}
