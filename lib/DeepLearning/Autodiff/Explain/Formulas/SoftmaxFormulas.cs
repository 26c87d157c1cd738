namespace DeepLearning;

/// <summary>Softmax of a row, and norms.</summary>
internal static class SoftmaxFormulas
{
    public static Formula Value(ScalarGraph graph, Operation op, bool log, int element)
    {
        int columns = op.Output.Shape[-1], start = element / columns * columns;
        Formula share = Share(graph[op[0]][start..(start + columns)], element - start);
        return log ? Formula.Ln(share) : share;
    }

    /// <summary>Softmax of the scaled scores that the mask lets through; the others' weights are 0.</summary>
    public static Formula Attention(ScalarGraph graph, Operation op, double scale, int element)
    {
        int columns = op.Output.Shape[-1], start = element / columns * columns;
        ScalarNode[] x = graph[op[0]], y = graph[op.Output];
        if (y[element].Value == 0) return 0;
        return Power(element) / Formula.SumOf(Enumerable.Range(start, columns).Where(i => y[i].Value != 0).Select(Power));

        Formula Power(int i) => Formula.Exp(scale == 1 ? x[i] : scale * (Formula)x[i]);
    }

    /// <summary>e^(x_j) / Σ e^(x_k)</summary>
    public static Formula Share(IEnumerable<ScalarNode> row, int j)
    {
        Formula[] powers = [.. row.Select(node => Formula.Exp(node))];
        return powers[j] / Formula.SumOf(powers);
    }

    /// <summary>In terms of y, and of the output that belongs to x.</summary>
    public static Formula? Slope(ScalarGraph graph, Operation op, bool log, ScalarNode x, ScalarNode y)
    {
        int at = Array.IndexOf(graph[op[0]], x);
        if (at < 0) return null;
        ScalarNode own = graph[op.Output][at];
        if (log) return own == y ? 1 - Formula.Exp(y) : -Formula.Exp(own);
        return own == y ? y * (1 - (Formula)y) : -((Formula)own * y);
    }

    /// <summary>‖x‖_p</summary>
    public static Formula Norm(double p, Formula[] x) => p == 2
        ? Formula.Sqrt(Formula.SumOf(x.Select(Formula.Square)))
        : new Power(Formula.SumOf(x.Select(v => new Power(Formula.Abs(v), p))), 1 / (Formula)p);
}
