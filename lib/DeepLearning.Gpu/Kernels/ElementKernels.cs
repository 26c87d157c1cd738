using ILGPU;

namespace DeepLearning;

internal struct FillArgs
{
    public ArrayView<float> Y;
    public int Count;
    public float Value;
}

internal struct UnaryArgs
{
    public ArrayView<float> X, Y, DY, DX;
    public int Count;
    public float A, B;
}

internal struct BinaryArgs
{
    public ArrayView<float> A, B, Y;
    public int OffsetA, OffsetB, OffsetY, Count, StepA, StepB;
    public AxisWalk Walk;
}

internal struct WhereArgs
{
    public ArrayView<float> Condition, A, B, Y;
    public int Count;
}

/// <summary>A thread for four numbers side by side; the last one may have fewer, and takes them one by one.</summary>
internal static class ElementKernels
{
    public static void Fill(Index1D i, FillArgs p)
    {
        int at = 4 * i;
        if (at + 4 <= p.Count) Float4.Of(p.Value).Store(p.Y, at);
        else for (; at < p.Count; at++) p.Y[at] = p.Value;
    }

    public static void Unary<T>(Index1D i, UnaryArgs p) where T : struct, IUnary
    {
        T f = default;
        int at = 4 * i;
        if (at + 4 <= p.Count)
        {
            Float4 x = Float4.Load(p.X, at);
            new Float4(f.Value(x.A, p.A, p.B), f.Value(x.B, p.A, p.B), f.Value(x.C, p.A, p.B), f.Value(x.D, p.A, p.B)).Store(p.Y, at);
        }
        else for (; at < p.Count; at++) p.Y[at] = f.Value(p.X[at], p.A, p.B);
    }

    public static void UnaryGradient<T>(Index1D i, UnaryArgs p) where T : struct, IUnary
    {
        T f = default;
        int at = 4 * i;
        if (at + 4 <= p.Count)
        {
            Float4 x = Float4.Load(p.X, at), y = Float4.Load(p.Y, at), dy = Float4.Load(p.DY, at);
            new Float4(dy.A * f.Slope(x.A, y.A, p.A, p.B), dy.B * f.Slope(x.B, y.B, p.A, p.B), dy.C * f.Slope(x.C, y.C, p.A, p.B),
                dy.D * f.Slope(x.D, y.D, p.A, p.B)).Store(p.DX, at);
        }
        else for (; at < p.Count; at++) p.DX[at] = p.DY[at] * f.Slope(p.X[at], p.Y[at], p.A, p.B);
    }

    /// <summary>Along the innermost axis each operand steps by 1, or stays where it is.</summary>
    public static void Binary<T>(Index1D i, BinaryArgs p) where T : struct, IBinary
    {
        T f = default;
        (int a, int b) = p.Walk.At(i);
        a += p.OffsetA;
        b += p.OffsetB;
        int at = p.OffsetY + 4 * i, left = p.Count - 4 * i;
        if (left >= 4)
        {
            Float4 x = p.StepA == 0 ? Float4.Of(p.A[a]) : Float4.Load(p.A, a), y = p.StepB == 0 ? Float4.Of(p.B[b]) : Float4.Load(p.B, b);
            new Float4(f.Value(x.A, y.A), f.Value(x.B, y.B), f.Value(x.C, y.C), f.Value(x.D, y.D)).Store(p.Y, at);
        }
        else for (int k = 0; k < left; k++) p.Y[at + k] = f.Value(p.A[a + k * p.StepA], p.B[b + k * p.StepB]);
    }

    /// <summary>A thread a number, however the operands step.</summary>
    public static void BinaryStrided<T>(Index1D i, BinaryArgs p) where T : struct, IBinary
    {
        T f = default;
        (int a, int b) = p.Walk.At(i);
        p.Y[p.OffsetY + i] = f.Value(p.A[p.OffsetA + a], p.B[p.OffsetB + b]);
    }

    public static void Where(Index1D i, WhereArgs p)
    {
        int at = 4 * i;
        if (at + 4 <= p.Count)
        {
            Float4 c = Float4.Load(p.Condition, at), a = Float4.Load(p.A, at), b = Float4.Load(p.B, at);
            new Float4(c.A != 0 ? a.A : b.A, c.B != 0 ? a.B : b.B, c.C != 0 ? a.C : b.C, c.D != 0 ? a.D : b.D).Store(p.Y, at);
        }
        else for (; at < p.Count; at++) p.Y[at] = p.Condition[at] != 0 ? p.A[at] : p.B[at];
    }
}
