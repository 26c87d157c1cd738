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
    public double Uniform(double low = 0, double high = 1) => low + (high - low) * Philox.Uniform(Philox.Block(Seed, _block++).Item1);

    /// <summary>One normal number with the given mean and standard deviation.</summary>
    public double Normal(double mean = 0, double deviation = 1)
    {
        var (w0, w1, _, _) = Philox.Block(Seed, _block++);
        return mean + deviation * Philox.Normals(w0, w1).Item1;
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
        var (w0, w1, _, _) = Philox.Block(Seed, _block++);
        return new Generator(w0 | (ulong)w1 << 32);
    }

    /// <summary>Reserves the blocks for <paramref name="count"/> numbers and returns the first.</summary>
    internal ulong Take(int count)
    {
        ulong first = _block;
        _block += ((ulong)count + 3) / 4;
        return first;
    }
}
