namespace DeepLearning;

/// <summary>The ranges that hyper-parameters of optimizers, schedules and penalties have.</summary>
internal static class ArgumentCheck
{
    public static double AtLeastZero(double value, string name) => Finite(value, name) >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 or more, got {value}.");

    public static double Finite(double value, string name) => double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number, got {value}.");

    public static double AboveZero(double value, string name) => Finite(value, name) > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0, got {value}.");

    public static double FromZeroToOne(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 0 to 1, got {value}.");

    public static double BelowOne(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 0 to below 1, got {value}.");

    public static int AtLeastOne(int value, string name) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 1 or more, got {value}.");
}
