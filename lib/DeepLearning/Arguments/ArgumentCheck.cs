using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>
/// The ranges that hyper-parameters of losses, optimizers, schedules and penalties have; the error says what was expected and what came.
/// </summary>
internal static class ArgumentCheck
{
    /// <summary>
    /// The largest whole number up to which float32 holds every whole number: 2²⁴. Labels, places and indices beyond it would be rounded.
    /// </summary>
    public const int LargestWhole = 1 << 24;

    /// <param name="value">What came.</param>
    /// <param name="name">The parameter's.</param>
    /// <param name="who">Whose parameter it is, if the message shall say so.</param>
    public static double Finite(double value, string name, string? who = null) =>
        Check(double.IsFinite(value), value, name, "a finite number", who);

    /// <inheritdoc cref="Finite"/>
    public static double AtLeastZero(double value, string name, string? who = null) =>
        Check(Finite(value, name, who) >= 0, value, name, "0 or more", who);

    /// <inheritdoc cref="Finite"/>
    public static double AboveZero(double value, string name, string? who = null) =>
        Check(Finite(value, name, who) > 0, value, name, "above 0", who);

    /// <inheritdoc cref="Finite"/>
    public static double FromZeroToOne(double value, string name, string? who = null) =>
        Check(value is >= 0 and <= 1, value, name, "from 0 to 1", who);

    /// <inheritdoc cref="Finite"/>
    public static double BelowOne(double value, string name, string? who = null) =>
        Check(value is >= 0 and < 1, value, name, "from 0 to below 1", who);

    /// <inheritdoc cref="Finite"/>
    public static int AtLeastOne(int value, string name) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 1 or more, got {value}.");

    private static double Check(bool inRange, double value, string name, string range, string? who) => inRange
        ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture,
            $"{(who is null ? "" : $"{who}'s ")}{name} must be {range}, got {value}."));

    /// <summary>That an argument is there; the error says what to pass.</summary>
    public static void NotNull<T>([NotNull] T? value, [CallerArgumentExpression(nameof(value))] string name = "") where T : class
    {
        if (value is not null) return;
        string remedy = typeof(T) == typeof(Tensor) ? "a tensor is needed; pass one, such as Tensor.From([1.0, 2])"
            : typeof(T) == typeof(Generator) ? "random numbers are needed; pass new Generator(1)"
            : typeof(T).IsAssignableTo(typeof(Layer)) ? "a layer is needed; pass one, such as new Relu()"
            : typeof(T).IsAssignableTo(typeof(Loss)) ? "a loss is needed; pass one, such as new MeanSquaredError()"
            : typeof(T).IsAssignableTo(typeof(Optimizer)) ? "an optimizer is needed; pass one, such as new Sgd(model.Parameters)"
            : typeof(T).IsAssignableTo(typeof(Dataset)) ? "data is needed; pass new Dataset(x, y)"
            : "a value is needed";
        throw new ArgumentNullException(name, $"{name} is null where {remedy}.");
    }
}
