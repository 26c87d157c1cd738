namespace DeepLearning;

/// <summary>
/// The graph of operations, number by number. Every element of every output is a node; the edges into it are the row of the operation's
/// Jacobian, found by sending a one-hot gradient through the operation's own derivative. Operations that only rearrange numbers add no
/// nodes.
/// </summary>
internal sealed class ScalarGraph
{
    private readonly Dictionary<Tensor, ScalarNode[]> _nodes = [];
    private readonly Dictionary<(Operation Of, string Stem, object Which), Named> _parts = [];

    private int _placed;

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
            throw new InvalidOperationException(
                $"Explain needs a single number such as a loss, got a tensor {loss.Shape}; "
                + "reduce it first, for instance with Sum() or Mean().");
        if (loss.Origin is null)
            throw new InvalidOperationException(
                "Nothing this loss was computed from needs a gradient, so there is no backward pass to explain; "
                + "call RequireGradient() on the weights first.");
        GraphWalk walk = GraphWalk.From(loss);
        Operation[] order = InOrderOfRecording(walk.Order);
        walk.Return();
        long count = order.Where(o => !OnlyMoves(o)).Sum(o => (long)o.Output.Count)
            + order.SelectMany(o => o.Inputs).Where(t => t.Origin is null).Distinct().Sum(t => (long)t.Count);
        if (count > maxNodes)
            throw new InvalidOperationException(
                $"This network has {count} numbers, Explain writes out at most {maxNodes}; take a smaller network or fewer samples, "
                + "or raise ExplainOptions.MaxNumbers.");
        ScalarGraph graph = new(loss);
        using IDisposable device = Device.Use(loss.Device), recording = Tensor.NoGradient();
        foreach (Operation operation in order) graph.Add(operation);
        foreach (ScalarNode node in graph.Operations.SelectMany(o => graph[o.Output])) graph.Write(node);
        graph.JoinSums();
        foreach (ScalarNode node in graph.Nodes) node.Users.Sort((a, b) => a.To.Place.CompareTo(b.To.Place));
        return graph;
    }

    // As the program computed them, so that the steps of a recurrence count forwards. An operation waits for those it depends on.
    private static Operation[] InOrderOfRecording(IReadOnlyCollection<Operation> operations)
    {
        HashSet<Operation> all = [.. operations];
        Dictionary<Operation, Operation[]> waits = operations.ToDictionary(o => o,
            o => o.Inputs.Select(t => t.Origin).OfType<Operation>().Where(all.Contains).Distinct().ToArray());
        ILookup<Operation, Operation> users =
            waits.SelectMany(w => w.Value.Select(on => (on, w.Key))).ToLookup(pair => pair.on, pair => pair.Key);
        Dictionary<Operation, int> left = waits.ToDictionary(w => w.Key, w => w.Value.Length);
        PriorityQueue<Operation, int> ready = new();
        foreach (Operation operation in operations.Where(o => left[o] == 0)) ready.Enqueue(operation, operation.Number);
        List<Operation> order = [];
        while (ready.TryDequeue(out Operation? next, out _))
        {
            order.Add(next);
            foreach (Operation user in users[next])
                if (--left[user] == 0) ready.Enqueue(user, user.Number);
        }
        return [.. order];
    }

    private void Add(Operation operation)
    {
        foreach (Tensor input in operation.Inputs)
        {
            if (_nodes.ContainsKey(input)) continue;
            Leaves.Add(input);
            _nodes[input] = Numbers(input);
        }
        if (operation.LibraryState?.StepByStep is { } steps) AddSteps(operation, steps);
        else if (operation.LibraryState is ReshapeState or WatchedState or BringState) _nodes[operation.Output] = _nodes[operation[0]];
        else if (operation.LibraryState is ConcatenateState { Axis: var axis }) _nodes[operation.Output] = Joined(operation, axis);
        else AddComputation(operation);
    }

    // The smaller operations an operation consists of, in its place.
    private void AddSteps(Operation operation, Func<Tensor[], Tensor> steps)
    {
        Tensor result;
        using (Tensor.Recording(on: true)) result = steps([.. operation.Inputs]);
        GraphWalk walk = GraphWalk.From(result, ends: [.. operation.Inputs]);
        Operation[] order = InOrderOfRecording(walk.Order);
        walk.Return();
        foreach (Operation step in order)
        {
            foreach (Tensor made in step.Inputs.Where(input => !_nodes.ContainsKey(input)))
            {
                Tensor? seen = operation.Inputs.FirstOrDefault(input => input.Storage == made.Storage && input.Count == made.Count);
                _nodes[made] = seen is null ? Numbers(made, literal: true) : _nodes[seen];
            }
            Add(step);
        }
        _nodes[operation.Output] = _nodes[result];
    }

    private ScalarNode[] Joined(Operation operation, int axis)
    {
        Shape shape = operation.Output.Shape;
        int outer = shape.Product(0, axis), inner = shape.Product(axis + 1, shape.Rank);
        return [.. Enumerable.Range(0, outer).SelectMany(o => operation.Inputs.SelectMany(input =>
            _nodes[input].Skip(o * input.Shape[axis] * inner).Take(input.Shape[axis] * inner)))];
    }

    private void AddComputation(Operation operation)
    {
        Dictionary<int, double>[][] slopes = Jacobian(operation, out Tensor[] inputs);
        ScalarNode[] outputs = Numbers(operation.Output);
        if (OnlyMoves(operation) && IsRearrangement(operation, slopes))
        {
            _nodes[operation.Output] = [.. Enumerable.Range(0, outputs.Length).Select(row => Moved(row))];
            return;
        }
        Operations.Add(operation);
        _nodes[operation.Output] = outputs;
        foreach (ScalarNode node in outputs) node.Place = _placed++;
        for (int row = 0; row < outputs.Length; row++)
        {
            Dictionary<ScalarNode, double> total = [];
            for (int i = 0; i < inputs.Length; i++)
            foreach ((int element, double slope) in slopes[i][row])
            {
                ScalarNode source = _nodes[inputs[i]][element];
                if (source.IsLiteral) continue;
                total[source] = total.GetValueOrDefault(source) + slope;
            }
            foreach ((ScalarNode source, double slope) in total) Connect(source, outputs[row], slope);
        }

        ScalarNode Moved(int row)
        {
            int input = Array.FindIndex(slopes, s => s[row].Count == 1);
            return input < 0
                ? new ScalarNode(operation.Output, row, outputs[row].Value) { IsLiteral = true }
                : _nodes[inputs[input]][slopes[input][row].Keys.Single()];
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
            if (!nodes.All(n => n.Formula is not null && n.Users is [{ To: { Formula: not null, Operation: { } user } }] && IsSum(user)))
                continue;
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

    private static bool IsSum(Operation operation) => operation.LibraryState is CombineState { Op: BinaryOp.Add };

    private static bool IsJoined(Operation operation) =>
        operation.LibraryState is LinearState or MatMulState or CombineState { Op: BinaryOp.Multiply or BinaryOp.Add };

    private static void Connect(ScalarNode from, ScalarNode to, double slope)
    {
        ScalarEdge edge = new(from, to, slope);
        from.Users.Add(edge);
        to.Sources.Add(edge);
    }

    private static bool OnlyMoves(Operation operation) => operation.LibraryState is { OnlyMoves: true };

    private static bool IsRearrangement(Operation operation, Dictionary<int, double>[][] slopes) =>
        Enumerable.Range(0, operation.Output.Count).All(row =>
            (slopes.Sum(s => s[row].Count) == 1 || (operation.LibraryState is PlaceState && slopes[0][row].Count == 0))
            && slopes.All(s => s[row].Values.All(slope => slope == 1)));

    private static ScalarNode[] Numbers(Tensor tensor, bool literal = false) =>
        [.. tensor.ToDoubles().Select((value, i) => new ScalarNode(tensor, i, value) { IsLiteral = literal })];

    // [input][row of the output] → the elements of the input that matter there.
    private static Dictionary<int, double>[][] Jacobian(Operation operation, out Tensor[] inputs)
    {
        inputs = [.. operation.Inputs.Where(t => t.RequiresGradient).Distinct()];
        int rows = operation.Output.Count;
        Dictionary<int, double>[][] slopes = inputs.Select(_ => new Dictionary<int, double>[rows]).ToArray();
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
