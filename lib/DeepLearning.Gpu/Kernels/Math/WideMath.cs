using ILGPU;

namespace DeepLearning;

/// <summary>Functions that need more digits on the way than a float32 has: in double precision, to about twelve digits.</summary>
internal static class WideMath
{
    private const double Ln2 = 0.693147180559945309, Ln2High = 0.693147180369123816, Ln2Low = 1.90821492927058770e-10;
    private const double HalfPiHigh = 1.57079632673412561, HalfPiLow = 6.07710050650619225e-11;

    /// <summary>Whether a double is a whole number; every one from 2⁵² on is.</summary>
    private static bool IsWhole(double x) => x >= 4503599627370496.0 || x <= -4503599627370496.0 || (long)x == x;

    private static double PowerOfTwo(int n) => Interop.IntAsFloat((ulong)(n + 1023) << 52);

    /// <summary>eˣ</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        double limited = x > 1000 ? 1000 : x < -1000 ? -1000 : x;
        int n = (int)(limited / Ln2 + (limited < 0 ? -0.5 : 0.5));
        double r = limited - n * Ln2High - n * Ln2Low, sum = 1;
        for (int k = 12; k >= 1; k--) sum = 1 + r / k * sum;
        return sum * PowerOfTwo(n >> 1) * PowerOfTwo(n - (n >> 1));
    }

    /// <summary>ln x for 0 ≤ x ≤ ∞, where x is no denormal double.</summary>
    public static double Log(double x)
    {
        if (x == 0) return double.NegativeInfinity;
        if (x - x != 0) return x;
        long bits = (long)Interop.FloatAsInt(x);
        int e = (int)(bits >> 52) - 1023;
        double m = Interop.IntAsFloat((ulong)((bits & 0xFFFFFFFFFFFFFL) | 0x3FF0000000000000L));
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            e++;
        }
        double s = (m - 1) / (m + 1), square = s * s, sum = 0;
        for (int k = 19; k >= 1; k -= 2) sum = sum * square + 1.0 / k;
        return e * Ln2High + (2 * s * sum + e * Ln2Low);
    }

    /// <summary>xᵃ with the special cases of IEEE 754.</summary>
    public static float Power(float x, float a)
    {
        if (a == 0 || x == 1) return 1;
        if (FloatMath.IsNaN(x) || FloatMath.IsNaN(a)) return float.NaN;
        double m = x < 0 ? -(double)x : x;
        bool whole = IsWhole(a), odd = whole && !IsWhole(0.5 * a), finite = FloatMath.IsFinite(x);
        if (x < 0 && !whole && finite) return float.NaN;
        if (m == 1 && !FloatMath.IsFinite(a)) return 1;
        float power = (float)Exp(a * Log(m));
        return odd && Interop.FloatAsInt(x) >> 31 != 0 ? -power : power;
    }

    /// <summary>sin x</summary>
    public static float Sin(float x) => Wave(x, 0);

    /// <summary>cos x</summary>
    public static float Cos(float x) => Wave(x, 1);

    /// <summary>sin(x + quarters·π/2) for 0 ≤ x &lt; 10⁵.</summary>
    public static double Wave(double x, int quarters)
    {
        int n = (int)(x * 0.636619772367581343 + 0.5);
        return Series(x - n * HalfPiHigh - n * HalfPiLow, n + quarters);
    }

    private static float Wave(float x, int quarters)
    {
        if (!FloatMath.IsFinite(x)) return float.NaN;
        double m = x < 0 ? -(double)x : x;
        double wave = m < 1e5 ? Wave(m, quarters) : HugeWave((float)m, quarters);
        return (float)(x < 0 && (quarters & 1) == 0 ? -wave : wave);
    }

    // The Taylor series of the sine or cosine of |r| ≤ π/4, whichever the quarter asks for.
    private static double Series(double r, int quarter)
    {
        bool cosine = (quarter & 1) != 0;
        double square = r * r, sum = 1;
        for (int k = cosine ? 18 : 19; k >= 2; k -= 2) sum = 1 - square / (k * (k - 1)) * sum;
        double wave = cosine ? sum : r * sum;
        return (quarter & 2) != 0 ? -wave : wave;
    }

    // Bits 32k + 1 … 32k + 32 behind the point of 2/π.
    private static uint TwoOverPi(int k) => k switch
    {
        0 => 0xA2F9836E, 1 => 0x4E441529, 2 => 0xFC2757D1, 3 => 0xF534DDC0, 4 => 0xDB629599, 5 => 0x3C439041, 6 => 0xFE5163AB,
        7 => 0xDEBBC561, _ => 0,
    };

    private static uint TwoOverPiFrom(int bit)
    {
        int k = bit >> 5, shift = bit & 31;
        return shift == 0 ? TwoOverPi(k) : (TwoOverPi(k) << shift) | (TwoOverPi(k + 1) >> (32 - shift));
    }

    // x = m·2ᵉ; of m·2ᵉ·2/π only what is left after multiples of 4 matters, so only 96 bits of 2/π do (Payne and Hanek, 1983).
    private static double HugeWave(float x, int quarters)
    {
        uint bits = Interop.FloatAsInt(x);
        int e = (int)(bits >> 23) - 150, start = e - 2;
        ulong m = (bits & 0x7FFFFF) | 0x800000;
        ulong low = m * TwoOverPiFrom(start + 64), middle = m * TwoOverPiFrom(start + 32) + (low >> 32),
            high = m * TwoOverPiFrom(start) + (middle >> 32);
        int quarter = (int)((uint)high >> 30);
        long fraction = (long)(((high & 0x3FFFFFFF) << 32) | (uint)middle);
        if (fraction >= 1L << 61)
        {
            fraction -= 1L << 62;
            quarter++;
        }
        double turn = fraction * (1.0 / (1L << 62)) + (uint)low * (1.0 / (1L << 62)) * (1.0 / (1L << 32));
        return Series(turn * 1.57079632679489662, quarter + quarters);
    }
}
