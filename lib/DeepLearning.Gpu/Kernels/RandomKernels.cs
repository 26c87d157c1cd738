using ILGPU;

namespace DeepLearning;

internal struct RandomArgs
{
    public ArrayView<float> Y;
    public ulong Seed, Block;
    public double A, B, Kept;
    public int Count;
}

/// <summary><see cref="Philox"/>, four numbers a thread. Double precision, as on the CPU, so that the numbers are the same.</summary>
internal static class RandomKernels
{
    public static void Uniform(Index1D i, RandomArgs p)
    {
        (uint w0, uint w1, uint w2, uint w3) = Words(p.Seed, p.Block + (ulong)i.X);
        double width = p.B - p.A;
        Store(p, i, p.A + width * Unit(w0), p.A + width * Unit(w1), p.A + width * Unit(w2), p.A + width * Unit(w3));
    }

    public static void Normal(Index1D i, RandomArgs p)
    {
        (uint w0, uint w1, uint w2, uint w3) = Words(p.Seed, p.Block + (ulong)i.X);
        double radius = Radius(w0), angle = 2 * Math.PI * Unit(w1), radius2 = Radius(w2), angle2 = 2 * Math.PI * Unit(w3);
        Store(p, i, p.A + p.B * (radius * WideMath.Wave(angle, 1)), p.A + p.B * (radius * WideMath.Wave(angle, 0)),
            p.A + p.B * (radius2 * WideMath.Wave(angle2, 1)), p.A + p.B * (radius2 * WideMath.Wave(angle2, 0)));
    }

    /// <summary>0 where the uniform number would be negative, else <see cref="RandomArgs.Kept"/>.</summary>
    public static void DropMask(Index1D i, RandomArgs p)
    {
        (uint w0, uint w1, uint w2, uint w3) = Words(p.Seed, p.Block + (ulong)i.X);
        Store(p, i, Kept(p, w0), Kept(p, w1), Kept(p, w2), Kept(p, w3));
    }

    private static double Kept(in RandomArgs p, uint word) => p.A + (p.B - p.A) * Unit(word) >= 0 ? p.Kept : 0.0;

    private static double Unit(uint word) => (word >> 8) * (1.0 / (1 << 24));

    private static double Radius(uint word) => Math.Sqrt(-2 * WideMath.Log(1 - Unit(word)));

    private static void Store(in RandomArgs p, int i, double y0, double y1, double y2, double y3)
    {
        int at = 4 * i;
        if (at + 4 <= p.Count)
        {
            new Float4((float)y0, (float)y1, (float)y2, (float)y3).Store(p.Y, at);
            return;
        }
        p.Y[at] = (float)y0;
        if (at + 1 < p.Count) p.Y[at + 1] = (float)y1;
        if (at + 2 < p.Count) p.Y[at + 2] = (float)y2;
    }

    // Ten rounds; see Philox.
    private static (uint, uint, uint, uint) Words(ulong seed, ulong block)
    {
        uint k0 = (uint)seed, k1 = (uint)(seed >> 32), c0 = (uint)block, c1 = (uint)(block >> 32), c2 = 0, c3 = 0;
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0, p1 = 0xCD9E8D57UL * c2;
            uint d0 = (uint)(p1 >> 32) ^ c1 ^ k0, d2 = (uint)(p0 >> 32) ^ c3 ^ k1;
            c0 = d0;
            c1 = (uint)p1;
            c2 = d2;
            c3 = (uint)p0;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }
}
