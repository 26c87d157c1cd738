using System.Text;

namespace DeepLearning;

/// <summary>How an exercise stands.</summary>
public enum CheckOutcome
{
    /// <summary>Nobody has tried.</summary>
    Unanswered,

    /// <summary>An answer that is not right.</summary>
    Wrong,

    /// <summary>The right answer.</summary>
    Right,
}

/// <summary>What <see cref="Check"/> says to an answer; shows itself as text or as a box on a page.</summary>
[TypeFormatterSource(typeof(CheckFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed class CheckResult
{
    private string[] _hints = [];

    internal CheckResult(string exercise, CheckOutcome outcome, string message, int attempts) =>
        (Exercise, Outcome, Message, Attempts) = (exercise, outcome, message, attempts);

    /// <summary>The exercise's name; hints are counted by it.</summary>
    public string Exercise { get; }

    /// <summary>How the exercise stands.</summary>
    public CheckOutcome Outcome { get; }

    /// <summary>What is likely wrong, in a sentence or two.</summary>
    public string Message { get; }

    /// <summary>How many different wrong answers there have been.</summary>
    public int Attempts { get; }

    /// <summary>The answer is right.</summary>
    public bool Passed => Outcome == CheckOutcome.Right;

    /// <summary>There is an answer, right or wrong.</summary>
    public bool Answered => Outcome != CheckOutcome.Unanswered;

    /// <summary>The hints that may be seen by now: the first at once, one more with every wrong answer, none when all is right.</summary>
    public IReadOnlyList<string> HintsShown => Passed ? [] : _hints[..Math.Min(_hints.Length, Math.Max(1, Attempts))];

    /// <summary>Gives the exercise its hints, from a nudge to nearly the answer.</summary>
    /// <param name="hints">One sentence each.</param>
    /// <returns>This result.</returns>
    public CheckResult Hints(params string[] hints)
    {
        _hints = hints;
        return this;
    }

    /// <summary>The verdict, and the hints that may be seen.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Mark} {Exercise}: {Message}");
        for (int i = 0; i < HintsShown.Count; i++) text.Append($"\n  {HintLabel(i)}: {HintsShown[i]}");
        return text.ToString();
    }

    internal string Mark => Outcome switch { CheckOutcome.Right => "✓", CheckOutcome.Wrong => "✗", _ => "…" };

    internal string HintLabel(int i) => _hints.Length == 1 ? "Hint" : $"Hint {i + 1} of {_hints.Length}";
}

/// <summary>The results of an exercise of several parts.</summary>
/// <param name="parts">One for each part.</param>
[TypeFormatterSource(typeof(CheckFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed class CheckResults(IReadOnlyList<CheckResult> parts)
{
    /// <summary>One result for each part, in order.</summary>
    public IReadOnlyList<CheckResult> Parts { get; } = parts;

    /// <summary>Every part is right.</summary>
    public bool Passed => Parts.All(part => part.Passed);

    /// <summary>Every part has an answer, right or wrong.</summary>
    public bool Answered => Parts.All(part => part.Answered);

    /// <summary>One part a line.</summary>
    public override string ToString() => string.Join("\n", Parts);
}
