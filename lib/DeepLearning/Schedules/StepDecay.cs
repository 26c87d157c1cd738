using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// η(t) = η₀·fᵏ with k = ⌊t/every⌋: a cut at regular intervals.
/// <para>Source: S2 "Learning Rate Scheduling", approach 1: a half every 5 epochs, or a tenth every 20.</para>
/// </summary>
/// <param name="initial">η₀ ≥ 0.</param>
/// <param name="factor">f ≥ 0, below 1 to decay.</param>
/// <param name="every">Steps between cuts, ≥ 1.</param>
/// <example><code>
/// Schedule schedule = new StepDecay(0.1, factor: 0.5, every: 100);
/// double first = schedule.Rate(99);       // 0.1
/// double second = schedule.Rate(100);     // 0.05
/// </code></example>
public sealed class StepDecay(double initial, double factor, int every) : Schedule
{
    private readonly double _initial = AtLeastZero(initial, nameof(initial)), _factor = AtLeastZero(factor, nameof(factor));
    private readonly int _every = AtLeastOne(every, nameof(every));

    /// <inheritdoc/>
    public override double Rate(int t) => _initial * Math.Pow(_factor, t / _every);
}
