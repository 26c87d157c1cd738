using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>Numbers that are computed with together, so that a loop can be written once for every width.</summary>
internal interface ILanes<T> where T : struct, ILanes<T>
{
    static abstract int Count { get; }
    static abstract T Of(float value);
    static abstract T Load(ref float x, int at);
    static abstract void Store(T value, ref float y, int at);
    static abstract T operator *(T a, T b);
    static abstract T operator /(T a, T b);
    /// <summary>a·b + c</summary>
    static abstract T MultiplyAdd(T a, T b, T c);
    static abstract T Sqrt(T x);
    static abstract T Abs(T x);
    static abstract T Sign(T x);
    static abstract T Max(T a, T b);
    static abstract T Min(T a, T b);
}

/// <summary>Sixteen at a time, where the processor has registers of 512 bits.</summary>
internal readonly struct Lanes512(Vector512<float> v) : ILanes<Lanes512>
{
    private readonly Vector512<float> _v = v;

    public static int Count => Vector512<float>.Count;
    public static Lanes512 Of(float value) => new(Vector512.Create(value));
    public static Lanes512 Load(ref float x, int at) => new(Vector512.LoadUnsafe(ref x, (nuint)at));
    public static void Store(Lanes512 value, ref float y, int at) => value._v.StoreUnsafe(ref y, (nuint)at);
    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a._v * b._v);
    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => new(a._v / b._v);
    public static Lanes512 MultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) => new(Vector512.MultiplyAddEstimate(a._v, b._v, c._v));
    public static Lanes512 Sqrt(Lanes512 x) => new(Vector512.Sqrt(x._v));
    public static Lanes512 Abs(Lanes512 x) => new(Vector512.Abs(x._v));
    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Vector512.Max(a._v, b._v));
    public static Lanes512 Min(Lanes512 a, Lanes512 b) => new(Vector512.Min(a._v, b._v));

    public static Lanes512 Sign(Lanes512 x)
    {
        // x·0 is 0, and NaN for NaN.
        var up = Vector512.ConditionalSelect(Vector512.GreaterThan(x._v, default), Vector512<float>.One, x._v * 0);
        return new(Vector512.ConditionalSelect(Vector512.LessThan(x._v, default), -Vector512<float>.One, up));
    }
}

/// <summary>As many at a time as <see cref="Vector{T}"/> holds.</summary>
internal readonly struct LanesOfVector(Vector<float> v) : ILanes<LanesOfVector>
{
    private readonly Vector<float> _v = v;

    public static int Count => Vector<float>.Count;
    public static LanesOfVector Of(float value) => new(new Vector<float>(value));
    public static LanesOfVector Load(ref float x, int at) => new(Vector.LoadUnsafe(ref x, (nuint)at));
    public static void Store(LanesOfVector value, ref float y, int at) => value._v.StoreUnsafe(ref y, (nuint)at);
    public static LanesOfVector operator *(LanesOfVector a, LanesOfVector b) => new(a._v * b._v);
    public static LanesOfVector operator /(LanesOfVector a, LanesOfVector b) => new(a._v / b._v);
    public static LanesOfVector MultiplyAdd(LanesOfVector a, LanesOfVector b, LanesOfVector c) => new(Vector.MultiplyAddEstimate(a._v, b._v, c._v));
    public static LanesOfVector Sqrt(LanesOfVector x) => new(Vector.SquareRoot(x._v));
    public static LanesOfVector Abs(LanesOfVector x) => new(Vector.Abs(x._v));
    public static LanesOfVector Sign(LanesOfVector x) => new(VectorMath.Sign(x._v));
    public static LanesOfVector Max(LanesOfVector a, LanesOfVector b) => new(Vector.Max(a._v, b._v));
    public static LanesOfVector Min(LanesOfVector a, LanesOfVector b) => new(Vector.Min(a._v, b._v));
}

/// <summary>One at a time: what is left over at the end.</summary>
internal readonly struct OneLane(float v) : ILanes<OneLane>
{
    private readonly float _v = v;

    public static int Count => 1;
    public static OneLane Of(float value) => new(value);
    public static OneLane Load(ref float x, int at) => new(Unsafe.Add(ref x, at));
    public static void Store(OneLane value, ref float y, int at) => Unsafe.Add(ref y, at) = value._v;
    public static OneLane operator *(OneLane a, OneLane b) => new(a._v * b._v);
    public static OneLane operator /(OneLane a, OneLane b) => new(a._v / b._v);
    public static OneLane MultiplyAdd(OneLane a, OneLane b, OneLane c) => new(float.MultiplyAddEstimate(a._v, b._v, c._v));
    public static OneLane Sqrt(OneLane x) => new(MathF.Sqrt(x._v));
    public static OneLane Abs(OneLane x) => new(MathF.Abs(x._v));
    public static OneLane Sign(OneLane x) => new(x._v > 0 ? 1 : x._v < 0 ? -1 : x._v * 0);
    public static OneLane Max(OneLane a, OneLane b) => new(MathF.Max(a._v, b._v));
    public static OneLane Min(OneLane a, OneLane b) => new(MathF.Min(a._v, b._v));
}
