using System.Numerics;

namespace DeepLearning.Kernels;

/// <summary>
/// Two numbers made one, a vector at a time: what an operation of two operands does, and a reduction from one step to the next.
/// </summary>
internal interface ICombine
{
    /// <summary>About how many simple steps an element takes.</summary>
    static virtual int Cost => 1;

    static abstract Vector<float> Of(Vector<float> a, Vector<float> b);
}

internal readonly struct AddOp : ICombine
{
    public static Vector<float> Of(Vector<float> a, Vector<float> b) => a + b;
}

internal readonly struct SubtractOp : ICombine
{
    public static Vector<float> Of(Vector<float> a, Vector<float> b) => a - b;
}

internal readonly struct MultiplyOp : ICombine
{
    public static Vector<float> Of(Vector<float> a, Vector<float> b) => a * b;
}

internal readonly struct DivideOp : ICombine
{
    public static Vector<float> Of(Vector<float> a, Vector<float> b) => a / b;
}

internal readonly struct PowerOp : ICombine
{
    public static int Cost => 32;
    public static Vector<float> Of(Vector<float> a, Vector<float> b) => VectorMath.Power(a, b);
}

// The native instruction gives b when either is NaN (or NaN): right, except where a alone is.
internal readonly struct MaximumOp : ICombine
{
    public static Vector<float> Of(Vector<float> a, Vector<float> b) =>
        Vector.ConditionalSelect(Vector.Equals(a, a), Vector.MaxNative(a, b), a);
}

internal readonly struct MinimumOp : ICombine
{
    public static Vector<float> Of(Vector<float> a, Vector<float> b) =>
        Vector.ConditionalSelect(Vector.Equals(a, a), Vector.MinNative(a, b), a);
}

internal readonly struct EqualOp : ICombine
{
    public static Vector<float> Of(Vector<float> a, Vector<float> b) => VectorMath.OneWhere(Vector.Equals(a, b));
}

internal readonly struct NotEqualOp : ICombine
{
    public static Vector<float> Of(Vector<float> a, Vector<float> b) => VectorMath.OneWhere(~Vector.Equals(a, b));
}

internal readonly struct LessOp : ICombine
{
    public static Vector<float> Of(Vector<float> a, Vector<float> b) => VectorMath.OneWhere(Vector.LessThan(a, b));
}

internal readonly struct LessEqualOp : ICombine
{
    public static Vector<float> Of(Vector<float> a, Vector<float> b) => VectorMath.OneWhere(Vector.LessThanOrEqual(a, b));
}
