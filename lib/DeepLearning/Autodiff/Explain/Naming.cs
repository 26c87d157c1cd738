using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>Gives every number of the graph its name: those the notes would use where it is a network of neurons, others by operation.</summary>
internal sealed class Naming
{
    private static readonly ConditionalWeakTable<Tensor, string[]> Given = [];

    private readonly ScalarGraph _graph;
    private readonly ExplainNames _names;
    private readonly List<Stage> _stages = [];
    private readonly Dictionary<Operation, Stage> _stageOf = [];
    private readonly HashSet<string> _used = [];
    private int _samples = 1, _firstWeighted, _lastWeighted, _inputs, _targets, _constants;

    // A layer: an operation with weights and what follows number by number, up to the next.
    private sealed class Stage
    {
        public required bool IsLayer { get; init; }

        public List<Operation> Operations { get; } = [];

        public string[] Neurons { get; set; } = [];
    }

    private Naming(ScalarGraph graph, ExplainNames names) => (_graph, _names) = (graph, names);

    public static void Give(Tensor tensor, string[] names) => Given.AddOrUpdate(tensor, names);

    public static bool IsGiven(Tensor tensor) => Given.TryGetValue(tensor, out _);

    public static void Apply(ScalarGraph graph, ExplainNames names)
    {
        Naming naming = new(graph, names);
        naming.FindStages();
        naming.NameData();
        naming.NameNeurons();
        naming.NameParameters();
        naming.NameResults();
        naming.UseGivenNames();
        naming.CheckUnique();
    }

    private void FindStages()
    {
        foreach (Operation operation in _graph.Operations)
        {
            Operation[] parents = [.. _graph[operation.Output].SelectMany(n => n.Sources).Select(e => e.From.Operation).OfType<Operation>().Distinct()];
            bool continues = !IsWeighted(operation) && operation.Name is not ("affine" or "square") && !ReferenceEquals(operation.Output, _graph.Loss) && parents.Length > 0 && _stageOf[parents[0]] is { IsLayer: true } stage
                && parents.All(stage.Operations.Contains) && parents.Contains(stage.Operations[^1]) && !IsGiven(stage.Operations[^1].Output)
                && parents[0].Output.Count == operation.Output.Count && operation.Inputs.All(input => input.RequiresGradient);
            Stage mine = continues ? _stageOf[parents[0]] : new Stage { IsLayer = IsWeighted(operation) };
            if (!continues) _stages.Add(mine);
            mine.Operations.Add(operation);
            _stageOf[operation] = mine;
        }
        _firstWeighted = _graph.Operations.FindIndex(IsWeighted);
        _lastWeighted = _graph.Operations.FindLastIndex(IsWeighted);
        if (_firstWeighted >= 0 && _graph.Operations[_firstWeighted].Output is { Rank: >= 2 } rows) _samples = rows.Shape[0];
    }

    // A net input: a weighted sum of inputs, as one operation or several.
    private bool IsWeighted(Operation operation) =>
        (operation.Name is "linear" or "matmul" || operation.Name.StartsWith("conv", StringComparison.Ordinal)) && operation.Inputs.Any(IsParameter)
        || (operation.Name == "add" && _graph[operation.Output].All(node => node.Formula is Sum sum
            && sum.Terms.OfType<Product>().Any(term => term.Operands.Any(n => n.IsTrainable) && term.Operands.Any(n => !n.IsTrainable))));

    private static bool IsParameter(Tensor tensor) => tensor is Parameter || (tensor.RequiresGradient
        && (tensor.Origin is null || tensor.Origin.Inputs.All(IsParameter)));

    private void NameData()
    {
        foreach (Tensor leaf in _graph.Leaves.Where(t => !t.RequiresGradient))
        {
            int first = FirstUse(leaf), perSample = leaf.Count / Samples(leaf);
            bool late = _lastWeighted < 0 ? ReferenceEquals(_graph.Operations[first].Output, _graph.Loss) : first > _lastWeighted;
            ScalarRole role = leaf is Parameter ? ScalarRole.Constant // a frozen one
                : late ? ScalarRole.Target
                : first <= Math.Max(0, _firstWeighted) ? ScalarRole.Input : ScalarRole.Constant;
            int start = role == ScalarRole.Target ? _targets : role == ScalarRole.Input ? _inputs : _constants;
            foreach (ScalarNode node in _graph[leaf])
            {
                int place = start + node.Element % perSample;
                node.Role = role;
                string name = role switch
                {
                    ScalarRole.Input => Chosen(_names.Inputs, place, $"{_names.Input}{place + 1}"),
                    ScalarRole.Target => Chosen(_names.Targets, place, ""),
                    _ => $"c{place + 1}",
                };
                node.Name = name == "" ? "" : name + Sample(node);
            }
            if (role == ScalarRole.Target) _targets += perSample;
            else if (role == ScalarRole.Input) _inputs += perSample;
            else _constants += perSample;
        }
    }

