using ILGPU;

namespace DeepLearning;

/// <summary>
/// Functions of a number, accurate to a few units in the last place of a float32 over their whole range, made of nothing but sums and
/// products: a card's own are faster and wrong in the fourth digit. They are those of the CPU's vectors, for one number.
/// </summary>
internal static class FloatMath
{
    public static bool IsFinite(float x) => (Interop.FloatAsInt(x) & 0x7F800000) != 0x7F800000;

    /// <summary>
    /// By the bits: a comparison of floats may be turned around on its way to a card (!(a &gt; b) becomes a ≤ b), where NaN gives
    /// another answer.
    /// </summary>
    public static bool IsNaN(float x) => (Interop.FloatAsInt(x) & 0x7FFFFFFF) > 0x7F800000;

    /// <summary>The larger; NaN if either is.</summary>
    public static float Max(float a, float b) => IsNaN(a) ? a : IsNaN(b) ? b : a > b ? a : b;

    /// <summary>The smaller; NaN if either is.</summary>
    public static float Min(float a, float b) => IsNaN(a) ? a : IsNaN(b) ? b : a < b ? a : b;

    public static float Abs(float x) => Interop.IntAsFloat(Interop.FloatAsInt(x) & 0x7FFFFFFF);

    /// <summary>−1, 0 or 1; NaN for NaN.</summary>
    public static float Sign(float x) => x > 0 ? 1 : x < 0 ? -1 : IsNaN(x) ? x : 0;

    // |magnitude| with the sign of x.
    private static float WithSignOf(float x, float magnitude) =>
        Interop.IntAsFloat((Interop.FloatAsInt(x) & 0x80000000) | (Interop.FloatAsInt(magnitude) & 0x7FFFFFFF));

    // e^r − 1 for |r| ≤ ½ ln 2: the Taylor series; the first term left out is under 5·10⁻⁹.
    private static float ExpM1Series(float r)
    {
        float p = 1f / 5040 * r + 1f / 720;
        p = p * r + 1f / 120;
        p = p * r + 1f / 24;
        p = p * r + 1f / 6;
        p = p * r + 1f / 2;
        return p * r * r + r;
    }

    // 2ⁿ for −127 < n < 128.
    private static float PowerOfTwo(int n) => Interop.IntAsFloat((uint)(n + 127) << 23);

    // x/ln 2 rounded: adding 1.5·2²³ leaves the whole number in the low bits.
    private static float Rounded(float x) => x * 1.44269504f + 12582912f - 12582912f;

    // x − n·ln 2; ln 2 is split in two so that n times its first part is exact.
    private static float Rest(float x, float n) => x - n * 0.693359375f + n * 2.12194440e-4f;

