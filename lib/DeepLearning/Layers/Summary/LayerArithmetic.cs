namespace DeepLearning;

/// <summary>
/// The sums behind a layer's row in <see cref="ModelSummary"/>, for one sample; text is empty where there is nothing to reckon.
/// </summary>
/// <param name="Shape">How the output's size comes about, such as <c>28 = (28 − 5 + 2×2)/1 + 1</c>.</param>
/// <param name="Parameters">How their number comes about, such as <c>(5×5×1 + 1)×6</c>.</param>
/// <param name="MultiplyAdds">How often a number is multiplied by a weight and added.</param>
/// <param name="MultiplyAddsText">How that number comes about, such as <c>28×28×6 × 5×5×1</c>.</param>
public sealed record LayerArithmetic(string Shape = "", string Parameters = "", long MultiplyAdds = 0, string MultiplyAddsText = "")
{
    /// <summary>In how many steps, one after the other, the multiplications are made: the times of a recurrent layer.</summary>
    public int Steps { get; init; } = 1;
}
