namespace DeepLearning;

public partial class Tensor
{
    /// <summary>
    /// Attention weights from scores: each row softmax(scale·score + mask), over the last axis. Where the mask is −∞, or the key lies in
    /// the future of a causal query, the weight is 0; a row that may see nothing is 0 throughout.
    /// </summary>
    /// <param name="scale">What scores are multiplied by, such as 1/√d.</param>
    /// <param name="mask">Added to the scores, broadcast to their shape […, queries, keys]; null for none.</param>
    /// <param name="causal">Whether query i sees keys 0 … i only.</param>
    /// <returns>Of the scores' shape.</returns>
    /// <exception cref="ArgumentException">
    /// The mask does not broadcast to the scores, or there is a mask and more than four axes.
    /// </exception>
    public Tensor AttentionWeights(double scale, Tensor? mask = null, bool causal = false)
    {
        if (Rank is < 2 or > 4)
            throw new ArgumentException($"Attention scores have the axes [queries, keys] and up to two before them, got {Shape}.");
        if (mask is { RequiresGradient: true }) return (this * scale + mask).AttentionWeights(1, null, causal);
        Tensor y = Empty(Shape, Device);
        Shape four = new([.. Enumerable.Repeat(1, 4 - Rank), .. Shape.Dims]);
        Device.AttentionWeights(AttentionWeightsArgs(Storage, y.Storage, four, scale, mask, causal));
        return Record("attentionweights", y, new AttentionWeightsState(scale), static (op, g) =>
        {
            Tensor y = op.Output;
            double scale = op.State.Scale;
            op.Send(0, scale * (IsRecording ? y * (g - (g * y).Sum(-1, keepAxes: true)) : y.FusedSoftmaxGradient(g, log: false)));
        }, this);
    }

    // `shape` has four axes; the mask is stretched to it, but for its last axis without copies.
    private static AttentionWeightsArgs AttentionWeightsArgs(Storage x, Storage y, Shape shape, double scale, Tensor? mask, bool causal)
    {
        AttentionWeightsArgs args = new(x, y, shape[0], shape[1], shape[2], shape[3], scale) { Causal = causal };
        if (mask is null) return args;
        if (mask.Rank > 4 || !shape.Equals(DeepLearning.Shape.TryBroadcast(mask.Shape, shape, out _)))
            throw new ArgumentException(
                $"An attention mask must stretch to the scores {shape} (samples, heads, queries, keys), got {mask.Shape}.");
        if (mask.Rank == 0 || mask.Shape[-1] != shape[3])
            mask = mask.BroadcastTo(new Shape([.. mask.Rank == 0 ? [] : mask.Shape.Dims[..^1], shape[3]]));
        Span<int> strides = stackalloc int[4];
        mask.Shape.BroadcastStrides(shape, strides);
        return args with { Mask = mask.Storage, MaskSample = strides[0], MaskHead = strides[1], MaskRow = strides[2] };
    }
}

/// <summary>Attention weights from scores.</summary>
/// <param name="Scale">What scores are multiplied by.</param>
internal readonly record struct AttentionWeightsState(double Scale) : IOperationState;
