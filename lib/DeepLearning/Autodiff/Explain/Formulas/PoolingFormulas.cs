namespace DeepLearning;

/// <summary>Windows and what was compared in them.</summary>
internal static class PoolingFormulas
{
    public static Formula Largest(ScalarGraph graph, Operation op, PoolArgs p, int element) =>
        new Extreme(true, [.. Pixels(graph, op, p, element).OfType<Formula>()]);

    public static Formula Mean(ScalarGraph graph, Operation op, PoolArgs p, int element)
    {
        Formula?[] pixels = [.. Pixels(graph, op, p, element)];
        bool paddingCounts = p.CountPadding && !p.Adaptive;
        Formula[] terms = [.. pixels.Where(pixel => paddingCounts || pixel is not null).Select(pixel => pixel ?? 0)];
        return terms.Length == 1 ? terms[0] : Formula.SumOf(terms) / (double)terms.Length;
    }

    /// <summary>Who won: the gradient goes to it, and is shared among equals where the operation does so.</summary>
    public static (Formula? Formula, string Remark) Slope(Extreme extreme, ScalarEdge edge)
    {
        string name = edge.From.Name, more = extreme.Largest ? ">" : "<";
        Symbol[] others = [.. extreme.Compared.OfType<Symbol>().Where(symbol => symbol.Node != edge.From)];
        string[] winners = [.. others.Where(symbol => symbol.Value == extreme.Value).Select(symbol => symbol.Node.Name)];
        return (edge.Slope, (wins: edge.From.Value == extreme.Value, others.Length, winners.Length) switch
        {
            (_, 0, _) or (false, _, 0) => "",
            (true, _, > 0) when edge.Slope is 0 or 1 => $", because {name} = {string.Join(" = ", winners)} and the first one counts",
            (true, _, > 0) => $", because {name} = {string.Join(" = ", winners)}",
            (true, 1, _) => $", because {name} {more} {others[0].Node.Name}",
            (true, _, _) => $", because {name} is the {(extreme.Largest ? "largest" : "smallest")}",
            (false, _, _) => $", because {winners[0]} {more} {name}",
        });
    }

    // The numbers of a window in order; null over the padding.
    private static IEnumerable<Formula?> Pixels(ScalarGraph graph, Operation op, PoolArgs p, int element)
    {
        ScalarNode[] x = graph[op[0]];
        int column = element % p.OutW, row = element / p.OutW % p.OutH, plane = element / (p.OutW * p.OutH);
        (int top, int bottom) = p.Adaptive ? p.Rows(row) : Whole(row * p.StrideH - p.PadH, p.KernelH);
        (int left, int right) = p.Adaptive ? p.Columns(column) : Whole(column * p.StrideW - p.PadW, p.KernelW);
        for (int i = top; i < bottom; i++)
        for (int j = left; j < right; j++)
            yield return i >= 0 && i < p.H && j >= 0 && j < p.W ? (Formula)x[(plane * p.H + i) * p.W + j] : null;

        static (int From, int To) Whole(int from, int length) => (from, from + length);
    }
}
