namespace DeepLearning;

/// <summary>Attention without learned parts, and the masks that go with it.</summary>
/// <example><code>
/// var generator = new Generator(1);
/// Tensor query = Tensor.Normal(generator, 0, 1, 5, 8);
/// Tensor key = Tensor.Normal(generator, 0, 1, 7, 8), value = Tensor.Normal(generator, 0, 1, 7, 3);
/// Tensor weights = Attention.Weights(query, key);                     // [5, 7]; each row sums to 1
/// Tensor y = Attention.ScaledDotProduct(query, key, value);           // [5, 3], which is weights.MatMul(value)
/// </code></example>
public static class Attention
{
    /// <summary>
    /// Scaled dot-product attention: every query gets a mean of the values, weighted by how well it matches their keys.
    /// A = softmax(QKᵀ/√d + mask), Y = A·V.
    /// <para>Shapes: Q: […, T, d], K: […, S, d], V: […, S, e] → […, T, e], with the same axes, two at most, in place of the dots.</para>
    /// <para>Source: Vaswani et al. 2017, "Attention Is All You Need".</para>
    /// </summary>
    /// <param name="query">Q.</param>
    /// <param name="key">K.</param>
    /// <param name="value">V.</param>
    /// <param name="mask">Added to the scores, broadcast to […, T, S]: 0 where a query may look, −∞ where not; null for everywhere.</param>
    /// <param name="causal">Whether query i sees keys 0 … i only.</param>
    /// <exception cref="ArgumentException">The shapes do not fit together.</exception>
    public static Tensor ScaledDotProduct(Tensor query, Tensor key, Tensor value, Tensor? mask = null, bool causal = false)
    {
        LayerArguments.Given(value, nameof(value), "Attention", "[…, S, e]");
        return Weights(query, key, mask, causal).MatMul(value);
    }

    /// <summary>
    /// A = softmax(QKᵀ/√d + mask), the weights that <see cref="ScaledDotProduct"/> uses: […, T, S]; each row sums to 1, or to 0 where it
    /// may see nothing.
    /// </summary>
    /// <inheritdoc cref="ScaledDotProduct" path="/param"/>
    /// <inheritdoc cref="ScaledDotProduct" path="/exception"/>
    public static Tensor Weights(Tensor query, Tensor key, Tensor? mask = null, bool causal = false)
    {
        LayerArguments.Given(query, nameof(query), "Attention", "[…, T, d]");
        LayerArguments.Given(key, nameof(key), "Attention", "[…, S, d]");
        if (query.Rank < 2 || key.Rank < 2 || query.Shape[-1] != key.Shape[-1])
            throw new ArgumentException(
                $"Attention needs queries […, T, d] and keys […, S, d] with the same d, got {query.Shape} and {key.Shape}.");
        int d = query.Shape[-1];
        Tensor scores = Tensor.MatMul(query, key, transposeA: false, transposeB: true);
        return scores.AttentionWeights(1 / Math.Sqrt(d), mask, causal);
    }

    /// <summary>The mask [n, n] with which query i sees keys 0 … i only: 0 there, −∞ elsewhere.</summary>
    /// <param name="n">How many queries, and keys; ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is negative, or n² too large for a tensor.</exception>
    public static Tensor CausalMask(int n)
    {
        if (n is < 0 or > 46340)
            throw new ArgumentOutOfRangeException(nameof(n), n, $"A causal mask is for 0 to 46340 positions, got {n}.");
        double[] values = new double[n * n];
        for (int i = 0; i < n; i++) Array.Fill(values, double.NegativeInfinity, i * n + i + 1, n - i - 1);
        return Tensor.From(values, n, n);
    }

    /// <summary>The mask [N, 1, 1, S] that hides padding from every head and query.</summary>
    /// <param name="padding">[N, S]: 1 where a key is padding, else 0.</param>
    /// <exception cref="ArgumentException">The padding has other axes, or a number that is neither 0 nor 1.</exception>
    public static Tensor PaddingMask(Tensor padding)
    {
        LayerArguments.Given(padding, nameof(padding), "A padding mask", "[N, S]");
        if (padding.Rank != 2) throw new ArgumentException($"Padding is told for every key of every sample, [N, S]; got {padding.Shape}.");
        AttentionMasks.CheckPadding(padding);
        using IDisposable _ = Device.Use(padding.Device);
        Tensor isPadding = padding.Reshape(padding.Shape[0], 1, 1, padding.Shape[1]);
        return Tensor.Where(isPadding, Tensor.Scalar(double.NegativeInfinity), Tensor.Scalar(0));
    }
}
