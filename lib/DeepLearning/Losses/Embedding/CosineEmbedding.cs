using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Turns the embeddings of similar things to one direction and those of different things apart: for a pair (a, b) with y = 1 (similar) the term is
/// 1 − cos(a, b), with y = −1 (different) max(0, cos(a, b) − m).
/// <para>Squared lengths are taken to be 10⁻¹² longer. Both embeddings get gradients, which can be differentiated again.</para>
/// <para>Shapes: a and b [N, D], labels y [N]; a term for each pair.</para>
/// <para>Source: PyTorch's <c>CosineEmbeddingLoss</c>.</para>
/// </summary>
public sealed class CosineEmbedding
{
    /// <param name="margin">m, the cosine that different things may still have, from −1 to 1; 0 by default.</param>
    /// <param name="reduction">Over the pairs; mean by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">m is outside [−1, 1].</exception>
    public CosineEmbedding(double margin = 0, Reduction reduction = Reduction.Mean)
    {
        if (!(margin is >= -1 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, $"CosineEmbedding needs a margin from -1 to 1, got {margin}.");
        (Margin, Reduction) = (margin, reduction);
    }

    /// <summary>m.</summary>
    public double Margin { get; }

    /// <summary>How the terms become the value.</summary>
    public Reduction Reduction { get; }

    /// <summary>Computes the loss of pairs.</summary>
    /// <param name="a">The first of each pair, [N, D].</param>
    /// <param name="b">The second, [N, D].</param>
    /// <param name="labels">y, [N]: 1 for similar, −1 for different.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 1 nor −1.</exception>
    public Tensor Forward(Tensor a, Tensor b, Tensor labels)
    {
        LossInputs.CheckRows(nameof(CosineEmbedding), labels, ("a", a), ("b", b));
        labels = labels.To(a.Device);
        if (Tensor.NotEqual(labels.Abs(), Tensor.Full(1, Shape.Scalar, labels.Device)).Max().Item() > 0)
            throw new ArgumentOutOfRangeException(nameof(labels), $"CosineEmbedding needs labels 1 (similar) and -1 (different), got " +
                $"{labels.Min().Item()} … {labels.Max().Item()}; labels 0 and 1 become those by 2 * y - 1.");
        Tensor cosine = Distances.Cosine(a, b);
        return LossInputs.Reduce(Tensor.Where(labels > 0, 1 - cosine, (cosine - Margin).Relu()), Reduction);
    }

    /// <summary>Such as <c>CosineEmbedding(margin 0.5)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"CosineEmbedding(margin {Margin})");
}
