namespace DeepLearning;

/// <summary>What an optimizer remembers of one parameter's earlier steps.</summary>
public sealed class ParameterState
{
    private readonly Dictionary<string, Tensor> _memory = [];

    internal ParameterState(Parameter parameter, IEnumerable<string> names)
    {
        Parameter = parameter;
        foreach (string name in names) _memory[name] = Tensor.Full(0, parameter.Shape, parameter.Device).Keep();
    }

    /// <summary>Whose steps.</summary>
    public Parameter Parameter { get; }

    /// <summary>t, how many steps this parameter has made; one without a gradient makes none.</summary>
    public int Steps { get; internal set; }

    /// <summary>The names the memory goes by, such as <c>s</c> and <c>r</c>.</summary>
    public IReadOnlyCollection<string> Names => _memory.Keys;

    /// <summary>One of the memories, of the parameter's shape and on its device; zeros before the first step.</summary>
    /// <exception cref="ArgumentException">The optimizer keeps nothing of that name.</exception>
    public Tensor this[string name]
    {
        get
        {
            if (!_memory.TryGetValue(name, out Tensor? memory))
                throw new ArgumentException(
                    $"This optimizer keeps no '{name}'; it keeps {(Names.Count == 0 ? "nothing" : string.Join(", ", Names))}.");
            if (memory.Device != Parameter.Device) _memory[name] = memory = memory.To(Parameter.Device).Keep();
            return memory;
        }
    }
}
