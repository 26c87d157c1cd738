namespace DeepLearning;

/// <summary>
/// How the operations a student meets are written on a board: the value, and its derivative in the customary form. An operation that is not
/// here is explained all the same, by the values its own derivative gives; and a formula that does not give the operation's number is not used.
/// </summary>
internal static partial class Formulas
{
    private delegate Formula? ValueWriter(ScalarGraph graph, Operation operation, int element);

    private static readonly Dictionary<string, ValueWriter> Values = new()
    {
        ["linear"] = Linear,
        ["matmul"] = MatMul,
        ["add"] = (g, op, e) => Operand(g, op, 0, e) + Operand(g, op, 1, e),
        ["subtract"] = (g, op, e) => Operand(g, op, 0, e) - Operand(g, op, 1, e),
        ["multiply"] = (g, op, e) => Operand(g, op, 0, e) * Operand(g, op, 1, e),
        ["divide"] = (g, op, e) => Operand(g, op, 0, e) / Operand(g, op, 1, e),
        ["affine"] = Affine,
        ["where"] = (g, op, e) => g[op.Output][e].Sources is [{ Slope: 1 } taken] ? (Formula)taken.From : null,
        ["sum"] = (g, op, e) => Operands(g[op.Output][e]) is { Count: > 0 } all ? new Sum(all) : null,
        ["square"] = (g, op, e) => new Power(g[op[0]][e], 2),
        ["sqrt"] = Call("√", Math.Sqrt),
        ["exp"] = Call("exp", Math.Exp),
        ["log"] = Call("ln", Math.Log),
        ["abs"] = Call("abs", Math.Abs),
        ["tanh"] = Call("tanh", Math.Tanh),
        ["sigmoid"] = (g, op, e) => (Formula)1 / (1 + new Function("exp", new Minus(g[op[0]][e]), Math.Exp)),
        ["softplus"] = (g, op, e) => new Function("ln", 1 + new Function("exp", g[op[0]][e], Math.Exp), Math.Log),
        ["relu"] = (g, op, e) => new Maximum(0, g[op[0]][e]),
        ["leakyrelu"] = (g, op, e) => g[op[0]][e] is var x && x.Value > 0 ? x : (Formula)ParameterOf(op) * x,
        ["elu"] = (g, op, e) => g[op[0]][e] is var x && x.Value > 0 ? x : (Formula)ParameterOf(op) * (new Function("exp", x, Math.Exp) - 1),
        ["softmax"] = (g, op, e) => Softmax(g, op, e),
        ["logsoftmax"] = (g, op, e) => new Function("ln", Softmax(g, op, e), Math.Log),
    };

    /// <summary>The formula of one number; null where none is known or it does not hold.</summary>
    public static Formula? ValueOf(ScalarGraph graph, Operation operation, int element)
    {
        ScalarNode node = graph[operation.Output][element];
        Formula? formula = Values.TryGetValue(operation.Name, out ValueWriter? write) ? write(graph, operation, element)
            : LossOf(graph, operation);
        return formula is not null && Agree(formula.Value, node.Value, node.Tensor.Device) ? formula : null;
    }

    /// <summary>Whether two numbers are the same up to the rounding of the device.</summary>
    public static bool Agree(double a, double b, Device device) =>
        Math.Abs(a - b) <= (device == Device.Reference ? 1e-9 : 1e-4) * Math.Max(1e-3, Math.Max(Math.Abs(a), Math.Abs(b)));

    private static Formula Linear(ScalarGraph graph, Operation op, int element)
    {
        int inputs = op[1].Shape[1], outputs = op[1].Shape[0], row = element / outputs, neuron = element % outputs;
        ScalarNode[] x = graph[op[0]], w = graph[op[1]];
        List<Formula> terms = [.. Enumerable.Range(0, inputs).Select(i => w[neuron * inputs + i] * (Formula)x[row * inputs + i])];
        if (op.Inputs.Count > 2) terms.Add(graph[op[2]][neuron]);
        return terms.Count == 1 ? terms[0] : new Sum(terms);
    }

    private static Formula? MatMul(ScalarGraph graph, Operation op, int element)
    {
        if (op[0].Rank != 2 || op[1].Rank != 2) return null;
        var (transposeA, transposeB) = ((bool, bool))op.State!;
        int columns = op.Output.Shape[1], rows = op.Output.Shape[0], row = element / columns, column = element % columns;
        int inner = op[0].Count / rows;
        ScalarNode[] a = graph[op[0]], b = graph[op[1]];
        Formula[] terms = [.. Enumerable.Range(0, inner).Select(k =>
            a[transposeA ? k * rows + row : row * inner + k] * (Formula)b[transposeB ? column * inner + k : k * columns + column])];
        return terms.Length == 1 ? terms[0] : new Sum(terms);
    }

    private static Formula Affine(ScalarGraph graph, Operation op, int element)
    {
        var (_, scale, shift) = ((UnaryOp, double, double))op.State!;
        Formula x = graph[op[0]][element];
        if (scale == -1 && shift != 0) return shift - x;
        Formula scaled = scale == 1 ? x : scale == -1 ? new Minus(x) : scale * x;
        return shift == 0 ? scaled : shift < 0 ? scaled - (-shift) : scaled + shift;
    }

    private static Formula Softmax(ScalarGraph graph, Operation op, int element)
    {
        int columns = op.Output.Shape[-1], start = element / columns * columns;
        ScalarNode[] x = graph[op[0]];
        Formula[] powers = [.. x[start..(start + columns)].Select(node => new Function("exp", node, Math.Exp))];
        return powers[element - start] / new Sum(powers);
    }

    private static ValueWriter Call(string name, Func<double, double> compute) => (g, op, e) => new Function(name, g[op[0]][e], compute);

    private static List<Formula> Operands(ScalarNode node) => [.. node.Sources.Select(edge => (Formula)edge.From)];

    private static double ParameterOf(Operation op) => (((UnaryOp, double, double))op.State!).Item2;

    // The element of an operand that broadcasting brings together with an element of the result.
    private static Formula Operand(ScalarGraph graph, Operation op, int input, int element)
    {
        Shape shape = op.Output.Shape;
        Span<int> strides = stackalloc int[shape.Rank];
        op[input].Shape.BroadcastStrides(shape, strides);
        int at = 0;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            at += element % shape[axis] * strides[axis];
            element /= shape[axis];
        }
        return graph[op[input]][at];
    }
}

/// <summary>max(a, b)</summary>
internal sealed record Maximum(Formula A, Formula B) : Formula
{
    public override double Value => Math.Max(A.Value, B.Value);

    public override IEnumerable<ScalarNode> Operands => A.Operands.Concat(B.Operands);

    public override void Write(System.Text.StringBuilder text, FormulaStyle style, bool first) =>
        text.Append(style.Latex ? "\\max(" : "max(").Append(A.ToText(style)).Append(", ").Append(B.ToText(style)).Append(')');
}
