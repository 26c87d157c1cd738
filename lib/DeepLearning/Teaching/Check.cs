namespace DeepLearning;

/// <summary>
/// Looks at an answer to an exercise and says at once what is likely wrong with it. Never throws for what a student wrote; an exercise that
/// has no answer yet (NaN, null, nothing in it) is not a failure. The result, as the last line of a cell, shows itself.
/// </summary>
public static partial class Check
{
    private const double DefaultTolerance = 1e-4;

    /// <summary>The last result of each exercise checked in this session.</summary>
    public static IReadOnlyList<CheckResult> Results => CheckBook.Current.Results;

    /// <summary>Begins an exercise again, its hints from the first; without a name, all exercises.</summary>
    /// <param name="exercise">The name given to its check.</param>
    public static void Reset(string? exercise = null) => CheckBook.Current.Reset(exercise);

    /// <summary>Puts the results of an exercise of several parts together, to be shown by one cell.</summary>
    /// <param name="parts">The results, in order.</param>
    public static CheckResults All(params CheckResult[] parts) => new(parts);

    /// <summary>Checks one number: names a wrong sign, a factor 2 or ½, a missing 1/n, a fraction upside down, early rounding.</summary>
    /// <param name="exercise">Number and name, such as <c>"2. ∂E/∂w8"</c>; unique in the lesson.</param>
    /// <param name="answer">The student's number; NaN or null as long as there is none.</param>
    /// <param name="expected">The right number, computed by the lesson.</param>
    /// <param name="tolerance">Largest relative difference that counts as equal, more than 0; absolute where 0 is expected.</param>
    /// <param name="n">What a mean in the formula divides by; 0 if there is no mean.</param>
    /// <param name="mistakes">Wrong values to be expected, and a sentence to each that says what was done.</param>
    public static CheckResult Number(string exercise, double? answer, double expected, double tolerance = DefaultTolerance, int n = 0,
        IReadOnlyList<(double Value, string Meaning)>? mistakes = null) =>
        Values(exercise, Numbers.From(answer), "put your number in place of double.NaN",
            new Diagnosis(Numbers.From(expected)!, tolerance, n, null,
                [.. (mistakes ?? []).Select(m => (Numbers.From(m.Value)!, m.Meaning))]));

    /// <summary>
    /// Checks a list of numbers: names a wrong sign, a constant factor, a missing 1/n, a wrong order, the entries that are wrong,
    /// a wrong length.
    /// </summary>
    /// <param name="exercise">Number and name; unique in the lesson.</param>
    /// <param name="answer">The student's numbers; null, empty or all NaN as long as there are none.</param>
    /// <param name="expected">The right numbers.</param>
    /// <param name="tolerance">Largest relative difference that counts as equal, more than 0; absolute where 0 is expected.</param>
    /// <param name="n">What a mean in the formula divides by; 0 if there is no mean.</param>
    /// <param name="names">What the numbers are called, so that a message can say which is wrong.</param>
    /// <param name="mistakes">Wrong values to be expected, and a sentence to each that says what was done.</param>
    public static CheckResult Array(string exercise, IEnumerable<double>? answer, IEnumerable<double> expected,
        double tolerance = DefaultTolerance, int n = 0, IReadOnlyList<string>? names = null,
        IReadOnlyList<(double[] Value, string Meaning)>? mistakes = null) =>
        Values(exercise, Numbers.From(answer), ToBeFilled, Of(expected, tolerance, n, names, mistakes));

    /// <summary>Checks what a student's method returns. An exception it throws is explained.</summary>
    /// <inheritdoc cref="Array(string, IEnumerable{double}?, IEnumerable{double}, double, int, IReadOnlyList{string}?,
    ///     IReadOnlyList{ValueTuple{double[], string}}?)"/>
    public static CheckResult Array(string exercise, Func<IEnumerable<double>?>? answer, IEnumerable<double> expected,
        double tolerance = DefaultTolerance, int n = 0, IReadOnlyList<string>? names = null,
        IReadOnlyList<(double[] Value, string Meaning)>? mistakes = null) =>
        Values(exercise, answer, Of(expected, tolerance, n, names, mistakes));

    /// <summary>Checks a matrix: all that a list is checked for, and whether it is transposed, broadcast or not yet added up.</summary>
    /// <inheritdoc cref="Array(string, IEnumerable{double}?, IEnumerable{double}, double, int, IReadOnlyList{string}?,
    ///     IReadOnlyList{ValueTuple{double[], string}}?)"/>
    public static CheckResult Array(string exercise, double[,]? answer, double[,] expected, double tolerance = DefaultTolerance, int n = 0,
        IReadOnlyList<string>? names = null, IReadOnlyList<(double[,] Value, string Meaning)>? mistakes = null) =>
        Values(exercise, Numbers.From(answer), ToBeFilled, Of(expected, tolerance, n, names, mistakes));

