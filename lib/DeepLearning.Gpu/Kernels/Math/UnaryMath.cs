namespace DeepLearning;

/// <summary>
/// y = f(x), and f′; a and b are the parameters of <see cref="Device.Unary"/>. Each is a type, so that it gets kernels of its own.
/// </summary>
internal interface IUnary
{
    float Value(float x, float a, float b);

    /// <summary>f′(x), where y = f(x) is at hand.</summary>
    float Slope(float x, float y, float a, float b);
}

/// <summary>Each <see cref="UnaryOp"/>. Sine, cosine and powers are computed in double precision.</summary>
internal static class UnaryMath
{
    public struct Affine : IUnary
    {
        public readonly float Value(float x, float a, float b) => a * x + b;
        public readonly float Slope(float x, float y, float a, float b) => a;
    }

    public struct Abs : IUnary
    {
        public readonly float Value(float x, float a, float b) => FloatMath.Abs(x);
        public readonly float Slope(float x, float y, float a, float b) => FloatMath.Sign(x);
    }

    public struct Sign : IUnary
    {
        public readonly float Value(float x, float a, float b) => FloatMath.Sign(x);
        public readonly float Slope(float x, float y, float a, float b) => 0;
    }

    public struct Exp : IUnary
    {
        public readonly float Value(float x, float a, float b) => FloatMath.Exp(x);
        public readonly float Slope(float x, float y, float a, float b) => y;
    }

    public struct Log : IUnary
    {
        public readonly float Value(float x, float a, float b) => FloatMath.Log(x);
        public readonly float Slope(float x, float y, float a, float b) => 1 / x;
    }

    public struct Sqrt : IUnary
    {
        public readonly float Value(float x, float a, float b) => MathF.Sqrt(x);
        public readonly float Slope(float x, float y, float a, float b) => 0.5f / y;
    }

    public struct Square : IUnary
    {
        public readonly float Value(float x, float a, float b) => x * x;
        public readonly float Slope(float x, float y, float a, float b) => 2 * x;
    }

    public struct Reciprocal : IUnary
    {
        public readonly float Value(float x, float a, float b) => 1 / x;
        public readonly float Slope(float x, float y, float a, float b) => -y * y;
    }

    public struct Power : IUnary
    {
        public readonly float Value(float x, float a, float b) => WideMath.Power(x, a);
        public readonly float Slope(float x, float y, float a, float b) => a == 0 ? 0 : a * WideMath.Power(x, a - 1);
    }

    public struct Sin : IUnary
    {
        public readonly float Value(float x, float a, float b) => WideMath.Sin(x);
        public readonly float Slope(float x, float y, float a, float b) => WideMath.Cos(x);
    }

    public struct Cos : IUnary
    {
        public readonly float Value(float x, float a, float b) => WideMath.Cos(x);
        public readonly float Slope(float x, float y, float a, float b) => -WideMath.Sin(x);
    }

    public struct Erf : IUnary
    {
        public readonly float Value(float x, float a, float b) => FloatMath.Erf(x);
        public readonly float Slope(float x, float y, float a, float b) => 1.12837917f * FloatMath.ExpOfMinusSquare(x);
    }

    public struct Floor : IUnary
    {
        public readonly float Value(float x, float a, float b) => MathF.Floor(x);
        public readonly float Slope(float x, float y, float a, float b) => 0;
    }

    public struct Clamp : IUnary
    {
        public readonly float Value(float x, float a, float b) => x < a ? a : x > b ? b : x;
        public readonly float Slope(float x, float y, float a, float b) => x < a || x > b || FloatMath.IsNaN(x) ? 0f : 1f;
    }

    public struct Step : IUnary
    {
        public readonly float Value(float x, float a, float b) => x >= 0 ? 1f : 0f;
        public readonly float Slope(float x, float y, float a, float b) => 0;
    }

    public struct Tanh : IUnary
    {
        public readonly float Value(float x, float a, float b) => FloatMath.Tanh(x);
        public readonly float Slope(float x, float y, float a, float b) => 1 - y * y;
    }

    public struct Sigmoid : IUnary
    {
        public readonly float Value(float x, float a, float b) => FloatMath.Sigmoid(x);
        public readonly float Slope(float x, float y, float a, float b) => y * (1 - y);
    }

    public struct Softplus : IUnary
    {
        public readonly float Value(float x, float a, float b) => FloatMath.Softplus(x);
        public readonly float Slope(float x, float y, float a, float b) => FloatMath.Sigmoid(x);
    }

    public struct Relu : IUnary
    {
        public readonly float Value(float x, float a, float b) => x < 0 ? 0f : x;
        public readonly float Slope(float x, float y, float a, float b) => x > 0 ? 1f : 0f;
    }

    public struct LeakyRelu : IUnary
    {
        public readonly float Value(float x, float a, float b) => x > 0 ? x : a * x;
        public readonly float Slope(float x, float y, float a, float b) => x > 0 ? 1 : a;
    }

    public struct Elu : IUnary
    {
        public readonly float Value(float x, float a, float b) => x > 0 ? x : a * FloatMath.ExpM1OfNegative(x);
        public readonly float Slope(float x, float y, float a, float b) => x > 0 ? 1 : a * FloatMath.Exp(x);
    }

    public struct Gelu : IUnary
    {
        public readonly float Value(float x, float a, float b) => x * FloatMath.NormalCdf(x);
        public readonly float Slope(float x, float y, float a, float b) => FloatMath.NormalCdf(x) + x * FloatMath.Bell(x) * 0.398942280f;
    }
}
