using System.Diagnostics;

namespace DeepLearning;

/// <summary>
/// Trains a model: walks through the data in batches, epoch after epoch; for each batch computes the loss and its gradients and lets the
/// optimizer make a step. Keeps a <see cref="History"/>, shows progress, and can be stopped at any step.
/// </summary>
/// <example><code>
/// var (train, validation) = Datasets.Digits().Split(0.8, new Generator(1));
/// var generator = new Generator(2);
/// var model = new Sequential(new Dense(64, 32, generator), new Relu(), new Dense(32, 10, generator));
/// var trainer = new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters))
/// {
///     Metrics = [Metric.Accuracy],
///     Callbacks = [new EarlyStopping(patience: 5)],
/// };
/// History history = trainer.Fit(new DataLoader(train, batchSize: 32, shuffle: new Generator(3)), epochs: 20, validation);
/// </code></example>
public sealed partial class Trainer
{
    private readonly Func<Tensor, Tensor, Tensor> _loss;
    private readonly Loss? _known;
    private readonly Parameter _place;

    /// <param name="model">What is trained; its data is brought to the device of its parameters.</param>
    /// <param name="loss">
    /// What is made small: the mean or the sum of its terms. A batch in which nothing counts, such as one of ignored labels alone, is
    /// passed over.
    /// </param>
    /// <param name="optimizer">Made for the model's parameters, or for some of them: the others stay as they are.</param>
    /// <exception cref="ArgumentException">
    /// The loss is <see cref="Reduction.None"/>, not a single number; or the optimizer has none of the model's parameters.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A layer holds parameters or layers that it does not list; see <see cref="Layer.Borrowed"/>.
    /// </exception>
    public Trainer(Layer model, Loss loss, Optimizer optimizer) : this(model, Known(loss).Forward, optimizer) => _known = loss;

    /// <param name="model">What is trained.</param>
    /// <param name="loss">From prediction and target to a single number, the mean over the batch; may add penalties.</param>
    /// <param name="optimizer">Made for the model's parameters, or for some of them: the others stay as they are.</param>
    /// <exception cref="ArgumentException">The optimizer has none of the model's parameters.</exception>
    /// <exception cref="InvalidOperationException">
    /// A layer holds parameters or layers that it does not list; see <see cref="Layer.Borrowed"/>.
    /// </exception>
    public Trainer(Layer model, Func<Tensor, Tensor, Tensor> loss, Optimizer optimizer)
    {
        ArgumentCheck.NotNull(model);
        ArgumentCheck.NotNull(loss);
        ArgumentCheck.NotNull(optimizer);
        model.CheckListing();
        HashSet<Parameter> own = [.. model.Parameters];
        if (!optimizer.Parameters.Any(own.Contains))
            throw new ArgumentException(own.Count == 0
                ? "The model has no parameters, so there is nothing to train."
                : $"The {optimizer.GetType().Name} has none of the model's {own.Count} parameters, so training would change nothing of " +
                    "the model; make it " +
                    $"with new {optimizer.GetType().Name}(model.Parameters).");
        (Model, _loss, Optimizer, _place) = (model, loss, optimizer, model.Parameters.First());
    }

    private static Loss Known(Loss loss)
    {
        ArgumentCheck.NotNull(loss);
        return loss.Reduction != Reduction.None ? loss
            : throw new ArgumentException($"Training needs a loss that is a single number; give {loss.Name} Reduction.Mean or " +
                "Reduction.Sum.");
    }

    /// <summary>What is trained.</summary>
    public Layer Model { get; }

    /// <summary>What makes the steps.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>What is measured beside the loss, each under a name of its own.</summary>
    public IReadOnlyList<Metric> Metrics
    {
        get;
        init => field = Given(value, nameof(Metrics)).DistinctBy(m => m.Name).Count() == value.Count ? value
            : throw new ArgumentException($"Each metric needs a name of its own, got {string.Join(", ", value.Select(m => m.Name))}.");
    } = [];

    /// <summary>The learning rate by the optimizer's step count; null leaves it to the optimizer.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>
    /// What keeps weights small: gradients added before clipping, corrections after the step. Losses reported are those of the data alone.
    /// </summary>
    public IReadOnlyList<Penalty> Penalties { get; init => field = Given(value, nameof(Penalties)); } = [];

    /// <summary>ν of <see cref="GradientClip.ByNorm"/>; null does not clip.</summary>
    public double? ClipNorm { get; init => field = value is { } v ? ArgumentCheck.AboveZero(v, nameof(ClipNorm)) : null; }

