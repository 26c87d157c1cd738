using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepLearning.Kernels;

/// <summary>Packing: a panel holds for each k the <c>width</c> numbers that a tile reads together, side by side.</summary>
internal static class Packing
{
    /// <summary>
    /// The source has a row for each k, at most <paramref name="width"/> numbers long; shorter ones are filled up with zeros.
    /// </summary>
    public static unsafe void PackRows(float* from, int stride, int k, int count, float* to, int width)
    {
        if (count == width && width % 16 == 0 && Vector512.IsHardwareAccelerated)
        {
            for (; k > 0; k--, from += stride, to += width)
                for (int j = 0; j < width; j += 16) Vector512.Load(from + j).Store(to + j);
        }
        else if (count == width && width % 8 == 0)
        {
            for (; k > 0; k--, from += stride, to += width)
                for (int j = 0; j < width; j += 8) Vector256.Load(from + j).Store(to + j);
        }
        else
        {
            for (; k > 0; k--, from += stride, to += width)
            {
                int j = 0;
                for (; j < count; j++) to[j] = from[j];
                for (; j < width; j++) to[j] = 0;
            }
        }
    }

    /// <summary>
    /// The source has a row for each of <paramref name="count"/> ≤ <paramref name="width"/> numbers, and along it the k's: a transpose, in
    /// squares of 8 × 8.
    /// </summary>
    public static unsafe void PackTransposed(float* from, int stride, int count, int k, float* to, int width)
    {
        if (count < width) Zero(to, k * width);
        int row = 0;
        if (Avx.IsSupported)
        {
            // A store of 8 may reach into the next k's numbers, which are written after it (rows that belong there are not yet done).
            for (; row + 8 <= count; row += 8) Transpose8(from + (nint)row * stride, stride, k, to + row, width);
        }
        for (; row < count; row++)
        {
            float* source = from + (nint)row * stride, target = to + row;
            for (int i = 0; i < k; i++, target += width) *target = source[i];
        }
    }

    /// <summary>Writes n zeros.</summary>
    public static unsafe void Zero(float* to, int n) => new Span<float>(to, n).Clear();

    private static unsafe void Transpose8(float* from, int stride, int k, float* to, int width)
    {
        float* r4 = from + 4 * (nint)stride;
        int i = 0;
        for (; i + 8 <= k; i += 8, to += 8 * width)
        {
            // Rows 0 and 4, 1 and 5, … in the halves of one vector; then 4 × 4 transposes within the halves.
            float* p = from + i, q = r4 + i;
            Vector256<float> a0 = Halves(p, q), a1 = Halves(p + stride, q + stride), a2 = Halves(p + 2 * stride, q + 2 * stride),
                a3 = Halves(p + 3 * stride, q + 3 * stride);
            p += 4;
            q += 4;
            Vector256<float> b0 = Halves(p, q), b1 = Halves(p + stride, q + stride), b2 = Halves(p + 2 * stride, q + 2 * stride),
                b3 = Halves(p + 3 * stride, q + 3 * stride);
            Store4(a0, a1, a2, a3, to, width);
            Store4(b0, b1, b2, b3, to + 4 * width, width);
        }
        for (; i < k; i++, to += width)
            for (int row = 0; row < 8; row++) to[row] = from[(nint)row * stride + i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<float> Halves(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Store4(Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3, float* to,
        int width)
    {
        Vector256<float> t0 = Avx.UnpackLow(r0, r1), t1 = Avx.UnpackHigh(r0, r1), t2 = Avx.UnpackLow(r2, r3), t3 = Avx.UnpackHigh(r2, r3);
        Avx.Shuffle(t0, t2, 0b01_00_01_00).Store(to);
        Avx.Shuffle(t0, t2, 0b11_10_11_10).Store(to + width);
        Avx.Shuffle(t1, t3, 0b01_00_01_00).Store(to + 2 * width);
        Avx.Shuffle(t1, t3, 0b11_10_11_10).Store(to + 3 * width);
    }
}
