namespace DeepLearning;

public static partial class Check
{
    /// <summary>Checks a function of one number at seeded random places.</summary>
    /// <param name="exercise">Number and name; unique in the lesson.</param>
    /// <param name="answer">
    /// The student's function; null, throwing <see cref="NotImplementedException"/> or returning NaN as long as there is none.
    /// </param>
    /// <param name="reference">A right one.</param>
    /// <param name="low">Smallest input.</param>
    /// <param name="high">Largest input.</param>
    /// <param name="trials">How many inputs, at least 1.</param>
    /// <param name="seed">Draws the inputs.</param>
    /// <param name="tolerance">Largest relative difference that counts as equal, more than 0.</param>
    /// <param name="mistakes">Functions with a mistake to be expected, and a sentence to each that says what was done.</param>
    public static CheckResult Function(string exercise, Func<double, double>? answer, Func<double, double> reference,
        double low, double high, int trials = 20, ulong seed = 1, double tolerance = DefaultTolerance,
        IReadOnlyList<(Func<double, double> Function, string Meaning)>? mistakes = null) =>
        Function(exercise, answer, reference, rng => rng.Uniform(low, high), trials, seed, tolerance, mistakes: mistakes);

    /// <summary>Checks a function against a right one on seeded random inputs: exceptions are explained, differences diagnosed.</summary>
    /// <typeparam name="TIn">What it takes; several things as a tuple.</typeparam>
    /// <typeparam name="TOut">What it returns: a number, a list or array of numbers, a tuple of numbers or a tensor.</typeparam>
    /// <param name="exercise">Number and name; unique in the lesson.</param>
    /// <param name="answer">
    /// The student's function; null, throwing <see cref="NotImplementedException"/>, or returning null, nothing or NaN for every input as
    /// long as there is none.
    /// </param>
    /// <param name="reference">A right one.</param>
    /// <param name="draw">Draws an input.</param>
    /// <param name="trials">How many inputs, at least 1.</param>
    /// <param name="seed">Draws the inputs.</param>
    /// <param name="tolerance">Largest relative difference that counts as equal, more than 0.</param>
    /// <param name="n">What a mean in the formula divides by; 0 if there is no mean.</param>
    /// <param name="names">What the numbers it returns are called.</param>
    /// <param name="mistakes">Functions with a mistake to be expected, and a sentence to each that says what was done.</param>
    public static CheckResult Function<TIn, TOut>(string exercise, Func<TIn, TOut>? answer, Func<TIn, TOut> reference,
        Func<Generator, TIn> draw, int trials = 20, ulong seed = 1, double tolerance = DefaultTolerance, int n = 0,
        IReadOnlyList<string>? names = null, IReadOnlyList<(Func<TIn, TOut> Function, string Meaning)>? mistakes = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        if (answer is null) return Unanswered(exercise, "write the function");
        TIn[] inputs = Draw(draw, trials, seed), forReference = Draw(draw, trials, seed);    // twice: an answer may change its input
        string[] shown = [.. forReference.Select(Show)];
        Attempt[] attempts = [.. inputs.Select(input => Attempt.At(() => answer(input)))];
        if (System.Array.FindIndex(attempts, a => a.Problem is not null) is var failed and >= 0)
            return Wrong(exercise, $"{attempts[failed].Problem} It was called with {shown[failed]}.", attempts[failed].Problem!);
        if (attempts.All(a => a.Result is null || a.Result.IsBlank)) return Unanswered(exercise, "write the function");
        if (System.Array.FindIndex(attempts, a => a.Result is null) is var nothing and >= 0)
            return Wrong(exercise, $"For {shown[nothing]} the function returns nothing.", "null");

        Numbers[] answers = [.. attempts.Select(a => a.Result!)],
            expected = [.. forReference.Select(input => Numbers.From(reference(input))!)];
        string fingerprint = string.Join(";", answers.Select(a => a.Fingerprint));
        (Numbers[] Values, string Meaning)[] slips =
            [.. (mistakes ?? []).Select(
                m => (Draw(draw, trials, seed).Select(input => Numbers.From(m.Function(input))!).ToArray(), m.Meaning))];
        string? wrong = answers.Concat(expected).All(value => value.IsScalar) ? OfNumbers() : OfArrays();
        return wrong is null ? Right(exercise) : Wrong(exercise, wrong, fingerprint);

        string? OfNumbers() => new Diagnosis(Together(expected), tolerance, n, [.. shown.Select(input => $"the input {input}")],
            [.. slips.Select(slip => (Together(slip.Values), slip.Meaning))]).Of(Together(answers));

        string? OfArrays()
        {
            bool Equal(Numbers[] all) =>
                all.Zip(answers, (a, b) => new Diagnosis(a, tolerance).Of(b)).All(difference => difference is null);
            string?[] differences = [.. answers.Zip(expected, (a, e) => new Diagnosis(e, tolerance, n, names).Of(a))];
            int first = System.Array.FindIndex(differences, difference => difference is not null);
            if (first < 0) return null;
            return slips.FirstOrDefault(slip => Equal(slip.Values)).Meaning
                ?? $"{differences[first]} So it is for {differences.Count(d => d is not null)} of {trials} inputs, " +
                    $"first for {shown[first]}.";
        }
    }

    private static T[] Draw<T>(Func<Generator, T> draw, int trials, ulong seed)
    {
        var rng = new Generator(seed);
        return [.. Enumerable.Range(0, trials).Select(_ => draw(rng))];
    }

    private static Numbers Together(Numbers[] numbers) => Numbers.Vector(numbers.Select(n => n.Values[0]));

    private static string Show<T>(T input)
    {
        try
        {
            return Numbers.From(input)!.InShort();
        }
        catch (Exception e) when (e is ArgumentException or InvalidCastException or NullReferenceException)
        {
            return input?.ToString() ?? "null";
        }
    }
}
