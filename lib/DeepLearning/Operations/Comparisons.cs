namespace DeepLearning;

// Comparisons, which give 1 for true and 0 for false, and choosing by them.
public partial class Tensor
{
    /// <summary>1 where a &gt; b, else 0; comparisons have no gradient.</summary>
    public static Tensor operator >(Tensor a, Tensor b) => Combine(BinaryOp.Greater, a, b, null);

    /// <summary>1 where a &lt; b, else 0.</summary>
    public static Tensor operator <(Tensor a, Tensor b) => Combine(BinaryOp.Less, a, b, null);

    /// <summary>1 where a ≥ b, else 0.</summary>
    public static Tensor operator >=(Tensor a, Tensor b) => Combine(BinaryOp.GreaterEqual, a, b, null);

    /// <summary>1 where a ≤ b, else 0.</summary>
    public static Tensor operator <=(Tensor a, Tensor b) => Combine(BinaryOp.LessEqual, a, b, null);

    /// <summary>1 where x &gt; c, else 0.</summary>
    public static Tensor operator >(Tensor x, double c) => x > x.Constant(c);

    /// <summary>1 where x &lt; c, else 0.</summary>
    public static Tensor operator <(Tensor x, double c) => x < x.Constant(c);

    /// <summary>1 where x ≥ c, else 0.</summary>
    public static Tensor operator >=(Tensor x, double c) => x >= x.Constant(c);

    /// <summary>1 where x ≤ c, else 0.</summary>
    public static Tensor operator <=(Tensor x, double c) => x <= x.Constant(c);

    /// <summary>1 where a = b, else 0.</summary>
    public static Tensor Equal(Tensor a, Tensor b) => Combine(BinaryOp.Equal, a, b, null);

    /// <summary>1 where a ≠ b, else 0.</summary>
    public static Tensor NotEqual(Tensor a, Tensor b) => Combine(BinaryOp.NotEqual, a, b, null);

    /// <summary>1 where x = c, else 0.</summary>
    public static Tensor Equal(Tensor x, double c) => Equal(x, x.Constant(c));

    /// <summary>1 where x ≠ c, else 0.</summary>
    public static Tensor NotEqual(Tensor x, double c) => NotEqual(x, x.Constant(c));

    /// <summary>a where the condition is not 0, b elsewhere, after broadcasting; the gradient goes to whichever was taken.</summary>
    public static Tensor Where(Tensor condition, Tensor a, Tensor b)
    {
        SameDevice("where", condition, a, b);
        Shape shape = DeepLearning.Shape.Broadcast(DeepLearning.Shape.Broadcast(condition.Shape, a.Shape), b.Shape);
        Tensor c = condition.Detach().BroadcastTo(shape), x = a.BroadcastTo(shape), y = b.BroadcastTo(shape);
        Tensor result = Empty(shape, c.Device);
        c.Device.Where(c.Storage, x.Storage, y.Storage, result.Storage, shape.Count);
        return Record("where", result, new WhereState(c), static (op, g) =>
        {
            Tensor condition = op.State.Condition;
            if (op.Needs(0)) op.Send(0, Where(condition, g, 0));
            if (op.Needs(1)) op.Send(1, Where(condition, 0, g));
        }, x, y);
    }

    /// <summary>a where the condition is not 0, b elsewhere.</summary>
    public static Tensor Where(Tensor condition, Tensor a, double b) => Where(condition, a, a.Constant(b));

    /// <summary>a where the condition is not 0, b elsewhere.</summary>
    public static Tensor Where(Tensor condition, double a, Tensor b) => Where(condition, b.Constant(a), b);

    private Tensor Constant(double value) => Full(value, DeepLearning.Shape.Scalar, Device);
}

/// <summary>One of two tensors, element by element.</summary>
/// <param name="Condition">The first where this is not 0.</param>
internal readonly record struct WhereState(Tensor Condition) : IOperationState
{
    public IEnumerable<Tensor> Data => [Condition];
}
