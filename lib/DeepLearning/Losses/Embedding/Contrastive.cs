using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Pulls the embeddings of similar things together and pushes those of different things apart until they are a margin away: for a pair at distance
/// d = |a − b| with y = 1 (similar) or 0 (different) the term is ½(y·d² + (1 − y)·max(0, m − d)²).
/// <para>
/// Distances are of a − b + 10⁻⁶, so that they have a slope where a = b. Both embeddings get gradients, which can be differentiated again.
/// </para>
/// <para>Shapes: a and b [N, D], labels y [N]; a term for each pair.</para>
/// <para>
/// Source: Hadsell, Chopra and LeCun, "Dimensionality reduction by learning an invariant mapping", 2006, whose Y is 1 − y: there 0 means similar.
/// </para>
/// </summary>
public sealed class Contrastive
{
    /// <param name="margin">m > 0, how far different things are pushed; 1 by default.</param>
    /// <param name="reduction">Over the pairs; mean by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">m is not above 0.</exception>
    public Contrastive(double margin = 1, Reduction reduction = Reduction.Mean)
    {
        if (!(margin > 0 && double.IsFinite(margin)))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, $"Contrastive needs a margin above 0, got {margin}.");
        (Margin, Reduction) = (margin, reduction);
    }

    /// <summary>m.</summary>
    public double Margin { get; }

    /// <summary>How the terms become the value.</summary>
    public Reduction Reduction { get; }

    /// <summary>Computes the loss of pairs.</summary>
    /// <param name="a">The first of each pair, [N, D].</param>
    /// <param name="b">The second, [N, D].</param>
    /// <param name="labels">y, [N]: 1 for similar, 0 for different.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 1 nor 0.</exception>
    public Tensor Forward(Tensor a, Tensor b, Tensor labels)
    {
        LossInputs.CheckRows(nameof(Contrastive), labels, ("a", a), ("b", b));
        labels = labels.To(a.Device);
        if ((labels * (1 - labels)).Abs().Max().Item() is not 0)
            throw new ArgumentOutOfRangeException(nameof(labels),
                $"Contrastive needs labels 1 (similar) and 0 (different), got {labels.Min().Item()} … {labels.Max().Item()}.");
        Tensor y = labels.Detach(), distance = Distances.Between(a, b);
        return LossInputs.Reduce(0.5 * (y * distance.Square() + (1 - y) * (Margin - distance).Relu().Square()), Reduction);
    }

    /// <summary>Such as <c>Contrastive(margin 1)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Contrastive(margin {Margin})");
}
