namespace DeepLearning;

/// <summary>y = f(a, b). Each is a type, so that it gets a kernel of its own.</summary>
internal interface IBinary
{
    float Value(float a, float b);
}

/// <summary>Each <see cref="BinaryOp"/>.</summary>
internal static class BinaryMath
{
    public struct Add : IBinary
    {
        public readonly float Value(float a, float b) => a + b;
    }

    public struct Subtract : IBinary
    {
        public readonly float Value(float a, float b) => a - b;
    }

    public struct Multiply : IBinary
    {
        public readonly float Value(float a, float b) => a * b;
    }

    public struct Divide : IBinary
    {
        public readonly float Value(float a, float b) => a / b;
    }

    public struct Power : IBinary
    {
        public readonly float Value(float a, float b) => WideMath.Power(a, b);
    }

    public struct Maximum : IBinary
    {
        public readonly float Value(float a, float b) => FloatMath.Max(a, b);
    }

    public struct Minimum : IBinary
    {
        public readonly float Value(float a, float b) => FloatMath.Min(a, b);
    }

    public struct Equal : IBinary
    {
        public readonly float Value(float a, float b) => a == b ? 1f : 0f;
    }

    public struct NotEqual : IBinary
    {
        public readonly float Value(float a, float b) => a != b ? 1f : 0f;
    }

    public struct Less : IBinary
    {
        public readonly float Value(float a, float b) => a < b ? 1f : 0f;
    }

    public struct LessEqual : IBinary
    {
        public readonly float Value(float a, float b) => a <= b ? 1f : 0f;
    }

    public struct Greater : IBinary
    {
        public readonly float Value(float a, float b) => a > b ? 1f : 0f;
    }

    public struct GreaterEqual : IBinary
    {
        public readonly float Value(float a, float b) => a >= b ? 1f : 0f;
    }
}
