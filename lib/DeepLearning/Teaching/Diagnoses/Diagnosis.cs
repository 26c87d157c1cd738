using System.Globalization;

namespace DeepLearning;

/// <summary>Says what is likely wrong with numbers, by holding them against what common slips would make of the right ones.</summary>
/// <param name="expected">The right numbers.</param>
/// <param name="tolerance">
/// Largest relative difference that counts as equal; absolute where everything expected is 0, up to rounding.
/// </param>
/// <param name="n">The number a mean divides by, if there is one; 0 if not.</param>
/// <param name="names">Names of the values, in order.</param>
/// <param name="mistakes">Wrong values the author has thought of, and what each means.</param>
internal sealed class Diagnosis(
    Numbers expected, double tolerance, int n = 0, IReadOnlyList<string>? names = null,
    IReadOnlyList<(Numbers Value, string Meaning)>? mistakes = null)
{
    /// <summary>Below this share of the largest number, a number counts as rounding.</summary>
    private const double Negligible = 1e-3;

    /// <summary>What computing with doubles leaves of a 0.</summary>
    private const double Rounding = 1e-14;

    private const string Close = "Close, but not close enough: rounded too early? Keep more digits on the way and round at the end.";

    /// <returns>What is likely wrong; null if the answer is right.</returns>
    public string? Of(Numbers answer)
    {
        if (!SameShape(answer, expected))
            return (mistakes ?? []).FirstOrDefault(m => IsClose(answer, m.Value)).Meaning
                ?? new ShapeDiagnosis(expected, IsClose).Of(answer);
        if (NotFinite(answer) is { } notFinite) return notFinite;
        if (IsClose(answer, expected)) return null;
        if ((mistakes ?? []).FirstOrDefault(m => IsClose(answer, m.Value)).Meaning is { } meaning) return meaning;
        if (answer.Count > 1 && answer.Values.All(v => v == 0))
            return "All numbers are 0: is a result computed, but not stored or returned?";
        return Factor(answer) ?? (expected.IsScalar ? Scalar(answer) : Whole(answer) ?? Parts(answer));
    }

    private static bool SameShape(Numbers a, Numbers b) => a.Dims.SequenceEqual(b.Dims);

    private bool IsClose(Numbers answer, Numbers target) => IsClose(answer, target, tolerance);

    private static bool IsClose(Numbers answer, Numbers target, double tolerance) =>
        SameShape(answer, target) && Enumerable.Range(0, answer.Count).All(i => IsClose(answer, target, i, tolerance));

    private static bool IsClose(Numbers answer, Numbers target, int i, double tolerance)
    {
        double largest = target.Values.Max(Math.Abs);
        double scale = largest <= Rounding ? 1 : Math.Max(Math.Abs(target.Values[i]), largest * Negligible);
        return Math.Abs(answer.Values[i] - target.Values[i]) <= tolerance * scale + Rounding;
    }

    private string? NotFinite(Numbers answer)
    {
        int at = Array.FindIndex(answer.Values, v => !double.IsFinite(v));
        if (at < 0) return null;
        string what = answer.IsScalar ? "Your number" : $"The number at {answer.At(at, names)}";
        return double.IsNaN(answer.Values[at])
            ? $"{what} is NaN, not a number: was it left out, or is there a 0/0, or the root or logarithm of something negative?"
            : $"{what} is infinite: is there a division by 0, the logarithm of 0, or an exponential of something large?";
    }

    private string? Factor(Numbers answer)
    {
        double squares = expected.Values.Sum(v => v * v);
        if (squares <= Rounding * Rounding) return null;
        double k = answer.Values.Zip(expected.Values, (a, e) => a * e).Sum() / squares;
        if (k == 0 || !IsClose(answer, expected.Times(k))) return null;
        string subject = expected.Count == 1 ? "The number" : "Every number";
        if (KnownFactor(k) is { } known) return $"{subject} {known}";
        return expected.Values.Count(v => v != 0) < 2 ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"{subject} is {k:g4} times what it should be: one constant factor is wrong or missing.");
    }

    /// <summary>What a factor tells by itself.</summary>
    private string? KnownFactor(double k)
    {
        bool Is(double factor) => Math.Abs(k / factor - 1) <= 2 * tolerance;
        if (Is(-1)) return "has the right size and the wrong sign: is a minus missing, or a difference the wrong way round?";
        string sign = k < 0 ? "has the wrong sign, and " : "";
        k = Math.Abs(k);
        if (n > 1 && Is(n)) return $"{sign}is {n} times too large, and n is {n}: is 1/n missing (a sum where a mean is wanted)?";
        if (n > 1 && Is(1.0 / n))
            return $"{sign}is {n} times too small, and n is {n}: it is divided by n once too often (a mean where a sum is wanted).";
        foreach (int count in expected.Dims.Append(expected.Count).Where(count => count > 2))
        {
            if (Is(count))
                return $"{sign}is {count} times too large, and there are {count} of them: is 1/{count} missing (a sum where a " +
                    "mean is wanted)?";
            if (Is(1.0 / count))
                return $"{sign}is {count} times too small, and there are {count} of them: is it divided by {count} once too often?";
        }
        if (Is(2)) return $"{sign}is twice what it should be: is a ½ missing, or a 2 from differentiating a square that the ½ cancels?";
        if (Is(0.5)) return $"{sign}is half of what it should be: is there a ½ too many, or the 2 from differentiating a square missing?";
        if (Is(4)) return $"{sign}is four times what it should be: look for a 2 that came in twice.";
        return Is(0.25) ? $"{sign}is a quarter of what it should be: look for a ½ that came in twice." : null;
    }

    private string Scalar(Numbers answer)
    {
        (double a, double e) = (answer.Values[0], expected.Values[0]);
        if (Math.Abs(e) <= Rounding) return "Not right yet.";
        if (IsClose(answer, expected with { Values = [1 / e] }))
            return "This is one divided by the right number: a fraction is upside down.";
        if (IsClose(answer, expected, Math.Max(1e-2, tolerance * 10))) return Close;
        if (Math.Sign(a) != Math.Sign(e)) return "Not right yet; the sign is not right either.";
        return Math.Abs(a) > Math.Abs(e)
            ? "Not right yet: it is too large; the sign is right."
            : "Not right yet: it is too small; the sign is right.";
    }

    /// <summary>Slips that change everything in the same way.</summary>
    private string? Whole(Numbers answer)
    {
        if (expected.Dims.Length == 2 && expected.Dims[0] == expected.Dims[1] && IsClose(answer, expected.Transpose()))
            return "Rows and columns are exchanged: this is the transpose of the right matrix.";
        double shift = answer.Values[0] - expected.Values[0];
        if (expected.Count > 1 && IsClose(answer, expected with { Values = [.. expected.Values.Select(v => v + shift)] }))
            return string.Create(CultureInfo.InvariantCulture,
                $"Every number is off by the same {shift:g4}: something constant is added or left out (a bias, a 1, a maximum?).");
        if (expected.Count > 1 && IsClose(answer, expected with { Values = [.. expected.Values.Reverse()] }))
            return "The right numbers, in reverse order.";
        if (expected.Count > 1
            && IsClose(answer with { Values = [.. answer.Values.Order()] }, expected with { Values = [.. expected.Values.Order()] }))
            return "The right numbers, but not in the right order.";
        return Repeated(answer);
    }

    private string? Repeated(Numbers answer)
    {
        if (expected.Dims.Length != 2 || expected.Dims.Min() < 2) return null;
        if (RowsAreEqual(answer) && !RowsAreEqual(expected))
            return "All rows are the same: was one row broadcast over all, where each has its own?";
        if (RowsAreEqual(answer.Transpose()) && !RowsAreEqual(expected.Transpose()))
            return "All columns are the same: was one column broadcast over all, where each has its own?";
        return null;
    }

    private static bool RowsAreEqual(Numbers m) => Enumerable.Range(0, m.Count).All(i => m.Values[i] == m.Values[i % m.Dims[1]]);

    /// <summary>Slips in some of the numbers.</summary>
    private string Parts(Numbers answer)
    {
        int[] wrong = [.. Enumerable.Range(0, answer.Count).Where(i => !IsClose(answer, expected, i, tolerance))];
        string where = Where(answer, wrong);
        if (wrong.Length < answer.Count)
        {
            var part = new Diagnosis(Pick(expected, wrong), tolerance, n);
            if (part.Factor(Pick(answer, wrong)) is { } factor)
                return $"All is right but {where}. There: {char.ToLowerInvariant(factor[0])}{factor[1..]}";
            if (wrong.Length == 1) return $"Only {where} is wrong, all others are right.";
        }
        if (IsClose(answer, expected, Math.Max(1e-2, tolerance * 10))) return Close;
        return wrong.Length == answer.Count
            ? "None of the numbers is right yet."
            : $"{wrong.Length} of {answer.Count} numbers are wrong: {where}.";
    }

    private static Numbers Pick(Numbers from, int[] at) =>
        at.Length == 1 ? new([], [from.Values[at[0]]]) : Numbers.Vector(at.Select(i => from.Values[i]));

    private string Where(Numbers answer, int[] wrong)
    {
        if (wrong.Length > 1 && answer.Dims.Length == 2)
        {
            int columns = answer.Dims[1];
            if (wrong.All(i => i / columns == wrong[0] / columns)) return $"row {wrong[0] / columns}";
            if (wrong.All(i => i % columns == wrong[0] % columns)) return $"column {wrong[0] % columns}";
        }
        return string.Join(", ", wrong.Take(4).Select(i => answer.At(i, names))) + (wrong.Length > 4 ? ", …" : "");
    }
}
