namespace DeepLearning;

/// <summary>
/// Turns the embeddings of similar things to one direction and those of different things apart: for a pair (a, b) with y = 1 (similar) the
/// term is 1 − cos(a, b), with y = −1 (different) max(0, cos(a, b) − m).
/// <para>Squared lengths are taken to be 10⁻¹² longer.</para>
/// <para>Shapes: a and b [N, D], labels y [N]; a term for each pair.</para>
/// <para>Source: PyTorch's <c>CosineEmbeddingLoss</c>.</para>
/// </summary>
/// <param name="margin">m, the cosine that different things may still have, from −1 to 1; 0 by default.</param>
/// <param name="reduction">Over the pairs; mean by default.</param>
/// <exception cref="ArgumentOutOfRangeException">m is outside [−1, 1].</exception>
/// <example><code>
/// var loss = new CosineEmbedding(margin: 0.5);
/// Tensor a = Tensor.From([0.1, 0.9, 0.4, -0.3], 2, 2), b = Tensor.From([0.2, 0.8, 0.5, -0.2], 2, 2);
/// Console.WriteLine(loss.Forward(a, b, Tensor.From([1, -1])));     // the first pair is similar, the second is not
/// </code></example>
public sealed class CosineEmbedding(double margin = 0, Reduction reduction = Reduction.Mean)
    : PairLoss(different: -1, CheckMargin(margin), reduction)
{
    private protected override Tensor Terms(Tensor a, Tensor b, Tensor similar)
    {
        Tensor cosine = Distances.Cosine(a, b);
        return Tensor.Where(similar, 1 - cosine, (cosine - Margin).Relu());
    }

    private static double CheckMargin(double margin) => margin is >= -1 and <= 1
        ? margin
        : throw new ArgumentOutOfRangeException(nameof(margin), margin, $"CosineEmbedding needs a margin from -1 to 1, got {margin}.");
}
