namespace DeepLearning;

public partial class Tensor
{
    /// <summary>
    /// The matrix product: [M, K]·[K, N] → [M, N]. With more axes the leading ones are a batch and must agree, or be absent in one operand, which is
    /// then used for every product.
    /// </summary>
    /// <exception cref="ArgumentException">The inner lengths differ.</exception>
    public Tensor MatMul(Tensor other) => MatMul(this, other, transposeA: false, transposeB: false);

    /// <summary>
    /// z = x·Wᵀ + b for every row of x: the net input of a dense layer, z_j = Σᵢ W_ji·x_i + b_j.
    /// </summary>
    /// <param name="x">[N, in], or [in] for a single sample.</param>
    /// <param name="weight">W: [out, in], one row a neuron.</param>
    /// <param name="bias">b: [out], or null.</param>
    /// <returns>[N, out], or [out].</returns>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null)
    {
        if (x.Rank == 1) return Linear(x.Reshape(1, x.Count), weight, bias).Reshape(weight.Shape[0]);
        if (x.Rank != 2 || weight.Rank != 2 || x.Shape[1] != weight.Shape[1])
            throw new ArgumentException($"Linear needs x [N, in] and W [out, in] with the same in, got {x.Shape} and {weight.Shape}.");
        if (bias is not null && (bias.Rank != 1 || bias.Count != weight.Shape[0]))
            throw new ArgumentException($"The bias of W {weight.Shape} is [{weight.Shape[0]}], got {bias.Shape}.");
        Tensor y = Empty(new Shape(x.Shape[0], weight.Shape[0]), x.Device);
        if (bias is null) SameDevice("linear", x, weight);
        else SameDevice("linear", x, weight, bias);
        x.Device.MatMul(new MatMulArgs(x.Storage, weight.Storage, y.Storage, x.Shape[0], weight.Shape[0], x.Shape[1])
        {
            TransposeB = true,
            Bias = bias?.Storage,
        });
        return bias is null ? Record("linear", y, LinearDerivative, null, x, weight) : Record("linear", y, LinearDerivative, null, x, weight, bias);
    }

    private static readonly Operation.Derivative LinearDerivative = static (op, g) =>
    {
        if (op.Needs(0)) op.Send(0, MatMul(g, op[1], false, false));
        if (op.Needs(1)) op.Send(1, MatMul(g, op[0], true, false));
        if (op.Inputs.Count > 2 && op.Needs(2)) op.Send(2, g.Sum(0));
    };

    /// <summary>The product with either operand read as its transpose, without making the transpose.</summary>
    internal static Tensor MatMul(Tensor a, Tensor b, bool transposeA, bool transposeB)
    {
        if (a.Rank < 2 || b.Rank < 2)
            throw new ArgumentException($"A matrix product needs two matrices, got {a.Shape} and {b.Shape}; make a vector a matrix with Reshape(1, -1) or Reshape(-1, 1).");
        SameDevice("matmul", a, b);
        int m = a.Shape[transposeA ? -1 : -2], k = a.Shape[transposeA ? -2 : -1];
        int n = b.Shape[transposeB ? -2 : -1], inner = b.Shape[transposeB ? -1 : -2];
        if (k != inner)
            throw new ArgumentException($"A matrix product [M, K]·[K, N] needs equal K, got {k} and {inner} from {Side(a, transposeA)} and {Side(b, transposeB)}.");
        Shape batch = Batch(a, b);
        Tensor y = Empty(new Shape([.. batch.Dims, m, n]), a.Device);
        a.Device.MatMul(new MatMulArgs(a.Storage, b.Storage, y.Storage, m, n, k)
        {
            TransposeA = transposeA,
            TransposeB = transposeB,
            Batch = batch.Count,
            StrideA = a.Rank == 2 ? 0 : m * k,
            StrideB = b.Rank == 2 ? 0 : k * n,
        });
        return Record("matmul", y, static (op, g) =>
        {
            var (ta, tb) = ((bool, bool))op.State!;
            Tensor a = op[0], b = op[1];
            if (op.Needs(0)) op.Send(0, (ta ? MatMul(b, g, tb, true) : MatMul(g, b, false, !tb)).SumTo(a.Shape));
            if (op.Needs(1)) op.Send(1, (tb ? MatMul(g, a, true, ta) : MatMul(a, g, !ta, false)).SumTo(b.Shape));
        }, (transposeA, transposeB), a, b);

        static string Side(Tensor tensor, bool transposed) => transposed ? $"the transpose of {tensor.Shape}" : tensor.Shape.ToString();
    }

    private static Shape Batch(Tensor a, Tensor b)
    {
        Shape left = new(a.Shape.Dims[..^2]), right = new(b.Shape.Dims[..^2]);
        return left.Rank == 0 ? right : right.Rank == 0 || left.Equals(right) ? left
            : throw new ArgumentException($"The batch axes of {a.Shape} and {b.Shape} differ; they must agree, or one operand be a plain matrix.");
    }
}
