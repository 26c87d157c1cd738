namespace DeepLearning;

/// <summary>Generated images together with what each was drawn from.</summary>
/// <param name="Images">x: [N, 1, H, W] and labels y: [N].</param>
/// <param name="Factors">[N, F]: row i holds the factors of image i.</param>
/// <param name="FactorNames">What each of the F columns is.</param>
/// <example><code>
/// FactorImages digits = Datasets.RenderedDigits(100, new Generator(1));
/// Console.WriteLine($"{digits.Images} {string.Join(", ", digits.FactorNames)}");
/// </code></example>
public sealed record FactorImages(Dataset Images, Tensor Factors, IReadOnlyList<string> FactorNames)
{
    /// <summary>One factor of all images, [N].</summary>
    /// <exception cref="ArgumentException">There is no such factor.</exception>
    public Tensor Factor(string name)
    {
        int column = FactorNames.ToList().IndexOf(name);
        if (column < 0) throw new ArgumentException($"There is no factor '{name}'; the factors are {string.Join(", ", FactorNames)}.");
        return Factors.Slice(1, column, 1).Reshape(Factors.Shape[0]);
    }

    /// <summary>Draws <paramref name="count"/> images, on all cores; image i depends on the seed and i alone.</summary>
    internal static (float[] Pixels, float[] Factors) Draw(int count, int pixels, int factors, Generator generator,
        Action<int, Generator, Memory<float>, Memory<float>> draw)
    {
        ulong seed = generator.Split().Seed;
        float[] x = new float[count * pixels], f = new float[count * factors];
        Parallel.For(0, count, i => draw(i, new Generator(seed + (ulong)i), x.AsMemory(i * pixels, pixels),
            f.AsMemory(i * factors, factors)));
        return (x, f);
    }
}
