namespace DeepLearning;

/// <summary>Turns a named scalar graph into the lines of an explanation.</summary>
internal sealed class ExplanationBuilder(ScalarGraph graph, ExplainOptions options)
{
    private readonly NumberFormat _format = new(options.Digits);
    private readonly Dictionary<ScalarEdge, LocalDerivative> _derivatives = [];
    private readonly Dictionary<ScalarNode, Unit> _units = [];

    // A neuron as drawn: a number and what is computed from it alone.
    private sealed record Unit(string Name, int Layer, List<ScalarNode> Numbers);

    public Explanation Build()
    {
        foreach (ScalarNode node in graph.Nodes.Where(n => !double.IsFinite(n.Value)))
            throw new InvalidOperationException($"{node.Name} is {node.Value}, so there is nothing to explain; look for a logarithm of 0, a division by 0, or weights that have grown too large.");
        foreach (ScalarEdge edge in graph.Nodes.SelectMany(n => n.Sources).Where(e => !double.IsFinite(e.Slope)))
            throw new InvalidOperationException($"∂{edge.To.Name}/∂{edge.From.Name} is {edge.Slope} at {edge.From.Name} = {edge.From.Value}, so no gradient can be explained; move {edge.From.Name} away from there.");
        List<Unit> units = FindUnits();
        ForwardStep[] forward = [.. units.SelectMany(u => u.Numbers).SelectMany(ForwardOf)];
        ScalarNode[] parameters = [.. graph.Nodes.Where(n => n.IsTrainable).Distinct().OrderBy(n => n.Order)];
        Dictionary<ScalarNode, double> backpropagated = Backpropagated();
        ExplainedParameter[] explained = [.. parameters.Select(p => Explained(p, backpropagated[p]))];
        Dictionary<string, int> layers = parameters.ToDictionary(p => p.Name, p => p.Users.Select(e => _units[e.To].Layer).DefaultIfEmpty(0).Min());
        return new Explanation
        {
            LossName = graph.LossNode.Name,
            Loss = graph.LossNode.Value,
            LearningRate = options.LearningRate,
            Digits = options.Digits,
            Forward = forward,
            Backward = [.. explained.OrderByDescending(p => layers[p.Name]).ThenBy(p => p.IsBias)],
            Parameters = [.. explained.OrderBy(p => layers[p.Name]).ThenBy(p => p.IsBias)],
            Values = graph.Nodes.Select(n => (n.Name, n.Value)).Concat(forward.Select(s => (s.Name, s.Value))).DistinctBy(v => v.Name).ToDictionary(),
            Units = [.. DataUnits().Concat(units).Select(Drawn)],
            Links = [.. Links(units)],
        };
    }

    private IEnumerable<ForwardStep> ForwardOf(ScalarNode node)
    {
        string operation = node.Operation!.Name;
        Formula? formula = node.Formula;
        List<string> termNames = [];
        if (node == graph.LossNode && TermsOf(formula) is { Count: > 1 } terms)
        {
            foreach (Formula term in terms)
            {
                termNames.Add($"{node.Name}_{TermName(term)}");
                yield return Step(termNames[^1], operation, term.Value, term.ToText(Names), term.ToText(Numbers), Latex(term, false), Latex(term, true));
            }
            Formula values = new Sum([.. terms.Select(t => (Formula)t.Value)]);
            yield return Step(node.Name, operation, node.Value, string.Join(" + ", termNames), values.ToText(Numbers),
                string.Join(" + ", termNames.Select(SymbolLatex.Of)), Latex(values, true));
            yield break;
        }
        string[] from = [.. node.Sources.Select(e => e.From.Name)];
        yield return formula is null
            ? Step(node.Name, operation, node.Value, $"{operation}({string.Join(", ", from)})", "",
                $"\\operatorname{{{operation}}}\\left({string.Join(", ", from.Select(SymbolLatex.Of))}\\right)", "")
            : Step(node.Name, operation, node.Value, formula.ToText(Names), formula.ToText(Numbers), Latex(formula, false), Latex(formula, true));
    }

