namespace DeepLearning;

/// <summary>
/// A seeded source of random numbers. The same seed gives the same numbers on every machine and device; see <see cref="Philox"/>.
/// Everything random in this library takes one; none is hidden.
/// </summary>
/// <param name="seed">Any number; change it to see another run.</param>
public sealed class Generator(ulong seed)
{
    private ulong _block;

    /// <summary>What it was made from.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>How far the stream has been used; set it back to repeat numbers, for instance when training resumes.</summary>
    public ulong Position { get => _block; set => _block = value; }

    /// <summary>One number, uniform on [low, high).</summary>
    /// <param name="low">The least number; 0.</param>
    /// <param name="high">What it stays below; ≥ low, finite like it; 1.</param>
    public double Uniform(double low = 0, double high = 1)
    {
        CheckUniform(low, high);
        return low + (high - low) * Philox.Uniform(Philox.Block(Seed, _block++).Item1);
    }

    /// <summary>One normal number.</summary>
    /// <param name="mean">μ, the expected value; 0.</param>
    /// <param name="deviation">σ ≥ 0, the standard deviation; 1.</param>
    public double Normal(double mean = 0, double deviation = 1)
    {
        CheckNormal(mean, deviation);
        (uint w0, uint w1, _, _) = Philox.Block(Seed, _block++);
        return mean + deviation * Philox.Normals(w0, w1).Item1;
    }

    internal static void CheckUniform(double low, double high)
    {
        if (!(low <= high) || !double.IsFinite(high - low))
            throw new ArgumentException($"Uniform numbers need finite bounds, low ≤ high, got low {low} and high {high}.");
    }

    internal static void CheckNormal(double mean, double deviation)
    {
        if (!double.IsFinite(mean) || !(deviation >= 0) || double.IsInfinity(deviation))
            throw new ArgumentException(
                $"Normal numbers need a finite mean and a finite standard deviation of 0 or more, got {mean} and {deviation}.");
    }

    /// <summary>A whole number from 0 to <paramref name="count"/> − 1, each equally likely.</summary>
    public int Integer(int count) => count > 0
        ? (int)(((ulong)Philox.Block(Seed, _block++).Item1 * (ulong)count) >> 32)
        : throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 1 or more to choose from, got {count}.");

    /// <summary>0 … n − 1 in random order (Fisher and Yates).</summary>
    public int[] Permutation(int n)
    {
        if (n < 0) throw new ArgumentOutOfRangeException(nameof(n), n, $"Expected 0 or more numbers to put in order, got {n}.");
        int[] order = [.. Enumerable.Range(0, n)];
        for (int i = n - 1; i > 0; i--)
        {
            int j = Integer(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    /// <summary>A generator of its own with a seed drawn from this one.</summary>
    public Generator Split()
    {
        (uint w0, uint w1, _, _) = Philox.Block(Seed, _block++);
        return new Generator(w0 | (ulong)w1 << 32);
    }

    internal static Generator Given(Generator? generator, string what) => generator ??
        throw new ArgumentNullException(nameof(generator), $"{what} needs a generator of random numbers, got null; pass new Generator(1).");

    /// <summary>Reserves the blocks for <paramref name="count"/> numbers and returns the first.</summary>
    internal ulong Take(int count)
    {
        ulong first = _block;
        _block += ((ulong)count + 3) / 4;
        return first;
    }
}
