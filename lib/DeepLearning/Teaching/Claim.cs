using System.Globalization;

namespace DeepLearning;

/// <summary>
/// What a lesson claims, as a line of code that fails if it is not so. A lesson that runs to its end has kept its word.
/// </summary>
public static class Claim
{
    /// <summary>States something and checks it.</summary>
    /// <param name="statement">A sentence a student can read.</param>
    /// <param name="holds">Whether it is so.</param>
    /// <returns>The sentence with a tick, to be shown.</returns>
    /// <exception cref="ClaimException">It is not so.</exception>
    public static string That(string statement, bool holds) =>
        holds ? $"✓ {statement}" : throw new ClaimException($"✗ not so: {statement}");

    /// <summary>States that a computed number has a known value.</summary>
    /// <param name="what">What the number is.</param>
    /// <param name="actual">The computed number.</param>
    /// <param name="expected">The known value.</param>
    /// <param name="tolerance">The largest difference that counts as equal.</param>
    /// <returns>A sentence with both numbers, to be shown.</returns>
    /// <exception cref="ClaimException">They differ by more, or one of them is not a number.</exception>
    public static string Equal(string what, double actual, double expected, double tolerance = 1e-6)
    {
        string difference = Math.Abs(actual - expected).ToString("0.0e+00", CultureInfo.InvariantCulture);
        string statement =
            string.Create(CultureInfo.InvariantCulture, $"{what} = {actual:g7}, expected {expected:g7}, difference {difference}");
        return That(statement, Math.Abs(actual - expected) <= tolerance);
    }
}

/// <summary>A lesson's claim turned out to be wrong.</summary>
/// <param name="message">What was claimed.</param>
public sealed class ClaimException(string message) : Exception(message);