    /// <summary>Checks a tensor: all that a matrix is checked for, in any shape.</summary>
    /// <inheritdoc cref="Array(string, IEnumerable{double}?, IEnumerable{double}, double, int, IReadOnlyList{string}?,
    ///     IReadOnlyList{ValueTuple{double[], string}}?)"/>
    public static CheckResult Tensor(string exercise, Tensor? answer, Tensor expected, double tolerance = DefaultTolerance, int n = 0,
        IReadOnlyList<string>? names = null, IReadOnlyList<(Tensor Value, string Meaning)>? mistakes = null) =>
        Values(exercise, answer is null ? null : () => answer, Of(expected, tolerance, n, names, mistakes));

    /// <summary>Checks a tensor a student's method returns. An exception it throws is explained.</summary>
    /// <inheritdoc cref="Array(string, IEnumerable{double}?, IEnumerable{double}, double, int, IReadOnlyList{string}?,
    ///     IReadOnlyList{ValueTuple{double[], string}}?)"/>
    public static CheckResult Tensor(string exercise, Func<Tensor?>? answer, Tensor expected, double tolerance = DefaultTolerance,
        int n = 0, IReadOnlyList<string>? names = null, IReadOnlyList<(Tensor Value, string Meaning)>? mistakes = null) =>
        Values(exercise, answer, Of(expected, tolerance, n, names, mistakes));

    /// <summary>Checks the answer to a question with a choice.</summary>
    /// <param name="exercise">Number and name; unique in the lesson.</param>
    /// <param name="answer">The letter; null or empty as long as there is none.</param>
    /// <param name="options">
    /// Each letter, whether it is right (computed by the lesson, so that it is not read off the cell), and what to say to it.
    /// </param>
    public static CheckResult Choice(string exercise, string? answer, params (string Letter, bool IsRight, string Comment)[] options)
    {
        string letters = string.Join(", ", options.Select(option => option.Letter));
        if (string.IsNullOrWhiteSpace(answer)) return Unanswered(exercise, $"choose one of {letters}");
        (string Letter, bool IsRight, string Comment) chosen =
            options.FirstOrDefault(option => option.Letter.Equals(answer.Trim(), StringComparison.OrdinalIgnoreCase));
        if (chosen.Letter is null) return Wrong(exercise, $"“{answer.Trim()}” is not among the choices {letters}.", answer);
        return chosen.IsRight ? Right(exercise, chosen.Comment) : Wrong(exercise, chosen.Comment, chosen.Letter);
    }

    /// <summary>Checks a set of names: says which do not belong, and how many are missing. Their order does not matter.</summary>
    /// <param name="exercise">Number and name; unique in the lesson.</param>
    /// <param name="answer">The names; null or empty as long as there are none.</param>
    /// <param name="expected">The right ones, at least one.</param>
    public static CheckResult Names(string exercise, IEnumerable<string>? answer, IEnumerable<string> expected)
    {
        string[] given = [.. (answer ?? []).Select(name => name.Trim()).Distinct()], right = [.. expected];
        if (given.Length == 0) return Unanswered(exercise, "write down the names");
        string[] superfluous = [.. given.Except(right)];
        int missing = right.Except(given).Count();
        if (superfluous.Length == 0 && missing == 0) return Right(exercise);
        string message = superfluous.Length > 0
            ? $"{string.Join(", ", superfluous)} {(superfluous.Length == 1 ? "does" : "do")} not belong here. " : "";
        return Wrong(exercise, message + (missing == 0 ? "" : missing == 1 ? "One is missing." : $"{missing} are missing."),
            string.Join(" ", given.Order()));
    }

    /// <summary>Checks a condition, where there is more than one right answer.</summary>
    /// <param name="exercise">Number and name; unique in the lesson.</param>
    /// <param name="holds">Whether the answer is right; null as long as there is none.</param>
    /// <param name="otherwise">What to say if it is not.</param>
    public static CheckResult That(string exercise, bool? holds, string otherwise) => holds switch
    {
        null => Unanswered(exercise, "it is checked as soon as there is something to check"),
        true => Right(exercise),
        false => Wrong(exercise, otherwise, otherwise),
    };

    /// <summary>Checks a condition that runs a student's code. An exception it throws is explained.</summary>
    /// <param name="exercise">Number and name; unique in the lesson.</param>
    /// <param name="holds">Runs the code and says whether the answer is right; null as long as there is none.</param>
    /// <param name="otherwise">What to say if it is not.</param>
    public static CheckResult That(string exercise, Func<bool?> holds, string otherwise)
    {
        Attempt attempt = Attempt.At(() => holds() switch { true => 1.0, false => 0.0, null => null });
        if (attempt.Problem is { } problem) return Wrong(exercise, problem, problem);
        return That(exercise, attempt.Result is { } result ? result.Values[0] == 1 : null, otherwise);
    }
}
