namespace DeepLearning.Kernels;

/// <summary>
/// Philox 4×32-10: a counter-based generator. Block number and seed give four 32-bit words with no state in between, so every device and
/// any number of threads produce the same stream. Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011.
/// </summary>
public static class Philox
{
    /// <summary>The four words of a block.</summary>
    public static (uint, uint, uint, uint) Block(ulong seed, ulong block)
    {
        uint k0 = (uint)seed, k1 = (uint)(seed >> 32);
        uint c0 = (uint)block, c1 = (uint)(block >> 32), c2 = 0, c3 = 0;
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0, p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>Uniform on [0, 1), in steps of 2⁻²⁴, so that float and double agree exactly.</summary>
    public static double Uniform(uint word) => (word >> 8) * (1.0 / (1 << 24));

    /// <summary>Two independent standard normal numbers (Box and Muller, 1958).</summary>
    public static (double, double) Normals(uint word1, uint word2)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(word1)));
        double angle = 2 * Math.PI * Uniform(word2);
        return (radius * Math.Cos(angle), radius * Math.Sin(angle));
    }

    /// <summary>Fills <paramref name="target"/> with the numbers of consecutive blocks.</summary>
    internal static void Fill<T>(RandomKind kind, ulong seed, ulong block, double a, double b, Span<T> target, Func<double, T> convert)
    {
        Span<double> four = stackalloc double[4];
        for (int i = 0; i < target.Length; i += 4, block++)
        {
            (uint w0, uint w1, uint w2, uint w3) = Block(seed, block);
            if (kind == RandomKind.Uniform)
            {
                double width = b - a;
                four[0] = a + width * Uniform(w0);
                four[1] = a + width * Uniform(w1);
                four[2] = a + width * Uniform(w2);
                four[3] = a + width * Uniform(w3);
            }
            else
            {
                (double n0, double n1) = Normals(w0, w1);
                (double n2, double n3) = Normals(w2, w3);
                four[0] = a + b * n0;
                four[1] = a + b * n1;
                four[2] = a + b * n2;
                four[3] = a + b * n3;
            }
            for (int j = 0; j < 4 && i + j < target.Length; j++) target[i + j] = convert(four[j]);
        }
    }
}
