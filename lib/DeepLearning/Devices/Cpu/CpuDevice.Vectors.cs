using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepLearning.Kernels;

// What all vector loops share: rows shorter than a vector, and a vector folded to one number.
public sealed partial class CpuDevice
{
    private static Vector<float> V(float value) => new(value);

    /// <summary>The first <paramref name="count"/> numbers from x on, fewer than a vector holds, filled up with something harmless.</summary>
    private static unsafe Vector<float> LoadPart(ref float x, int count, float rest = 1)
    {
        fixed (float* from = &x) return LoadPart(from, count, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector<float> LoadPart(float* x, int count, float rest)
    {
        if (Avx.IsSupported && Vector<float>.Count == 8)
        {
            var mask = FirstOf8(count);
            if (Avx512F.VL.IsSupported) return Avx512F.VL.MaskLoad(x, mask, Vector256.Create(rest)).AsVector();
            return Vector256.ConditionalSelect(mask, Avx.MaskLoad(x, mask), Vector256.Create(rest)).AsVector();
        }
        var vector = new Vector<float>(rest);
        ref float first = ref Unsafe.As<Vector<float>, float>(ref vector);
        for (int i = 0; i < count; i++) Unsafe.Add(ref first, i) = x[i];
        return vector;
    }

    private static unsafe void StorePart(Vector<float> vector, ref float y, int count)
    {
        fixed (float* to = &y) StorePart(vector, to, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StorePart(Vector<float> vector, float* y, int count)
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

    /// <summary>The lanes of a vector combined into one number, by halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fold<T>(Vector<float> v) where T : struct, ICombine
    {
        if (Vector<float>.Count == 8)
        {
            v = T.Of(v, Vector256.Shuffle(v.AsVector256(), Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3)).AsVector());
            v = T.Of(v, Vector256.Shuffle(v.AsVector256(), Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5)).AsVector());
            return T.Of(v, Vector256.Shuffle(v.AsVector256(), Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6)).AsVector())[0];
        }
        var result = V(v[0]);
        for (int lane = 1; lane < Vector<float>.Count; lane++) result = T.Of(result, V(v[lane]));
        return result[0];
    }
}