    /// <summary>ν of <see cref="GradientClip.ByValue"/>; null does not clip.</summary>
    public double? ClipValue { get; init => field = value is { } v ? ArgumentCheck.AboveZero(v, nameof(ClipValue)) : null; }

    /// <summary>What else happens, in this order.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init => field = Given(value, nameof(Callbacks)); } = [];

    /// <summary>
    /// A file in which everything that training needs is kept after each epoch. If it is there when
    /// <see cref="Fit(DataLoader, int, Dataset, CancellationToken)"/> begins, training goes on from it and comes, on the same machine, to
    /// the same numbers bit for bit as if it had never stopped: run the same code again. Delete the file to begin anew; null keeps nothing.
    /// </summary>
    public string? StateFile { get; init; }

    /// <summary>
    /// Generators that training uses and that neither the model nor the loader knows of; their positions belong to the state too.
    /// </summary>
    public IReadOnlyList<Generator> Generators { get; init => field = Given(value, nameof(Generators)); } = [];

    /// <summary>Who is told how it goes; a <see cref="ConsoleProgress"/> unless set, null for nobody.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; } = new ConsoleProgress();

    /// <summary>The last or present training, also when it was cancelled or failed.</summary>
    public History History { get; private set; } = new();

    private static IReadOnlyList<T> Given<T>(IReadOnlyList<T> value, string name)
    {
        ArgumentCheck.NotNull(value, name);
        return value.All(item => item is not null) ? value
            : throw new ArgumentNullException(name, $"{name} has an entry that is null; leave it out.");
    }

    private bool LossIsSum => _known?.Reduction == Reduction.Sum;

    private Device ModelDevice => _place.Device;

    /// <summary>Trains on all samples of a tensor; see the other overload.</summary>
    /// <param name="x">[N, …]</param>
    /// <param name="y">[N, …]</param>
    /// <param name="epochs">How often all samples are gone through, ≥ 1.</param>
    /// <param name="batchSize">Samples in a batch; all of them (batch gradient descent) unless given.</param>
    /// <param name="shuffle">Draws the order of each epoch; null keeps the order given.</param>
    /// <param name="cancellation">Stops training between two steps.</param>
    public History Fit(Tensor x, Tensor y, int epochs, int? batchSize = null, Generator? shuffle = null,
        CancellationToken cancellation = default)
    {
        ArgumentCheck.NotNull(x);
        ArgumentCheck.NotNull(y);
        Dataset data = new(x, y);
        return Fit(new DataLoader(data, batchSize ?? data.Count, shuffle), epochs, null, cancellation);
    }

    /// <summary>Trains; called again, it continues. The model is left in evaluation mode.</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="epochs">How often all samples are gone through, ≥ 1.</param>
    /// <param name="validation">What to measure on after each epoch.</param>
    /// <param name="cancellation">Stops training between two steps, as does <see cref="Interruption"/>; weights and optimizer then are as
    /// that step left them.</param>
    /// <exception cref="ArgumentException">Nothing in any batch of an epoch counts, since all labels are ignored.</exception>
    /// <exception cref="DivergenceException">The loss is not a finite number; it says since when.</exception>
    /// <exception cref="OperationCanceledException">Training was stopped.</exception>
    /// <exception cref="InvalidDataException">The <see cref="StateFile"/> is damaged.</exception>
    /// <exception cref="InvalidOperationException">
    /// The <see cref="StateFile"/> is of another training, or the model computes with parameters that it does not list.
    /// </exception>
    public History Fit(DataLoader train, int epochs, Dataset? validation = null, CancellationToken cancellation = default)
    {
        ArgumentCheck.NotNull(train);
        if (epochs < 1) throw new ArgumentOutOfRangeException(nameof(epochs), epochs, $"Training takes 1 epoch or more, got {epochs}.");
        Model.CheckListing();
        History = new History();
        TrainingRun run = new(this, History, epochs, train.Count, validation is not null);
        try
        {
            foreach (Callback callback in Callbacks) callback.OnStart(run);
            if (File.Exists(StateFile)) TrainingState.Restore(StateFile, run, train);
            while (run.Epoch < epochs && History.StopReason is null)
            {
                run.Epoch++;
                EpochRow row = RunEpoch(run, train, validation, cancellation);
                History.Add(row);
                foreach (Callback callback in Callbacks) callback.OnEpoch(run, row);
                if (StateFile is not null) TrainingState.Save(StateFile, run, train);
                Report(run, row.Loss, row);
            }
            foreach (Callback callback in Callbacks) callback.OnEnd(run);
        }
        finally
        {
            Model.EvaluationMode();
            TrainingProgress end = new(run.Epoch, epochs, run.Step, run.StepsPerEpoch, double.NaN);
            Progress?.Report(end with { HasEnded = true, StopReason = History.StopReason });
        }
        return History;
    }

