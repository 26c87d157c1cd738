using System.Numerics.Tensors;
using static DeepLearning.Kernels.Cutting;

namespace DeepLearning.Kernels;

/// <summary>
/// Random numbers. Number i depends on seed, block and i alone, so pieces of the target are filled independently. Computed in double
/// precision, as the reference does, so that both give the same numbers.
/// </summary>
internal static class CpuRandom
{
    /// <summary>See <see cref="Device.Random"/>.</summary>
    public static void Fill(RandomKind kind, ulong seed, ulong block, double a, double b, float[] y, int n, Workers workers)
    {
        int pieces = workers.Pieces((kind == RandomKind.Uniform ? 16L : 64L) * n);
        workers.Run(new RandomPieces(kind, seed, block, a, b, y, n, pieces), pieces);
    }

    private readonly struct RandomPieces(RandomKind kind, ulong seed, ulong block, double a, double b, float[] y, int n, int count)
        : IPieces
    {
        public void Run(int i)
        {
            int from = Cut(n, i, count, 16), to = Cut(n, i + 1, count, 16);
            Span<float> target = y.AsSpan(from, to - from);
            ulong first = block + (ulong)(from / 4);
            if (kind == RandomKind.Uniform) FillUniform(seed, first, a, b - a, target);
            else FillNormal(seed, first, a, b, target);
        }
    }

    private static void FillUniform(ulong seed, ulong block, double start, double width, Span<float> y)
    {
        int i = 0;
        for (; i <= y.Length - 4; i += 4, block++)
        {
            (uint w0, uint w1, uint w2, uint w3) = Philox.Block(seed, block);
            y[i] = (float)(start + width * Philox.Uniform(w0));
            y[i + 1] = (float)(start + width * Philox.Uniform(w1));
            y[i + 2] = (float)(start + width * Philox.Uniform(w2));
            y[i + 3] = (float)(start + width * Philox.Uniform(w3));
        }
        if (i < y.Length) Philox.Fill(RandomKind.Uniform, seed, block, start, start + width, y[i..], static value => (float)value);
    }

    // Philox.Normals for a few hundred pairs at a time, with vectorized logarithm, sine and cosine.
    private static void FillNormal(ulong seed, ulong block, double mean, double deviation, Span<float> y)
    {
        const int Pairs = 128;
        Span<double> radius = stackalloc double[Pairs], angle = stackalloc double[Pairs], wave = stackalloc double[Pairs];
        Span<float> numbers = stackalloc float[2 * Pairs];
        for (int start = 0; start < y.Length; start += 2 * Pairs)
        {
            for (int pair = 0; pair < Pairs; pair += 2, block++)
            {
                (uint w0, uint w1, uint w2, uint w3) = Philox.Block(seed, block);
                (radius[pair], angle[pair]) = (1 - Philox.Uniform(w0), 2 * Math.PI * Philox.Uniform(w1));
                (radius[pair + 1], angle[pair + 1]) = (1 - Philox.Uniform(w2), 2 * Math.PI * Philox.Uniform(w3));
            }
            TensorPrimitives.Log(radius, radius);
            TensorPrimitives.Multiply(radius, -2, radius);
            TensorPrimitives.Sqrt(radius, radius);
            TensorPrimitives.Cos(angle, wave);
            for (int pair = 0; pair < Pairs; pair++) numbers[2 * pair] = (float)(mean + deviation * (radius[pair] * wave[pair]));
            TensorPrimitives.Sin(angle, wave);
            for (int pair = 0; pair < Pairs; pair++) numbers[2 * pair + 1] = (float)(mean + deviation * (radius[pair] * wave[pair]));
            numbers[..Math.Min(numbers.Length, y.Length - start)].CopyTo(y[start..]);
        }
    }
}
