using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// η(t) = η_min + ½(η₀ − η_min)(1 + cos(πt/T)) up to t = T, then η_min: slow, fast, slow.
/// <para>Source: Loshchilov and Hutter, "SGDR", 2017 (without restarts); S2 "Learning Rate Scheduling", approach 2.</para>
/// </summary>
/// <param name="initial">η₀ ≥ 0.</param>
/// <param name="steps">T, the steps the decay takes, ≥ 1.</param>
/// <param name="minimum">η_min ≥ 0; 0.</param>
/// <example><code>
/// Schedule schedule = new CosineDecay(0.1, steps: 1000);
/// double first = schedule.Rate(0);        // 0.1
/// double middle = schedule.Rate(500);     // 0.05
/// double last = schedule.Rate(1000);      // 0
/// </code></example>
public sealed class CosineDecay(double initial, int steps, double minimum = 0) : Schedule
{
    private readonly double _initial = AtLeastZero(initial, nameof(initial)), _minimum = AtLeastZero(minimum, nameof(minimum));
    private readonly int _steps = AtLeastOne(steps, nameof(steps));

    /// <inheritdoc/>
    public override double Rate(int t) =>
        t >= _steps ? _minimum : _minimum + (_initial - _minimum) * (1 + Math.Cos(Math.PI * t / _steps)) / 2;
}
