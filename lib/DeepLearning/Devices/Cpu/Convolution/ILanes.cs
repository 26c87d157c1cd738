using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>A vector of numbers of some width, V.</summary>
internal unsafe interface ILanes<V> where V : struct
{
    static abstract int Count { get; }
    static abstract V Load(float* x);
    static abstract V All(float x);
    static abstract void Store(V v, float* to);
    static abstract V MultiplyAdd(V a, V b, V c);
    static abstract V Add(V a, V b);
}

/// <summary>Registers of 512 bits.</summary>
internal readonly unsafe struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => 16;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Load(float* x) => Vector512.Load(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> All(float x) => Vector512.Create(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Store(Vector512<float> v, float* to) => v.Store(to);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;
}

/// <summary>As wide as the processor's usual registers.</summary>
internal readonly unsafe struct LanesAny : ILanes<Vector<float>>
{
    public static int Count => Vector<float>.Count;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector<float> Load(float* x) => Vector.Load(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector<float> All(float x) => new(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Store(Vector<float> v, float* to) => v.Store(to);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> MultiplyAdd(Vector<float> a, Vector<float> b, Vector<float> c) => Vector.MultiplyAddEstimate(a, b, c);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector<float> Add(Vector<float> a, Vector<float> b) => a + b;
}
