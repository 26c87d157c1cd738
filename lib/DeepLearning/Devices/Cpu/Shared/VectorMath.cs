using System.Numerics;
using System.Runtime.CompilerServices;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>
/// Functions of a vector of numbers, accurate to a few units in the last place of a float32 over their whole range, infinities, NaN and
/// denormal results included. Each reduces its argument to a small interval on which a short polynomial does.
/// </summary>
internal static class VectorMath
{
    // a·b + c, in one rounding where the processor can.
    private static Vector<float> MulAdd(Vector<float> a, Vector<float> b, Vector<float> c) => Vector.MultiplyAddEstimate(a, b, c);

    /// <summary>−1, 0 or 1; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sign(Vector<float> x) => Vector.ConditionalSelect(Vector.GreaterThan(x, V(0)), V(1),
        Vector.ConditionalSelect(Vector.LessThan(x, V(0)), V(-1), Vector.ConditionalSelect(Vector.Equals(x, x), V(0), x)));

    /// <summary>1 where the mask is set, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> OneWhere(Vector<int> mask) => Vector.ConditionalSelect(mask, V(1), V(0));

    // x = n·ln 2 + r with |r| ≤ ½ ln 2; ln 2 is split in two so that n times its first part is exact. NaN stays NaN in r.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<int> N, Vector<float> R) Reduce(Vector<float> x)
    {
        x = Vector.ConditionalSelect(Vector.GreaterThan(x, V(89)), V(89), x);
        // Adding 1.5·2²³ rounds to a whole number and leaves it in the low bits.
        Vector<float> shifted = MulAdd(x, V(1.44269504f), V(12582912f));
        Vector<float> n = shifted - V(12582912f);
        Vector<float> r = MulAdd(n, V(-0.693359375f), x);
        r = MulAdd(n, V(2.12194440e-4f), r);
        return (Vector.AsVectorInt32(shifted) - Vector.AsVectorInt32(V(12582912f)), r);
    }

    // e^r − 1 for |r| ≤ ½ ln 2: the Taylor series; the first term left out is under 5·10⁻⁹.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ExpM1Series(Vector<float> r)
    {
        Vector<float> p = MulAdd(V(1f / 5040), r, V(1f / 720));
        p = MulAdd(p, r, V(1f / 120));
        p = MulAdd(p, r, V(1f / 24));
        p = MulAdd(p, r, V(1f / 6));
        p = MulAdd(p, r, V(1f / 2));
        return MulAdd(p * r, r, r);
    }

    // 2ⁿ for −127 < n < 128.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOfTwo(Vector<int> n) => Vector.AsVectorSingle(Vector.ShiftLeft(n + new Vector<int>(127), 23));

    /// <summary>eˣ</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        // Below −104 the result is 0; getting there by underflow would be a hundred times slower.
        var vanishes = Vector.LessThan(x, V(-104));
        (Vector<int> n, Vector<float> r) = Reduce(Vector.ConditionalSelect(vanishes, V(0), x));
        // In two steps, so that results beyond the range overflow, and those below it become denormal, with a single rounding.
        var half = Vector.ShiftRightArithmetic(n, 1);
        Vector<float> result = (ExpM1Series(r) + V(1)) * PowerOfTwo(half) * PowerOfTwo(n - half);
        return Vector.ConditionalSelect(vanishes, V(0), result);
    }

    /// <summary>eˣ − 1, without cancellation near 0; for x ≤ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ExpM1OfNegative(Vector<float> x)
    {
        (Vector<int> n, Vector<float> r) = Reduce(Vector.ConditionalSelect(Vector.LessThan(x, V(-80)), V(-80), x));
        Vector<float> scale = PowerOfTwo(n);
        return MulAdd(ExpM1Series(r), scale, scale - V(1));
    }

    /// <summary>e^(−x²)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ExpOfMinusSquare(Vector<float> x) => ExpOfSquare(x, -1);

    // e^(a·x²) for a = −1 or −½; the rounding error of x² is made up for, since the exponential would magnify it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ExpOfSquare(Vector<float> x, float a)
    {
        var magnitude = Vector.Abs(x);
        x = Vector.ConditionalSelect(Vector.GreaterThan(magnitude, V(100)), V(100), magnitude);
        Vector<float> square = x * x;
        var error = Vector.FusedMultiplyAdd(x, x, -square);
        Vector<float> e = Exp(V(a) * square);
        return MulAdd(e * V(a), error, e);
    }

    /// <summary>ln(1 + x) for 0 ≤ x ≤ 1: 2 artanh s = 2(s + s³/3 + s⁵/5 + …) with s = x/(2 + x) ≤ ⅓.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1P(Vector<float> x)
    {
        Vector<float> s = x / (x + V(2));
        Vector<float> square = s * s;
        Vector<float> p = MulAdd(V(2f / 15), square, V(2f / 13));
        p = MulAdd(p, square, V(2f / 11));
        p = MulAdd(p, square, V(2f / 9));
        p = MulAdd(p, square, V(2f / 7));
        p = MulAdd(p, square, V(2f / 5));
        p = MulAdd(p, square, V(2f / 3));
        return MulAdd(p * square, s, s + s);
    }

    /// <summary>ln x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x)
    {
        var tiny = Vector.LessThan(x, V(1.17549435e-38f));
        var scaled = Vector.ConditionalSelect(tiny, x * V(8388608), x);
        // x = m·2ᵉ with √½ ≤ m < √2.
        Vector<int> bits = Vector.AsVectorInt32(scaled) - Vector.AsVectorInt32(V(0.70710677f));
        Vector<float> e = Vector.ConvertToSingle(Vector.ShiftRightArithmetic(bits, 23)) - Vector.ConditionalSelect(tiny, V(23), V(0));
        var m = Vector.AsVectorSingle((bits & new Vector<int>(0x7FFFFF)) + Vector.AsVectorInt32(V(0.70710677f)));
        Vector<float> f = m - V(1);
        // ln m = 2 artanh s = f − s·(f − 2(artanh s − s)/s), s = f/(2 + f): f is exact, and what is taken from it small.
        Vector<float> s = f / (f + V(2));
        Vector<float> square = s * s;
        Vector<float> p = MulAdd(V(2f / 11), square, V(2f / 9));
        p = MulAdd(p, square, V(2f / 7));
        p = MulAdd(p, square, V(2f / 5));
        p = MulAdd(p, square, V(2f / 3));
        Vector<float> less = s * (f - p * square);
        Vector<float> result = MulAdd(e, V(0.693359375f), f - MulAdd(e, V(2.12194440e-4f), less));
        result = Vector.ConditionalSelect(Vector.Equals(x, V(float.PositiveInfinity)), x, result);
        result = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, V(0)), result, V(float.NaN));
        return Vector.ConditionalSelect(Vector.Equals(x, V(0)), V(float.NegativeInfinity), result);
    }

    /// <summary>tanh x = −m/(m + 2) for x ≥ 0, with m = e^(−2x) − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x)
    {
        Vector<float> m = ExpM1OfNegative(V(-2) * Vector.Abs(x));
        return WithSignOf(x, m / (m + V(2)));
    }

    /// <summary>1/(1 + e⁻ˣ), from e^(−|x|) so that nothing overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x)
    {
        Vector<float> e = Exp(-Vector.Abs(x));
        return Vector.ConditionalSelect(Vector.LessThan(x, V(0)), e, V(1)) / (e + V(1));
    }

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^(−|x|))</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Softplus(Vector<float> x) =>
        Vector.ConditionalSelect(Vector.GreaterThan(x, V(0)), x, V(0)) + Log1P(Exp(-Vector.Abs(x)));

    // Φ(−t)·e^(t²/2) for t ≥ 0: r·P(r) with r = 1/(t + 3), P the Chebyshev interpolant of degree 10; relative error 4·10⁻⁹.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ScaledTail(Vector<float> t)
    {
        Vector<float> r = V(1) / (t + V(3));
        Vector<float> p = MulAdd(V(3355.381282f), r, V(-6935.900416f));
        p = MulAdd(p, r, V(5798.606332f));
        p = MulAdd(p, r, V(-2370.088177f));
        p = MulAdd(p, r, V(456.4573757f));
        p = MulAdd(p, r, V(-65.86197713f));
        p = MulAdd(p, r, V(19.26562476f));
        p = MulAdd(p, r, V(6.692054604f));
        p = MulAdd(p, r, V(3.212573275f));
        p = MulAdd(p, r, V(1.196302251f));
        p = MulAdd(p, r, V(0.3989480351f));
        return p * r;
    }

    /// <summary>Φ(x), the normal distribution function, and e^(−x²/2), which it is made from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<float> Cdf, Vector<float> Exponential) Normal(Vector<float> x)
    {
        Vector<float> e = ExpOfSquare(x, -0.5f);
        Vector<float> tail = e * ScaledTail(Vector.Abs(x));
        return (Vector.ConditionalSelect(Vector.GreaterThan(x, V(0)), V(1) - tail, tail), e);
    }

    /// <summary>erf x: a polynomial in x² near 0, 1 − 2Φ(−√2·x) elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Erf(Vector<float> x)
    {
        Vector<float> square = x * x;
        Vector<float> p = MulAdd(V(7.875875059e-5f), square, V(-8.016864286e-4f));
        p = MulAdd(p, square, V(5.189087423e-3f));
        p = MulAdd(p, square, V(-2.685421201e-2f));
        p = MulAdd(p, square, V(0.1128359472f));
        p = MulAdd(p, square, V(-0.3761262667f));
        p = MulAdd(p, square, V(0.1283791666f));
        Vector<float> near = MulAdd(p, x, x);
        Vector<float> t = V(1.41421356f) * Vector.Abs(x);
        Vector<float> far = V(1) - V(2) * ExpOfMinusSquare(x) * ScaledTail(t);
        return Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), V(1)), near, WithSignOf(x, far));
    }

    /// <summary>|magnitude| with the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> WithSignOf(Vector<float> x, Vector<float> magnitude) =>
        Vector.ConditionalSelect(Vector.AsVectorSingle(new Vector<int>(int.MinValue)), x, magnitude);

    /// <summary>xᵃ, through double precision where that is safe: positive finite x and finite a.</summary>
    public static Vector<float> Power(Vector<float> x, Vector<float> a)
    {
        Vector<int> safe = Vector.GreaterThan(x, V(0)) & Vector.LessThan(x, V(float.PositiveInfinity))
            & Vector.LessThan(Vector.Abs(a), V(1e30f));
        if (Vector.EqualsAll(safe, new Vector<int>(-1)))
        {
            Vector.Widen(x, out Vector<double> x0, out Vector<double> x1);
            Vector.Widen(a, out Vector<double> a0, out Vector<double> a1);
            return Vector.Narrow(Vector.Exp(a0 * Vector.Log(x0)), Vector.Exp(a1 * Vector.Log(x1)));
        }
        Span<float> values = stackalloc float[Vector<float>.Count];
        for (int i = 0; i < values.Length; i++) values[i] = (float)Math.Pow(x[i], a[i]);
        return new Vector<float>(values);
    }
}
