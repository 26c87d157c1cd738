namespace DeepLearning;

/// <summary>What an optimizer remembers of one parameter's earlier steps, and the rates that hold for it.</summary>
public sealed class ParameterState
{
    private readonly Dictionary<string, Tensor> _memory = [];
    private readonly Dictionary<string, Tensor> _next = [];
    private Fusion? _fusion;

    internal ParameterState(Parameter parameter, IEnumerable<string> names)
    {
        Parameter = parameter;
        foreach (string name in names) _memory[name] = Tensor.Full(0, parameter.Shape, parameter.Device).Keep();
    }

    /// <summary>Whose steps.</summary>
    public Parameter Parameter { get; }

    /// <summary>t, how many steps this parameter has made, the present one included; one without a gradient makes none.</summary>
    public int Steps { get; internal set; }

    /// <summary>η for this parameter in the present step: the optimizer's learning rate times its group's factor.</summary>
    public double LearningRate { get; internal set; }

    /// <summary>λ for this parameter; 0 for a bias unless <see cref="Optimizer.DecayBiases"/>.</summary>
    public double WeightDecay { get; internal set; }

    /// <summary>The names the memory goes by, such as <c>s</c> and <c>r</c>.</summary>
    public IReadOnlyCollection<string> Names => _memory.Keys;

    /// <summary>
    /// One of the memories, of the parameter's shape and on its device; zeros before the first step. In <see cref="Optimizer.Update"/> it
    /// is a value: what was read stays as it was when a new value is written.
    /// </summary>
    /// <exception cref="ArgumentException">The optimizer keeps nothing of that name, or the new value has another shape.</exception>
    public Tensor this[string name]
    {
        get
        {
            Tensor memory = Memory(name);
            if (_fusion is null) return memory;
            return _next.TryGetValue(name, out Tensor? next) ? next : _fusion.Read(memory);
        }
        set
        {
            Tensor memory = Memory(name);
            ArgumentCheck.NotNull(value);
            if (!value.Shape.Equals(memory.Shape))
                throw new ArgumentException($"'{name}' of the parameter '{Parameter.Name}' has shape {memory.Shape}, got {value.Shape}.");
            if (_fusion is null) memory.Assign(value);
            else _next[name] = value;
        }
    }

    private Tensor Memory(string name)
    {
        if (!_memory.TryGetValue(name, out Tensor? memory))
            throw new ArgumentException(
                $"This optimizer keeps no '{name}'; it keeps {(Names.Count == 0 ? "nothing" : string.Join(", ", Names))}.");
        if (memory.Device != Parameter.Device) _memory[name] = memory = memory.To(Parameter.Device).Keep();
        return memory;
    }

    /// <summary>
    /// Makes the step that a formula says: the next w and the new memories are computed from the old ones and take their places together.
    /// </summary>
    internal void Apply(Func<Tensor, Tensor, ParameterState, Tensor> update, double decayInGradient)
    {
        using TensorScope scope = Tensor.Scope();
        using Fusion fusion = new(Parameter.Shape, Parameter.Device);
        _fusion = fusion;
        try
        {
            Tensor w = fusion.Read(Parameter), g = fusion.Read(Parameter.Gradient!);
            Tensor next = update(w, decayInGradient == 0 ? g : g + decayInGradient * w, this);
            if (!next.Shape.Equals(Parameter.Shape))
                throw new InvalidOperationException(
                    $"Update gave a w of shape {next.Shape} for the parameter '{Parameter.Name}' {Parameter.Shape}.");
            var results = new (Tensor, Tensor)[1 + _next.Count];
            results[0] = (Parameter, next);
            int i = 1;
            foreach ((string name, Tensor value) in _next) results[i++] = (_memory[name], value);
            fusion.Write(results);
        }
        finally
        {
            _fusion = null;
            _next.Clear();
        }
    }
}
