namespace DeepLearning;

/// <summary>What a single number stands for in the network.</summary>
internal enum ScalarRole { Weight, Bias, Input, Target, Constant, Result }

/// <summary>One number: an element of an operation's output, of a parameter, or of the data.</summary>
internal sealed class ScalarNode(Tensor tensor, int element, double value)
{
    /// <summary>The tensor it was first an element of, and where.</summary>
    public Tensor Tensor { get; } = tensor;

    public int Element { get; } = element;

    public double Value { get; } = value;

    /// <summary>Null for parameters and data.</summary>
    public Operation? Operation => Tensor.Origin;

    public bool IsTrainable => Operation is null && Tensor.RequiresGradient;

    public string Name { get; set; } = "";

    /// <summary>When it got its name: parameters are listed in this order.</summary>
    public int Order { get; set; }

    public ScalarRole Role { get; set; } = ScalarRole.Result;

    /// <summary>How it is computed, where that can be written as a formula.</summary>
    public Formula? Formula { get; set; }

    /// <summary>What it depends on, and what depends on it.</summary>
    public List<ScalarEdge> Sources { get; } = [];

    public List<ScalarEdge> Users { get; } = [];
}

/// <summary>∂to/∂from, measured by running the operation's own derivative.</summary>
internal sealed record ScalarEdge(ScalarNode From, ScalarNode To, double Slope);

/// <summary>
/// The graph of operations, number by number. Every element of every output is a node; the edges into it are the row of the operation's
/// Jacobian, found by sending a one-hot gradient through the operation's own derivative. Operations that only rearrange numbers add no nodes.
/// </summary>
internal sealed class ScalarGraph
{
    private readonly Dictionary<Tensor, ScalarNode[]> _nodes = [];
    private readonly Dictionary<(Operation Of, string Stem, object Which), Named> _parts = [];

    private ScalarGraph(Tensor loss) => Loss = loss;

    public Tensor Loss { get; }

    /// <summary>The operations that compute something, each after those it depends on.</summary>
    public List<Operation> Operations { get; } = [];

    /// <summary>Parameters and data, in the order of first use.</summary>
    public List<Tensor> Leaves { get; } = [];

    /// <summary>The parts of formulas that have a name and a line of their own.</summary>
    public IEnumerable<(Operation Of, FormulaPart Part, object Which)> Parts => _parts.Select(p => (p.Key.Of, p.Value.Part, p.Key.Which));

    public ScalarNode LossNode => this[Loss][0];

    /// <summary>The numbers of a tensor, in row-major order.</summary>
    public ScalarNode[] this[Tensor tensor] => _nodes[tensor];

    /// <summary>Everything that has numbers here, rearranged results included.</summary>
    public IEnumerable<Tensor> Tensors => _nodes.Keys;

    /// <summary>One part of an operation's formulas, made when it is first needed.</summary>
    /// <param name="operation">Whose formulas.</param>
    /// <param name="stem">Such as <c>mean</c>.</param>
    /// <param name="which">The number of the mean, or the number of the network that it belongs to.</param>
    /// <param name="formula">Makes it.</param>
    public Formula Part(Operation operation, string stem, object which, Func<Formula> formula)
    {
        if (!_parts.TryGetValue((operation, stem, which), out Named? part))
            _parts.Add((operation, stem, which), part = new Named(new FormulaPart(stem, formula())));
        return part;
    }

    public IEnumerable<ScalarNode> Nodes => Leaves.Concat(Operations.Select(o => o.Output)).SelectMany(t => _nodes[t]);

    /// <exception cref="InvalidOperationException">Not a single number, nothing to differentiate, or too large.</exception>
    public static ScalarGraph Of(Tensor loss, int maxNodes)
    {
        if (loss.Count != 1)
            throw new InvalidOperationException($"Explain needs a single number such as a loss, got a tensor {loss.Shape}; reduce it first, for instance with Sum() or Mean().");
        if (loss.Origin is null)
            throw new InvalidOperationException(
                "Nothing this loss was computed from needs a gradient, so there is no backward pass to explain; call RequireGradient() on the weights first.");
        Walk walk = Walk.From(loss);
        Operation[] order = [.. walk.Order];
        walk.Return();
        long count = order.Where(o => !OnlyMoves(o)).Sum(o => (long)o.Output.Count)
            + order.SelectMany(o => o.Inputs).Where(t => t.Origin is null).Distinct().Sum(t => (long)t.Count);
        if (count > maxNodes)
            throw new InvalidOperationException(
                $"This network has {count} numbers, Explain writes out at most {maxNodes}; take a smaller network or fewer samples, or raise ExplainOptions.MaxNumbers.");
        ScalarGraph graph = new(loss);
        using IDisposable device = Device.Use(loss.Device), recording = Tensor.NoGradient();
        foreach (Operation operation in order) graph.Add(operation);
        foreach (ScalarNode node in graph.Operations.SelectMany(o => graph[o.Output])) graph.Write(node);
        graph.JoinSums();
        return graph;
    }