    private int FirstUse(Tensor leaf) =>
        _graph.Operations.FindIndex(o => o.Inputs.Contains(leaf) || o.Inputs.Any(i => i.Origin is { } origin && !_stageOf.ContainsKey(origin) && Reaches(origin, leaf)));

    private bool Reaches(Operation rearranging, Tensor leaf) => rearranging.Inputs.Any(i =>
        ReferenceEquals(i, leaf) || (i.Origin is { } origin && !_stageOf.ContainsKey(origin) && Reaches(origin, leaf)));

    private void NameNeurons()
    {
        Stage[] layers = [.. _stages.Where(s => s.IsLayer)];
        int number = 0;
        for (int l = 0; l < layers.Length; l++)
        {
            Tensor output = layers[l].Operations[0].Output;
            string letter = l == layers.Length - 1 ? "o" : layers.Length == 2 ? "h" : $"h{l + 1}.";
            layers[l].Neurons = new string[output.Count / Samples(output)];
            for (int n = 0; n < layers[l].Neurons.Length; n++)
            {
                string own = _names.Numbered ? $"{_inputs + number + 1}" : $"{letter}{n + 1}";
                layers[l].Neurons[n] = Chosen(_names.Neurons, number++, own);
            }
        }
        string[] last = layers.Length == 0 ? [] : layers[^1].Neurons;
        foreach (Tensor target in _graph.Leaves.Where(t => !t.RequiresGradient))
        {
            int perSample = target.Count / Samples(target);
            foreach (ScalarNode node in _graph[target].Where(n => n.Role == ScalarRole.Target && n.Name == ""))
            {
                int place = node.Element % perSample;
                node.Name = (perSample == last.Length ? Of("target", last[place]) : perSample == 1 ? "target" : $"target{place + 1}") + Sample(node);
            }
        }
    }

    private void NameResults()
    {
        foreach (Stage stage in _stages)
        {
            for (int k = 0; k < stage.Operations.Count; k++)
            {
                Operation operation = stage.Operations[k];
                ScalarNode[] nodes = _graph[operation.Output];
                string[] names = stage.IsLayer ? [.. nodes.Select(node => InLayer(stage, k, operation.Name, node))] : Suffixed("");
                for (int copy = 2; names.Any(_used.Contains); copy++) names = Suffixed($"{copy}");
                for (int i = 0; i < nodes.Length; i++)
                {
                    nodes[i].Name = names[i];
                    _used.Add(names[i]);
                }

                string[] Suffixed(string copy)
                {
                    string[] suffixes = [.. nodes.Select(node => Suffix(operation, node))];
                    if (suffixes.Distinct().Count() < suffixes.Length) suffixes = [.. nodes.Select(node => $"_{node.Element + 1}")];
                    return [.. suffixes.Select(suffix => operation.Name + copy + suffix)];
                }
            }
        }
        _graph.LossNode.Name = _names.Loss;
    }

    private string InLayer(Stage stage, int k, string operation, ScalarNode node)
    {
        string neuron = stage.Neurons[node.Element % stage.Neurons.Length];
        string name = stage.Operations.Count == 1 ? (_names.Numbered && char.IsDigit(neuron[0]) ? Of("out", neuron) : neuron)
            : Of(k == 0 ? "in" : k == stage.Operations.Count - 1 ? "out" : operation, neuron);
        return name + Sample(node);
    }

    // Such as _o1 where the numbers correspond to neurons, else _3.
    private string Suffix(Operation operation, ScalarNode node)
    {
        Tensor output = operation.Output;
        if (output.Count == 1) return "";
        if (node.Sources is [{ From: { IsTrainable: true } only }] && _graph[output].All(n => n.Sources.Count == 1)) return "_" + only.Name;
        int perSample = output.Count / Samples(output), place = node.Element % perSample;
        Stage? layer = _graph[output].SelectMany(n => n.Sources).Select(e => e.From.Operation).OfType<Operation>()
            .Select(o => _stageOf[o]).FirstOrDefault(s => s.Neurons.Length == perSample);
        if (layer is not null) _stageOf[operation].Neurons = layer.Neurons;
        return "_" + (layer?.Neurons[place] ?? (perSample == 1 ? "s" : $"{place + 1}")) + Sample(node);
    }

