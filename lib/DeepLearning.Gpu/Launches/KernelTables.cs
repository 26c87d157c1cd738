using ILGPU;

namespace DeepLearning;

/// <summary>The kernels of a <see cref="UnaryOp"/>.</summary>
internal sealed record UnaryTable(Action<Index1D, UnaryArgs> Value, Action<Index1D, UnaryArgs> Gradient)
{
    // In the order of the operations.
    private static readonly UnaryTable[] s_all =
    [
        Of<UnaryMath.Affine>(), Of<UnaryMath.Abs>(), Of<UnaryMath.Sign>(), Of<UnaryMath.Exp>(), Of<UnaryMath.Log>(), Of<UnaryMath.Sqrt>(),
        Of<UnaryMath.Square>(), Of<UnaryMath.Reciprocal>(), Of<UnaryMath.Power>(), Of<UnaryMath.Sin>(), Of<UnaryMath.Cos>(),
        Of<UnaryMath.Erf>(), Of<UnaryMath.Floor>(), Of<UnaryMath.Clamp>(), Of<UnaryMath.Step>(), Of<UnaryMath.Tanh>(),
        Of<UnaryMath.Sigmoid>(), Of<UnaryMath.Softplus>(), Of<UnaryMath.Relu>(), Of<UnaryMath.LeakyRelu>(), Of<UnaryMath.Elu>(),
        Of<UnaryMath.Gelu>(),
    ];

    public static UnaryTable For(UnaryOp op) => s_all[(int)op];

    private static UnaryTable Of<T>() where T : struct, IUnary => new(ElementKernels.Unary<T>, ElementKernels.UnaryGradient<T>);
}

/// <summary>The kernels of a <see cref="BinaryOp"/>.</summary>
internal sealed record BinaryTable(Action<Index1D, BinaryArgs> Fours, Action<Index1D, BinaryArgs> Strided)
{
    // In the order of the operations.
    private static readonly BinaryTable[] s_all =
    [
        Of<BinaryMath.Add>(), Of<BinaryMath.Subtract>(), Of<BinaryMath.Multiply>(), Of<BinaryMath.Divide>(), Of<BinaryMath.Power>(),
        Of<BinaryMath.Maximum>(), Of<BinaryMath.Minimum>(), Of<BinaryMath.Equal>(), Of<BinaryMath.NotEqual>(), Of<BinaryMath.Less>(),
        Of<BinaryMath.LessEqual>(), Of<BinaryMath.Greater>(), Of<BinaryMath.GreaterEqual>(),
    ];

    public static BinaryTable For(BinaryOp op) => s_all[(int)op];

    private static BinaryTable Of<T>() where T : struct, IBinary => new(ElementKernels.Binary<T>, ElementKernels.BinaryStrided<T>);
}

/// <summary>The kernels of a <see cref="ReduceOp"/>.</summary>
internal sealed record ReduceTable(Action<ReduceArgs> Rows, Action<Index1D, ReduceArgs> ShortRows, Action<ReduceArgs> Columns)
{
    // In the order of the operations.
    private static readonly ReduceTable[] s_all = [Of<ReduceMath.Sum>(), Of<ReduceMath.Product>(), Of<ReduceMath.Max>(),
        Of<ReduceMath.Min>()];

    public static ReduceTable For(ReduceOp op) => s_all[(int)op];

    private static ReduceTable Of<T>()
        where T : struct, IReduction => new(ReduceKernels.Rows<T>, ReduceKernels.ShortRows<T>, ReduceKernels.Columns<T>);
}
