namespace DeepLearning;

/// <summary>What a callback writes down for a training that resumes, under names of its choice.</summary>
public sealed class CallbackMemory
{
    /// <summary>Numbers, kept to the last bit.</summary>
    public IDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    /// <summary>Tensors, kept to the last bit.</summary>
    public IDictionary<string, Tensor> Tensors { get; init; } = new Dictionary<string, Tensor>();
}
