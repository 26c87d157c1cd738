namespace DeepLearning;

internal static partial class Formulas
{
    private delegate Formula? SlopeWriter(ScalarNode x, ScalarNode y);

    // f′ in the form the notes use: for the sigmoid out(1 − out), not the quotient it comes from.
    private static readonly Dictionary<string, SlopeWriter> Slopes = new()
    {
        ["sigmoid"] = (_, y) => y * (1 - (Formula)y),
        ["tanh"] = (_, y) => 1 - new Power(y, 2),
        ["exp"] = (_, y) => y,
        ["log"] = (x, _) => 1 / (Formula)x,
        ["sqrt"] = (_, y) => 1 / (2 * (Formula)y),
        ["softplus"] = (x, _) => (Formula)1 / (1 + new Function("exp", new Minus(x), Math.Exp)),
        ["elu"] = (x, y) => x.Value > 0 ? 1 : y.Value - ParameterOf(y.Operation!) * (Math.Exp(x.Value) - 1) == 0 ? (Formula)y + ParameterOf(y.Operation!) : null,
        ["softmax"] = (x, y) => Paired(x, y) is not { } own ? null : own == y ? y * (1 - (Formula)y) : new Minus((Formula)own * y),
    };

    /// <summary>The formula of one local derivative, with a remark where one is due; null where none is known or it does not hold.</summary>
    public static (Formula? Formula, string Remark) SlopeOf(ScalarGraph graph, ScalarEdge edge)
    {
        (ScalarNode x, ScalarNode y) = (edge.From, edge.To);
        string operation = y.Operation!.Name;
        Formula? formula = Slopes.TryGetValue(operation, out SlopeWriter? write) ? write(x, y)
            : LossSlopeOf(graph, edge) ?? y.Formula?.Derivative(x);
        if (formula is null && operation is "relu" or "leakyrelu") formula = edge.Slope;
        if (formula is null || !Agree(formula.Value, edge.Slope, y.Tensor.Device)) return (null, "");
        string remark = operation is "relu" or "leakyrelu" or "elu" ? $", because {x.Name} {(x.Value > 0 ? "> 0" : "≤ 0")}" : "";
        return (formula, remark);
    }

    // The softmax output that belongs to input x: the one in the same place as x is among the inputs of y's row.
    private static ScalarNode? Paired(ScalarNode x, ScalarNode y)
    {
        int place = y.Sources.FindIndex(edge => edge.From == x), columns = y.Tensor.Shape[-1];
        return y.Sources.Count == columns ? Row(y)[place] : null;

        static ScalarNode[] Row(ScalarNode y) => [.. y.Sources[0].From.Users
            .Where(edge => ReferenceEquals(edge.To.Tensor, y.Tensor)).Select(edge => edge.To).OrderBy(node => node.Element)];
    }
}
