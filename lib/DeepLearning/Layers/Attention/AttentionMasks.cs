namespace DeepLearning;

/// <summary>Masks of attention: numbers that are added to scores, 0 where a query may look and −∞ where it may not.</summary>
internal static class AttentionMasks
{
    /// <summary>A mask and padding as one mask, where the keys are; null if there is neither.</summary>
    /// <param name="mask">Broadcast to [N, H, T, S], or null.</param>
    /// <param name="padding">[N, S], 1 where a key is padding, or null.</param>
    /// <param name="key">[N, S, D].</param>
    public static Tensor? WithPadding(Tensor? mask, Tensor? padding, Tensor key)
    {
        mask = mask?.Bring(key.Device);
        if (padding is null) return mask;
        if (key.Rank != 3 || padding.Rank != 2 || padding.Shape[0] != key.Shape[0] || padding.Shape[1] != key.Shape[1])
            throw new ArgumentException($"Key padding is told for every key of {key.Shape}, [N, S]; got {padding.Shape}.");
        // Where padding is, so that looking at its numbers does not wait for a card.
        Tensor hidden = Attention.PaddingMask(padding).To(key.Device);
        return mask is null ? hidden : mask + hidden;
    }

    /// <summary>Says which number of a padding is neither 0 nor 1.</summary>
    public static void CheckPadding(Tensor padding)
    {
        if (padding.Count == 0) return;
        using IDisposable _ = Tensor.NoGradient();
        if ((padding * (1 - padding)).Abs().Max().ToDouble() == 0) return;
        double[] values = padding.ToDoubles();
        int place = Array.FindIndex(values, value => value is not (0 or 1)), keys = padding.Shape[1];
        throw new ArgumentOutOfRangeException(nameof(padding), values[place],
            $"Padding is 1 where a key is padding, else 0; got {values[place]} for key {place % keys} of sample {place / keys}.");
    }
}
