namespace DeepLearning;

// The losses, each one operation of prediction and target whose value is a single number.
internal static partial class Formulas
{
    private static Formula? LossOf(ScalarGraph graph, Operation operation)
    {
        if (operation.Output.Count != 1 || operation.Inputs.Count != 2 || ScaleOf(operation) is not { } scale) return null;
        ScalarNode[] o = graph[operation[0]], t = graph[operation[1]];
        List<Formula> terms = operation.Name switch
        {
            "HalfSquaredError" or "MeanSquaredError" => [.. o.Zip(t, (o, t) => (Formula)new Power((Formula)t - o, 2))],
            "MeanAbsoluteError" => [.. o.Zip(t, (o, t) => (Formula)new Function("abs", (Formula)t - o, Math.Abs))],
            "BinaryCrossEntropy" => [.. o.Zip(t, BinaryTerm(FromLogits(operation)))],
            _ => [.. Enumerable.Range(0, o.Length / Classes(operation)).SelectMany(row => ClassTerms(graph, operation, row))],
        };
        return terms.Count == 0 ? null : scale.Times(terms.Count == 1 ? terms[0] : new Sum(terms));
    }

    private static Formula? LossSlopeOf(ScalarGraph graph, ScalarEdge edge)
    {
        Operation operation = edge.To.Operation!;
        if (operation.Output.Count != 1 || operation.Inputs.Count != 2 || ScaleOf(operation) is not { } scale) return null;
        int at = Array.IndexOf(graph[operation[0]], edge.From);
        if (at < 0) return null;
        Formula o = edge.From;
        ScalarNode[] t = graph[operation[1]];
        if (operation.Name is "HalfSquaredError" or "MeanSquaredError") return (scale with { Above = 2 * scale.Above }).Times(o - t[at]);
        if (operation.Name is "BinaryCrossEntropy")
            return scale.Times(FromLogits(operation) ? Sigmoid(o) - t[at] : (1 - (Formula)t[at]) / (1 - o) - t[at] / o);
        if (operation.Name is not ("CategoricalCrossEntropy" or "SparseCategoricalCrossEntropy")) return null;
        int classes = Classes(operation), row = at / classes;
        Formula truth = operation.Name == "CategoricalCrossEntropy" ? t[at] : t[row].Value == at % classes ? 1 : 0;
        if (!FromLogits(operation)) return new Minus(scale.Times(truth / o));
        Formula[] powers = Exponentials(graph[operation[0]][(row * classes)..((row + 1) * classes)]);
        Formula probability = powers[at % classes] / new Sum(powers);
        return scale.Times(truth is Number { Constant: 0 } ? probability : probability - truth);
    }

    // The factor before the sum of the terms, above/below.
    private readonly record struct Scale(int Above, int Below)
    {
        public Formula Times(Formula terms) => (Above, Below) switch
        {
            _ when Above == Below => terms,
            (1, 2) => new Product([Number.Half, terms]),
            _ when Above % Below == 0 => (double)(Above / Below) * terms,
            _ when Below % Above == 0 && terms is Sum => 1 / (Formula)(Below / Above) * terms,
            _ when Below % Above == 0 => terms / (double)(Below / Above),
            _ => Above * terms / (double)Below,
        };
    }

    private static Scale? ScaleOf(Operation operation)
    {
        bool sum = operation.State is Loss { Reduction: Reduction.Sum };
        int numbers = operation[0].Count, rows = operation[0].Rank < 2 ? 1 : operation[0].Shape[0];
        return operation.Name switch
        {
            _ when operation.State is LabelLoss { IsWeighted: true } or CategoricalCrossEntropy { IsWeighted: true }
                or BinaryCrossEntropy { PositiveWeight: not 1 } => null,
            "HalfSquaredError" => new(1, sum ? 2 : 2 * rows),
            "MeanSquaredError" or "MeanAbsoluteError" or "BinaryCrossEntropy" => new(1, sum ? 1 : numbers),
            "CategoricalCrossEntropy" or "SparseCategoricalCrossEntropy" => new(1, sum ? 1 : numbers / Classes(operation)),
            _ => null,
        };
    }

    private static int Classes(Operation operation) => operation[0].Shape[-1];

    private static bool FromLogits(Operation operation) => operation.State is BinaryCrossEntropy { FromLogits: true }
        or CategoricalCrossEntropy { FromLogits: true } or SparseCategoricalCrossEntropy { FromLogits: true };

    private static Func<ScalarNode, ScalarNode, Formula> BinaryTerm(bool fromLogits) => fromLogits
        ? (x, t) => new Function("ln", 1 + new Function("exp", x, Math.Exp), Math.Log) - t * (Formula)x
        : (p, t) => new Minus(t * (Formula)Ln(p) + (1 - (Formula)t) * Ln(1 - (Formula)p));

    // A row's −ln of the probability of what is true.
    private static IEnumerable<Formula> ClassTerms(ScalarGraph graph, Operation operation, int row)
    {
        int classes = Classes(operation);
        ScalarNode[] o = graph[operation[0]][(row * classes)..((row + 1) * classes)], t = graph[operation[1]];
        if (operation.Name == "SparseCategoricalCrossEntropy")
        {
            int label = (int)t[row].Value;
            yield return FromLogits(operation) ? Ln(new Sum(Exponentials(o))) - o[label] : new Minus(Ln(o[label]));
            yield break;
        }
        Formula[] said = [.. Enumerable.Range(0, classes).Where(j => t[row * classes + j].Value != 0)
            .Select(j => t[row * classes + j] * (FromLogits(operation) ? o[j] : (Formula)Ln(o[j])))];
        Formula all = said.Length == 1 ? said[0] : new Sum(said);
        yield return FromLogits(operation) ? Ln(new Sum(Exponentials(o))) - all : new Minus(all);
    }

    private static Formula[] Exponentials(IEnumerable<ScalarNode> nodes) => [.. nodes.Select(node => new Function("exp", node, Math.Exp))];

    private static Function Ln(Formula x) => new("ln", x, Math.Log);

    private static Formula Sigmoid(Formula x) => (Formula)1 / (1 + new Function("exp", new Minus(x), Math.Exp));
}
