namespace DeepLearning;

/// <summary>What a thread has of a reduction so far. Each is a type, so that it gets kernels of its own.</summary>
internal interface IReduction
{
    /// <summary>Nothing so far.</summary>
    void Begin();

    void Add(float x);

    float Value { get; }

    /// <summary>Of two results, one.</summary>
    float Combine(float a, float b);
}

/// <summary>Each <see cref="ReduceOp"/>.</summary>
internal static class ReduceMath
{
    /// <summary>A thread's own share loses no digits; the few results of threads are then added plainly, as a tree.</summary>
    public struct Sum : IReduction
    {
        private Compensated _sum;

        public void Begin() => _sum = default;
        public void Add(float x) => _sum.Add(x);
        public readonly float Value => _sum.Value;
        public readonly float Combine(float a, float b) => a + b;
    }

    public struct Product : IReduction
    {
        private float _value;

        public void Begin() => _value = 1;
        public void Add(float x) => _value *= x;
        public readonly float Value => _value;
        public readonly float Combine(float a, float b) => a * b;
    }

    public struct Max : IReduction
    {
        private float _value;

        public void Begin() => _value = float.NegativeInfinity;
        public void Add(float x) => _value = FloatMath.Max(_value, x);
        public readonly float Value => _value;
        public readonly float Combine(float a, float b) => FloatMath.Max(a, b);
    }

    public struct Min : IReduction
    {
        private float _value;

        public void Begin() => _value = float.PositiveInfinity;
        public void Add(float x) => _value = FloatMath.Min(_value, x);
        public readonly float Value => _value;
        public readonly float Combine(float a, float b) => FloatMath.Min(a, b);
    }
}
