namespace DeepLearning;

/// <summary>What a callback writes down for a training that resumes, under names of its choice.</summary>
/// <example><code>
/// sealed class StepCounter : Callback
/// {
///     private int _steps;
///
///     public override void OnStep(TrainingRun run, double loss) => _steps++;
///
///     public override void Save(CallbackMemory memory) => memory.Numbers["steps"] = _steps;
///
///     public override void Restore(TrainingRun run, CallbackMemory memory) => _steps = (int)memory.Numbers["steps"];
/// }
/// </code></example>
public sealed class CallbackMemory
{
    /// <summary>Numbers, kept to the last bit.</summary>
    public IDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    /// <summary>Tensors, kept to the last bit.</summary>
    public IDictionary<string, Tensor> Tensors { get; init; } = new Dictionary<string, Tensor>();
}
