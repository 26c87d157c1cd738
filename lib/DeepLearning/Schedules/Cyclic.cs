using static DeepLearning.ArgumentCheck;

namespace DeepLearning;

/// <summary>How the height of a <see cref="Cyclic"/> schedule's peaks changes.</summary>
public enum CyclicMode
{
    /// <summary>All peaks are equally high.</summary>
    Triangular,

    /// <summary>Each peak is half as high above the minimum as the one before.</summary>
    Triangular2,

    /// <summary>The height above the minimum shrinks with every step: it is multiplied by γᵗ.</summary>
    ExpRange,
}

/// <summary>
/// Up and down between two rates in straight lines, again and again: no single rate need be chosen, and the large ones leave narrow minima
/// behind.
/// <para>
/// η(t) = η_min + (η_max − η_min)·h·s, where h goes from 0 to 1 in the steps up and back in the steps down, and s is 1, 2^(−c) in cycle
/// c = 0, 1, …, or γᵗ; see <see cref="CyclicMode"/>.
/// </para>
/// <para>Source: Smith, "Cyclical Learning Rates for Training Neural Networks", 2017 (PyTorch's CyclicLR).</para>
/// </summary>
/// <example><code>
/// Schedule schedule = new Cyclic(minimum: 0.001, maximum: 0.1, up: 200);
/// double lowest = schedule.Rate(0);       // 0.001
/// double highest = schedule.Rate(200);    // 0.1
/// </code></example>
public sealed class Cyclic : Schedule
{
    private readonly double _minimum, _maximum, _gamma;
    private readonly int _up, _down;
    private readonly CyclicMode _mode;

    /// <param name="minimum">η_min ≥ 0.</param>
    /// <param name="maximum">η_max ≥ η_min.</param>
    /// <param name="up">Steps of the way up; ≥ 1, 2000 by default. The paper takes 2 to 8 epochs.</param>
    /// <param name="down">Steps of the way down; ≥ 1, as many as up unless given.</param>
    /// <param name="mode">Whether and how peaks become lower; they do not by default.</param>
    /// <param name="gamma">γ of <see cref="CyclicMode.ExpRange"/>; 0 &lt; γ ≤ 1, 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public Cyclic(double minimum, double maximum, int up = 2000, int? down = null, CyclicMode mode = CyclicMode.Triangular,
        double gamma = 1)
    {
        (_minimum, _maximum) = (AtLeastZero(minimum, nameof(minimum)), AtLeastZero(maximum, nameof(maximum)));
        if (maximum < minimum)
            throw new ArgumentOutOfRangeException(nameof(maximum), maximum,
                $"maximum must be at least the minimum {minimum}, got {maximum}.");
        (_up, _down) = (AtLeastOne(up, nameof(up)), AtLeastOne(down ?? up, nameof(down)));
        if (!Enum.IsDefined(mode))
            throw new ArgumentOutOfRangeException(nameof(mode), mode, $"mode must be one of CyclicMode's, got {mode}.");
        if (gamma is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(gamma), gamma, $"gamma must be above 0 and at most 1, got {gamma}.");
        (_mode, _gamma) = (mode, gamma);
    }

    /// <inheritdoc/>
    public override double Rate(int t)
    {
        long period = (long)_up + _down, cycle = t / period, within = t % period;
        double height = within <= _up ? (double)within / _up : (double)(period - within) / _down;
        double scale = _mode switch { CyclicMode.Triangular => 1, CyclicMode.Triangular2 => Math.Pow(2, -cycle), _ => Math.Pow(_gamma, t) };
        return _minimum + (_maximum - _minimum) * height * scale;
    }
}
