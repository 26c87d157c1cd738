using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Keeps a critic's slope near 1: at a random point x̂ = u·x + (1 − u)·G(z) between each real and made sample, u uniform on [0, 1),
/// λ·E (|∂D(x̂)/∂x̂| − 1)², with the length over all numbers of a sample. Its gradient is a gradient of a gradient.
/// <para>
/// A sample's score must depend on that sample alone, so the critic has no batch normalization. Squared lengths are taken to be 10⁻¹²
/// longer, so that a slope of 0 has a gradient.
/// </para>
/// <para>Source: Gulrajani et al., "Improved training of Wasserstein GANs", 2017.</para>
/// </summary>
/// <example><code>
/// var critic = new Sequential(new Dense(2, 8, new Generator(1)), new Relu(), new Dense(8, 1, new Generator(2)));
/// Tensor real = Tensor.Normal(new Generator(3), 3, 1, 16, 2), fake = Tensor.Normal(new Generator(4), 0, 1, 16, 2);
/// Tensor penalty = new GradientPenalty(weight: 10).Forward(critic.Forward, real, fake, new Generator(5));
/// </code></example>
public sealed class GradientPenalty
{
    private const double TinySquare = 1e-12;

    /// <param name="weight">λ ≥ 0; 10 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative.</exception>
    public GradientPenalty(double weight = 10) =>
        Weight = ArgumentCheck.AtLeastZero(weight, nameof(weight), nameof(GradientPenalty));

    /// <summary>λ.</summary>
    public double Weight { get; }

    /// <summary>The penalty at random points between the samples.</summary>
    /// <param name="critic">From samples [N, …] to scores, such as <c>critic.Forward</c>.</param>
    /// <param name="real">Real samples, [N, …].</param>
    /// <param name="fake">Made samples, of the same shape.</param>
    /// <param name="generator">Draws u, one for each pair.</param>
    /// <returns>A single number, to be added to the critic's loss.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Forward(Func<Tensor, Tensor> critic, Tensor real, Tensor fake, Generator generator)
    {
        ArgumentCheck.NotNull(critic);
        ArgumentCheck.NotNull(real);
        ArgumentCheck.NotNull(fake);
        ArgumentCheck.NotNull(generator);
        real = real.Bring(fake.Device);
        LossInputs.CheckSameShape(nameof(GradientPenalty), ("real", real), ("fake", fake));
        if (real.Rank < 2) throw new ArgumentException($"GradientPenalty needs samples [N, …], got {real.Shape}.");
        Tensor between;
        using (Tensor.NoGradient())
        using (Device.Use(real.Device))
        {
            Tensor u = Tensor.Uniform(generator, 0, 1, [real.Shape[0], .. Enumerable.Repeat(1, real.Rank - 1)]);
            between = u * real + (1 - u) * fake;
        }
        return At(critic, between);
    }

    /// <summary>The penalty at given points.</summary>
    /// <param name="critic">From samples [N, …] to scores.</param>
    /// <param name="points">x̂, [N, …]; constants.</param>
    /// <exception cref="ArgumentException">The points are no batch, or the critic gives no score for each.</exception>
    public Tensor At(Func<Tensor, Tensor> critic, Tensor points)
    {
        ArgumentCheck.NotNull(critic);
        ArgumentCheck.NotNull(points);
        if (points.Rank < 2 || points.Count == 0)
            throw new ArgumentException($"GradientPenalty needs one or more samples [N, …], got {points.Shape}.");
        using IDisposable _ = Tensor.Recording(on: true);
        Tensor x = points.Detach().RequireGradient(), scores = critic(x);
        if (scores.Count != x.Shape[0])
            throw new ArgumentException($"GradientPenalty needs a critic with one score for each of {x.Shape[0]} samples, got scores " +
                $"{scores.Shape}.");
        Tensor slope = Tensor.Gradients(scores.Sum(), [x], keepGraph: true)[0];
        Tensor length = (slope.Flatten().Square().Sum(1) + TinySquare).Sqrt();
        return Weight * (length - 1).Square().Mean();
    }

    /// <summary>Such as <c>GradientPenalty(λ 10)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"GradientPenalty(λ {Weight})");
}
