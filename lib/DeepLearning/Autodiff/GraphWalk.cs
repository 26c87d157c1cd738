namespace DeepLearning;

/// <summary>
/// What a tensor was computed by and from, in an order in which every operation comes after all operations it depends on.
/// </summary>
internal sealed class GraphWalk
{
    private static int s_count;
    [ThreadStatic] private static GraphWalk? s_spare;

    private readonly Stack<(Operation Operation, int Next)> _path = new();
    private HashSet<Tensor>? _ends;
    private int _number;

    private GraphWalk() { }

    /// <summary>The operations, sorted.</summary>
    public List<Operation> Order { get; } = [];

    /// <summary>The tensors that need a gradient and were not computed.</summary>
    public List<Tensor> Leaves { get; } = [];

    /// <summary>Walks depth-first from <paramref name="tensor"/>. <see cref="Return"/> the walk when done with it.</summary>
    /// <param name="tensor">The result, such as a loss.</param>
    /// <param name="ends">Tensors that count as leaves although they were computed.</param>
    /// <exception cref="ObjectDisposedException">Something on the way was disposed.</exception>
    public static GraphWalk From(Tensor tensor, HashSet<Tensor>? ends = null)
    {
        GraphWalk walk = s_spare ?? new GraphWalk();
        s_spare = null;
        walk._ends = ends;
        walk._number = Interlocked.Increment(ref s_count);
        walk.Visit(tensor);
        return walk;
    }

    /// <summary>Forgets what was found and keeps the lists for the next walk on this thread.</summary>
    public void Return()
    {
        Order.Clear();
        Leaves.Clear();
        _ends = null;
        s_spare = this;
    }

    private void Visit(Tensor tensor)
    {
        Enter(tensor);
        while (_path.TryPop(out (Operation Operation, int Next) top))
        {
            if (top.Next == top.Operation.InputCount)
            {
                Order.Add(top.Operation);
                continue;
            }
            _path.Push((top.Operation, top.Next + 1));
            Enter(top.Operation[top.Next]);
        }
    }

    private void Enter(Tensor tensor)
    {
        if (!tensor.RequiresGradient) return;
        _ = tensor.Storage; // a disposed tensor has forgotten its origin: the gradient would end here unnoticed
        if (tensor.Origin is { } operation && _ends?.Contains(tensor) != true)
        {
            if (operation.Mark == _number) return;
            operation.Mark = _number;
            _path.Push((operation, 0));
        }
        else if (tensor.Mark != _number)
        {
            tensor.Mark = _number;
            Leaves.Add(tensor);
        }
    }
}