    private ForwardStep Step(string name, string operation, double value, string names, string numbers, string latexNames, string latexNumbers) =>
        new(name, operation, value, Line(name, names, numbers, value, latex: false), Line(SymbolLatex.Of(name), latexNames, latexNumbers, value, latex: true));

    // ½((a)² + (b)²) is ½(a)² and ½(b)².
    private static IReadOnlyList<Formula> TermsOf(Formula? formula) => formula switch
    {
        Sum sum when sum.Terms.Any(t => t is not Symbol) => sum.Terms,
        Product { Factors: [var scale, Sum sum] } when !scale.Operands.Any() => [.. sum.Terms.Select(t => scale * t)],
        _ => [],
    };

    private string TermName(Formula term)
    {
        ScalarNode? output = term.Operands.FirstOrDefault(n => n.Operation is not null);
        return output is null ? term.Operands.First().Name : _units.TryGetValue(output, out Unit? unit) ? unit.Name : output.Name;
    }

    private string Line(string left, string names, string numbers, double value, bool latex)
    {
        string result = _format.Write(value, latex);
        string[] parts = [left, names, numbers == names ? "" : numbers, numbers == result || names == result ? "" : result];
        return string.Join(" = ", parts.Where(p => p != ""));
    }

    private FormulaStyle Names => new(false, false, _format);

    private FormulaStyle Numbers => new(true, false, _format);

    private string Latex(Formula formula, bool numbers) => formula.ToText(new FormulaStyle(numbers, true, _format));

    private LocalDerivative DerivativeOf(ScalarEdge edge)
    {
        if (_derivatives.TryGetValue(edge, out LocalDerivative? known)) return known;
        var (formula, remark) = Formulas.SlopeOf(graph, edge);
        string left = $"∂{edge.To.Name}/∂{edge.From.Name}", leftLatex = SymbolLatex.Derivative(edge.To.Name, edge.From.Name);
        LocalDerivative derivative = new(edge.To.Name, edge.From.Name, edge.Slope,
            Line(left, formula?.ToText(Names) ?? "", formula?.ToText(Numbers) ?? "", edge.Slope, latex: false) + remark,
            Line(leftLatex, formula is null ? "" : Latex(formula, false), formula is null ? "" : Latex(formula, true), edge.Slope, latex: true));
        return _derivatives[edge] = derivative;
    }

    private ExplainedParameter Explained(ScalarNode parameter, double backpropagated)
    {
        List<GradientPath> paths = [];
        Stack<ScalarEdge> chain = new();
        Follow(parameter);
        double gradient = paths.Sum(p => p.Product);
        if (!Formulas.Agree(gradient, backpropagated, graph.Loss.Device))
            throw new InvalidOperationException(
                $"The paths from {parameter.Name} sum to {gradient}, backpropagation gives {backpropagated}; the derivative of one of the operations is not linear in the gradient it receives.");
        return new ExplainedParameter(parameter.Name, parameter.Role == ScalarRole.Bias, parameter.Value, gradient,
            parameter.Value - options.LearningRate * gradient, paths);

        void Follow(ScalarNode node)
        {
            if (node == graph.LossNode)
            {
                if (paths.Count == options.MaxPaths)
                    throw new InvalidOperationException(
                        $"{parameter.Name} reaches {graph.LossNode.Name} by more than {options.MaxPaths} paths; take a smaller network or fewer samples, or raise ExplainOptions.MaxPaths.");
                paths.Add(PathOf(chain));
                return;
            }
            foreach (ScalarEdge edge in node.Users)
            {
                chain.Push(edge);
                Follow(edge.To);
                chain.Pop();
            }
        }
    }

    private GradientPath PathOf(Stack<ScalarEdge> chain)
    {
        string[] through = [.. chain.Reverse().Select(edge => edge.To).Where(n => n != graph.LossNode).Select(n => _units[n].Name).Distinct()];
        return new GradientPath([.. chain.Select(DerivativeOf)], through, chain.Aggregate(1.0, (product, edge) => product * edge.Slope));
    }

    private Dictionary<ScalarNode, double> Backpropagated()
    {
        Tensor[] leaves = [.. graph.Leaves.Where(t => t.RequiresGradient)];
        Tensor[] gradients = Tensor.Gradients(graph.Loss, leaves);
        Dictionary<ScalarNode, double> all = [];
        for (int i = 0; i < leaves.Length; i++)
        {
            double[] values = gradients[i].ToDoubles();
            foreach (ScalarNode node in graph[leaves[i]]) all[node] = values[node.Element];
        }
        return all;
    }

