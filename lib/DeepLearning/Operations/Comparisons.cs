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
    public static Tensor operator >(Tensor x, double c) => Compare(BinaryOp.Greater, x, c);

    /// <summary>1 where x &lt; c, else 0.</summary>
    public static Tensor operator <(Tensor x, double c) => Compare(BinaryOp.Less, x, c);

    /// <summary>1 where x ≥ c, else 0.</summary>
    public static Tensor operator >=(Tensor x, double c) => Compare(BinaryOp.GreaterEqual, x, c);

    /// <summary>1 where x ≤ c, else 0.</summary>
    public static Tensor operator <=(Tensor x, double c) => Compare(BinaryOp.LessEqual, x, c);

    private const string EqualsIsAmbiguous =
        "For 1 where numbers are equal and 0 elsewhere write Tensor.Equal(a, b) or Tensor.NotEqual(a, b), "
        + "for whether two variables are the same tensor object.ReferenceEquals(a, b), for a missing one x is null.";

    /// <summary>
    /// Not there: it would be read as a comparison of numbers by some and of references by others. See <see cref="Equal(Tensor, Tensor)"/>.
    /// </summary>
    [Obsolete(EqualsIsAmbiguous, error: true)]
    public static bool operator ==(Tensor? a, Tensor? b) => throw new NotSupportedException(EqualsIsAmbiguous);

    /// <summary>Not there; see <see cref="NotEqual(Tensor, Tensor)"/>.</summary>
    [Obsolete(EqualsIsAmbiguous, error: true)]
    public static bool operator !=(Tensor? a, Tensor? b) => throw new NotSupportedException(EqualsIsAmbiguous);

    /// <summary>
    /// Whether it is this very tensor, so that tensors can be keys and members of records; numbers are compared by
    /// <see cref="Equal(Tensor, Tensor)"/>.
    /// </summary>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>1 where a = b, else 0.</summary>
    public static Tensor Equal(Tensor a, Tensor b) => Combine(BinaryOp.Equal, a, b, null);

    /// <summary>1 where a ≠ b, else 0.</summary>
    public static Tensor NotEqual(Tensor a, Tensor b) => Combine(BinaryOp.NotEqual, a, b, null);

    /// <summary>1 where x = c, else 0.</summary>
    public static Tensor Equal(Tensor x, double c) => Compare(BinaryOp.Equal, x, c);

    /// <summary>1 where x ≠ c, else 0.</summary>
    public static Tensor NotEqual(Tensor x, double c) => Compare(BinaryOp.NotEqual, x, c);

    /// <summary>a where the condition is not 0, b elsewhere, after broadcasting; the gradient goes to whichever was taken.</summary>
    public static Tensor Where(Tensor condition, Tensor a, Tensor b)
    {
        ArgumentCheck.NotNull(condition);
        ArgumentCheck.NotNull(a);
        ArgumentCheck.NotNull(b);
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
    public static Tensor Where(Tensor condition, Tensor a, double b)
    {
        ArgumentCheck.NotNull(a);
        return Where(condition, a, a.Constant(b));
    }

    /// <summary>a where the condition is not 0, b elsewhere.</summary>
    public static Tensor Where(Tensor condition, double a, Tensor b)
    {
        ArgumentCheck.NotNull(b);
        return Where(condition, b.Constant(a), b);
    }

    private static Tensor Compare(BinaryOp kind, Tensor x, double c)
    {
        ArgumentCheck.NotNull(x);
        return Combine(kind, x, x.Constant(c), null);
    }

    private Tensor Constant(double value) => Full(value, DeepLearning.Shape.Scalar, Device);
}

/// <summary>One of two tensors, element by element.</summary>
/// <param name="Condition">The first where this is not 0.</param>
internal readonly record struct WhereState(Tensor Condition) : IOperationState
{
    public IEnumerable<Tensor> Data => [Condition];
}
