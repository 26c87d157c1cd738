namespace DeepLearning;

/// <summary>The checks of one session: the last result of each exercise, and how many wrong answers it has had.</summary>
public sealed class CheckBook
{
    private static readonly AsyncLocal<CheckBook?> s_ambient = new();
    private static readonly CheckBook s_ofProcess = new();

    private readonly OrderedDictionary<string, (CheckResult Result, HashSet<string> WrongAnswers)> _entries = [];
    private readonly Lock _lock = new();

    /// <summary>
    /// Where <see cref="Check"/> writes: the book its caller's session has set, else one for the whole process. A host that runs
    /// several sessions in one process gives each its own.
    /// </summary>
    public static CheckBook Current
    {
        get => s_ambient.Value ?? s_ofProcess;
        set => s_ambient.Value = value;
    }

    /// <summary>The last result of each exercise, in the order they were first checked.</summary>
    public IReadOnlyList<CheckResult> Results
    {
        get
        {
            lock (_lock) return [.. _entries.Values.Select(entry => entry.Result)];
        }
    }

    /// <summary>Forgets an exercise, or all of them: hints begin again at the first.</summary>
    /// <param name="exercise">Its name; null for all.</param>
    public void Reset(string? exercise = null)
    {
        lock (_lock)
        {
            if (exercise is null) _entries.Clear();
            else _entries.Remove(exercise);
        }
    }

    /// <summary>Writes a result down. The same wrong answer again is not a new attempt.</summary>
    internal CheckResult Add(string exercise, CheckOutcome outcome, string message, string answer)
    {
        lock (_lock)
        {
            HashSet<string> wrong = _entries.TryGetValue(exercise, out (CheckResult Result, HashSet<string> WrongAnswers) entry)
                ? entry.WrongAnswers : [];
            if (outcome == CheckOutcome.Wrong) wrong.Add(answer);
            var result = new CheckResult(exercise, outcome, message, wrong.Count);
            _entries[exercise] = (result, wrong);
            return result;
        }
    }
}
