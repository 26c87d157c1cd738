using System.Globalization;

namespace DeepLearning;

/// <summary>
/// The focal loss for outputs that say yes or no, such as "is there an object here": with p = σ(x) for a yes and σ(−x) for a no, a term is
/// −α_t·(1 − p)^γ·ln p, with α_t = α for a yes and 1 − α for a no. With z = x for a yes and −x for a no, its slope in z is
/// −α_t·σ(−z)^γ·(γ·σ(z)·ln(1 + e^(−z)) + σ(−z)).
/// <para>It takes logits only, and is exact for every x. γ = 0 and no α: <see cref="BinaryCrossEntropy"/>.</para>
/// <para>Shapes: logits x and target of any one shape; a term for each number.</para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a target that is neither 0 nor 1, else as
/// <see cref="Loss.Forward(Tensor, Tensor)"/> says.
/// </para>
/// <para>Source: Lin et al., "Focal loss for dense object detection", 2017 (torchvision's <c>sigmoid_focal_loss</c>).</para>
/// </summary>
/// <example><code>
/// var loss = new BinaryFocal(gamma: 2, alpha: 0.25);
/// Tensor logits = Tensor.From([1.5, -0.3, 0.8], 3, 1), target = Tensor.From([1.0, 0, 1], 3, 1);
/// Console.WriteLine(loss.Forward(logits, target));
/// </code></example>
public sealed class BinaryFocal : Loss
{
    /// <param name="gamma">γ ≥ 0, how much easy numbers are ignored; 2 by default.</param>
    /// <param name="alpha">α, the weight of a yes, from 0 to 1 (0.25 in the paper); null, the default, weighs both 1.</param>
    /// <param name="reduction">Over all numbers; mean by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">γ is negative or not finite, or α outside [0, 1].</exception>
    public BinaryFocal(double gamma = 2, double? alpha = null, Reduction reduction = Reduction.Mean) : base(reduction)
    {
        if (alpha is not (null or >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, $"BinaryFocal needs an alpha from 0 to 1, got {alpha}.");
        (Gamma, Alpha) = (ArgumentCheck.AtLeastZero(gamma, nameof(gamma), nameof(BinaryFocal)), alpha);
    }

    /// <summary>γ.</summary>
    public double Gamma { get; }

    /// <summary>α, or null where a yes and a no weigh 1.</summary>
    public double? Alpha { get; }

    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        if ((target * (1 - target)).Abs().Max().Item() is not 0)
        {
            (float low, float high) = Extent(target);
            throw new ArgumentOutOfRangeException(nameof(target), $"BinaryFocal needs targets 0 and 1, got {low} … {high}.");
        }
        Tensor sign = 2 * target - 1;
        Tensor weights = Alpha is { } alpha ? (2 * alpha - 1) * target + (1 - alpha) : Tensor.Full(1, target.Shape, target.Device);
        return (weights * Hardness(prediction * sign) * (-prediction * sign).Softplus(), weight =>
        {
            Tensor z = prediction * sign;
            return -weights * sign * Hardness(z) * (Gamma * z.Sigmoid() * (-z).Softplus() + (-z).Sigmoid()) * weight;
        });
    }

    // σ(−z)^γ
    private Tensor Hardness(Tensor z) => (-Gamma * z.Softplus()).Exp();

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"BinaryFocal({Gamma}{(Alpha is { } alpha ? $", {alpha}" : "")})");
}