    private void Add(Operation operation)
    {
        foreach (Tensor input in operation.Inputs)
        {
            if (_nodes.ContainsKey(input)) continue;
            Leaves.Add(input);
            _nodes[input] = Numbers(input);
        }
        Dictionary<int, double>[][] slopes = Jacobian(operation, out Tensor[] inputs);
        ScalarNode[] outputs = Numbers(operation.Output);
        if (OnlyMoves(operation) && IsRearrangement(slopes, outputs.Length))
        {
            _nodes[operation.Output] = [.. Enumerable.Range(0, outputs.Length).Select(row => Moved(row))];
            return;
        }
        Operations.Add(operation);
        _nodes[operation.Output] = outputs;
        for (int row = 0; row < outputs.Length; row++)
        {
            Dictionary<ScalarNode, double> total = [];
            for (int i = 0; i < inputs.Length; i++)
            foreach (var (element, slope) in slopes[i][row])
            {
                ScalarNode source = _nodes[inputs[i]][element];
                total[source] = total.GetValueOrDefault(source) + slope;
            }
            foreach (var (source, slope) in total) Connect(source, outputs[row], slope);
        }

        ScalarNode Moved(int row)
        {
            int input = Array.FindIndex(slopes, s => s[row].Count == 1);
            return _nodes[inputs[input]][slopes[input][row].Keys.Single()];
        }
    }

    // A number that stands in the formula keeps its edge where the derivative happens to be 0: that, too, is worth seeing.
    private void Write(ScalarNode node)
    {
        node.Formula = Formulas.ValueOf(this, node.Operation!, node.Element);
        foreach (ScalarNode operand in (node.Formula?.Operands ?? []).Distinct().ToList())
        {
            if (operand.Tensor.RequiresGradient && node.Sources.All(edge => edge.From != operand)) Connect(operand, node, 0);
        }
    }

    // w1·x1, w2·x2 and their sums, computed one by one, are written as one sum: a net input.
    private void JoinSums()
    {
        foreach (Operation operation in Operations.Where(o => IsJoined(o) && !Naming.IsGiven(o.Output)).ToList())
        {
            ScalarNode[] nodes = _nodes[operation.Output];
            if (!nodes.All(n => n.Formula is not null && n.Users is [{ To.Operation.LibraryState: CombineState { Op: BinaryOp.Add }, To.Formula: not null }])) continue;
            foreach (ScalarNode node in nodes)
            {
                ScalarEdge use = node.Users[0];
                use.To.Formula = use.To.Formula!.Replace(node, node.Formula!);
                use.To.Sources.Remove(use);
                foreach (ScalarEdge edge in node.Sources)
                {
                    edge.From.Users.Remove(edge);
                    double known = 0;
                    if (use.To.Sources.Find(e => e.From == edge.From) is { } same)
                    {
                        known = same.Slope;
                        use.To.Sources.Remove(same);
                        edge.From.Users.Remove(same);
                    }
                    Connect(edge.From, use.To, known + edge.Slope * use.Slope);
                }
            }
            Operations.Remove(operation);
        }
    }

    private static bool IsJoined(Operation operation) =>
        operation.LibraryState is LinearState or MatMulState or CombineState { Op: BinaryOp.Multiply or BinaryOp.Add };

    private static void Connect(ScalarNode from, ScalarNode to, double slope)
    {
        ScalarEdge edge = new(from, to, slope);
        from.Users.Add(edge);
        to.Sources.Add(edge);
    }

    private static bool OnlyMoves(Operation operation) => operation.LibraryState is { OnlyMoves: true };

    private static bool IsRearrangement(Dictionary<int, double>[][] slopes, int rows) => Enumerable.Range(0, rows).All(row =>
        slopes.Sum(s => s[row].Count) == 1 && slopes.All(s => s[row].Values.All(slope => slope == 1)));

    private static ScalarNode[] Numbers(Tensor tensor) => [.. tensor.ToDoubles().Select((value, i) => new ScalarNode(tensor, i, value))];

    // [input][row of the output] → the elements of the input that matter there.
    private static Dictionary<int, double>[][] Jacobian(Operation operation, out Tensor[] inputs)
    {
        inputs = [.. operation.Inputs.Where(t => t.RequiresGradient).Distinct()];
        int rows = operation.Output.Count;
        var slopes = inputs.Select(_ => new Dictionary<int, double>[rows]).ToArray();
        double[] oneHot = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            oneHot[row] = 1;
            Tensor[] shares = Tensor.LocalDerivatives(operation, Tensor.From(oneHot, operation.Output.Shape.Dims), inputs);
            oneHot[row] = 0;
            for (int i = 0; i < inputs.Length; i++)
            {
                slopes[i][row] = [];
                double[] values = shares[i].ToDoubles();
                for (int e = 0; e < values.Length; e++)
                {
                    if (values[e] != 0) slopes[i][row][e] = values[e];
                }
            }
        }
        return slopes;
    }
}

public partial class Tensor
{
    /// <summary>What one operation alone sends to each of <paramref name="inputs"/> for a gradient arriving at its output.</summary>
    internal static Tensor[] LocalDerivatives(Operation operation, Tensor gradient, Tensor[] inputs)
    {
        try
        {
            operation.Run(gradient);
            return [.. inputs.Select(input => input._incoming ?? Full(0, input.Shape, input.Device))];
        }
        finally
        {
            foreach (Tensor input in inputs) input._incoming = null;
        }
    }
}
