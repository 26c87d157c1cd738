namespace DeepLearning;

/// <summary>Which numbers share a mean, and which a γ and β.</summary>
internal readonly struct NormalizationGroups
{
    private readonly Shape _view;
    private readonly bool _overBatch;

    public NormalizationGroups(BatchNormState state) =>
        (_view, _overBatch, Epsilon) = (new Shape(state.View[0], state.View[1], 1, state.View[2]), true, state.Epsilon);

    public NormalizationGroups(GroupNormState state) => (_view, _overBatch, Epsilon) = (state.View, false, state.Epsilon);

    public double Epsilon { get; }

    /// <summary>The number of an element's mean.</summary>
    public int Mean(int element)
    {
        int group = element / (_view[2] * _view[3]);
        return _overBatch ? group % _view[1] : group;
    }

    /// <summary>The place of its γ and β.</summary>
    public int Channel(int element) => element / _view[3] % (_view[1] * _view[2]);
}

/// <summary>y = γ·(x − μ)/√(σ² + ε) + β, with a line of its own for every μ and σ².</summary>
internal static class NormalizationFormulas
{
    public static Formula Value(ScalarGraph graph, Operation op, NormalizationGroups norm, int element)
    {
        (Formula mean, Formula variance, _) = Statistics(graph, op, norm, element);
        Formula normal = ((Formula)graph[op[0]][element] - mean) / Formula.Sqrt(variance + norm.Epsilon);
        if (op.Inputs.Count == 1) return normal;
        int channel = norm.Channel(element);
        return graph[op[1]][channel] * normal + graph[op[2]][channel];
    }

    /// <summary>
    /// ∂y_i/∂x_j = γ/√(σ² + ε)·([1 if i = j] − 1/n − (x_i − μ)(x_j − μ)/(n·(σ² + ε))), since μ and σ² change with x_j, too.
    /// </summary>
    public static Formula? Slope(ScalarGraph graph, Operation op, NormalizationGroups norm, ScalarEdge edge)
    {
        int i = edge.To.Element;
        (Formula mean, Formula variance, int count) = Statistics(graph, op, norm, i);
        ScalarNode x = graph[op[0]][i];
        Formula square = variance + norm.Epsilon, distance = (Formula)x - mean, root = Formula.Sqrt(square);
        if (op.Inputs.Count > 1 && graph[op[1]][norm.Channel(i)] == edge.From) return distance / root;
        if (op.Inputs.Count > 1 && graph[op[2]][norm.Channel(i)] == edge.From) return 1;
        Formula outer = (op.Inputs.Count > 1 ? graph[op[1]][norm.Channel(i)] : (Formula)1) / root;
        Formula share = 1 / (Formula)(double)count;
        Formula bend = new Product([distance, (Formula)edge.From - mean]) / new Product([(double)count, square]);
        return edge.From == x ? outer * (1 - share - Square(distance, count, square)) : outer * (-share - bend);
    }

    private static Formula Square(Formula distance, int count, Formula square) =>
        Formula.Square(distance) / new Product([(double)count, square]);

    private static (Formula Mean, Formula Variance, int Count) Statistics(ScalarGraph graph, Operation op,
        NormalizationGroups norm, int element)
    {
        int which = norm.Mean(element);
        ScalarNode[] together = [.. graph[op[0]].Where((_, i) => norm.Mean(i) == which)];
        double count = together.Length;
        Formula mean = graph.Part(op, "mean", which, () => Formula.SumOf(together.Select(x => (Formula)x)) / count);
        Formula variance =
            graph.Part(op, "variance", which, () => Formula.SumOf(together.Select(x => Formula.Square((Formula)x - mean))) / count);
        return (mean, variance, together.Length);
    }
}
