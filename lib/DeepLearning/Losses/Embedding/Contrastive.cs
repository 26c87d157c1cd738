namespace DeepLearning;

/// <summary>
/// Pulls the embeddings of similar things together and pushes those of different things apart until they are a margin away: for a pair at
/// distance d = |a − b| with y = 1 (similar) or 0 (different) the term is ½(y·d² + (1 − y)·max(0, m − d)²).
/// <para>Distances are of a − b + 10⁻⁶, so that they have a slope where a = b.</para>
/// <para>Shapes: a and b [N, D], labels y [N]; a term for each pair.</para>
/// <para>
/// Source: Hadsell, Chopra and LeCun, "Dimensionality reduction by learning an invariant mapping", 2006, whose Y is 1 − y: there 0 means
/// similar.
/// </para>
/// </summary>
/// <param name="margin">m > 0, how far different things are pushed; 1 by default.</param>
/// <param name="reduction">Over the pairs; mean by default.</param>
/// <exception cref="ArgumentOutOfRangeException">m is not above 0, or not finite.</exception>
/// <example><code>
/// var loss = new Contrastive(margin: 1);
/// Tensor a = Tensor.From([0.1, 0.9, 0.4, -0.3], 2, 2), b = Tensor.From([0.2, 0.8, 0.5, -0.2], 2, 2);
/// Console.WriteLine(loss.Forward(a, b, Tensor.From([1, 0])));      // the first pair is similar, the second is not
/// </code></example>
public sealed class Contrastive(double margin = 1, Reduction reduction = Reduction.Mean)
    : PairLoss(different: 0, ArgumentCheck.AboveZero(margin, nameof(margin), nameof(Contrastive)), reduction)
{
    private protected override Tensor Terms(Tensor a, Tensor b, Tensor similar)
    {
        Tensor distance = Distances.Between(a, b);
        return 0.5 * (similar * distance.Square() + (1 - similar) * (Margin - distance).Relu().Square());
    }
}
