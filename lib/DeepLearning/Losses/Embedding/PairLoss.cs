using System.Globalization;

namespace DeepLearning;

/// <summary>
/// A loss of pairs of embeddings, which are similar or different. Both embeddings get gradients, which can be differentiated again.
/// </summary>
public abstract class PairLoss
{
    private readonly double _different;

    /// <param name="different">The label of a different pair; that of a similar one is 1.</param>
    /// <param name="margin">m.</param>
    /// <param name="reduction">Over the pairs.</param>
    private protected PairLoss(double different, double margin, Reduction reduction) =>
        (_different, Margin, Reduction) = (different, margin, reduction);

    /// <summary>Its name in messages.</summary>
    public string Name => GetType().Name;

    /// <summary>m.</summary>
    public double Margin { get; }

    /// <summary>How the terms become the value.</summary>
    public Reduction Reduction { get; }

    /// <summary>Computes the loss of pairs.</summary>
    /// <param name="a">The first of each pair, [N, D].</param>
    /// <param name="b">The second, [N, D].</param>
    /// <param name="labels">y, [N]: 1 for similar; for different see each loss. It is brought to a's device.</param>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither of the two.</exception>
    public Tensor Forward(Tensor a, Tensor b, Tensor labels)
    {
        ArgumentCheck.NotNull(labels);
        LossInputs.CheckRows(Name, ("a", a), ("b", b));
        int pairs = a.Shape[0];
        if (!labels.Shape.Equals(new Shape(pairs)))
            throw new ArgumentException($"{Name} needs a label for each of {pairs} pairs, [{pairs}], got {labels.Shape}.");
        labels = labels.To(a.Device).Detach();
        if (((labels - 1) * (labels - _different)).Abs().Max().Item() is not 0)
            throw new ArgumentOutOfRangeException(nameof(labels), $"{Name} needs labels 1 (similar) and {_different} (different), got " +
                $"{labels.Min().Item()} … {labels.Max().Item()}{(_different < 0 ? "; labels 0 and 1 become those by 2 * y - 1" : "")}.");
        return LossInputs.Reduce(Terms(a, b, labels > 0.5), Reduction);
    }

    // A term for each pair, [N].
    private protected abstract Tensor Terms(Tensor a, Tensor b, Tensor similar);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}(margin {Margin})");
}
