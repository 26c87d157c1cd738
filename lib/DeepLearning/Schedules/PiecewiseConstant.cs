using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// η(t) = ηᵢ for tᵢ ≤ t &lt; tᵢ₊₁: a few rates, one after another. (S1 prints ≤ on both sides, which leaves the rate at tᵢ₊₁ open; here it
/// is the next one.)
/// <para>Source: S1 "Adaptive Learning Rate".</para>
/// </summary>
/// <example><code>
/// Schedule schedule = new PiecewiseConstant([0.1, 0.01, 0.001], [1000, 2000]);
/// double first = schedule.Rate(999);      // 0.1
/// double second = schedule.Rate(1000);    // 0.01
/// </code></example>
public sealed class PiecewiseConstant : Schedule
{
    private readonly double[] _rates;
    private readonly int[] _boundaries;

    /// <param name="rates">η₀, η₁, …, each ≥ 0.</param>
    /// <param name="boundaries">t₁, t₂, …, where the next rate begins: increasing, &gt; 0, one fewer than rates.</param>
    public PiecewiseConstant(double[] rates, int[] boundaries)
    {
        if (rates is null || boundaries is null)
            throw new ArgumentNullException(rates is null ? nameof(rates) : nameof(boundaries),
                "PiecewiseConstant got null; pass rates and boundaries, such as [0.1, 0.01] and [1000].");
        if (rates.Length != boundaries.Length + 1)
            throw new ArgumentException(
                $"PiecewiseConstant needs one boundary fewer than rates, got {rates.Length} rates and {boundaries.Length} boundaries.");
        for (int i = 0; i < boundaries.Length; i++)
        {
            if (boundaries[i] <= (i == 0 ? 0 : boundaries[i - 1]))
                throw new ArgumentException(
                    $"Boundaries must increase from above 0, got {string.Join(", ", boundaries)}.", nameof(boundaries));
        }
        _rates = [.. rates.Select(rate => AtLeastZero(rate, nameof(rates)))];
        _boundaries = [.. boundaries];
    }

    /// <inheritdoc/>
    public override double Rate(int t) => _rates[_boundaries.Count(boundary => t >= boundary)];
}
