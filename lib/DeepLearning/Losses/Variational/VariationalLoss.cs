using System.Globalization;

namespace DeepLearning;

/// <summary>
/// What a variational autoencoder makes small, the negative of a bound of ln p(x): how badly it reconstructs a sample, plus β times how far
/// its code N(μ, σ²) is from N(0, 1). For a batch of N: 1/N (Σ reconstruction + β Σ KL), each summed over all numbers of a sample.
/// <para>
/// β = 1 is the bound itself; larger trades reconstruction for codes whose dimensions mean separate things. The reconstruction's terms are
/// <see cref="BinaryCrossEntropy"/> for numbers from 0 to 1, or <see cref="HalfSquaredError"/> for any (a normal distribution of variance
/// 1).
/// </para>
/// <para>Source: Kingma and Welling, "Auto-encoding variational Bayes", 2014; Higgins et al., "β-VAE", 2017.</para>
/// </summary>
/// <example><code>
/// var encoder = new Dense(4, 4, new Generator(1));
/// var decoder = new Dense(2, 4, new Generator(2));
/// Tensor x = Tensor.Uniform(new Generator(3), 0, 1, 8, 4), code = encoder.Forward(x);
/// Tensor mean = code.Slice(1, 0, 2), logVariance = code.Slice(1, 2, 2);
/// var objective = new VariationalLoss(new BinaryCrossEntropy(fromLogits: true, Reduction.Sum), beta: 4);
/// Tensor z = GaussianDivergence.Sample(mean, logVariance, new Generator(4));
/// objective.Forward(decoder.Forward(z), x, mean, logVariance).Total.Backward();
/// </code></example>
public sealed class VariationalLoss
{
    private readonly Loss _reconstruction;

    /// <param name="reconstruction">A loss whose <see cref="Reduction"/> is Sum, so that a sample's numbers add up.</param>
    /// <param name="beta">β ≥ 0; 1 by default.</param>
    /// <exception cref="ArgumentException">The reconstruction is not a sum.</exception>
    /// <exception cref="ArgumentOutOfRangeException">β is negative.</exception>
    public VariationalLoss(Loss reconstruction, double beta = 1)
    {
        ArgumentCheck.NotNull(reconstruction);
        if (reconstruction.Reduction != Reduction.Sum)
            throw new ArgumentException($"VariationalLoss adds up a sample's terms, since the divergence is a sum too; give " +
                $"{reconstruction.Name} Reduction.Sum.");
        (_reconstruction, Beta) = (reconstruction, beta);
    }

    /// <summary>β; may be changed during training, for instance to warm up.</summary>
    public double Beta
    {
        get;
        set => field = ArgumentCheck.AtLeastZero(value, "beta");
    }

    /// <summary>Computes the loss and its two parts, each the mean over the samples.</summary>
    /// <param name="reconstruction">What the decoder says, [N, …].</param>
    /// <param name="target">The samples themselves, [N, …]; a constant.</param>
    /// <param name="mean">μ, [N, …].</param>
    /// <param name="logVariance">s = ln σ², of μ's shape.</param>
    /// <returns>Total = Reconstruction + β·Divergence; each can be differentiated.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public (Tensor Total, Tensor Reconstruction, Tensor Divergence) Forward(Tensor reconstruction, Tensor target, Tensor mean,
        Tensor logVariance)
    {
        Tensor divergence = GaussianDivergence.FromStandardNormal(mean, logVariance).Mean();
        ArgumentCheck.NotNull(target);
        if (target.Rank == 0 || target.Shape[0] != mean.Shape[0])
            throw new ArgumentException($"VariationalLoss needs as many samples as codes, got targets {target.Shape} and means " +
                $"{mean.Shape}.");
        Tensor error = _reconstruction.Forward(reconstruction, target) / target.Shape[0];
        return (error + Beta * divergence, error, divergence);
    }

    /// <summary>Such as <c>VariationalLoss(BinaryCrossEntropy(from logits), β 4)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"VariationalLoss({_reconstruction}, β {Beta})");
}