    // In the order of the notes: a neuron's net input, then its output, then the next neuron.
    private List<Unit> FindUnits()
    {
        List<Unit> units = [];
        foreach (ScalarNode node in graph.Operations.SelectMany(o => graph[o.Output]))
        {
            ScalarNode[] from = [.. node.Sources.Select(e => e.From).Where(n => !n.IsTrainable).Distinct()];
            bool joins = from.Length == 1 && from[0].Users.All(e => e.To == node) && node != graph.LossNode && _units.ContainsKey(from[0])
                && from[0].Tensor.Count == node.Tensor.Count && node.Sources.All(e => e.From == from[0] || e.From.Role == ScalarRole.Bias)
                && DataOf(node).All(n => n.Role != ScalarRole.Target);
            if (!joins) units.Add(new Unit("", 1 + from.Concat(DataOf(node)).Select(n => _units.TryGetValue(n, out Unit? u) ? u.Layer : 0).DefaultIfEmpty(0).Max(), []));
            Unit unit = joins ? _units[from[0]] : units[^1];
            unit.Numbers.Add(node);
            _units[node] = unit;
        }
        for (int i = 0; i < units.Count; i++)
        {
            Unit named = units[i] with { Name = NameOf(units[i].Numbers) };
            foreach (ScalarNode node in named.Numbers) _units[node] = named;
            units[i] = named;
        }
        return units;
    }

    // What in_h1 and out_h1 have in common: h1.
    private static string NameOf(List<ScalarNode> numbers)
    {
        string first = numbers[0].Name;
        return numbers.Count > 1 && first.StartsWith("in", StringComparison.Ordinal) ? first[2..].TrimStart('_') : first;
    }

    private static IEnumerable<ScalarNode> DataOf(ScalarNode node) =>
        (node.Formula?.Operands ?? []).Where(n => n.Role is ScalarRole.Input or ScalarRole.Constant or ScalarRole.Target);

    private IEnumerable<Unit> DataUnits()
    {
        int last = _units[graph.LossNode].Layer;
        foreach (ScalarNode node in graph.Leaves.Where(t => !t.RequiresGradient).SelectMany(t => graph[t]))
        {
            Unit unit = new(node.Name, node.Role == ScalarRole.Target ? last - 1 : 0, [node]);
            _units[node] = unit;
            if (node.Role != ScalarRole.Target) yield return unit;
        }
    }

    private static NetworkUnit Drawn(Unit unit) => new(unit.Name, unit.Layer, [.. unit.Numbers.Select(n => (n.Name, n.Value))],
        [.. unit.Numbers.SelectMany(n => n.Sources).Select(e => e.From).Where(n => n.Role == ScalarRole.Bias).Select(n => n.Name)]);

    private IEnumerable<NetworkLink> Links(List<Unit> units)
    {
        foreach (Unit unit in units)
        {
            Dictionary<Unit, List<string>> from = [];
            foreach (ScalarNode node in unit.Numbers)
            {
                foreach (ScalarNode source in node.Sources.Select(e => e.From).Concat(DataOf(node)).Where(n => !n.IsTrainable && n.Role != ScalarRole.Target && _units[n] != unit))
                    from.TryAdd(_units[source], []);
                foreach (Product product in ProductsOf(node.Formula))
                {
                    ScalarNode[] operands = [.. product.Operands];
                    ScalarNode? value = operands.FirstOrDefault(n => !n.IsTrainable);
                    if (value is not null && from.TryGetValue(_units[value], out List<string>? weights))
                        weights.AddRange(operands.Where(n => n.IsTrainable).Select(n => n.Name));
                }
            }
            foreach (var (source, weights) in from) yield return new NetworkLink(source.Name, unit.Name, weights);
        }
    }

    private static IEnumerable<Product> ProductsOf(Formula? formula) => formula switch
    {
        Sum sum => sum.Terms.OfType<Product>(),
        Product product => [product],
        _ => [],
    };
}
