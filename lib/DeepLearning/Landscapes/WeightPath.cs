namespace DeepLearning;

/// <summary>
/// Remembers where the weights were while training walked: put it among <see cref="Trainer.Callbacks"/>, or <see cref="Add"/>
/// points by hand.
/// </summary>
/// <param name="every">Steps between two points, ≥ 1; the start and the end are always kept.</param>
/// <example><code>
/// var path = new WeightPath(every: 10);
/// var model = new Dense(4, 3, new Generator(1));
/// var trainer = new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters))
/// {
///     Callbacks = [path],
/// };
/// trainer.Fit(new DataLoader(Datasets.Iris(), 32, new Generator(2)), epochs: 20);
/// PathPlane plane = path.Project();
/// </code></example>
public sealed class WeightPath(int every = 1) : Callback
{
    private readonly List<WeightVector> _points = [];
    private readonly int _every = every >= 1 ? every
        : throw new ArgumentOutOfRangeException(nameof(every), every, $"Points are 1 step or more apart, got {every}.");
    private int _steps;

    /// <summary>The weights, first to last.</summary>
    public IReadOnlyList<WeightVector> Points => _points;

    /// <summary>Adds the weights a model has now.</summary>
    public void Add(Layer model) => _points.Add(WeightVector.Of(model));

    /// <inheritdoc/>
    public override void OnStart(TrainingRun run)
    {
        if (_points.Count == 0) Add(run.Trainer.Model);
    }

    /// <inheritdoc/>
    public override void OnStep(TrainingRun run, double loss)
    {
        if (++_steps % _every == 0) Add(run.Trainer.Model);
    }

    /// <inheritdoc/>
    public override void OnEnd(TrainingRun run)
    {
        if (_steps % _every != 0) Add(run.Trainer.Model);
    }

    /// <inheritdoc/>
    public override void Save(CallbackMemory memory)
    {
        memory.Numbers["steps"] = _steps;
        for (int i = 0; i < _points.Count; i++) memory.Tensors[$"{i}"] = _points[i].ToTensor();
    }

    /// <inheritdoc/>
    public override void Restore(TrainingRun run, CallbackMemory memory)
    {
        _steps = (int)memory.Numbers["steps"];
        _points.Clear();
        for (int i = 0; i < memory.Tensors.Count; i++) _points.Add(WeightVector.From(memory.Tensors[$"{i}"]));
    }

    /// <summary>
    /// The plane through the end of the path in which most of its movement lies: the two leading principal components of θᵢ − θ_end.
    /// <para>Source: Li et al., "Visualizing the Loss Landscape of Neural Nets", 2018, section 7.</para>
    /// </summary>
    /// <exception cref="InvalidOperationException">Fewer than 3 points, or a path that never leaves its end.</exception>
    public PathPlane Project() => PathPlane.Through(_points);
}
