using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// A straight line up to the first rate of another schedule, which then takes over: η(t) = (t + 1)/T · η_next(0) for t &lt; T, then
/// η_next(t − T).
/// <para>Source: Goyal et al., "Accurate, Large Minibatch SGD", 2017; S2 "Learning Rate Scheduling".</para>
/// </summary>
/// <param name="steps">T, the steps of the rise, ≥ 1.</param>
/// <param name="next">What follows.</param>
/// <example><code>
/// Schedule schedule = new WarmUp(100, new CosineDecay(0.1, steps: 900));
/// double first = schedule.Rate(0);        // 0.001
/// double top = schedule.Rate(100);        // 0.1, and then down
/// </code></example>
public sealed class WarmUp(int steps, Schedule next) : Schedule
{
    private readonly int _steps = AtLeastOne(steps, nameof(steps));
    private readonly Schedule _next = next
        ?? throw new ArgumentNullException(nameof(next),
            "WarmUp got no next schedule; pass what follows the rise, such as new CosineDecay(0.1, 1000).");

    /// <summary>A rise to a rate that then stays.</summary>
    /// <param name="steps">T ≥ 1.</param>
    /// <param name="rate">η ≥ 0.</param>
    public WarmUp(int steps, double rate) : this(steps, new PiecewiseConstant([rate], [])) { }

    /// <inheritdoc/>
    public override double Rate(int t) => t < _steps ? _next.Rate(0) * (t + 1) / _steps : _next.Rate(t - _steps);
}
