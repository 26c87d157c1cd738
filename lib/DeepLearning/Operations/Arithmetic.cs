namespace DeepLearning;

// Functions of two tensors, element by element, after broadcasting. A stretched operand's gradient is summed over the stretched axes.
public partial class Tensor
{
    /// <summary>a + b</summary>
    public static Tensor operator +(Tensor a, Tensor b) => Combine(BinaryOp.Add, a, b, static (op, g) =>
    {
        op.SendSummed(0, op.Needs(0) ? g : null);
        op.SendSummed(1, op.Needs(1) ? g : null);
    });

    /// <summary>a − b</summary>
    public static Tensor operator -(Tensor a, Tensor b) => Combine(BinaryOp.Subtract, a, b, static (op, g) =>
    {
        op.SendSummed(0, op.Needs(0) ? g : null);
        op.SendSummed(1, op.Needs(1) ? -g : null);
    });

    /// <summary>a·b, element by element (a ⊙ b); for the matrix product see <see cref="MatMul(Tensor)"/>.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => Combine(BinaryOp.Multiply, a, b, static (op, g) =>
    {
        op.SendSummed(0, op.Needs(0) ? g * op[1] : null);
        op.SendSummed(1, op.Needs(1) ? g * op[0] : null);
    });

    /// <summary>a/b</summary>
    public static Tensor operator /(Tensor a, Tensor b) => Combine(BinaryOp.Divide, a, b, static (op, g) =>
    {
        op.SendSummed(0, op.Needs(0) ? g / op[1] : null);
        op.SendSummed(1, op.Needs(1) ? -g * op.Output / op[1] : null);
    });

    /// <summary>
    /// aᵇ. The base's gradient where b = 0 is 0, and the exponent's where a = 0 and b ≥ 0, though their factors are infinite there; the
    /// exponent of a negative base has none (NaN).
    /// </summary>
    public static Tensor Power(Tensor a, Tensor b) => Combine(BinaryOp.Power, a, b, static (op, g) =>
    {
        Tensor a = op[0], b = op[1], atZero = Equal(a, 0);
        // ∂/∂a = b·aᵇ⁻¹ and ∂/∂b = aᵇ·ln a; at 0⁰ the exponent b − 1, and at 0ᵇ the base of the logarithm, are replaced by 1.
        op.SendSummed(0, op.Needs(0) ? g * b * Power(a, Where(atZero * Equal(b, 0), 1, b - 1)) : null);
        op.SendSummed(1, op.Needs(1) ? g * op.Output * Where(atZero * (b >= 0), 1, a).Log() : null);
    });

    /// <summary>The larger of the two; where they are equal each gets half the gradient.</summary>
    public static Tensor Maximum(Tensor a, Tensor b) => Combine(BinaryOp.Maximum, a, b, static (op, g) =>
    {
        op.SendSummed(0, op.Needs(0) ? g * ((op[0] > op[1]) + 0.5 * Equal(op[0], op[1])) : null);
        op.SendSummed(1, op.Needs(1) ? g * ((op[1] > op[0]) + 0.5 * Equal(op[0], op[1])) : null);
    });

    /// <summary>The smaller of the two; where they are equal each gets half the gradient.</summary>
    public static Tensor Minimum(Tensor a, Tensor b) => Combine(BinaryOp.Minimum, a, b, static (op, g) =>
    {
        op.SendSummed(0, op.Needs(0) ? g * ((op[0] < op[1]) + 0.5 * Equal(op[0], op[1])) : null);
        op.SendSummed(1, op.Needs(1) ? g * ((op[1] < op[0]) + 0.5 * Equal(op[0], op[1])) : null);
    });

    /// <summary>−x</summary>
    public static Tensor operator -(Tensor x) => Affine(x, -1);

    /// <summary>x + c</summary>
    public static Tensor operator +(Tensor x, double c) => Affine(x, 1, c);

    /// <summary>c + x</summary>
    public static Tensor operator +(double c, Tensor x) => Affine(x, 1, c);

    /// <summary>x − c</summary>
    public static Tensor operator -(Tensor x, double c) => Affine(x, 1, -c);

    /// <summary>c − x</summary>
    public static Tensor operator -(double c, Tensor x) => Affine(x, -1, c);

    /// <summary>c·x</summary>
    public static Tensor operator *(Tensor x, double c) => Affine(x, c);

    /// <summary>c·x</summary>
    public static Tensor operator *(double c, Tensor x) => Affine(x, c);

    /// <summary>x/c</summary>
    public static Tensor operator /(Tensor x, double c) => Affine(x, 1 / c);

    /// <summary>c/x</summary>
    public static Tensor operator /(double c, Tensor x)
    {
        ArgumentCheck.NotNull(x);
        return c * x.Reciprocal();
    }

    // a·x + b
    private static Tensor Affine(Tensor x, double a, double b = 0)
    {
        ArgumentCheck.NotNull(x);
        return x.Map(UnaryOp.Affine, a, b);
    }

    private static Tensor Combine(BinaryOp kind, Tensor a, Tensor b, Operation<CombineState>.Derivative? derivative)
    {
        ArgumentCheck.NotNull(a);
        ArgumentCheck.NotNull(b);
        if ((a is PendingTensor || b is PendingTensor) && Fusion.TryCombine(kind, a, b) is { } later) return later;
        SameDevice(NameOf(kind), a, b);
        Shape shape = DeepLearning.Shape.Broadcast(a.Shape, b.Shape);
        Tensor y = Empty(shape, a.Device);
        if (ReferenceEquals(a.Shape, b.Shape) || a.Shape.Equals(b.Shape))
        {
            a.Device.Binary(kind, a.Storage, [1], b.Storage, [1], y.Storage, [shape.Count]);
        }
        else
        {
            Span<int> left = stackalloc int[shape.Rank], right = stackalloc int[shape.Rank];
            a.Shape.BroadcastStrides(shape, left);
            b.Shape.BroadcastStrides(shape, right);
            a.Device.Binary(kind, a.Storage, left, b.Storage, right, y.Storage, shape.Dims);
        }
        return derivative is null ? y : Record(NameOf(kind), y, new CombineState(kind), derivative, a, b);
    }

    private static void SameDevice(string operation, Tensor a, Tensor b)
    {
        if (a.Device != b.Device) SameDevice(operation, [a, b]);
    }

    private static void SameDevice(string operation, params ReadOnlySpan<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            if (tensor.Device != tensors[0].Device)
                throw new InvalidOperationException(
                    $"{operation} got tensors on {tensors[0].Device} and on {tensor.Device}; move one of them with To(…).");
        }
    }
}

internal static class BroadcastGradient
{
    /// <summary>Sends a contribution, summed over the axes along which input <paramref name="i"/> was stretched.</summary>
    public static void SendSummed(this Operation operation, int i, Tensor? contribution)
    {
        if (contribution is not null) operation.Send(i, contribution.SumTo(operation[i].Shape));
    }
}

/// <summary>A function of two tensors, element by element.</summary>
/// <param name="Op">Which function.</param>
internal readonly record struct CombineState(BinaryOp Op) : IOperationState;
