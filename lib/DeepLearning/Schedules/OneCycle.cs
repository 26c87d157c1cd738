using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>
/// One rise from a small rate to a large one, then a long fall to almost nothing: training with large steps, which regularize, in few
/// epochs.
/// <para>
/// η(t) goes from η_max/d at t = 0 to η_max at t = p·T − 1, then to η_max/(d·d_end) at t = T − 1, where it stays; each time along half a
/// cosine, η(t) = b + ½(a − b)(1 + cos(π·s)) from a to b with s from 0 to 1, or along a straight line. With three phases it first comes
/// back to η_max/d, at t = 2·p·T − 2, and falls from there.
/// </para>
/// <para>
/// Source: Smith and Topin, "Super-Convergence", 2018; the cosine and the defaults are PyTorch's (OneCycleLR), which are fast.ai's.
/// </para>
/// </summary>
/// <example><code>
/// Schedule schedule = new OneCycle(0.1, steps: 1000);
/// double first = schedule.Rate(0);        // 0.004
/// double highest = schedule.Rate(299);    // 0.1
/// double last = schedule.Rate(999);       // 4e-7
/// </code></example>
public sealed class OneCycle : Schedule
{
    private readonly (double End, double Rate)[] _corners;
    private readonly double _initial;
    private readonly bool _linear;

    /// <param name="maximum">η_max ≥ 0, the largest rate.</param>
    /// <param name="steps">T, all steps of the training; ≥ 1.</param>
    /// <param name="rise">
    /// p, the share of the steps in which the rate rises; 0 ≤ p ≤ 1, 0.3 by default; at most ½ with three phases.
    /// </param>
    /// <param name="initialDivisor">d, how much smaller the first rate is than the largest; &gt; 0, 25 by default.</param>
    /// <param name="finalDivisor">d_end, how much smaller the last rate is than the first; &gt; 0, 10⁴ by default.</param>
    /// <param name="linear">Whether the rate goes along straight lines rather than cosines.</param>
    /// <param name="threePhase">
    /// Whether the fall to the first rate takes as long as the rise, and the rest goes on falling, as in the paper.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public OneCycle(double maximum, int steps, double rise = 0.3, double initialDivisor = 25, double finalDivisor = 1e4,
        bool linear = false, bool threePhase = false)
    {
        AtLeastZero(maximum, nameof(maximum));
        AtLeastOne(steps, nameof(steps));
        double most = threePhase ? 0.5 : 1;
        if (!(rise >= 0 && rise <= most))
            throw new ArgumentOutOfRangeException(nameof(rise), rise, $"rise must be from 0 to {most}, got {rise}.");
        AboveZero(initialDivisor, nameof(initialDivisor));
        AboveZero(finalDivisor, nameof(finalDivisor));
        (_initial, _linear) = (maximum / initialDivisor, linear);
        double top = rise * steps - 1, minimum = _initial / finalDivisor;
        _corners = threePhase
            ? [(top, maximum), (2 * rise * steps - 2, _initial), (steps - 1, minimum)]
            : [(top, maximum), (steps - 1, minimum)];
    }

    /// <inheritdoc/>
    public override double Rate(int t)
    {
        double start = 0, from = _initial;
        foreach ((double end, double to) in _corners)
        {
            if (t < end) return Between(from, to, (t - start) / (end - start));
            (start, from) = (Math.Max(start, end), to);
        }
        return from;
    }

    private double Between(double from, double to, double share) =>
        _linear ? from + (to - from) * share : to + (from - to) * (1 + Math.Cos(Math.PI * share)) / 2;

    private static void AboveZero(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number above 0, got {value}.");
    }
}
