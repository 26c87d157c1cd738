using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// η(t) = ηᵢ for tᵢ ≤ t &lt; tᵢ₊₁: a few rates, one after another. (S1 prints ≤ on both sides, which leaves the rate at tᵢ₊₁ open; here it is the
/// next one.)
/// <para>Source: S1 "Adaptive Learning Rate".</para>
/// </summary>
public sealed class PiecewiseConstant : Schedule
{
    private readonly double[] _rates;
    private readonly int[] _boundaries;

    /// <param name="rates">η₀, η₁, …, each ≥ 0.</param>
    /// <param name="boundaries">t₁, t₂, …, where the next rate begins: increasing, &gt; 0, one fewer than rates.</param>
    public PiecewiseConstant(double[] rates, int[] boundaries)
    {
        if (rates.Length != boundaries.Length + 1)
            throw new ArgumentException(
                $"PiecewiseConstant needs one boundary fewer than rates, got {rates.Length} rates and {boundaries.Length} boundaries.");
        for (int i = 0; i < boundaries.Length; i++)
        {
            if (boundaries[i] <= (i == 0 ? 0 : boundaries[i - 1]))
                throw new ArgumentException($"Boundaries must increase from above 0, got {string.Join(", ", boundaries)}.", nameof(boundaries));
        }
        _rates = [.. rates.Select(rate => AtLeastZero(rate, nameof(rates)))];
        _boundaries = [.. boundaries];
    }

    /// <inheritdoc/>
    public override double Rate(int t) => _rates[_boundaries.Count(boundary => t >= boundary)];
}
