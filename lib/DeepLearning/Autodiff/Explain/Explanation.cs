namespace DeepLearning;

/// <summary>
/// An account of one forward and one backward pass, as data; see <see cref="Explain"/>. It prints itself: <see cref="ToText()"/>,
/// <see cref="ToTable"/>, <see cref="ToLatex()"/>; <c>ExplanationDiagram</c> of the plotting library draws it.
/// </summary>
public sealed partial class Explanation
{
    private readonly Dictionary<string, ExplainedParameter> _byName = [];
    private readonly IReadOnlyList<ExplainedParameter> _parameters = [];

    internal Explanation() { }

    /// <summary>What the loss is called.</summary>
    public required string LossName { get; init; }

    /// <summary>The loss.</summary>
    public required double Loss { get; init; }

    /// <summary>α.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Digits after the point in everything that is printed.</summary>
    public required int Digits { get; init; }

    /// <summary>The forward pass, in order.</summary>
    public required IReadOnlyList<ForwardStep> Forward { get; init; }

    /// <summary>The parameters in the order in which gradients are found: the last layer first.</summary>
    public required IReadOnlyList<ExplainedParameter> Backward { get; init; }

    /// <summary>The parameters in the order of the network.</summary>
    public required IReadOnlyList<ExplainedParameter> Parameters
    {
        get => _parameters;
        init
        {
            _parameters = value;
            foreach (ExplainedParameter parameter in value) _byName.Add(parameter.Name, parameter);
        }
    }

    /// <summary>Every number by name: data, parameters, results.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>The circles of a drawing.</summary>
    public required IReadOnlyList<NetworkUnit> Units { get; init; }

    /// <summary>The lines of a drawing.</summary>
    public required IReadOnlyList<NetworkLink> Links { get; init; }

    /// <summary>All local derivatives that occur, each once, in the order in which the backward pass meets them.</summary>
    public IReadOnlyList<LocalDerivative> Derivatives => [.. Backward.SelectMany(p => p.Paths).SelectMany(p => p.Factors).Distinct()];

    /// <summary>One number, such as <c>Value("in_h1")</c>.</summary>
    /// <exception cref="ArgumentException">Nothing has this name.</exception>
    public double Value(string name) => Values.TryGetValue(name, out double value) ? value : throw Unknown(name, Values.Keys);

    /// <summary>One parameter with its paths, gradient and update.</summary>
    /// <exception cref="ArgumentException">No parameter has this name.</exception>
    public ExplainedParameter Parameter(string name) =>
        _byName.TryGetValue(name, out ExplainedParameter? found) ? found : throw Unknown(name, _byName.Keys);

    /// <summary>∂E/∂w.</summary>
    /// <inheritdoc cref="Parameter" path="/exception"/>
    public double Gradient(string name) => Parameter(name).Gradient;

    /// <summary>w' = w − α·∂E/∂w.</summary>
    /// <inheritdoc cref="Parameter" path="/exception"/>
    public double Updated(string name) => Parameter(name).Updated;

    /// <summary>All ways from the loss back to w.</summary>
    /// <inheritdoc cref="Parameter" path="/exception"/>
    public IReadOnlyList<GradientPath> Paths(string name) => Parameter(name).Paths;

    /// <summary>How fast a number changes with one it is computed from directly, such as <c>Derivative("out_o1", "in_o1")</c>.</summary>
    /// <exception cref="ArgumentException">No path of a gradient uses it.</exception>
    public LocalDerivative Derivative(string of, string with) => Derivatives.FirstOrDefault(d => d.Of == of && d.With == with)
        ?? throw new ArgumentException(
            $"No gradient uses ∂{of}/∂{with}; there are {string.Join(", ", Derivatives.Take(12).Select(d => d.Symbol))}, …");

    /// <summary>A row for every parameter: value, gradient, updated value, number of paths.</summary>
    public IReadOnlyList<ExplanationRow> ToTable() =>
        [.. Parameters.Select(p => new ExplanationRow(p.Name, p.Value, p.Gradient, p.Updated, p.Paths.Count))];

    /// <summary>A row for every number of the forward pass: how it is computed, and its value.</summary>
    public IReadOnlyList<ForwardRow> ToForwardTable() =>
        [.. Forward.Select(s => new ForwardRow(s.Name, s.Text[(s.Name.Length + 3)..], s.Value))];

    private static ArgumentException Unknown(string name, IEnumerable<string> known) =>
        new($"The explanation has no {name}; it has {string.Join(", ", known)}.");
}
