using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>Where an operand's blocks lie.</summary>
/// <param name="Array">The memory.</param>
/// <param name="First">Where the first one begins.</param>
/// <param name="Moves">Whether the next block lies behind it, rather than in the same place again.</param>
internal readonly record struct FusedMemory(float[] Array, int First, bool Moves)
{
    public ref float At(int start) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Array), Moves ? First + start : First);

    public Span<float> Block(int start, int n) => Array.AsSpan(Moves ? First + start : First, n);
}

/// <summary>An instruction with its memory, ready to go through one block after the other.</summary>
internal sealed class FusedLoop(FusedInstruction p, FusedMemory x, FusedMemory z, FusedMemory u, FusedMemory y)
{
    private readonly float _xScale = (float)(p.X?.Scale ?? 0), _zScale = (float)p.Z.Scale,
        _zShift = (float)p.Z.Shift, _uScale = (float)(p.U?.Scale ?? 1),
        _uShift = (float)(p.U?.Shift ?? 0), _rootScale = (float)p.RootScale, _rootShift = (float)p.RootShift, _scale = (float)p.Scale,
        _shift = (float)p.Shift;
    private readonly bool _hasX = p.X is not null, _isSimple = p.IsSimple;

    /// <summary>Computes the <paramref name="n"/> numbers of the block that begins at <paramref name="start"/>.</summary>
    public void Run(int start, int n)
    {
        switch (p.Term)
        {
            case FusedTerm.Plain: Run<Plain>(start, n); break;
            case FusedTerm.Root: Run<Root>(start, n); break;
            case FusedTerm.Abs: Run<Abs>(start, n); break;
            case FusedTerm.Sign: Run<Sign>(start, n); break;
            case FusedTerm.Relu: Run<Relu>(start, n); break;
            case FusedTerm.Reciprocal: Run<Reciprocal>(start, n); break;
            case FusedTerm.Product: Run<Product>(start, n); break;
            case FusedTerm.Quotient: Run<Quotient>(start, n); break;
            case FusedTerm.QuotientByRoot: Run<QuotientByRoot>(start, n); break;
            case FusedTerm.Maximum: Run<Maximum>(start, n); break;
            default: Run<Minimum>(start, n); break;
        }
    }

    private void Run<TTerm>(int start, int n) where TTerm : struct, ITerm
    {
        int done = Vector512.IsHardwareAccelerated ? Run<TTerm, FusedLanes512>(start, 0, n) : Run<TTerm, FusedLanesOfVector>(start, 0, n);
        if (done < n) Run<TTerm, FusedOneLane>(start, done, n);
    }

    private int Run<TTerm, T>(int start, int from, int n) where TTerm : struct, ITerm where T : struct, IFusedLanes<T> =>
        !_hasX ? Alone<TTerm, T>(ref z.At(start), ref u.At(start), ref y.At(start), from, n)
        : _isSimple ? Simple<TTerm, T>(ref x.At(start), ref z.At(start), ref u.At(start), ref y.At(start), from, n)
        : Sum<TTerm, T>(ref x.At(start), ref z.At(start), ref u.At(start), ref y.At(start), from, n);

    // Each goes from i on as far as whole vectors go, and returns where that is. What is the same for all numbers stands in locals,
    // or the compiler would read it again for every vector.

    private int Alone<TTerm, T>(ref float z, ref float u, ref float y, int i, int n)
        where TTerm : struct, ITerm where T : struct, IFusedLanes<T>
    {
        T zScale = T.Of(_zScale), zShift = T.Of(_zShift), uScale = T.Of(_uScale), uShift = T.Of(_uShift), rootScale = T.Of(_rootScale),
            rootShift = T.Of(_rootShift), scale = T.Of(_scale), shift = T.Of(_shift);
        for (; i <= n - T.Count; i += T.Count)
        {
            T second = TTerm.HasSecond ? T.MultiplyAdd(uScale, T.Load(ref u, i), uShift) : default;
            T term = TTerm.Of(T.MultiplyAdd(zScale, T.Load(ref z, i), zShift), second, rootScale, rootShift);
            T.Store(T.MultiplyAdd(scale, term, shift), ref y, i);
        }
        return i;
    }

    private int Sum<TTerm, T>(ref float x, ref float z, ref float u, ref float y, int i, int n)
        where TTerm : struct, ITerm where T : struct, IFusedLanes<T>
    {
        T xScale = T.Of(_xScale), zScale = T.Of(_zScale), zShift = T.Of(_zShift), uScale = T.Of(_uScale), uShift = T.Of(_uShift),
            rootScale = T.Of(_rootScale), rootShift = T.Of(_rootShift), scale = T.Of(_scale), shift = T.Of(_shift);
        for (; i <= n - T.Count; i += T.Count)
        {
            T second = TTerm.HasSecond ? T.MultiplyAdd(uScale, T.Load(ref u, i), uShift) : default;
            T term = TTerm.Of(T.MultiplyAdd(zScale, T.Load(ref z, i), zShift), second, rootScale, rootShift);
            T.Store(T.MultiplyAdd(xScale, T.Load(ref x, i), T.MultiplyAdd(scale, term, shift)), ref y, i);
        }
        return i;
    }

    private int Simple<TTerm, T>(ref float x, ref float z, ref float u, ref float y, int i, int n)
        where TTerm : struct, ITerm where T : struct, IFusedLanes<T>
    {
        T xScale = T.Of(_xScale), rootScale = T.Of(_rootScale), rootShift = T.Of(_rootShift), scale = T.Of(_scale);
        for (; i <= n - T.Count; i += T.Count)
        {
            T term = TTerm.Of(T.Load(ref z, i), TTerm.HasSecond ? T.Load(ref u, i) : default, rootScale, rootShift);
            T.Store(T.MultiplyAdd(xScale, T.Load(ref x, i), scale * term), ref y, i);
        }
        return i;
    }
}
