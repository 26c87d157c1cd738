namespace DeepLearning;

public sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void Fill(Storage y, int n, double value) => Each(ElementKernels.Fill, n, new FillArgs { Y = Write(y), Value = (float)value });

    /// <inheritdoc/>
    public override void Unary(UnaryOp op, Storage x, Storage y, int n, double a = 0, double b = 0) =>
        Each(WideUnaryMath.Has(op) ? ElementKernels.WideUnary : ElementKernels.Unary, n,
            new UnaryArgs { Op = op, X = Read(x), Y = Write(y), DY = Read(x), DX = Read(x), A = (float)a, B = (float)b });

    /// <inheritdoc/>
    public override void UnaryGradient(UnaryOp op, Storage x, Storage y, Storage dy, Storage dx, int n, double a = 0, double b = 0) =>
        Each(WideUnaryMath.Has(op) ? ElementKernels.WideUnaryGradient : ElementKernels.UnaryGradient, n,
            new UnaryArgs { Op = op, X = Read(x), Y = Read(y), DY = Read(dy), DX = Write(dx), A = (float)a, B = (float)b });

    /// <inheritdoc/>
    public override void Binary(BinaryOp op, Storage a, ReadOnlySpan<int> aStrides, Storage b, ReadOnlySpan<int> bStrides, Storage y,
        ReadOnlySpan<int> shape)
    {
        if (!Strided.TryMerge(shape, aStrides, bStrides, out Strided merged)) return;
        (int N, int A, int B)[] axes = Axes(merged), inner = axes[Math.Max(0, axes.Length - AxisWalk.MaxRank)..];
        int n = Count(inner), outer = Count(axes) / n;
        BinaryArgs p = new() { Op = op, A = Read(a), B = Read(b), Y = Write(y), Walk = AxisWalk.Over(inner) };
        for (int i = 0; i < outer; i++)
        {
            (p.OffsetA, p.OffsetB) = Offset(axes.AsSpan(0, axes.Length - inner.Length), i);
            p.OffsetY = i * n;
            Each(op == BinaryOp.Power ? ElementKernels.Power : ElementKernels.Binary, n, p);
        }
    }

    /// <inheritdoc/>
    public override void Where(Storage condition, Storage a, Storage b, Storage y, int n) =>
        Each(ElementKernels.Where, n, new WhereArgs { Condition = Read(condition), A = Read(a), B = Read(b), Y = Write(y) });

    private static (int N, int A, int B)[] Axes(in Strided walk)
    {
        var axes = new (int, int, int)[walk.Rank];
        for (int i = 0; i < axes.Length; i++) axes[i] = (walk.Shape[i], walk.A[i], walk.B[i]);
        return axes;
    }

    private static int Count(ReadOnlySpan<(int N, int A, int B)> axes)
    {
        int count = 1;
        foreach (var axis in axes) count *= axis.N;
        return count;
    }

    // Where index i over these axes, the last one fastest, is in both operands.
    private static (int A, int B) Offset(ReadOnlySpan<(int N, int A, int B)> axes, int i)
    {
        int a = 0, b = 0;
        for (int axis = axes.Length - 1; axis >= 0; axis--)
        {
            a += i % axes[axis].N * axes[axis].A;
            b += i % axes[axis].N * axes[axis].B;
            i /= axes[axis].N;
        }
        return (a, b);
    }
}
