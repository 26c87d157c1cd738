namespace DeepLearning;

public sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void Fill(Storage y, int n, double value) =>
        Each(ElementKernels.Fill, Float4.Count(n), new FillArgs { Y = Write(y), Count = n, Value = (float)value });

    /// <inheritdoc/>
    public override void Unary(UnaryOp op, Storage x, Storage y, int n, double a = 0, double b = 0) =>
        Each(UnaryTable.For(op).Value, Float4.Count(n),
            new UnaryArgs { X = Read(x), Y = Write(y), DY = Read(x), DX = Read(x), Count = n, A = (float)a, B = (float)b });

    /// <inheritdoc/>
    public override void UnaryGradient(UnaryOp op, Storage x, Storage y, Storage dy, Storage dx, int n, double a = 0, double b = 0) =>
        Each(UnaryTable.For(op).Gradient, Float4.Count(n),
            new UnaryArgs { X = Read(x), Y = Read(y), DY = Read(dy), DX = Write(dx), Count = n, A = (float)a, B = (float)b });

    /// <inheritdoc/>
    public override void Binary(BinaryOp op, Storage a, ReadOnlySpan<int> aStrides, Storage b, ReadOnlySpan<int> bStrides, Storage y,
        ReadOnlySpan<int> shape)
    {
        if (!Strided.TryMerge(shape, aStrides, bStrides, out Strided merged)) return;
        Span<Axis> axes = stackalloc Axis[merged.Rank];
        FillAxes(merged, axes);
        Span<Axis> inner = axes[Math.Max(0, axes.Length - AxisWalk.MaxRank)..];
        int n = Count(inner), turns = Count(axes) / n;
        BinaryArgs p = new() { A = Read(a), B = Read(b), Y = Write(y), Count = n, StepA = inner[^1].A, StepB = inner[^1].B };
        bool fours = p.StepA is 0 or 1 && p.StepB is 0 or 1 && InFours(axes);
        if (fours) ByFours(ref inner[^1]);
        p.Walk = AxisWalk.Over(inner);
        for (int i = 0; i < turns; i++)
        {
            (p.OffsetA, p.OffsetB) = Offset(axes[..^inner.Length], i);
            p.OffsetY = i * n;
            if (fours) Each(BinaryTable.For(op).Fours, Float4.Count(n), p);
            else Each(BinaryTable.For(op).Strided, n, p);
        }
    }

    /// <inheritdoc/>
    public override void Where(Storage condition, Storage a, Storage b, Storage y, int n) => Each(ElementKernels.Where, Float4.Count(n),
        new WhereArgs { Condition = Read(condition), A = Read(a), B = Read(b), Y = Write(y), Count = n });

    private static void FillAxes(in Strided walk, Span<Axis> axes)
    {
        for (int i = 0; i < axes.Length; i++) axes[i] = new Axis(walk.Shape[i], walk.A[i], walk.B[i]);
    }

    // Whether groups of four along the innermost axis begin at multiples of 4 in each operand that steps along it. Fewer than four at
    // the end are only possible where there is no other axis.
    private static bool InFours(ReadOnlySpan<Axis> axes)
    {
        if (axes.Length == 1) return true;
        foreach (Axis axis in axes[..^1])
        {
            if (axes[^1].A != 0 && axis.A % 4 != 0 || axes[^1].B != 0 && axis.B % 4 != 0) return false;
        }
        return axes[^1].N % 4 == 0;
    }

    private static void ByFours(ref Axis axis) => axis = new Axis(Float4.Count(axis.N), 4 * axis.A, 4 * axis.B);

    private static int Count(ReadOnlySpan<Axis> axes)
    {
        int count = 1;
        foreach (Axis axis in axes) count *= axis.N;
        return count;
    }

    // Where index i over these axes, the last one fastest, is in both operands.
    private static (int A, int B) Offset(ReadOnlySpan<Axis> axes, int i)
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
