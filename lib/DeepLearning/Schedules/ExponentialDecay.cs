using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// η(t) = η₀·e^(−λt).
/// <para>Source: S1 "Adaptive Learning Rate", S2 "Learning Rate Scheduling", approach 2.</para>
/// </summary>
/// <param name="initial">η₀ ≥ 0.</param>
/// <param name="lambda">λ ≥ 0; the rate halves every 0.693/λ steps.</param>
/// <example><code>
/// Schedule schedule = new ExponentialDecay(0.1, lambda: 0.01);
/// double first = schedule.Rate(0);        // 0.1
/// double later = schedule.Rate(100);      // 0.0368
/// </code></example>
public sealed class ExponentialDecay(double initial, double lambda) : Schedule
{
    private readonly double _initial = AtLeastZero(initial, nameof(initial)), _lambda = AtLeastZero(lambda, nameof(lambda));

    /// <inheritdoc/>
    public override double Rate(int t) => _initial * Math.Exp(-_lambda * t);
}
