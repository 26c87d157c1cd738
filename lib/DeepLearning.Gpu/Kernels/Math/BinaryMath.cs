namespace DeepLearning;

/// <summary>Each <see cref="BinaryOp"/> but the power, which <see cref="WideMath"/> has; and the steps of reductions.</summary>
internal static class BinaryMath
{
    public static float Value(BinaryOp op, float a, float b)
    {
        switch (op)
        {
            case BinaryOp.Add: return a + b;
            case BinaryOp.Subtract: return a - b;
            case BinaryOp.Multiply: return a * b;
            case BinaryOp.Divide: return a / b;
            case BinaryOp.Maximum: return FloatMath.Max(a, b);
            case BinaryOp.Minimum: return FloatMath.Min(a, b);
            case BinaryOp.Equal: return a == b ? 1f : 0f;
            case BinaryOp.NotEqual: return a != b ? 1f : 0f;
            case BinaryOp.Less: return a < b ? 1f : 0f;
            case BinaryOp.LessEqual: return a <= b ? 1f : 0f;
            case BinaryOp.Greater: return a > b ? 1f : 0f;
            default: return a >= b ? 1f : 0f;
        }
    }

    public static float Value(ReduceOp op, float soFar, float x)
    {
        switch (op)
        {
            case ReduceOp.Sum: return soFar + x;
            case ReduceOp.Product: return soFar * x;
            case ReduceOp.Max: return FloatMath.Max(soFar, x);
            default: return FloatMath.Min(soFar, x);
        }
    }

    public static float Start(ReduceOp op)
    {
        switch (op)
        {
            case ReduceOp.Sum: return 0;
            case ReduceOp.Product: return 1;
            case ReduceOp.Max: return float.NegativeInfinity;
            default: return float.PositiveInfinity;
        }
    }
}
