namespace DeepLearning;

public static partial class Check
{
    private const string ToBeFilled = "put your numbers where the placeholder is";

    private static CheckResult Right(string exercise, string comment = "") =>
        CheckBook.Current.Add(exercise, CheckOutcome.Right, comment.Length > 0 ? $"Right. {comment}" : "Right.", "");

    private static CheckResult Wrong(string exercise, string message, string answer) =>
        CheckBook.Current.Add(exercise, CheckOutcome.Wrong, message.TrimEnd(), answer);

    private static CheckResult Unanswered(string exercise, string toDo) =>
        CheckBook.Current.Add(exercise, CheckOutcome.Unanswered, $"not answered yet: {toDo}.", "");

    private static Diagnosis Of<T>(object expected, double tolerance, int n, IReadOnlyList<string>? names,
        IReadOnlyList<(T Value, string Meaning)>? mistakes) =>
        new(Numbers.From(expected)!, tolerance, n, names, [.. (mistakes ?? []).Select(m => (Numbers.From(m.Value)!, m.Meaning))]);

    private static CheckResult Values(string exercise, Numbers? answer, string toDo, Diagnosis diagnosis)
    {
        if (answer is null || answer.IsBlank) return Unanswered(exercise, toDo);
        return diagnosis.Of(answer) is { } wrong ? Wrong(exercise, wrong, answer.Fingerprint) : Right(exercise);
    }

    private static CheckResult Values(string exercise, Func<object?>? answer, Diagnosis diagnosis)
    {
        if (answer is null) return Unanswered(exercise, ToBeFilled);
        Attempt attempt = Attempt.At(answer);
        if (attempt.Problem is { } problem) return Wrong(exercise, problem, problem);
        return Values(exercise, attempt.Result, attempt.IsMissing ? "write the method" : ToBeFilled, diagnosis);
    }
}
