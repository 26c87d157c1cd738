namespace DeepLearning;

public static partial class Datasets
{
    /// <summary>Round clouds, one a class: the easiest classification.</summary>
    /// <remarks>
    /// Sample i has class k = i mod C and x = c_k + noise·(n₁, n₂), n ~ N(0, 1). The centres stand on a circle, c_k = 4·(cos 2πk/C, sin
    /// 2πk/C), unless given. x: [count, 2], y: [count].
    /// </remarks>
    /// <param name="count">Samples, ≥ 1.</param>
    /// <param name="generator">Draws them.</param>
    /// <param name="classes">C, the number of classes, ≥ 1.</param>
    /// <param name="noise">Standard deviation of each cloud, ≥ 0.</param>
    /// <param name="centres">One row [x₁, x₂] a class instead of the circle; then their number is C.</param>
    public static Dataset Blobs(int count, Generator generator, int classes = 3, double noise = 1, double[,]? centres = null)
    {
        CheckNoise(noise, generator);
        if (centres is not null && (centres.GetLength(1) != 2 || centres.GetLength(0) == 0))
            throw new ArgumentException($"centres need shape [C, 2], got [{centres.GetLength(0)}, " +
                $"{centres.GetLength(1)}].", nameof(centres));
        int total = centres?.GetLength(0) ?? classes;
        CheckClasses(total, 1);
        return Plane("blobs", "Round clouds around a centre for each class.", count, Numbered(total), i =>
        {
            int k = i % total;
            double angle = 2 * Math.PI * k / total;
            double x1 = centres?[k, 0] ?? 4 * Math.Cos(angle), x2 = centres?[k, 1] ?? 4 * Math.Sin(angle);
            return (x1 + noise * generator.Normal(), x2 + noise * generator.Normal(), k);
        });
    }

    /// <summary>Two half circles that reach into each other: no straight line divides them, a gentle curve does.</summary>
    /// <remarks>
    /// t ~ U(0, π). Class 0: (cos t, sin t); class 1: (1 − cos t, ½ − sin t); plus noise·N(0, 1) on both coordinates. Classes alternate.
    /// x: [count, 2], y: [count].
    /// </remarks>
    /// <param name="count">Samples, ≥ 1.</param>
    /// <param name="generator">Draws them.</param>
    /// <param name="noise">Standard deviation of the noise, ≥ 0.</param>
    public static Dataset Moons(int count, Generator generator, double noise = 0.1)
    {
        CheckNoise(noise, generator);
        return Plane("moons", "Two half circles that reach into each other.", count, ["upper", "lower"], i =>
        {
            double t = generator.Uniform(0, Math.PI), cos = Math.Cos(t), sin = Math.Sin(t);
            (double x1, double x2) = i % 2 == 0 ? (cos, sin) : (1 - cos, 0.5 - sin);
            return (x1 + noise * generator.Normal(), x2 + noise * generator.Normal(), i % 2);
        });
    }

    /// <summary>A circle inside a circle: linear in the squares of x, not in x.</summary>
    /// <remarks>
    /// t ~ U(0, 2π). Class 0: (cos t, sin t); class 1: inner·(cos t, sin t); plus noise·N(0, 1) on both coordinates. Classes alternate.
    /// x: [count, 2], y: [count].
    /// </remarks>
    /// <param name="count">Samples, ≥ 1.</param>
    /// <param name="generator">Draws them.</param>
    /// <param name="noise">Standard deviation of the noise, ≥ 0.</param>
    /// <param name="inner">Radius of the inner circle, in (0, 1).</param>
    public static Dataset Circles(int count, Generator generator, double noise = 0.1, double inner = 0.5)
    {
        CheckNoise(noise, generator);
        if (inner is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(inner), inner, $"The inner circle's radius must be between 0 and 1, got {inner}.");
        return Plane("circles", "A circle inside a circle.", count, ["outer", "inner"], i =>
        {
            double t = generator.Uniform(0, 2 * Math.PI), radius = i % 2 == 0 ? 1 : inner;
            return (radius * Math.Cos(t) + noise * generator.Normal(), radius * Math.Sin(t) + noise * generator.Normal(), i % 2);
        });
    }

    /// <summary>Arms that wind around each other: a hard case for a small network.</summary>
    /// <remarks>
    /// Sample i has class k = i mod C; s ~ U(0, 1), angle t = 2π·(turns·s + k/C), x = s·(cos t, sin t) + noise·N(0, 1) on both coordinates.
    /// x: [count, 2], y: [count].
    /// </remarks>
    /// <param name="count">Samples, ≥ 1.</param>
    /// <param name="generator">Draws them.</param>
    /// <param name="noise">Standard deviation of the noise, ≥ 0.</param>
    /// <param name="classes">C, the number of arms, ≥ 2.</param>
    /// <param name="turns">How often an arm winds around the middle.</param>
    public static Dataset Spirals(int count, Generator generator, double noise = 0.02, int classes = 2, double turns = 1.5)
    {
        CheckNoise(noise, generator);
        CheckClasses(classes, 2);
        if (!double.IsFinite(turns))
            throw new ArgumentOutOfRangeException(nameof(turns), turns, $"turns must be a finite number, got {turns}.");
        return Plane("spirals", "Arms that wind around each other.", count, Numbered(classes), i =>
        {
            double s = generator.Uniform(), t = 2 * Math.PI * (turns * s + (double)(i % classes) / classes);
            return (s * Math.Cos(t) + noise * generator.Normal(), s * Math.Sin(t) + noise * generator.Normal(), i % classes);
        });
    }

    /// <summary>The truth table of exclusive or: 00 → 0, 01 → 1, 10 → 1, 11 → 0. One neuron cannot learn it.</summary>
    /// <remarks>x: [4, 2], y: [4]. Source: S1, S4; Minsky and Papert, "Perceptrons", 1969.</remarks>
    public static Dataset Xor() => Xor(4, new Generator(0), noise: 0);

    /// <summary>Clouds at the corners of the unit square; opposite corners are of one class.</summary>
    /// <remarks>
    /// Sample i stands at corner (a, b), a = ⌊i/2⌋ mod 2, b = i mod 2: x = (a, b) + noise·(n₁, n₂), n ~ N(0, 1), and y = a xor b.
    /// x: [count, 2], y: [count].
    /// </remarks>
    /// <param name="count">Samples, ≥ 1; the corners take turns.</param>
    /// <param name="generator">Draws them.</param>
    /// <param name="noise">Standard deviation of the clouds, ≥ 0.</param>
    public static Dataset Xor(int count, Generator generator, double noise = 0.1)
    {
        CheckNoise(noise, generator);
        return Plane("xor", "Corners of the unit square; opposite corners are of one class.", count, ["0", "1"], i =>
        {
            int a = i / 2 % 2, b = i % 2;
            return (a + noise * generator.Normal(), b + noise * generator.Normal(), a ^ b);
        });
    }

    private static void CheckClasses(int classes, int least)
    {
        if (classes < least)
            throw new ArgumentOutOfRangeException(nameof(classes), classes, $"Expected {least} or more classes, got {classes}.");
    }
}
