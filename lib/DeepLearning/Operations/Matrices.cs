namespace DeepLearning;

public partial class Tensor
{
    /// <summary>
    /// The matrix product: [M, K]·[K, N] → [M, N]. With more axes the leading ones are a batch of products and are broadcast:
    /// [B, 1, M, K]·[H, K, N] → [B, H, M, N].
    /// </summary>
    /// <exception cref="ArgumentException">The inner lengths differ, or the batch axes do not fit together.</exception>
    public Tensor MatMul(Tensor other)
    {
        ArgumentCheck.NotNull(other);
        return MatMul(this, other, transposeA: false, transposeB: false);
    }

    /// <summary>
    /// z = x·Wᵀ + b for every row of x: the net input of a dense layer, z_j = Σᵢ W_ji·x_i + b_j.
    /// </summary>
    /// <param name="x">[N, in], [in] for a single sample, or with more axes [N, …, in].</param>
    /// <param name="weight">W: [out, in], one row a neuron.</param>
    /// <param name="bias">b: [out], or null.</param>
    /// <returns>[N, out], [out], or [N, …, out].</returns>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null) => Linear(x, weight, bias, null);

    /// <summary>f(z) for x: [N, in], which a device may make in the same kernel as z; z is part of the computation as ever.</summary>
    internal static Tensor Activated(Tensor x, Tensor weight, Tensor? bias, UnaryOp activation)
    {
        Tensor y = Empty(DeepLearning.Shape.Of(x.Shape[0], weight.Shape[0]), x.Device);
        return Linear(x, weight, bias, (activation, y)).Mapped(activation, y);
    }

    private static Tensor Linear(Tensor x, Tensor weight, Tensor? bias, (UnaryOp Op, Tensor Y)? activated)
    {
        ArgumentCheck.NotNull(x);
        ArgumentCheck.NotNull(weight);
        if (x.Rank == 1) return Linear(x.Reshape(1, x.Count), weight, bias).Reshape(weight.Shape[0]);
        if (x.Rank > 2 && weight.Rank == 2 && x.Shape[-1] == weight.Shape[1])
            return Linear(x.Rowwise(), weight, bias).Reshape(new Shape([.. x.Shape.Dims[..^1], weight.Shape[0]]));
        if (x.Rank != 2 || weight.Rank != 2 || x.Shape[1] != weight.Shape[1])
            throw new ArgumentException($"Linear needs x [N, in] and W [out, in] with the same in, got {x.Shape} and {weight.Shape}.");
        if (bias is not null && (bias.Rank != 1 || bias.Count != weight.Shape[0]))
            throw new ArgumentException($"The bias of W {weight.Shape} is [{weight.Shape[0]}], got {bias.Shape}.");
        Tensor y = Empty(DeepLearning.Shape.Of(x.Shape[0], weight.Shape[0]), x.Device);
        if (bias is null) SameDevice("linear", x, weight);
        else SameDevice("linear", x, weight, bias);
        MatMulArgs product = new(x.Storage, weight.Storage, y.Storage, x.Shape[0], weight.Shape[0], x.Shape[1])
        {
            TransposeB = true, Bias = bias?.Storage,
        };
        if (activated is var (op, f)) x.Device.MatMul(product, op, f.Storage);
        else x.Device.MatMul(product);
        return bias is null
            ? Record("linear", y, new LinearState(), s_linearDerivative, x, weight)
            : Record("linear", y, new LinearState(), s_linearDerivative, x, weight, bias);
    }

    private static readonly Operation<LinearState>.Derivative s_linearDerivative = static (op, g) =>
    {
        if (op.Needs(0)) op.Send(0, MatMul(g, op[1], false, false));
        if (op.Needs(1)) op.Send(1, MatMul(g, op[0], true, false));
        if (op.InputCount > 2 && op.Needs(2)) op.Send(2, g.SumTo(op[2].Shape));
    };

    /// <summary>The product with either operand read as its transpose, without making the transpose.</summary>
    internal static Tensor MatMul(Tensor a, Tensor b, bool transposeA, bool transposeB)
    {
        if (a.Rank < 2 || b.Rank < 2)
            throw new ArgumentException(
                $"A matrix product needs two matrices, got {a.Shape} and {b.Shape}; make a vector a matrix with Reshape(1, " +
                "-1) or Reshape(-1, 1).");
        SameDevice("matmul", a, b);
        int m = a.Shape[transposeA ? -1 : -2], k = a.Shape[transposeA ? -2 : -1];
        int n = b.Shape[transposeB ? -2 : -1], inner = b.Shape[transposeB ? -1 : -2];
        if (k != inner)
            throw new ArgumentException(
                $"A matrix product [M, K]·[K, N] needs equal K, got {k} and {inner} from {Side(a, transposeA)} and {Side(b, transposeB)}.");
        if (a.Rank == 2 && b.Rank == 2) return Product(a, b, transposeA, transposeB, m, n, k, DeepLearning.Shape.Of(m, n), 1);
        Shape batch = Batch(a, b);
        if (a.Rank > 2 && b.Rank == 2 && !transposeA)
            return MatMul(a.Rowwise(), b, false, transposeB).Reshape(new Shape([.. batch.Dims, m, n]));
        return Product(a.StretchBatch(batch), b.StretchBatch(batch), transposeA, transposeB, m, n, k,
            new Shape([.. batch.Dims, m, n]), batch.Count);

        static string Side(Tensor tensor, bool transposed) => transposed ? $"the transpose of {tensor.Shape}" : tensor.Shape.ToString();
    }

