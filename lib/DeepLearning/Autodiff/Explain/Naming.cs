using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>
/// Gives every number of the graph its name: those the notes would use where it is a network of neurons, others by operation.
/// </summary>
internal sealed class Naming
{
    private static readonly ConditionalWeakTable<Tensor, string[]> s_given = [];

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

    public static void Give(Tensor tensor, string[] names) => s_given.AddOrUpdate(tensor, names);

    public static bool IsGiven(Tensor tensor) => s_given.TryGetValue(tensor, out _);

    public static void Apply(ScalarGraph graph, ExplainNames names)
    {
        Naming naming = new(graph, names);
        naming.FindStages();
        naming.NameData();
        naming.NameNeurons();
        naming.NameParameters();
        naming.NameResults();
        naming.UseGivenNames();
        naming.NameParts();
        naming.CheckUnique();
    }

    private void FindStages()
    {
        foreach (Operation operation in _graph.Operations)
        {
            Operation[] parents =
                [.. _graph[operation.Output].SelectMany(n => n.Sources).Select(e => e.From.Operation).OfType<Operation>().Distinct()];
            bool continues = !IsWeighted(operation) && operation.LibraryState is not MapState { Op: UnaryOp.Affine or UnaryOp.Square }
                && !ReferenceEquals(operation.Output, _graph.Loss) && parents.Length > 0 && _stageOf[parents[0]] is { IsLayer: true } stage
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
        (operation.LibraryState is LinearState or MatMulState or ConvolutionState or TransposedConvolutionState
            && operation.Inputs.Any(IsParameter))
        || (operation.LibraryState is CombineState { Op: BinaryOp.Add } && _graph[operation.Output].All(node => node.Formula is Sum sum
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
                : first <= Math.Max(0, _firstWeighted) || IsWeighted(_graph.Operations[first]) ? ScalarRole.Input : ScalarRole.Constant;
            int start = role == ScalarRole.Target ? _targets : role == ScalarRole.Input ? _inputs : _constants;
            foreach (ScalarNode node in _graph[leaf])
            {
                int place = start + node.Element % perSample;
                node.Role = role;
                string name = role switch
                {
                    ScalarRole.Input => Chosen(_names.Inputs, place, _names.Input + (start == 0 ? Position(leaf, place) : $"{place + 1}")),
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

    // The first operation whose formula mentions it; of operations without formulas, the first that is computed from it.
    private int FirstUse(Tensor leaf)
    {
        int first = _graph.Operations.FindIndex(o =>
            _graph[o.Output].Any(n => n.Formula is { } formula && formula.Operands.Any(x => ReferenceEquals(x.Tensor, leaf))));
        return first >= 0 ? first : _graph.Operations.FindIndex(o => o.Inputs.Contains(leaf)
            || o.Inputs.Any(i => i.Origin is { } origin && !_stageOf.ContainsKey(origin) && Reaches(origin, leaf)));
    }

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
                string own = _names.Numbered ? $"{_inputs + number + 1}" : letter + Position(output, n);
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
                string name = perSample == last.Length ? Of("target", last[place]) : perSample == 1 ? "target" : $"target{place + 1}";
                node.Name = name + Sample(node);
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
        return "_" + (layer?.Neurons[place] ?? (perSample == 1 ? "s" : Position(output, place))) + Sample(node);
    }

    private void NameParameters()
    {
        int weights = 0, biases = 0, gains = 0, shifts = 0, order = 0;
        foreach (Operation operation in _graph.Operations)
        foreach (ScalarNode node in _graph[operation.Output])
        foreach (ScalarNode parameter in (node.Formula?.Operands ?? []).Concat(node.Sources.Select(e => e.From)))
        {
            if (!parameter.IsTrainable || parameter.Name != "") continue;
            parameter.Order = order++;
            bool normalizes = operation.LibraryState is BatchNormState or GroupNormState && operation.Inputs.Count > 1;
            bool isGain = normalizes && _graph[operation[1]].Contains(parameter);
            bool isShift = normalizes && _graph[operation[2]].Contains(parameter);
            bool isBias = isShift || IsAdded(parameter, node.Formula);
            parameter.Role = isBias ? ScalarRole.Bias : ScalarRole.Weight;
            string to = Neuron(node) ?? "";
            string from = Partner(parameter, node.Formula) is { } partner ? Neuron(partner) ?? Digits(partner.Name) : "";
            bool numbered = _names.Numbered && to != "" && (isBias || from != "");
            string between = from.Length + to.Length > 2 && from.Any(char.IsDigit) && (from.Length > 1 || to.Length > 1) ? "," : "";
            parameter.Name = isGain ? $"γ{++gains}" : isShift ? $"β{++shifts}"
                : isBias ? Chosen(_names.Biases, biases++, numbered ? $"{_names.Bias}{to}" : $"{_names.Bias}{biases}")
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
            if (!s_given.TryGetValue(tensor, out string[]? names)) continue;
            ScalarNode[] nodes = _graph[tensor];
            if (names.Length != 1 && names.Length != nodes.Length)
                throw new ArgumentException(
                    $"A tensor {tensor.Shape} was given {names.Length} names; give it {nodes.Length}, or one, which is then numbered.");
            for (int i = 0; i < nodes.Length; i++) nodes[i].Name = names.Length == nodes.Length ? names[i] : $"{names[0]}{i + 1}";
        }
    }

    // mean, or mean_2 of several, or p_o1: that of a number.
    private void NameParts()
    {
        foreach (IGrouping<(Operation Of, string Stem), (Operation Of, FormulaPart Part, object Which)> parts in _graph.Parts.GroupBy(
            p => (p.Of, p.Part.Stem)))
        {
            (int Number, FormulaPart Part, ScalarNode? Of)[] all = [.. parts.Select((p, i) => (i + 1, p.Part, p.Which as ScalarNode))];
            string copy = "";
            for (int i = 2; all.Any(p => _used.Contains(Name(p))); i++) copy = $"{i}";
            foreach ((int Number, FormulaPart Part, ScalarNode? Of) part in all)
            {
                part.Part.Name = Name(part);
                _used.Add(part.Part.Name);
            }

            string Name((int Number, FormulaPart Part, ScalarNode? Of) p) =>
                p.Part.Stem + copy + (p.Of is not null ? $"_{p.Of.Name}" : all.Length > 1 ? $"_{p.Number}" : "");
        }
    }

    private void CheckUnique()
    {
        int unnamed = 0;
        foreach (ScalarNode node in _graph.Nodes.Where(n => n.Name == "")) node.Name = $"u{++unnamed}";
        IGrouping<string, ScalarNode>? twice = _graph.Nodes.Distinct().GroupBy(n => n.Name).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new ArgumentException(
                $"Two numbers of the network are called {twice.Key}; give them different names with ExplainNames or Named(…).");
    }

    private int Samples(Tensor tensor) =>
        _samples > 1 && tensor is not Parameter && tensor.Rank >= 1 && tensor.Shape[0] == _samples ? _samples : 1;

    private string Sample(ScalarNode node) =>
        Samples(node.Tensor) is var samples and > 1 ? $"[{node.Element / (node.Tensor.Count / samples) + 1}]" : "";

    // Of an image channel, row and column, without those of which there is only one; of anything else the number.
    private static string Position(Tensor tensor, int place)
    {
        if (tensor.Rank != 4) return $"{place + 1}";
        int height = tensor.Shape[2], width = tensor.Shape[3];
        (int Of, int At)[] axes = [(tensor.Shape[1], place / (height * width)), (height, place / width % height), (width, place % width)];
        string[] named = [.. axes.Where(axis => axis.Of > 1).Select(axis => $"{axis.At + 1}")];
        return named.Length == 0 ? "1" : string.Join(",", named);
    }

    private static string Of(string prefix, string neuron) => char.IsDigit(neuron[0]) ? prefix + neuron : $"{prefix}_{neuron}";

    private static string Digits(string name) => new([.. name.TakeWhile(c => c != '[').Where(char.IsDigit)]);

    private static string Chosen(IReadOnlyList<string> names, int at, string otherwise) => at < names.Count ? names[at] : otherwise;
}
