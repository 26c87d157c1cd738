namespace DeepLearning;

/// <summary>Value and derivative of each <see cref="UnaryOp"/> that float32 suffices for; the others are in <see cref="WideUnaryMath"/>.</summary>
internal static class UnaryMath
{
    public static float Value(UnaryOp op, float x, float a, float b)
    {
        switch (op)
        {
            case UnaryOp.Affine: return a * x + b;
            case UnaryOp.Abs: return FloatMath.Abs(x);
            case UnaryOp.Sign: return FloatMath.Sign(x);
            case UnaryOp.Exp: return FloatMath.Exp(x);
            case UnaryOp.Log: return FloatMath.Log(x);
            case UnaryOp.Sqrt: return MathF.Sqrt(x);
            case UnaryOp.Square: return x * x;
            case UnaryOp.Reciprocal: return 1 / x;
            case UnaryOp.Erf: return FloatMath.Erf(x);
            case UnaryOp.Floor: return MathF.Floor(x);
            case UnaryOp.Clamp: return x < a ? a : x > b ? b : x;
            case UnaryOp.Step: return x >= 0 ? 1f : 0f;
            case UnaryOp.Tanh: return FloatMath.Tanh(x);
            case UnaryOp.Sigmoid: return FloatMath.Sigmoid(x);
            case UnaryOp.Softplus: return FloatMath.Softplus(x);
            case UnaryOp.Relu: return x < 0 ? 0f : x;
            case UnaryOp.LeakyRelu: return x > 0 ? x : a * x;
            case UnaryOp.Elu: return x > 0 ? x : a * FloatMath.ExpM1OfNegative(x);
            default: return x * FloatMath.NormalCdf(x);
        }
    }

    public static float Slope(UnaryOp op, float x, float y, float a, float b)
    {
        switch (op)
        {
            case UnaryOp.Affine: return a;
            case UnaryOp.Abs: return FloatMath.Sign(x);
            case UnaryOp.Sign: return 0;
            case UnaryOp.Floor: return 0;
            case UnaryOp.Step: return 0;
            case UnaryOp.Exp: return y;
            case UnaryOp.Log: return 1 / x;
            case UnaryOp.Sqrt: return 0.5f / y;
            case UnaryOp.Square: return 2 * x;
            case UnaryOp.Reciprocal: return -y * y;
            case UnaryOp.Erf: return 1.12837917f * FloatMath.ExpOfMinusSquare(x);
            case UnaryOp.Clamp: return x < a || x > b || FloatMath.IsNaN(x) ? 0f : 1f;
            case UnaryOp.Tanh: return 1 - y * y;
            case UnaryOp.Sigmoid: return y * (1 - y);
            case UnaryOp.Softplus: return FloatMath.Sigmoid(x);
            case UnaryOp.Relu: return x > 0 ? 1f : 0f;
            case UnaryOp.LeakyRelu: return x > 0 ? 1 : a;
            case UnaryOp.Elu: return x > 0 ? 1 : y + a;
            default: return FloatMath.NormalCdf(x) + x * FloatMath.Bell(x) * 0.398942280f;
        }
    }
}

/// <summary>Sine, cosine and powers, in double precision.</summary>
internal static class WideUnaryMath
{
    public static bool Has(UnaryOp op) => op is UnaryOp.Sin or UnaryOp.Cos or UnaryOp.Power;

    public static float Value(UnaryOp op, float x, float a)
    {
        switch (op)
        {
            case UnaryOp.Sin: return WideMath.Sin(x);
            case UnaryOp.Cos: return WideMath.Cos(x);
            default: return WideMath.Power(x, a);
        }
    }

    public static float Slope(UnaryOp op, float x, float a)
    {
        switch (op)
        {
            case UnaryOp.Sin: return WideMath.Cos(x);
            case UnaryOp.Cos: return -WideMath.Sin(x);
            default: return a == 0 ? 0 : a * WideMath.Power(x, a - 1);
        }
    }
}
