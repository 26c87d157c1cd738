using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// <see cref="CosineDecay"/> that begins anew at the full rate whenever it has come to its end, each time for longer if wanted; the model
/// is at its best before a restart.
/// η(t) = η_min + ½(η₀ − η_min)(1 + cos(π·s/Tᵢ)), with s steps made since the last restart, and restarts after T₀, T₁ = m·T₀, T₂ = m²·T₀, …
/// steps.
/// <para>Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017.</para>
/// </summary>
/// <param name="initial">η₀ ≥ 0.</param>
/// <param name="period">T₀, the steps up to the first restart; ≥ 1.</param>
/// <param name="multiplier">m, how many times as long each period is as the one before; ≥ 1, 1 by default.</param>
/// <param name="minimum">η_min ≥ 0; 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
/// <example><code>
/// Schedule schedule = new CosineWarmRestarts(0.1, period: 100, multiplier: 2);
/// double first = schedule.Rate(0);        // 0.1
/// double low = schedule.Rate(99);         // 2.5e-5
/// double again = schedule.Rate(100);      // 0.1, for 200 steps
/// </code></example>
public sealed class CosineWarmRestarts(double initial, int period, int multiplier = 1, double minimum = 0) : Schedule
{
    private readonly double _initial = AtLeastZero(initial, nameof(initial)), _minimum = AtLeastZero(minimum, nameof(minimum));
    private readonly int _period = AtLeastOne(period, nameof(period)), _multiplier = AtLeastOne(multiplier, nameof(multiplier));

    /// <inheritdoc/>
    public override double Rate(int t)
    {
        long length = _period, since = t;
        if (_multiplier == 1) since %= length;
        else
        {
            for (; since >= length; length *= _multiplier) since -= length;
        }
        return _minimum + (_initial - _minimum) * (1 + Math.Cos(Math.PI * since / length)) / 2;
    }
}
