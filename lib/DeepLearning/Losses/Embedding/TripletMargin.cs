using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Embeds like near like: the anchor a shall be nearer to the positive p (something of its kind) than to the negative n (of another kind),
/// by a margin. A triplet's term is max(0, d(a, p) − d(a, n) + m), with d(x, y) = (Σ |x_i − y_i + 10⁻⁶|^k)^(1/k).
/// <para>All three get gradients, which can be differentiated again.</para>
/// <para>Shapes: a, p and n [N, D]; a term for each triplet.</para>
/// <para>
/// Source: Schroff, Kalenichenko and Philbin, "FaceNet", 2015 (with squared distances); the swap: Balntas et al., "Learning local feature
/// descriptors with triplets and shallow convolutional neural networks", 2016. PyTorch's <c>TripletMarginLoss</c>.
/// </para>
/// </summary>
/// <example><code>
/// var loss = new TripletMargin(margin: 1);
/// Tensor anchor = Tensor.From([0.1, 0.9], 1, 2), positive = Tensor.From([0.2, 0.8], 1, 2), negative = Tensor.From([-0.5, 0.1], 1, 2);
/// Console.WriteLine(loss.Forward(anchor, positive, negative));
/// </code></example>
public sealed class TripletMargin
{
    /// <param name="margin">m > 0; 1 by default.</param>
    /// <param name="norm">k ≥ 1 of the distance: 2, the default, is Euclid's, 1 Manhattan's.</param>
    /// <param name="swap">Whether d(p, n) takes the place of d(a, n) where it is smaller, the harder of the two; false by default.</param>
    /// <param name="reduction">Over the triplets; mean by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">m is not above 0, or k below 1.</exception>
    public TripletMargin(double margin = 1, double norm = 2, bool swap = false, Reduction reduction = Reduction.Mean)
    {
        if (!(norm >= 1 && double.IsFinite(norm)))
            throw new ArgumentOutOfRangeException(nameof(norm), norm, $"TripletMargin needs a finite norm of 1 or more, got {norm}.");
        Margin = ArgumentCheck.AboveZero(margin, nameof(margin), nameof(TripletMargin));
        (Norm, Swap, Reduction) = (norm, swap, reduction);
    }

    /// <summary>m.</summary>
    public double Margin { get; }

    /// <summary>k.</summary>
    public double Norm { get; }

    /// <summary>Whether the harder of the two negative distances counts.</summary>
    public bool Swap { get; }

    /// <summary>How the terms become the value.</summary>
    public Reduction Reduction { get; }

    /// <summary>Computes the loss of triplets.</summary>
    /// <param name="anchor">a, [N, D].</param>
    /// <param name="positive">p, [N, D].</param>
    /// <param name="negative">n, [N, D].</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor anchor, Tensor positive, Tensor negative)
    {
        LossInputs.CheckRows(nameof(TripletMargin), ("anchor", anchor), ("positive", positive), ("negative", negative));
        Tensor near = Distances.Between(anchor, positive, Norm), far = Distances.Between(anchor, negative, Norm);
        if (Swap) far = Tensor.Minimum(far, Distances.Between(positive, negative, Norm));
        return LossInputs.Reduce((near - far + Margin).Relu(), Reduction);
    }

    /// <summary>Such as <c>TripletMargin(margin 1)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"TripletMargin(margin {Margin})");
}
