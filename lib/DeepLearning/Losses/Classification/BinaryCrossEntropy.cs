namespace DeepLearning;

/// <summary>
/// The surprise at the truth when each output says yes or no: for binary and for multi-label classification (log loss).
/// A term is −t·ln p − (1 − t)·ln(1 − p), with slope (1 − t)/(1 − p) − t/p;
/// from logits x, with p = σ(x), it is max(x, 0) − x·t + ln(1 + e^(−|x|)), with slope σ(x) − t.
/// <para>
/// A positive weight c multiplies the terms of a yes: −c·t·ln p − (1 − t)·ln(1 − p), where yes is rare or missing it costs more.
/// </para>
/// <para>
/// From logits it is exact for every x. From probabilities p and 1 − p are taken to be at least 10⁻⁷, in the value and in the slope.
/// </para>
/// <para>Shapes: prediction and target t of any one shape; a term for each number.</para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a target or probability outside [0, 1], else as
/// <see cref="Loss.Forward(Tensor, Tensor)"/> says.
/// </para>
/// <para>
/// Source: S3 "Binary cross entropy" (whose formula lacks the minus sign); S2 "Loss functions" adds it up over all classes; S4 (whose code
/// is the categorical one).
/// </para>
/// </summary>
/// <param name="fromLogits">Whether the prediction is x, before the sigmoid; prefer it.</param>
/// <param name="reduction">Over all numbers; mean by default. The mean divides by how many numbers there are, whatever c.</param>
/// <param name="positiveWeight">c ≥ 0; 1 by default.</param>
/// <example><code>
/// var loss = new BinaryCrossEntropy(fromLogits: true);
/// Tensor logits = Tensor.From([1.5, -0.3, 0.8], 3, 1), target = Tensor.From([1.0, 0, 1], 3, 1);
/// Console.WriteLine(loss.Forward(logits, target));
/// </code></example>
public sealed class BinaryCrossEntropy(bool fromLogits = false, Reduction reduction = Reduction.Mean, double positiveWeight = 1)
    : Loss(reduction)
{
    /// <summary>c.</summary>
    public double PositiveWeight { get; } = ArgumentCheck.AtLeastZero(positiveWeight, nameof(positiveWeight), nameof(BinaryCrossEntropy));

    /// <summary>Whether the prediction is x, before the sigmoid.</summary>
    public bool FromLogits => fromLogits;

    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        CheckTargets(target);
        if (fromLogits && PositiveWeight != 1)
        {
            Tensor weighted = PositiveWeight * target;
            return ((1 - target) * prediction.Softplus() + weighted * (-prediction).Softplus(),
                weight => ((1 - target) * prediction.Sigmoid() - weighted * (-prediction).Sigmoid()) * weight);
        }
        if (fromLogits)
        {
            Tensor terms = prediction.Relu() - prediction * target + (-prediction.Abs()).Softplus();
            return (terms, weight => (prediction.Sigmoid() - target) * weight);
        }
        CheckProbabilities(prediction);
        Tensor weightedTarget = PositiveWeight * target;
        Tensor yes = weightedTarget * prediction.Clamp(SmallestProbability, 1).Log();
        Tensor no = (1 - target) * (1 - prediction).Clamp(SmallestProbability, 1).Log();
        return (-(yes + no), weight =>
        {
            Tensor p = prediction.Clamp(SmallestProbability, 1), q = (1 - prediction).Clamp(SmallestProbability, 1);
            return ((1 - target) / q - weightedTarget / p) * weight;
        });
    }

    /// <inheritdoc/>
    public override string ToString() => fromLogits ? "BinaryCrossEntropy(from logits)" : Name;
}