    private static Tensor Product(Tensor a, Tensor b, bool transposeA, bool transposeB, int m, int n, int k, Shape shape, int batch)
    {
        Tensor y = Empty(shape, a.Device);
        a.Device.MatMul(new MatMulArgs(a.Storage, b.Storage, y.Storage, m, n, k)
        {
            TransposeA = transposeA,
            TransposeB = transposeB,
            Batch = batch,
            StrideA = a.Count == m * k ? 0 : m * k,
            StrideB = b.Count == k * n ? 0 : k * n,
        });
        if (!IsRecording || !(a.RequiresGradient || b.RequiresGradient)) return y;
        return Record("matmul", y, new MatMulState(transposeA, transposeB), static (op, g) =>
        {
            (bool ta, bool tb) = op.State;
            Tensor a = op[0], b = op[1];
            if (op.Needs(0)) op.Send(0, (ta ? MatMul(b, g, tb, true) : MatMul(g, b, false, !tb)).SumTo(a.Shape));
            if (op.Needs(1)) op.Send(1, (tb ? MatMul(g, a, true, ta) : MatMul(a, g, !ta, false)).SumTo(b.Shape));
        }, a, b);
    }

    private static Shape Batch(Tensor a, Tensor b)
    {
        Shape left = new(a.Shape.Dims[..^2]), right = new(b.Shape.Dims[..^2]);
        return DeepLearning.Shape.TryBroadcast(left, right, out _)
            ?? throw new ArgumentException(
                $"The batch axes {left} and {right} of {a.Shape} and {b.Shape} do not fit together; lengths must be equal or 1.");
    }

    // A device repeats one matrix or walks through all of them; anything between is copied out.
    private Tensor StretchBatch(Shape batch)
    {
        int own = Shape.Product(0, Rank - 2);
        return own == 1 || own == batch.Count ? this : BroadcastTo(new Shape([.. batch.Dims, Shape[-2], Shape[-1]]));
    }

    // All but the last axis joined: [N, …, M] → [N·…, M].
    private Tensor Rowwise() => Reshape(new Shape(Shape.Product(0, Rank - 1), Shape[-1]));

    /// <summary>Σ a·b over all numbers of two tensors of one shape: the inner product.</summary>
    public static Tensor Dot(Tensor a, Tensor b)
    {
        ArgumentCheck.NotNull(a);
        ArgumentCheck.NotNull(b);
        if (!a.Shape.Equals(b.Shape))
            throw new ArgumentException($"An inner product needs two tensors of one shape, got {a.Shape} and {b.Shape}.");
        return (a * b).Sum();
    }

    /// <summary>The outer product of two vectors: [M], [N] → [M, N], element i, j is aᵢ·bⱼ.</summary>
    public static Tensor Outer(Tensor a, Tensor b)
    {
        ArgumentCheck.NotNull(a);
        ArgumentCheck.NotNull(b);
        if (a.Rank != 1 || b.Rank != 1) throw new ArgumentException($"An outer product needs two vectors, got {a.Shape} and {b.Shape}.");
        return a.Unsqueeze(1) * b;
    }

    /// <summary>
    /// The lower triangle of a matrix, zeros above: element i, j stays where j − i ≤ <paramref name="diagonal"/>. Of more axes,
    /// the last two.
    /// </summary>
    /// <param name="diagonal">0 keeps the diagonal, 1 the one above it as well, −1 neither.</param>
    public Tensor Tril(int diagonal = 0) => Triangle(lower: true, diagonal);

    /// <summary>
    /// The upper triangle of a matrix, zeros below: element i, j stays where j − i ≥ <paramref name="diagonal"/>. Of more axes,
    /// the last two.
    /// </summary>
    /// <param name="diagonal">0 keeps the diagonal, 1 leaves it out, −1 keeps the one below it as well.</param>
    public Tensor Triu(int diagonal = 0) => Triangle(lower: false, diagonal);

    private Tensor Triangle(bool lower, int diagonal)
    {
        if (Rank < 2) throw new InvalidOperationException($"A triangle needs a matrix, the tensor is {Shape}.");
        if (Math.Max(Shape[-1], Shape[-2]) > ArgumentCheck.LargestWhole)
            throw new ArgumentException(
                $"A triangle is cut out of at most {ArgumentCheck.LargestWhole} rows and columns, which float32 counts exactly, " +
                $"got {Shape}.");
        using Device.DeviceSwitch _ = DeepLearning.Device.Use(Device);
        Tensor column = Arange(Shape[-1]), row = (Arange(Shape[-2]) + Math.Clamp(diagonal, -Shape[-2], Shape[-1])).Unsqueeze(1);
        return Where(lower ? column <= row : column >= row, this, 0);
    }
}

/// <summary>z = x·Wᵀ + b.</summary>
internal readonly record struct LinearState : IOperationState;

/// <summary>A product of matrices, or of batches of them.</summary>
/// <param name="TransposeA">Whether the first is read as its transpose.</param>
/// <param name="TransposeB">Whether the second is.</param>
internal readonly record struct MatMulState(bool TransposeA, bool TransposeB) : IOperationState;
