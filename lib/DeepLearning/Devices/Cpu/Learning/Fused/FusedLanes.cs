using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>Numbers that are computed with together, so that a loop can be written once for every width.</summary>
internal interface IFusedLanes<T> where T : struct, IFusedLanes<T>
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
internal readonly struct FusedLanes512(Vector512<float> v) : IFusedLanes<FusedLanes512>
{
    private readonly Vector512<float> _v = v;

    public static int Count => Vector512<float>.Count;
    public static FusedLanes512 Of(float value) => new(Vector512.Create(value));
    public static FusedLanes512 Load(ref float x, int at) => new(Vector512.LoadUnsafe(ref x, (nuint)at));
    public static void Store(FusedLanes512 value, ref float y, int at) => value._v.StoreUnsafe(ref y, (nuint)at);
    public static FusedLanes512 operator *(FusedLanes512 a, FusedLanes512 b) => new(a._v * b._v);
    public static FusedLanes512 operator /(FusedLanes512 a, FusedLanes512 b) => new(a._v / b._v);
    public static FusedLanes512 MultiplyAdd(FusedLanes512 a, FusedLanes512 b, FusedLanes512 c) =>
        new(Vector512.MultiplyAddEstimate(a._v, b._v, c._v));
    public static FusedLanes512 Sqrt(FusedLanes512 x) => new(Vector512.Sqrt(x._v));
    public static FusedLanes512 Abs(FusedLanes512 x) => new(Vector512.Abs(x._v));
    public static FusedLanes512 Max(FusedLanes512 a, FusedLanes512 b) => new(Vector512.Max(a._v, b._v));
    public static FusedLanes512 Min(FusedLanes512 a, FusedLanes512 b) => new(Vector512.Min(a._v, b._v));

    public static FusedLanes512 Sign(FusedLanes512 x)
    {
        // x·0 is 0, and NaN for NaN.
        var up = Vector512.ConditionalSelect(Vector512.GreaterThan(x._v, default), Vector512<float>.One, x._v * 0);
        return new(Vector512.ConditionalSelect(Vector512.LessThan(x._v, default), -Vector512<float>.One, up));
    }
}

/// <summary>As many at a time as <see cref="Vector{T}"/> holds.</summary>
internal readonly struct FusedLanesOfVector(Vector<float> v) : IFusedLanes<FusedLanesOfVector>
{
    private readonly Vector<float> _v = v;

    public static int Count => Vector<float>.Count;
    public static FusedLanesOfVector Of(float value) => new(new Vector<float>(value));
    public static FusedLanesOfVector Load(ref float x, int at) => new(Vector.LoadUnsafe(ref x, (nuint)at));
    public static void Store(FusedLanesOfVector value, ref float y, int at) => value._v.StoreUnsafe(ref y, (nuint)at);
    public static FusedLanesOfVector operator *(FusedLanesOfVector a, FusedLanesOfVector b) => new(a._v * b._v);
    public static FusedLanesOfVector operator /(FusedLanesOfVector a, FusedLanesOfVector b) => new(a._v / b._v);
    public static FusedLanesOfVector MultiplyAdd(FusedLanesOfVector a, FusedLanesOfVector b, FusedLanesOfVector c) =>
        new(Vector.MultiplyAddEstimate(a._v, b._v, c._v));
    public static FusedLanesOfVector Sqrt(FusedLanesOfVector x) => new(Vector.SquareRoot(x._v));
    public static FusedLanesOfVector Abs(FusedLanesOfVector x) => new(Vector.Abs(x._v));
    public static FusedLanesOfVector Sign(FusedLanesOfVector x) => new(VectorMath.Sign(x._v));
    public static FusedLanesOfVector Max(FusedLanesOfVector a, FusedLanesOfVector b) => new(Vector.Max(a._v, b._v));
    public static FusedLanesOfVector Min(FusedLanesOfVector a, FusedLanesOfVector b) => new(Vector.Min(a._v, b._v));
}

/// <summary>One at a time: what is left over at the end.</summary>
internal readonly struct FusedOneLane(float v) : IFusedLanes<FusedOneLane>
{
    private readonly float _v = v;

    public static int Count => 1;
    public static FusedOneLane Of(float value) => new(value);
    public static FusedOneLane Load(ref float x, int at) => new(Unsafe.Add(ref x, at));
    public static void Store(FusedOneLane value, ref float y, int at) => Unsafe.Add(ref y, at) = value._v;
    public static FusedOneLane operator *(FusedOneLane a, FusedOneLane b) => new(a._v * b._v);
    public static FusedOneLane operator /(FusedOneLane a, FusedOneLane b) => new(a._v / b._v);
    public static FusedOneLane MultiplyAdd(FusedOneLane a, FusedOneLane b, FusedOneLane c) =>
        new(float.MultiplyAddEstimate(a._v, b._v, c._v));
    public static FusedOneLane Sqrt(FusedOneLane x) => new(MathF.Sqrt(x._v));
    public static FusedOneLane Abs(FusedOneLane x) => new(MathF.Abs(x._v));
    public static FusedOneLane Sign(FusedOneLane x) => new(x._v > 0 ? 1 : x._v < 0 ? -1 : x._v * 0);
    public static FusedOneLane Max(FusedOneLane a, FusedOneLane b) => new(MathF.Max(a._v, b._v));
    public static FusedOneLane Min(FusedOneLane a, FusedOneLane b) => new(MathF.Min(a._v, b._v));
}
