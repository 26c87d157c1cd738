namespace DeepLearning.Kernels;

/// <summary>
/// Numbers of all heads in the rows of a matrix: head h of row r has Width of them from Offset + r·RowLength + h·Width on.
/// </summary>
public readonly record struct HeadRows(Storage Data, int Offset, int RowLength);

/// <summary>
/// Attention of all heads at once: y = softmax(Scale·q·kᵀ + mask)·v for each sample and head, with a row of q and y for every query of
/// every sample, and a row of k and v for every key. A query that sees no key gets 0.
/// </summary>
public readonly record struct HeadAttentionArgs(int Samples, int Heads, int Queries, int Keys, int Width, double Scale)
{
    /// <summary>[Samples·Queries, …]</summary>
    public required HeadRows Q { get; init; }

    /// <summary>[Samples·Keys, …]</summary>
    public required HeadRows K { get; init; }

    /// <summary>[Samples·Keys, …]</summary>
    public required HeadRows V { get; init; }

    /// <summary>[Samples·Queries, Heads·Width]; written.</summary>
    public required Storage Y { get; init; }

    /// <summary>
    /// [Samples, Heads, Queries]; written: the logarithm of the sum of all e^score, ∞ for a query that sees no key. With it
    /// e^(score − this) is a weight.
    /// </summary>
    public required Storage LogSum { get; init; }

    /// <summary>Added to the scores, as in <see cref="AttentionWeightsArgs"/>; null for none.</summary>
    public Storage? Mask { get; init; }

    /// <inheritdoc cref="AttentionWeightsArgs.MaskSample"/>
    public int MaskSample { get; init; }

    /// <inheritdoc cref="AttentionWeightsArgs.MaskHead"/>
    public int MaskHead { get; init; }

    /// <inheritdoc cref="AttentionWeightsArgs.MaskRow"/>
    public int MaskRow { get; init; }

    /// <summary>Query i sees the keys 0 … i only.</summary>
    public bool Causal { get; init; }

    /// <summary>
    /// [Samples, Heads, Queries, Keys]; what the weights are multiplied by before they meet v, for dropout; null for nothing.
    /// </summary>
    public Storage? Drop { get; init; }
}

/// <summary>The way back through <see cref="HeadAttentionArgs"/>; Y and LogSum are as they were written.</summary>
public readonly record struct HeadAttentionGradientArgs(HeadAttentionArgs Forward)
{
    /// <summary>[Samples·Queries, Heads·Width]; ∂loss/∂y.</summary>
    public required Storage DY { get; init; }

    /// <summary>Written where the forward's rows are: ∂loss/∂q; null if nobody asks.</summary>
    public HeadRows? DQ { get; init; }

    /// <summary>∂loss/∂k, likewise.</summary>
    public HeadRows? DK { get; init; }

    /// <summary>∂loss/∂v, likewise.</summary>
    public HeadRows? DV { get; init; }
}
