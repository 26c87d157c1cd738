namespace DeepLearning;

/// <summary>The steps of each <see cref="ReduceOp"/>.</summary>
internal static class ReduceMath
{
    public static float Combine(ReduceOp op, float soFar, float x)
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
