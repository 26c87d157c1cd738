namespace DeepLearning;

internal sealed class Mixup(double alpha) : Augmentation
{
    private readonly double _alpha = alpha is > 0 and <= 10 ? alpha
        : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, $"alpha must be above 0 and at most 10, got {alpha}.");

    public override (Tensor X, Tensor Y) Apply(Tensor x, Tensor y, Generator generator)
    {
        if (y.Rank < 2)
            throw new ArgumentException($"Mixup mixes targets too, and labels {y.Shape} cannot be mixed; train on data.OneHot() with a " +
                "loss for rows of probabilities.");
        double share = Beta(generator, _alpha);
        int[] partners = generator.Permutation(x.Shape[0]);
        return (share * x + (1 - share) * x.Rows(partners), share * y + (1 - share) * y.Rows(partners));
    }

    /// <summary>A number of Beta(α, α): of two random numbers to the power 1/α, those whose sum is at most 1. Source: Jöhnk 1964.</summary>
    internal static double Beta(Generator generator, double alpha)
    {
        while (true)
        {
            double u = Math.Log(1 - generator.Uniform()) / alpha, v = Math.Log(1 - generator.Uniform()) / alpha;
            double larger = Math.Max(u, v), sum = larger + Math.Log(Math.Exp(u - larger) + Math.Exp(v - larger));
            if (sum <= 0) return Math.Exp(u - sum);
        }
    }
}
