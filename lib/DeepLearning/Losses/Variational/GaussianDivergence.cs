namespace DeepLearning;

/// <summary>
/// The diagonal normal distribution N(μ, σ²) that a variational autoencoder's encoder says, as μ and s = ln σ²: its divergence from N(0,
/// 1), and samples of it through which gradients flow.
/// <para>Source: Kingma and Welling, "Auto-encoding variational Bayes", 2014, appendix B.</para>
/// </summary>
/// <example><code>
/// // what an encoder says of two samples
/// Tensor mean = Tensor.From([0.5, -1, 0.2, 0], 2, 2), logVariance = Tensor.From([0.0, -0.5, 0.3, 0], 2, 2);
/// Tensor z = GaussianDivergence.Sample(mean, logVariance, new Generator(1));
/// Console.WriteLine(GaussianDivergence.FromStandardNormal(mean, logVariance));
/// </code></example>
public static class GaussianDivergence
{
    /// <summary>
    /// KL(N(μ, σ²) ‖ N(0, 1)) = ½ Σ_j (μ_j² + e^(s_j) − 1 − s_j), a number for each sample; 0 for μ = 0, s = 0 and positive elsewhere.
    /// </summary>
    /// <param name="mean">μ, [N, …].</param>
    /// <param name="logVariance">s = ln σ², of the same shape.</param>
    /// <returns>[N]</returns>
    /// <exception cref="ArgumentException">The shapes differ, are empty, or have no axis.</exception>
    public static Tensor FromStandardNormal(Tensor mean, Tensor logVariance)
    {
        Check(mean, logVariance);
        return 0.5 * (mean.Square() + logVariance.Exp() - 1 - logVariance).Flatten().Sum(1);
    }

    /// <summary>
    /// The reparametrization trick: z = μ + e^(s/2) ⊙ ε with ε drawn from N(0, 1), so that ∂z/∂μ = 1 and ∂z/∂s = ½e^(s/2) ⊙ ε.
    /// </summary>
    /// <param name="mean">μ, [N, …].</param>
    /// <param name="logVariance">s = ln σ², of the same shape.</param>
    /// <param name="generator">Draws ε.</param>
    /// <returns>z, of the same shape.</returns>
    /// <exception cref="ArgumentException">The shapes differ, are empty, or have no axis.</exception>
    public static Tensor Sample(Tensor mean, Tensor logVariance, Generator generator)
    {
        Check(mean, logVariance);
        ArgumentCheck.NotNull(generator);
        using IDisposable _ = Device.Use(mean.Device);
        return mean + (0.5 * logVariance).Exp() * Tensor.Normal(generator, 0, 1, mean.Shape.Dims);
    }

    private static void Check(Tensor mean, Tensor logVariance)
    {
        LossInputs.CheckSameShape(nameof(GaussianDivergence), ("mean", mean), ("logVariance", logVariance));
        if (mean.Rank == 0)
            throw new ArgumentException($"{nameof(GaussianDivergence)} needs a row for each sample, [N, …], got a single number.");
    }
}