    private EpochRow RunEpoch(TrainingRun run, DataLoader train, Dataset? validation, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        RunningMeans means = new(Metrics, LossIsSum);
        double norm = double.NaN;
        run.Step = 0;
        Model.TrainingMode();
        foreach (Func<(Tensor X, Tensor Y)> batch in train.Batches())
        {
            Interruption.Check(cancellation);
            run.Step++;
            using (Tensor.Scope())
            {
                if (RunStep(run, batch(), means, ref norm) is not { } loss) continue;
                History.AddStep(loss);
                foreach (Callback callback in Callbacks) callback.OnStep(run, loss);
            }
            Report(run, means.Loss, null);
        }
        // If the last batch was passed over, the gradients are still those of the last step.
        if (double.IsNaN(norm)) norm = GradientClip.Norm(Optimizer.Parameters);
        if (means.IsEmpty)
            throw new ArgumentException($"Nothing in the {run.StepsPerEpoch} batches of epoch {run.Epoch} counts, since all labels are " +
                "ignored or of weight 0; " +
                "check the labels against the loss's ignoreLabel and classWeights.");
        Model.EvaluationMode();
        Evaluation? measured = validation is null ? null : Evaluate(validation, cancellation: cancellation);
        return new EpochRow(run.Epoch, means.Loss, measured?.Loss, means.Metrics, measured?.Metrics ?? new Dictionary<string, double>(),
            Optimizer.LearningRate, norm, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    // The loss of the batch, before the step; null if nothing in it counts, and then nothing happens.
    private double? RunStep(TrainingRun run, (Tensor X, Tensor Y) batch, RunningMeans means, ref double norm)
    {
        Tensor x = batch.X.To(ModelDevice), y = batch.Y.To(ModelDevice);
        if (_known?.PassesOver(y) == true) return null;
        Tensor prediction = Model.Forward(x), loss = LossOf(prediction, y, out double weight);
        if (!run.HasStepped) UnlistedParameters.Check(Model, prediction, run.Parameters);
        run.HasStepped = true;
        foreach (Parameter p in run.Parameters) p.ClearGradient();
        loss.Backward();
        double value = loss.ToDouble();
        if (!double.IsFinite(value))
            throw new DivergenceException(run.Epoch, run.Step,
                $"the loss is {(double.IsNaN(value) ? "not a number (NaN)" : "infinite")}; {NonFiniteOrigin.Find(Model, x, y)}; " +
                "lower the learning rate, clip the gradient (ClipNorm), scale the data, or compute the loss from logits.");
        if (Schedule is not null) Optimizer.LearningRate = Schedule.Rate(Optimizer.StepCount);
        foreach (Penalty penalty in Penalties) penalty.AddGradients(Optimizer.Parameters);
        ClipGradients(run, ref norm);
        Optimizer.Step();
        foreach (Penalty penalty in Penalties) penalty.AfterStep(Optimizer);
        means.AddLoss(value, weight);
        means.AddMetrics(prediction, y);
        return value;
    }

    // The loss of a batch, and by how much its batch counts in a mean over several: its samples, unless the loss weighs them.
    private Tensor LossOf(Tensor prediction, Tensor target, out double weight)
    {
        weight = prediction.Rank == 0 ? 1 : prediction.Shape[0];
        if (_known is null) return _loss(prediction, target);
        Tensor loss = _known.Forward(prediction, target, out double weights);
        if (!LossIsSum) weight = weights;
        return loss;
    }

    private void ClipGradients(TrainingRun run, ref double norm)
    {
        try
        {
            if (ClipNorm is { } threshold) norm = GradientClip.ByNorm(Optimizer.Parameters, threshold);
            else if (run.Step == run.StepsPerEpoch) norm = GradientClip.Norm(Optimizer.Parameters);
        }
        catch (ArithmeticException e)
        {
            throw new DivergenceException(run.Epoch, run.Step, e.Message);
        }
        if (ClipValue is { } limit) GradientClip.ByValue(Optimizer.Parameters, limit);
    }

    private void Report(TrainingRun run, double loss, EpochRow? row) =>
        Progress?.Report(new TrainingProgress(run.Epoch, run.Epochs, run.Step, run.StepsPerEpoch, loss) { Row = row });
}
