namespace DeepLearning.Kernels;

/// <summary>
/// Scores become weights: each row of y = softmax(Scale·x + mask), for x [Samples, Heads, Rows, Columns]. A column whose mask is −∞ gets 0,
/// and a row of nothing but such columns is 0 throughout. y may be x.
/// </summary>
public readonly record struct AttentionWeightsArgs(Storage X, Storage Y, int Samples, int Heads, int Rows, int Columns, double Scale)
{
    /// <summary>Numbers that are added to the scores; null for none. Its columns lie side by side.</summary>
    public Storage? Mask { get; init; }

    /// <summary>Numbers from one sample of the mask to the next; 0 if all share one.</summary>
    public int MaskSample { get; init; }

    /// <summary>Numbers from one head of the mask to the next.</summary>
    public int MaskHead { get; init; }

    /// <summary>Numbers from one row of the mask to the next.</summary>
    public int MaskRow { get; init; }

    /// <summary>Row i sees the columns 0 … i only.</summary>
    public bool Causal { get; init; }

    internal int MatrixRows => Samples * Heads * Rows;

    internal int Count => Samples * Heads * Rows * Columns;

    // Where the mask of row r, counted over all, begins.
    internal int MaskStart(int r) => r / (Heads * Rows) * MaskSample + r / Rows % Heads * MaskHead + r % Rows * MaskRow;
}
