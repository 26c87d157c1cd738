namespace DeepLearning;

/// <summary>
/// How the library's operations are written on a board: the value, and its derivative in the customary form. Which operation it is, its
/// state says. An operation that is not here is explained all the same, by the values its own derivative gives; and a formula that does not
/// give the operation's number is not used.
/// </summary>
internal static class Formulas
{
    /// <summary>The formula of one number; null where none is known or it does not hold.</summary>
    public static Formula? ValueOf(ScalarGraph graph, Operation operation, int element)
    {
        ScalarNode node = graph[operation.Output][element];
        Formula? formula = Write(graph, operation, element);
        return formula is not null && Agree(formula.Value, node.Value, node.Tensor.Device) ? formula : null;
    }

    /// <summary>
    /// The formula of one local derivative, with a remark where one is due; null where none is known or it does not hold.
    /// </summary>
    public static (Formula? Formula, string Remark) SlopeOf(ScalarGraph graph, ScalarEdge edge)
    {
        (ScalarNode x, ScalarNode y) = (edge.From, edge.To);
        (Formula? formula, string remark) = WriteSlope(graph, edge);
        formula ??= y.Formula?.Derivative(x);
        return formula is not null && Agree(formula.Value, edge.Slope, y.Tensor.Device) ? (formula, remark) : (null, "");
    }

    /// <summary>Whether two numbers are the same up to the rounding of the device.</summary>
    public static bool Agree(double a, double b, Device device) =>
        Math.Abs(a - b) <= (device == Device.Reference ? 1e-9 : 1e-4) * Math.Max(1e-3, Math.Max(Math.Abs(a), Math.Abs(b)));

    private static Formula? Write(ScalarGraph g, Operation op, int e) =>
        op is Operation<Loss> loss ? LossFormulas.Value(g, loss, e) : op.LibraryState switch
    {
        MapState map => ElementwiseFormulas.Value(map, g[op[0]][e]),
        CombineState { Op: var kind } => ElementwiseFormulas.Value(kind, Operand(g, op, 0, e), Operand(g, op, 1, e)),
        WhereState => g[op.Output][e].Sources is [{ Slope: 1 } taken] ? (Formula)taken.From : null,
        LinearState => ProductFormulas.Linear(g, op, e),
        MatMulState state => ProductFormulas.MatMul(g, op, state, e),
        ConvolutionState { Args: var args } => ConvolutionFormulas.Value(g, op, args, e),
        TransposedConvolutionState { Args: var args } => ConvolutionFormulas.Transposed(g, op, args, e),
        SumState { Kept: var kept } => Reduced(g, op, kept, e) is { Length: > 0 } all ? Formula.SumOf(all) : null,
        CumulativeSumState or ScatterState or ScatterAlongState => SumOfSources(g[op.Output][e]),
        ExtremeState { Op: var kind, Kept: var kept } => new Extreme(kind == ReduceOp.Max, Reduced(g, op, kept, e)),
        LogSumExpState { Kept: var kept } => Formula.Ln(Formula.SumOf(Reduced(g, op, kept, e).Select(Formula.Exp))),
        NormState state => SoftmaxFormulas.Norm(state.P, Reduced(g, op, state.Kept, e)),
        SoftmaxState state => SoftmaxFormulas.Value(g, op, state.Log, e),
        AttentionWeightsState { Scale: var scale } => SoftmaxFormulas.Attention(g, op, scale, e),
        MaxPoolState { Windows: var windows } => PoolingFormulas.Largest(g, op, windows, e),
        AveragePoolState { Windows: var windows } => PoolingFormulas.Mean(g, op, windows, e),
        BatchNormState state => NormalizationFormulas.Value(g, op, new NormalizationGroups(state), e),
        GroupNormState state => NormalizationFormulas.Value(g, op, new NormalizationGroups(state), e),
        GradientReversalState => g[op[0]][e],
        _ => null,
    };

    private static (Formula? Formula, string Remark) WriteSlope(ScalarGraph g, ScalarEdge edge)
    {
        (ScalarNode x, ScalarNode y) = (edge.From, edge.To);
        Operation op = y.Operation!;
        if (op is Operation<Loss> loss) return LossFormulas.Slope(g, loss, edge);
        if (y.Formula is Extreme extreme && op.LibraryState is not MapState) return PoolingFormulas.Slope(extreme, edge);
        return op.LibraryState switch
        {
            MapState map => ElementwiseFormulas.Slope(map, x, y),
            CombineState { Op: var kind } => (ElementwiseFormulas.Slope(kind, x, y), ""),
            LogSumExpState => (Formula.Exp((Formula)x - y), ""),
            NormState { P: 2 } => (x / (Formula)y, ""),
            SoftmaxState state => (SoftmaxFormulas.Slope(g, op, state.Log, x, y), ""),
            AttentionWeightsState { Scale: var scale } when SoftmaxFormulas.Slope(g, op, false, x, y) is { } slope =>
                (scale == 1 ? slope : scale * slope, ""),
            ConvolutionState => ConvolutionFormulas.Slope(edge),
            BatchNormState state => (NormalizationFormulas.Slope(g, op, new NormalizationGroups(state), edge), ""),
            GroupNormState state => (NormalizationFormulas.Slope(g, op, new NormalizationGroups(state), edge), ""),
            GradientReversalState { Strength: var strength } => ((Formula)(-strength), ", because gradient reversal turns it round"),
            _ => (null, ""),
        };
    }

    private static Formula? SumOfSources(ScalarNode node) =>
        node.Sources.Count == 0 ? null : Formula.SumOf(node.Sources.Select(edge => (Formula)edge.From));

    // The element of an operand that broadcasting brings together with an element of the result.
    private static Formula Operand(ScalarGraph graph, Operation op, int input, int element)
    {
        Shape shape = op.Output.Shape;
        Span<int> strides = stackalloc int[shape.Rank];
        op[input].Shape.BroadcastStrides(shape, strides);
        return graph[op[input]][Place(element, shape, strides)];
    }

    // What was reduced to one element of the result; `kept` is the operand's shape with the reduced axes of length 1.
    private static Formula[] Reduced(ScalarGraph graph, Operation op, Shape kept, int element)
    {
        Shape shape = op[0].Shape;
        int[] strides = new int[shape.Rank];
        kept.BroadcastStrides(shape, strides);
        return [.. graph[op[0]].Where((_, i) => Place(i, shape, strides) == element).Select(node => (Formula)node)];
    }

    private static int Place(int element, Shape shape, ReadOnlySpan<int> strides)
    {
        int at = 0;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            at += element % shape[axis] * strides[axis];
            element /= shape[axis];
        }
        return at;
    }
}