    private void NameParameters()
    {
        int weights = 0, biases = 0, order = 0;
        foreach (Operation operation in _graph.Operations)
        foreach (ScalarNode node in _graph[operation.Output])
        foreach (ScalarNode parameter in (node.Formula?.Operands ?? []).Concat(node.Sources.Select(e => e.From)).Where(n => n.IsTrainable && n.Name == ""))
        {
            bool isBias = IsAdded(parameter, node.Formula);
            parameter.Order = order++;
            parameter.Role = isBias ? ScalarRole.Bias : ScalarRole.Weight;
            string to = Neuron(node) ?? "", from = Partner(parameter, node.Formula) is { } partner ? Neuron(partner) ?? Digits(partner.Name) : "";
            bool numbered = _names.Numbered && to != "" && (isBias || from != "");
            string between = from.Length + to.Length > 2 && from.Any(char.IsDigit) && (from.Length > 1 || to.Length > 1) ? "," : "";
            parameter.Name = isBias
                ? Chosen(_names.Biases, biases++, numbered ? $"{_names.Bias}{to}" : $"{_names.Bias}{biases}")
                : Chosen(_names.Weights, weights++, numbered ? $"w{from}{between}{to}" : $"w{weights}");
        }
    }

    private string? Neuron(ScalarNode node) => node.Operation is { } operation && _stageOf[operation].Neurons is { Length: > 0 } neurons
        ? neurons[node.Element % neurons.Length] : null;

    private static bool IsAdded(ScalarNode parameter, Formula? formula) => formula is Sum sum
        && sum.Terms.Any(t => t is Symbol s && s.Node == parameter);

    private static ScalarNode? Partner(ScalarNode parameter, Formula? formula) =>
        (formula is Sum sum ? sum.Terms : formula is null ? [] : [formula])
        .Where(term => term is Product && term.Operands.Contains(parameter))
        .SelectMany(term => term.Operands).FirstOrDefault(node => node != parameter);

    private void UseGivenNames()
    {
        foreach (Tensor tensor in _graph.Tensors)
        {
            if (!Given.TryGetValue(tensor, out string[]? names)) continue;
            ScalarNode[] nodes = _graph[tensor];
            if (names.Length != 1 && names.Length != nodes.Length)
                throw new ArgumentException($"A tensor {tensor.Shape} was given {names.Length} names; give it {nodes.Length}, or one, which is then numbered.");
            for (int i = 0; i < nodes.Length; i++) nodes[i].Name = names.Length == nodes.Length ? names[i] : $"{names[0]}{i + 1}";
        }
    }

    private void CheckUnique()
    {
        int unnamed = 0;
        foreach (ScalarNode node in _graph.Nodes.Where(n => n.Name == "")) node.Name = $"u{++unnamed}";
        var twice = _graph.Nodes.Distinct().GroupBy(n => n.Name).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new ArgumentException($"Two numbers of the network are called {twice.Key}; give them different names with ExplainNames or Named(…).");
    }

    private int Samples(Tensor tensor) => _samples > 1 && tensor is not Parameter && tensor.Rank >= 1 && tensor.Shape[0] == _samples ? _samples : 1;

    private string Sample(ScalarNode node) =>
        Samples(node.Tensor) is var samples and > 1 ? $"[{node.Element / (node.Tensor.Count / samples) + 1}]" : "";

    private static string Of(string prefix, string neuron) => char.IsDigit(neuron[0]) ? prefix + neuron : $"{prefix}_{neuron}";

    private static string Digits(string name) => new([.. name.TakeWhile(c => c != '[').Where(char.IsDigit)]);

    private static string Chosen(IReadOnlyList<string> names, int at, string otherwise) => at < names.Count ? names[at] : otherwise;
}

/// <summary>Names for <see cref="Explain"/>.</summary>
public static class ExplainNaming
{
    /// <summary>Says what a tensor's numbers are called in explanations, whatever computed them; returns the tensor.</summary>
    /// <param name="tensor">Data, a parameter or a result.</param>
    /// <param name="names">One for each number, or one that is then numbered.</param>
    /// <example><code>Tensor z4 = (w8 * z1 + w9 * z2).Named("z4");</code></example>
    public static T Named<T>(this T tensor, params string[] names) where T : Tensor
    {
        if (names.Length == 0) throw new ArgumentException("Named needs at least one name.", nameof(names));
        Naming.Give(tensor, names);
        return tensor;
    }
}
