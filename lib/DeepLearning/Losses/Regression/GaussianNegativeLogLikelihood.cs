namespace DeepLearning;

/// <summary>
/// Regression that also says how sure it is: the model predicts a mean μ and a variance σ², and a term is the surprise at t,
/// ½(ln σ² + (t − μ)²/σ²), plus ½·ln 2π if <c>full</c>. Large errors cost less where a large variance was announced, which costs itself.
/// <para>
/// As a loss of (prediction, target) the last axis holds the means and then as many logarithms of variances, s = ln σ²: slopes (μ −
/// t)e^(−s) and ½(1 − (t − μ)²e^(−s)). Nothing need be positive and nothing is divided. <see cref="Forward(Tensor, Tensor, Tensor)"/> takes
/// variances themselves.
/// </para>
/// <para>Shapes: prediction [N, …, 2D], target [N, …, D]; a term for each number of the target.</para>
/// <para>Throws as <see cref="Loss.Forward(Tensor, Tensor)"/> says.</para>
/// <para>Source: Nix and Weigend, "Estimating the mean and variance of the target probability distribution", 1994.</para>
/// </summary>
/// <param name="full">Whether the constant ½·ln 2π is added; false by default.</param>
/// <param name="reduction">Over all terms; mean by default.</param>
/// <example><code>
/// var loss = new GaussianNegativeLogLikelihood();
/// Tensor prediction = Tensor.From([0.7, -1.0, 1.8, 0.5], 2, 2);      // a mean and ln σ² for each sample
/// Console.WriteLine(loss.Forward(prediction, Tensor.From([1.0, 2], 2, 1)));
/// </code></example>
public sealed class GaussianNegativeLogLikelihood(bool full = false, Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    private double Constant => full ? 0.5 * Math.Log(2 * Math.PI) : 0;

    /// <inheritdoc/>
    protected override void CheckShapes(Shape prediction, Shape target)
    {
        bool fits = prediction.Rank > 0 && prediction.Rank == target.Rank && prediction[-1] == 2 * target[-1]
            && prediction.Dims[..^1].SequenceEqual(target.Dims[..^1]);
        if (!fits)
            throw new ArgumentException($"{Name} needs a mean and a logarithm of the variance for each number of the target, a " +
                "prediction [N, …, 2D] for " +
                $"[N, …, D], got {prediction} for {target}.");
    }

    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        int outputs = target.Shape[-1];
        (Tensor error, Tensor s) = Parts();
        return (0.5 * (s + error.Square() * (-s).Exp()) + Constant, weight =>
        {
            (Tensor error, Tensor s) = Parts();
            Tensor precision = (-s).Exp();
            return Tensor.Concatenate(-1, error * precision * weight, (1 - error.Square() * precision) * (0.5 * weight));
        });

        (Tensor Error, Tensor LogVariance) Parts() => (prediction.Slice(-1, 0, outputs) - target, prediction.Slice(-1, outputs, outputs));
    }

    /// <summary>The same with the variance as a tensor of its own, which gets a gradient too.</summary>
    /// <param name="mean">μ, of any shape.</param>
    /// <param name="variance">σ² > 0, of the same shape; taken to be at least 10⁻⁶.</param>
    /// <param name="target">t, of the same shape; a constant.</param>
    /// <exception cref="ArgumentException">The shapes differ or are empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A variance is negative.</exception>
    public Tensor Forward(Tensor mean, Tensor variance, Tensor target)
    {
        ArgumentCheck.NotNull(mean);
        ArgumentCheck.NotNull(target);
        target = target.To(mean.Device);
        LossInputs.CheckSameShape(Name, ("mean", mean), ("variance", variance), ("target", target));
        if (variance.Min().Item() is var low and < 0)
            throw new ArgumentOutOfRangeException(nameof(variance),
                $"{Name} needs variances of 0 or more, got {low}; predict their logarithm, or use Softplus.");
        // A variance lifted to 10⁻⁶ keeps its slope, so that it can grow again.
        Tensor lifted = variance + (variance.Clamp(SmallestVariance, double.MaxValue) - variance).Detach();
        return LossInputs.Reduce(0.5 * (lifted.Log() + (target.Detach() - mean).Square() / lifted) + Constant, Reduction);
    }

    private const double SmallestVariance = 1e-6;
}
