namespace DeepLearning;

/// <summary>
/// Saves the model in a safetensors file after every epoch in which the validation loss (or a metric) improved. The file is written whole
/// or not at all: whatever happens, it holds the best weights so far. <c>model.Load(path)</c> gets them back.
/// </summary>
/// <param name="path">The file; its folder is made if need be.</param>
/// <param name="metric">What is watched; the loss unless given.</param>
/// <example><code>
/// var (train, validation) = Datasets.Digits().Split(0.8, new Generator(1));
/// var model = new Sequential(new Dense(64, 32, new Generator(2)), new Relu(), new Dense(32, 10, new Generator(3)));
/// var trainer = new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters))
/// {
///     Callbacks = [new Checkpoint("best.safetensors")],
/// };
/// trainer.Fit(new DataLoader(train, 32, new Generator(4)), epochs: 20, validation);
/// model.Load("best.safetensors");
/// </code></example>
public sealed class Checkpoint(string path, Metric? metric = null) : Callback
{
    private readonly string _path = string.IsNullOrWhiteSpace(path) ? throw new ArgumentException("Checkpoint needs a file to save " +
        "to.", nameof(path)) : path;
    private readonly BestWatch _watch = new(metric, minDelta: 0);

    /// <summary>The epoch that was saved last, from 1; 0 before the first.</summary>
    public int BestEpoch => _watch.BestEpoch;

    /// <inheritdoc/>
    public override void OnStart(TrainingRun run) => _watch.Reset();

    /// <inheritdoc/>
    public override void OnEpoch(TrainingRun run, EpochRow row)
    {
        if (_watch.Improved(row)) run.Trainer.Model.Save(_path);
    }

    /// <inheritdoc/>
    public override void Save(CallbackMemory memory) => _watch.Save(memory);

    /// <inheritdoc/>
    public override void Restore(TrainingRun run, CallbackMemory memory) => _watch.Restore(memory);
}
