namespace DeepLearning;

public partial class Tensor
{
    // The sum of the contributions received so far in the backward pass under way, and how many there were.
    private Tensor? _incoming;
    private int _received;

    // The last walk that came by.
    internal int Mark;

    internal void Receive(Tensor contribution)
    {
        if (!RequiresGradient) return;
        _incoming = _incoming is null ? contribution : _incoming + contribution;
        contribution._received++;
    }

    /// <summary>
    /// Reverse-mode differentiation: computes ∂this/∂p for every parameter this single number was computed from and adds it to
    /// <see cref="Gradient"/>. Each operation is visited once, after everything that used its output, so a gradient is the sum over all
    /// paths.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is not a single number, or nothing it was computed from needs a
    /// gradient.</exception>
    public void Backward()
    {
        CheckScalar();
        Backward(Constant(1, this), keepGraph: false);
    }

    /// <summary>As <see cref="Backward()"/>, from a given ∂loss/∂this.</summary>
    /// <param name="gradient">Of this tensor's shape.</param>
    /// <param name="keepGraph">Records the backward pass itself, so that the gradients can be differentiated again.</param>
    public void Backward(Tensor gradient, bool keepGraph = false)
    {
        ArgumentCheck.NotNull(gradient);
        CheckGradient(gradient);
        if (!RequiresGradient)
            throw new InvalidOperationException(
                "Nothing this tensor was computed from needs a gradient; call RequireGradient() on the inputs, or leave NoGradient().");
        gradient._received++; // the caller's, so never taken over as a gradient
        GraphWalk walk = Propagate(gradient, keepGraph);
        foreach (Tensor leaf in walk.Leaves)
        {
            if (leaf._incoming is not { } total) continue;
            leaf._incoming = null;
            leaf.AddToGradient(total, keepGraph);
        }
        walk.Return();
    }

    /// <summary>The gradients of a single number with respect to chosen tensors, returned rather than stored.</summary>
    /// <param name="of">A single number.</param>
    /// <param name="with">Tensors it was computed from; a tensor it does not depend on gets zeros.</param>
    /// <param name="keepGraph">Makes the results differentiable themselves, for gradients of gradients.</param>
    public static Tensor[] Gradients(Tensor of, IReadOnlyList<Tensor> with, bool keepGraph = false)
    {
        ArgumentCheck.NotNull(of);
        ArgumentCheck.NotNull(with);
        Tensor seed = of.OnesForScalar();
        foreach (Tensor x in with)
        {
            if (!x.RequiresGradient)
                throw new InvalidOperationException(
                    $"A tensor {x.Shape} that needs no gradient was asked for one; call RequireGradient() on it before computing with it.");
        }
        Dictionary<Tensor, Tensor> totals = [];
        if (of.RequiresGradient)
        {
            HashSet<Tensor> wanted = [.. with];
            GraphWalk walk = of.Propagate(seed, keepGraph, (tensor, total) =>
            {
                if (wanted.Contains(tensor)) totals[tensor] = total;
            });
            foreach (Tensor leaf in walk.Leaves)
            {
                if (wanted.Contains(leaf) && leaf._incoming is { } total) totals[leaf] = total;
                leaf._incoming = null;
            }
            walk.Return();
        }
        return [.. with.Select(x => totals.TryGetValue(x, out Tensor? total) ? total : Full(0, x.Shape, x.Device))];
    }

    /// <summary>
    /// The differentiable gradients of <paramref name="of"/>, from a given ∂loss/∂of, with respect to tensors at which the walk ends.
    /// </summary>
    internal static Tensor?[] GradientsUpTo(Tensor of, Tensor gradient, Tensor[] inputs)
    {
        GraphWalk walk = of.Propagate(gradient, keepGraph: true, ends: [.. inputs]);
        Tensor?[] totals = [.. inputs.Select(input => input._incoming)];
        foreach (Tensor leaf in walk.Leaves) leaf._incoming = null;
        walk.Return();
        return totals;
    }

    // Sends the gradient through every operation, last to first. Each leaf it reached holds its total in _incoming.
    private GraphWalk Propagate(Tensor gradient, bool keepGraph, Action<Tensor, Tensor>? visit = null, HashSet<Tensor>? ends = null)
    {
        GraphWalk walk = GraphWalk.From(this, ends);
        List<Operation> order = walk.Order;
        using RecordingSwitch _ = Recording(keepGraph);
        Receive(gradient);
        try
        {
            for (int i = order.Count - 1; i >= 0; i--)
            {
                Tensor output = order[i].Output;
                if (output._incoming is not { } total) continue;
                output._incoming = null;
                visit?.Invoke(output, total);
                order[i].Run(total);
            }
        }
        catch
        {
            foreach (Operation operation in order) operation.Output._incoming = null;
            foreach (Tensor leaf in walk.Leaves) leaf._incoming = null;
            throw;
        }
        return walk;
    }

    private void AddToGradient(Tensor total, bool keepGraph)
    {
        if ((keepGraph && total.RequiresGradient) || Gradient is { Origin: not null })
        {
            // A view of its own, since other tensors may have received the same total and clear theirs at another time.
            Gradient = (Gradient is null ? total.Reshape(Shape) : Gradient + total).Keep();
            return;
        }
        if (Gradient is not null)
        {
            Device.Binary(BinaryOp.Add, Gradient.Storage, [1], total.Storage, [1], Gradient.Storage, [Count]);
            return;
        }
        // A total that nothing else refers to becomes the gradient itself; any other is copied, since the gradient may be changed in place.
        bool mine = total._received <= 1 && total.Storage.Users == 1;
        Gradient = mine ? total : total.Clone();
        if (TensorScope.IsOpen) Gradient.Keep();
    }

    private Tensor OnesForScalar()
    {
        CheckScalar();
        return Full(1, Shape, Device);
    }

    private void CheckScalar()
    {
        if (Count != 1)
            throw new InvalidOperationException(
                $"Backward starts from a single number such as a loss, this tensor is {Shape}; "
                + "reduce it first, for instance with Sum() or Mean().");
    }

    private void CheckGradient(Tensor gradient)
    {
        if (!gradient.Shape.Equals(Shape))
            throw new ArgumentException($"The gradient of a tensor {Shape} has its shape, got {gradient.Shape}.");
    }
}
