using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepLearning.Kernels;

/// <summary>What all vector loops share: whole vectors and parts of one read and written, and a vector folded to one number.</summary>
internal static class Vectors
{
    /// <summary>The same number in every lane.</summary>
    public static Vector<float> V(float value) => new(value);

    /// <summary>
    /// The first <paramref name="count"/> numbers from x on, fewer than a vector holds, filled up with something harmless.
    /// </summary>
    public static unsafe Vector<float> LoadPart(ref float x, int count, float rest = 1)
    {
        fixed (float* from = &x) return LoadPart(from, count, rest);
    }

    /// <inheritdoc cref="LoadPart(ref float, int, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector<float> LoadPart(float* x, int count, float rest)
    {
        if (Avx.IsSupported && Vector<float>.Count == 8)
        {
            Vector256<float> mask = FirstOf8(count);
            if (Avx512F.VL.IsSupported) return Avx512F.VL.MaskLoad(x, mask, Vector256.Create(rest)).AsVector();
            return Vector256.ConditionalSelect(mask, Avx.MaskLoad(x, mask), Vector256.Create(rest)).AsVector();
        }
        var vector = new Vector<float>(rest);
        ref float first = ref Unsafe.As<Vector<float>, float>(ref vector);
        for (int i = 0; i < count; i++) Unsafe.Add(ref first, i) = x[i];
        return vector;
    }

    /// <summary>Writes the first <paramref name="count"/> numbers of a vector.</summary>
    public static unsafe void StorePart(Vector<float> vector, ref float y, int count)
    {
        fixed (float* to = &y) StorePart(vector, to, count);
    }

    /// <inheritdoc cref="StorePart(Vector{float}, ref float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePart(Vector<float> vector, float* y, int count)
    {
        if (Avx.IsSupported && Vector<float>.Count == 8)
        {
            // AVX2's masked store takes some processors a dozen cycles.
            if (Avx512F.VL.IsSupported) Avx512F.VL.MaskStore(y, FirstOf8(count), vector.AsVector256());
            else Avx.MaskStore(y, FirstOf8(count), vector.AsVector256());
            return;
        }
        ref float first = ref Unsafe.As<Vector<float>, float>(ref vector);
        for (int i = 0; i < count; i++) y[i] = Unsafe.Add(ref first, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> FirstOf8(int count) =>
        Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(count)).AsSingle();

    /// <summary>
    /// x[i …], a whole vector or the first <paramref name="count"/> numbers of one, filled up with <paramref name="rest"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Part(ref float x, int i, int count, float rest) => count == Vector<float>.Count
        ? Vector.LoadUnsafe(ref x, (nuint)i)
        : LoadPart(ref Unsafe.Add(ref x, i), count, rest);

    /// <summary>y[i …] = the first <paramref name="count"/> numbers of a vector, or all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(Vector<float> value, ref float y, int i, int count)
    {
        if (count == Vector<float>.Count) value.StoreUnsafe(ref y, (nuint)i);
        else StorePart(value, ref Unsafe.Add(ref y, i), count);
    }

    /// <summary>The lanes of a vector combined into one number, by halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fold<T>(Vector<float> v) where T : struct, ICombine
    {
        if (Vector<float>.Count == 8)
        {
            v = T.Of(v, Vector256.Shuffle(v.AsVector256(), Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3)).AsVector());
            v = T.Of(v, Vector256.Shuffle(v.AsVector256(), Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5)).AsVector());
            return T.Of(v, Vector256.Shuffle(v.AsVector256(), Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6)).AsVector())[0];
        }
        Vector<float> result = V(v[0]);
        for (int lane = 1; lane < Vector<float>.Count; lane++) result = T.Of(result, V(v[lane]));
        return result[0];
    }
}
