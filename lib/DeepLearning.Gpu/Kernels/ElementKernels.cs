using ILGPU;

namespace DeepLearning;

internal struct FillArgs
{
    public ArrayView<float> Y;
    public float Value;
}

internal struct UnaryArgs
{
    public UnaryOp Op;
    public ArrayView<float> X, Y, DY, DX;
    public float A, B;
}

internal struct BinaryArgs
{
    public BinaryOp Op;
    public ArrayView<float> A, B, Y;
    public int OffsetA, OffsetB, OffsetY;
    public AxisWalk Walk;
}

internal struct CopyArgs
{
    public ArrayView<float> X, Y;
    public int OffsetX, OffsetY, Add, FoldLength, FoldStride;
    public AxisWalk Walk;
}

internal struct WhereArgs
{
    public ArrayView<float> Condition, A, B, Y;
}

/// <summary>One thread a number.</summary>
internal static class ElementKernels
{
    public static void Fill(Index1D i, FillArgs p) => p.Y[i] = p.Value;

    public static void Unary(Index1D i, UnaryArgs p) => p.Y[i] = UnaryMath.Value(p.Op, p.X[i], p.A, p.B);

    public static void UnaryGradient(Index1D i, UnaryArgs p) => p.DX[i] = p.DY[i] * UnaryMath.Slope(p.Op, p.X[i], p.Y[i], p.A, p.B);

    public static void WideUnary(Index1D i, UnaryArgs p) => p.Y[i] = WideUnaryMath.Value(p.Op, p.X[i], p.A);

    public static void WideUnaryGradient(Index1D i, UnaryArgs p) => p.DX[i] = p.DY[i] * WideUnaryMath.Slope(p.Op, p.X[i], p.A);

    public static void Binary(Index1D i, BinaryArgs p)
    {
        var (a, b) = p.Walk.At(i);
        p.Y[p.OffsetY + i] = BinaryMath.Value(p.Op, p.A[p.OffsetA + a], p.B[p.OffsetB + b]);
    }

    public static void Power(Index1D i, BinaryArgs p)
    {
        var (a, b) = p.Walk.At(i);
        p.Y[p.OffsetY + i] = WideMath.Power(p.A[p.OffsetA + a], p.B[p.OffsetB + b]);
    }

    public static void Where(Index1D i, WhereArgs p) => p.Y[i] = p.Condition[i] != 0 ? p.A[i] : p.B[i];

    public static void Copy(Index1D i, CopyArgs p)
    {
        var (x, y) = p.Walk.At(i);
        x += p.OffsetX;
        y += p.OffsetY;
        p.Y[y] = p.Add != 0 ? p.Y[y] + p.X[x] : p.X[x];
    }

    /// <summary>Adds a whole axis of x to each y.</summary>
    public static void CopyFolded(Index1D i, CopyArgs p)
    {
        var (x, y) = p.Walk.At(i);
        x += p.OffsetX;
        y += p.OffsetY;
        Compensated sum = default;
        for (int l = 0; l < p.FoldLength; l++) sum.Add(p.X[x + l * p.FoldStride]);
        p.Y[y] += sum.Value;
    }
}