    /// <summary>eˣ</summary>
    public static float Exp(float x)
    {
        if (IsNaN(x)) return x;
        if (x < -104) return 0;
        float limited = x > 89 ? 89 : x, n = Rounded(limited);
        // In two steps, so that results beyond the range overflow, and those below it become denormal, with a single rounding.
        int whole = (int)n, half = whole >> 1;
        return (ExpM1Series(Rest(limited, n)) + 1) * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    /// <summary>eˣ − 1, without cancellation near 0; for x ≤ 0.</summary>
    public static float ExpM1OfNegative(float x)
    {
        if (IsNaN(x)) return x;
        float limited = x < -80 ? -80 : x, n = Rounded(limited), scale = PowerOfTwo((int)n);
        return ExpM1Series(Rest(limited, n)) * scale + (scale - 1);
    }

    // e^(a·x²) for a = −1 or −½, as e^(a·h²)·e^(a·(x−h)(x+h)), where h is the first half of x's digits and h² exact: the exponential would
    // magnify the rounding error of x².
    private static float ExpOfSquare(float x, float a)
    {
        float magnitude = Abs(x), m = magnitude > 20 ? 20 : magnitude, high = Interop.IntAsFloat(Interop.FloatAsInt(m) & 0xFFFFF000);
        return Exp(a * (high * high)) * (ExpM1Series(a * ((m - high) * (m + high))) + 1);
    }

    /// <summary>e^(−x²)</summary>
    public static float ExpOfMinusSquare(float x) => ExpOfSquare(x, -1);

    /// <summary>ln x</summary>
    public static float Log(float x)
    {
        if (x == 0) return float.NegativeInfinity;
        if (x < 0 || IsNaN(x)) return float.NaN;
        if (!IsFinite(x)) return x;
        bool tiny = x < 1.17549435e-38f;
        // x = m·2ᵉ with √½ ≤ m < √2.
        int bits = (int)Interop.FloatAsInt(tiny ? x * 8388608 : x) - 0x3F3504F3;
        float e = (bits >> 23) - (tiny ? 23 : 0), m = Interop.IntAsFloat((uint)((bits & 0x7FFFFF) + 0x3F3504F3)), f = m - 1;
        // ln m = 2 artanh s = f − s·(f − 2(artanh s − s)/s), s = f/(2 + f): f is exact, and what is taken from it small.
        float s = f / (f + 2), square = s * s;
        float p = 2f / 11 * square + 2f / 9;
        p = p * square + 2f / 7;
        p = p * square + 2f / 5;
        p = p * square + 2f / 3;
        return e * 0.693359375f + (f - (e * 2.12194440e-4f + s * (f - p * square)));
    }

    // ln(1 + x) for 0 ≤ x ≤ 1: 2 artanh s with s = x/(2 + x) ≤ ⅓.
    private static float Log1P(float x)
    {
        float s = x / (x + 2), square = s * s;
        float p = 2f / 15 * square + 2f / 13;
        p = p * square + 2f / 11;
        p = p * square + 2f / 9;
        p = p * square + 2f / 7;
        p = p * square + 2f / 5;
        p = p * square + 2f / 3;
        return p * square * s + (s + s);
    }

    /// <summary>tanh x = −m/(m + 2) for x ≥ 0, with m = e^(−2x) − 1.</summary>
    public static float Tanh(float x)
    {
        float m = ExpM1OfNegative(-2 * Abs(x));
        return IsNaN(x) ? x : WithSignOf(x, m / (m + 2));
    }

    /// <summary>1/(1 + e⁻ˣ), from e^(−|x|) so that nothing overflows.</summary>
    public static float Sigmoid(float x)
    {
        float e = Exp(-Abs(x));
        return (x < 0 ? e : 1f) / (e + 1);
    }

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^(−|x|))</summary>
    public static float Softplus(float x) => (x > 0 ? x : 0) + Log1P(Exp(-Abs(x)));

    // Φ(−t)·e^(t²/2) for t ≥ 0: r·P(r) with r = 1/(t + 3), P the Chebyshev interpolant of degree 10; relative error 4·10⁻⁹.
    private static float ScaledTail(float t)
    {
        float r = 1 / (t + 3);
        float p = 3355.381282f * r - 6935.900416f;
        p = p * r + 5798.606332f;
        p = p * r - 2370.088177f;
        p = p * r + 456.4573757f;
        p = p * r - 65.86197713f;
        p = p * r + 19.26562476f;
        p = p * r + 6.692054604f;
        p = p * r + 3.212573275f;
        p = p * r + 1.196302251f;
        p = p * r + 0.3989480351f;
        return p * r;
    }

    /// <summary>e^(−x²/2)</summary>
    public static float Bell(float x) => ExpOfSquare(x, -0.5f);

    /// <summary>Φ(x), the normal distribution function.</summary>
    public static float NormalCdf(float x)
    {
        float tail = Bell(x) * ScaledTail(Abs(x));
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>erf x: a polynomial in x² near 0, 1 − 2Φ(−√2·x) elsewhere.</summary>
    public static float Erf(float x)
    {
        if (Abs(x) >= 1 || IsNaN(x)) return IsNaN(x) ? x : WithSignOf(x, 1 - 2 * ExpOfMinusSquare(x) * ScaledTail(1.41421356f * Abs(x)));
        float square = x * x;
        float p = 7.875875059e-5f * square - 8.016864286e-4f;
        p = p * square + 5.189087423e-3f;
        p = p * square - 2.685421201e-2f;
        p = p * square + 0.1128359472f;
        p = p * square - 0.3761262667f;
        p = p * square + 0.1283791666f;
        return p * x + x;
    }
}
