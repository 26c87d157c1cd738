using System.Numerics;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>The loops that apply an <see cref="ICombine"/> to rows of numbers, whole vectors at a time.</summary>
internal static class Combining
{
    /// <summary>y[i] = f(a[i], b[i]); y may be a or b.</summary>
    public static void Run<T>(ref float a, ref float b, ref float y, int n) where T : struct, ICombine
    {
        int width = Vector<float>.Count;
        if (n < width)
        {
            if (n > 0) StorePart(T.Of(LoadPart(ref a, n), LoadPart(ref b, n)), ref y, n);
            return;
        }
        Vector<float> last = T.Of(Vector.LoadUnsafe(ref a, (nuint)(n - width)), Vector.LoadUnsafe(ref b, (nuint)(n - width)));
        for (int i = 0; i <= n - width; i += width)
            T.Of(Vector.LoadUnsafe(ref a, (nuint)i), Vector.LoadUnsafe(ref b, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        last.StoreUnsafe(ref y, (nuint)(n - width));
    }

    /// <summary>y[i] = f(a[i], b); y may be a.</summary>
    public static void Run<T>(ref float a, float b, ref float y, int n) where T : struct, ICombine
    {
        int width = Vector<float>.Count;
        Vector<float> right = V(b);
        if (n < width)
        {
            if (n > 0) StorePart(T.Of(LoadPart(ref a, n), right), ref y, n);
            return;
        }
        Vector<float> last = T.Of(Vector.LoadUnsafe(ref a, (nuint)(n - width)), right);
        for (int i = 0; i <= n - width; i += width) T.Of(Vector.LoadUnsafe(ref a, (nuint)i), right).StoreUnsafe(ref y, (nuint)i);
        last.StoreUnsafe(ref y, (nuint)(n - width));
    }

    /// <summary>y[i] = f(a, b[i]); y may be b.</summary>
    public static void Run<T>(float a, ref float b, ref float y, int n) where T : struct, ICombine
    {
        int width = Vector<float>.Count;
        Vector<float> left = V(a);
        if (n < width)
        {
            if (n > 0) StorePart(T.Of(left, LoadPart(ref b, n)), ref y, n);
            return;
        }
        Vector<float> last = T.Of(left, Vector.LoadUnsafe(ref b, (nuint)(n - width)));
        for (int i = 0; i <= n - width; i += width) T.Of(left, Vector.LoadUnsafe(ref b, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        last.StoreUnsafe(ref y, (nuint)(n - width));
    }
}
