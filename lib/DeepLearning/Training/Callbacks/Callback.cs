namespace DeepLearning;

/// <summary>Something that happens during training, beside it; override what you need.</summary>
/// <example><code>
/// var model = new Sequential(new Dense(64, 32, new Generator(1)), new Relu(), new Dense(32, 10, new Generator(2)));
/// var trainer = new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters))
/// {
///     Callbacks = [Callback.EachEpoch((run, row) => { if (row.Loss &lt; 0.01) run.Stop("The loss is small enough."); })],
/// };
/// trainer.Fit(new DataLoader(Datasets.Digits(), 32, new Generator(3)), epochs: 20);
/// </code></example>
public abstract class Callback
{
    /// <summary>Before the first epoch.</summary>
    public virtual void OnStart(TrainingRun run) { }

    /// <summary>After every step.</summary>
    /// <param name="run">Where training is.</param>
    /// <param name="loss">Of the batch, before the step.</param>
    public virtual void OnStep(TrainingRun run, double loss) { }

    /// <summary>After every epoch, the model in evaluation mode.</summary>
    public virtual void OnEpoch(TrainingRun run, EpochRow row) { }

    /// <summary>After the last epoch; not when training was cancelled or failed.</summary>
    public virtual void OnEnd(TrainingRun run) { }

    /// <summary>
    /// Writes down what it remembers from epoch to epoch, so that training can resume; see <see cref="Trainer.StateFile"/>.
    /// </summary>
    public virtual void Save(CallbackMemory memory) { }

    /// <summary>Remembers again what <see cref="Save"/> wrote down; called after <see cref="OnStart"/>.</summary>
    public virtual void Restore(TrainingRun run, CallbackMemory memory) { }

    /// <summary>A callback made of one function, called after every epoch.</summary>
    public static Callback EachEpoch(Action<TrainingRun, EpochRow> action) =>
        new Actions(null, action ?? throw new ArgumentNullException(nameof(action)));

    /// <summary>A callback made of one function, called after every step with the loss of its batch.</summary>
    public static Callback EachStep(Action<TrainingRun, double> action) =>
        new Actions(action ?? throw new ArgumentNullException(nameof(action)), null);

    private sealed class Actions(Action<TrainingRun, double>? step, Action<TrainingRun, EpochRow>? epoch) : Callback
    {
        public override void OnStep(TrainingRun run, double loss) => step?.Invoke(run, loss);

        public override void OnEpoch(TrainingRun run, EpochRow row) => epoch?.Invoke(run, row);
    }
}
