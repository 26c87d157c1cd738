using System.Globalization;

namespace DeepLearning;

/// <summary>The ranges that hyper-parameters of losses, optimizers, schedules and penalties have; the error says what was expected and what came.</summary>
internal static class ArgumentCheck
{
    /// <summary>The largest whole number up to which float32 holds every whole number: 2²⁴. Labels beyond it would be rounded.</summary>
    public const int LargestWhole = 1 << 24;

    /// <param name="value">What came.</param>
    /// <param name="name">The parameter's.</param>
    /// <param name="who">Whose parameter it is, if the message shall say so.</param>
    public static double AtLeastZero(double value, string name, string? who = null) => Check(value >= 0, value, name, "0 or more", who);

    /// <inheritdoc cref="AtLeastZero"/>
    public static double AboveZero(double value, string name, string? who = null) => Check(value > 0, value, name, "above 0", who);

    /// <inheritdoc cref="AtLeastZero"/>
    public static double BelowOne(double value, string name, string? who = null) => Check(value is >= 0 and < 1, value, name, "from 0 to below 1", who);

    /// <inheritdoc cref="AtLeastZero"/>
    public static double FromZeroToOne(double value, string name, string? who = null) => Check(value is >= 0 and <= 1, value, name, "from 0 to 1", who);

    /// <inheritdoc cref="AtLeastZero"/>
    public static double Finite(double value, string name) => double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number, got {value}.");

    /// <inheritdoc cref="AtLeastZero"/>
    public static int AtLeastOne(int value, string name) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 1 or more, got {value}.");

    private static double Check(bool inRange, double value, string name, string range, string? who)
    {
        if (inRange && double.IsFinite(value)) return value;
        string owner = who is null ? "" : $"{who}'s ", finite = double.IsInfinity(value) ? "finite and " : "";
        throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{owner}{name} must be {finite}{range}, got {value}."));
    }
}
