namespace DeepLearning;

/// <summary>A scalar graph as a drawing: which numbers share a circle, in which column it stands, and the lines between circles.</summary>
internal sealed class NetworkDrawing
{
    private readonly ScalarGraph _graph;
    private readonly List<Unit> _all = [], _data = [];
    private readonly Dictionary<ScalarNode, Unit> _units = [];

    // A neuron: a number and what is computed from it alone.
    private sealed record Unit(string Name, int Layer, List<ScalarNode> Numbers);

    public NetworkDrawing(ScalarGraph graph)
    {
        _graph = graph;
        FindUnits();
        AddData();
    }

    /// <summary>The numbers that were computed, neuron by neuron.</summary>
    public IEnumerable<ScalarNode> Numbers => _all.SelectMany(unit => unit.Numbers);

    /// <summary>The circles, those of the data first.</summary>
    public IReadOnlyList<NetworkUnit> Units => [.. _data.Concat(_all).Select(Drawn)];

    /// <summary>The lines.</summary>
    public IReadOnlyList<NetworkLink> Links => [.. FindLinks()];

    /// <summary>The column in which a number stands.</summary>
    public int LayerOf(ScalarNode node) => _units[node].Layer;

    /// <summary>The circle in which a number stands; its own name where it has none.</summary>
    public string NameOf(ScalarNode node) => _units.TryGetValue(node, out Unit? unit) ? unit.Name : node.Name;

    // In the order of the notes: a neuron's net input, then its output, then the next neuron.
    private void FindUnits()
    {
        foreach (ScalarNode node in _graph.Operations.SelectMany(o => _graph[o.Output]))
        {
            ScalarNode[] from = [.. node.Sources.Select(e => e.From).Where(n => !n.IsTrainable).Distinct()];
            bool joins = from.Length == 1 && from[0].Users.All(e => e.To == node) && node != _graph.LossNode && _units.ContainsKey(from[0])
                && from[0].Tensor.Count == node.Tensor.Count && node.Sources.All(e => e.From == from[0] || e.From.Role == ScalarRole.Bias)
                && DataOf(node).All(n => n.Role != ScalarRole.Target);
            if (!joins)
            {
                IEnumerable<int> layers = from.Concat(DataOf(node)).Select(n => _units.TryGetValue(n, out Unit? unit) ? unit.Layer : 0);
                int before = layers.DefaultIfEmpty(0).Max();
                _all.Add(new Unit("", 1 + before, []));
            }
            Unit unit = joins ? _units[from[0]] : _all[^1];
            unit.Numbers.Add(node);
            _units[node] = unit;
        }
        for (int i = 0; i < _all.Count; i++)
        {
            Unit named = _all[i] with { Name = NameOf(_all[i].Numbers) };
            foreach (ScalarNode node in named.Numbers) _units[node] = named;
            _all[i] = named;
        }
    }

    // What in_h1 and out_h1 have in common: h1.
    private static string NameOf(List<ScalarNode> numbers)
    {
        string first = numbers[0].Name;
        return numbers.Count > 1 && first.StartsWith("in", StringComparison.Ordinal) ? first[2..].TrimStart('_') : first;
    }

    private static IEnumerable<ScalarNode> DataOf(ScalarNode node) =>
        (node.Formula?.Operands ?? []).Where(n => n.Role is ScalarRole.Input or ScalarRole.Constant or ScalarRole.Target);

    private void AddData()
    {
        int last = _units[_graph.LossNode].Layer;
        foreach (ScalarNode node in _graph.Leaves.Where(t => !t.RequiresGradient).SelectMany(t => _graph[t]))
        {
            Unit unit = new(node.Name, node.Role == ScalarRole.Target ? last - 1 : 0, [node]);
            _units[node] = unit;
            if (node.Role != ScalarRole.Target) _data.Add(unit);
        }
    }

    private static NetworkUnit Drawn(Unit unit) => new(unit.Name, unit.Layer, [.. unit.Numbers.Select(n => (n.Name, n.Value))],
        [.. unit.Numbers.SelectMany(n => n.Sources).Select(e => e.From).Where(n => n.Role == ScalarRole.Bias).Select(n => n.Name)]);

    private IEnumerable<NetworkLink> FindLinks()
    {
        foreach (Unit unit in _all)
        {
            Dictionary<Unit, List<string>> from = [];
            foreach (ScalarNode node in unit.Numbers)
            {
                foreach (ScalarNode source in node.Sources.Select(e => e.From).Concat(DataOf(node)))
                {
                    if (!source.IsTrainable && source.Role != ScalarRole.Target && _units[source] != unit) from.TryAdd(_units[source], []);
                }
                foreach (Product product in ProductsOf(node.Formula))
                {
                    ScalarNode[] operands = [.. product.Operands];
                    ScalarNode? value = operands.FirstOrDefault(n => !n.IsTrainable);
                    if (value is not null && from.TryGetValue(_units[value], out List<string>? weights))
                        weights.AddRange(operands.Where(n => n.IsTrainable).Select(n => n.Name));
                }
            }
            foreach ((Unit source, List<string> weights) in from) yield return new NetworkLink(source.Name, unit.Name, weights);
        }
    }

    private static IEnumerable<Product> ProductsOf(Formula? formula) => formula switch
    {
        Sum sum => sum.Terms.OfType<Product>(),
        Product product => [product],
        _ => [],
    };
}
