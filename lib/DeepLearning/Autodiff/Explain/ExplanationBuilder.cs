namespace DeepLearning;

/// <summary>Turns a named scalar graph into the lines of an explanation.</summary>
internal sealed class ExplanationBuilder(ScalarGraph graph, ExplainOptions options)
{
    private readonly NumberFormat _format = new(options.Digits);
    private readonly Dictionary<ScalarEdge, LocalDerivative> _derivatives = [];
    private readonly NetworkDrawing _drawing = new(graph);
    private readonly HashSet<FormulaPart> _written = [];

    public Explanation Build()
    {
        foreach (ScalarNode node in graph.Nodes.Where(n => !double.IsFinite(n.Value)))
            throw new InvalidOperationException($"{node.Name} is {node.Value}, so there is nothing to explain; "
                + "look for a logarithm of 0, a division by 0, or weights that have grown too large.");
        foreach (ScalarEdge edge in graph.Nodes.SelectMany(n => n.Sources).Where(e => !double.IsFinite(e.Slope)))
            throw new InvalidOperationException(
                $"∂{edge.To.Name}/∂{edge.From.Name} is {edge.Slope} at {edge.From.Name} = {edge.From.Value}, "
                + $"so no gradient can be explained; move {edge.From.Name} away from there.");
        ForwardStep[] forward = [.. _drawing.Numbers.SelectMany(ForwardOf)];
        ScalarNode[] parameters = [.. graph.Nodes.Where(n => n.IsTrainable).Distinct().OrderBy(n => n.Order)];
        Dictionary<ScalarNode, double> backpropagated = Backpropagated();
        ExplainedParameter[] explained = [.. parameters.Select(p => Explained(p, backpropagated[p]))];
        Dictionary<string, int> layers =
            parameters.ToDictionary(p => p.Name, p => p.Users.Select(e => _drawing.LayerOf(e.To)).DefaultIfEmpty(0).Min());
        return new Explanation
        {
            LossName = graph.LossNode.Name,
            Loss = graph.LossNode.Value,
            LearningRate = options.LearningRate,
            Digits = options.Digits,
            Forward = forward,
            Backward = [.. explained.OrderByDescending(p => layers[p.Name]).ThenBy(p => p.IsBias)],
            Parameters = [.. explained.OrderBy(p => layers[p.Name]).ThenBy(p => p.IsBias)],
            Values = graph.Nodes.Select(n => (n.Name, n.Value)).Concat(forward.Select(s => (s.Name, s.Value)))
                .DistinctBy(v => v.Name).ToDictionary(),
            Units = _drawing.Units,
            Links = _drawing.Links,
        };
    }

    private IEnumerable<ForwardStep> ForwardOf(ScalarNode node)
    {
        string operation = node.Operation!.Name;
        Formula? formula = node.Formula;
        foreach (FormulaPart part in (formula?.Parts ?? []).Where(_written.Add))
            yield return Step(part.Name, operation, part.Formula.Value, part.Formula, "");
        List<string> termNames = [];
        if (node == graph.LossNode && TermsOf(formula) is { Count: > 1 } terms)
        {
            foreach (Formula term in terms)
            {
                termNames.Add($"{node.Name}_{TermName(term)}");
                yield return Step(termNames[^1], operation, term.Value, term, "");
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
            : Step(node.Name, operation, node.Value, formula, RemarkOn(formula));
    }

    // Which one won, where several were compared.
    private static string RemarkOn(Formula formula) => formula is Extreme { Compared: var compared } && compared.All(f => f is Symbol)
        && compared.OfType<Symbol>().Where(s => s.Value == formula.Value).ToArray() is [var winner] ? $", which is {winner.Node.Name}" : "";

    private ForwardStep Step(string name, string operation, double value, Formula formula, string remark) =>
        Step(name, operation, value, formula.ToText(Names), formula.ToText(Numbers), Latex(formula, false), Latex(formula, true), remark);

    private ForwardStep Step(string name, string operation, double value, string names, string numbers, string latexNames,
        string latexNumbers, string remark = "") =>
        new(name, operation, value, Line(name, names, numbers, value, latex: false) + remark,
            Line(SymbolLatex.Of(name), latexNames, latexNumbers, value, latex: true));

    // ½((a)² + (b)²) is ½(a)² and ½(b)².
    private static IReadOnlyList<Formula> TermsOf(Formula? formula) => formula switch
    {
        Sum sum when sum.Terms.Any(t => t is not (Symbol or Number)) => sum.Terms,
        Product { Factors: [var scale, Sum sum] } when !scale.Operands.Any() => [.. sum.Terms.Select(t => scale * t)],
        _ => [],
    };

    private string TermName(Formula term)
    {
        ScalarNode output = term.Operands.FirstOrDefault(n => n.Operation is not null) ?? term.Operands.FirstOrDefault(n => n.IsTrainable)
            ?? term.Operands.First();
        return _drawing.NameOf(output);
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
        (Formula? formula, string remark) = Formulas.SlopeOf(graph, edge);
        string left = $"∂{edge.To.Name}/∂{edge.From.Name}", leftLatex = SymbolLatex.Derivative(edge.To.Name, edge.From.Name);
        LocalDerivative derivative = new(edge.To.Name, edge.From.Name, edge.Slope,
            Line(left, formula?.ToText(Names) ?? "", formula?.ToText(Numbers) ?? "", edge.Slope, latex: false) + remark,
            formula is null
                ? Line(leftLatex, "", "", edge.Slope, latex: true)
                : Line(leftLatex, Latex(formula, false), Latex(formula, true), edge.Slope, latex: true));
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
                $"The paths from {parameter.Name} sum to {gradient}, backpropagation gives {backpropagated}; "
                + "the derivative of one of the operations is not linear in the gradient it receives.");
        return new ExplainedParameter(parameter.Name, parameter.Role == ScalarRole.Bias, parameter.Value, gradient,
            parameter.Value - options.LearningRate * gradient, paths);

        void Follow(ScalarNode node)
        {
            if (node == graph.LossNode)
            {
                if (paths.Count == options.MaxPaths)
                    throw new InvalidOperationException(
                        $"{parameter.Name} reaches {graph.LossNode.Name} by more than {options.MaxPaths} paths; "
                        + "take a smaller network or fewer samples, or raise ExplainOptions.MaxPaths.");
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
        string[] through = [.. chain.Reverse().Select(edge => edge.To).Where(n => n != graph.LossNode).Select(_drawing.NameOf).Distinct()];
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
}
