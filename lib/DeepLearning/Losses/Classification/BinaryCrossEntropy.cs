namespace DeepLearning;

/// <summary>
/// The surprise at the truth when each output says yes or no: for binary and for multi-label classification (log loss).
/// A term is −t·ln p − (1 − t)·ln(1 − p), with slope (1 − t)/(1 − p) − t/p;
/// from logits x, with p = σ(x), it is max(x, 0) − x·t + ln(1 + e^(−|x|)), with slope σ(x) − t.
/// <para>From logits it is exact for every x. From probabilities p and 1 − p are taken to be at least 10⁻⁷, in the value and in the slope.</para>
/// <para>Shapes: prediction and target t of any one shape; a term for each number.</para>
/// <para>
/// Throws <see cref="ArgumentOutOfRangeException"/> for a target or probability outside [0, 1], else as <see cref="Loss.Forward"/> says.
/// </para>
/// <para>
/// Source: S3 "Binary cross entropy" (whose formula lacks the minus sign); S2 "Loss functions" adds it up over all classes; S4 (whose code is the
/// categorical one).
/// </para>
/// </summary>
/// <param name="fromLogits">Whether the prediction is x, before the sigmoid; prefer it.</param>
/// <param name="reduction">Over all numbers; mean by default.</param>
public sealed class BinaryCrossEntropy(bool fromLogits = false, Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <summary>Whether the prediction is x, before the sigmoid.</summary>
    public bool FromLogits => fromLogits;

    /// <inheritdoc/>
    protected override (Tensor Terms, Func<Tensor, Tensor> Gradient) Evaluate(Tensor prediction, Tensor target)
    {
        CheckTargets(target);
        if (fromLogits)
        {
            Tensor terms = prediction.Relu() - prediction * target + (-prediction.Abs()).Softplus();
            return (terms, weight => (prediction.Sigmoid() - target) * weight);
        }
        CheckProbabilities(prediction);
        Tensor yes = target * prediction.Clamp(SmallestProbability, 1).Log();
        Tensor no = (1 - target) * (1 - prediction).Clamp(SmallestProbability, 1).Log();
        return (-(yes + no), weight =>
            ((1 - target) / (1 - prediction).Clamp(SmallestProbability, 1) - target / prediction.Clamp(SmallestProbability, 1)) * weight);
    }

    /// <inheritdoc/>
    public override string ToString() => fromLogits ? "BinaryCrossEntropy(from logits)" : Name;
}
