using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Page;

/// <summary>The lessons of a folder, grouped as in the syllabus: number from the file name, title and question from the text.</summary>
internal static partial class LessonList
{
    private static readonly (int Last, string Title)[] s_groups =
    [
        (7, "Foundations: from one neuron to a network"),
        (12, "Optimization: how a network learns, and what gets in the way"),
        (18, "Generalization: from the training set to the world"),
        (21, "Images: convolutional networks"),
        (24, "Sequences and search"),
        (33, "Representations and generative models"),
        (36, "Graphs, attention, hardware"),
    ];

    public static JsonArray Read(string folder)
    {
        IEnumerable<(string Group, int Order, JsonObject Lesson)> lessons =
            from file in Directory.EnumerateFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)
            let number = NumberOf(file)
            select (GroupOf(number), number ?? int.MaxValue, Describe(file, number));
        return new JsonArray([.. lessons.OrderBy(lesson => lesson.Order).GroupBy(lesson => lesson.Group).Select(group => new JsonObject
        {
            ["title"] = group.Key, ["lessons"] = new JsonArray([.. group.Select(lesson => lesson.Lesson)]),
        })]);
    }

    internal static int? NumberOf(string file) =>
        NumberAtStart().Match(Path.GetFileName(file)) is { Success: true } match ? int.Parse(match.Value) : null;

    internal static string GroupOf(int? number) => s_groups.FirstOrDefault(group => number <= group.Last).Title ?? "Other notebooks";

    private static JsonObject Describe(string file, int? number)
    {
        string name = Path.GetFileName(file), title = Path.GetFileNameWithoutExtension(file);
        string? question;
        try
        {
            string[] texts = [.. Notebook.Load(file).Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source)];
            title = TitleOf(texts) ?? title;
            question = QuestionOf(texts);
        }
        catch (Exception problem) when (problem is IOException or NotebookException or UnauthorizedAccessException)
        {
            question = problem.Message;
        }
        return new JsonObject { ["path"] = name, ["number"] = number?.ToString("00"), ["title"] = title, ["question"] = question };
    }

    /// <summary>The first heading, without the lesson's number.</summary>
    internal static string? TitleOf(IEnumerable<string> texts) =>
        Lines(texts).Where(line => line.StartsWith("# ", StringComparison.Ordinal))
            .Select(line => LeadingNumber().Replace(Plain(line[2..]), "")).FirstOrDefault();

    /// <summary>The first line of text after a heading that holds "question"; without one, the first line of text at all.</summary>
    internal static string? QuestionOf(IEnumerable<string> texts)
    {
        string[] lines = [.. Lines(texts)];
        int heading = Array.FindIndex(lines, line => line.StartsWith('#') && line.Contains("question", StringComparison.OrdinalIgnoreCase));
        return lines.Skip(heading + 1).FirstOrDefault(IsProse) is { } line ? Plain(line) : null;
    }

    private static IEnumerable<string> Lines(IEnumerable<string> texts) =>
        texts.SelectMany(text => text.Split('\n')).Select(line => line.Trim());

    private static bool IsProse(string line) =>
        line.Length > 0 && (char.IsLetter(line[0]) || line[0] is '*' or '_' or '"' or '“' or '`' or '>');

    // Markdown's marks mean nothing in a list entry.
    private static string Plain(string markdown) => Marks().Replace(Links().Replace(markdown, "$1"), "").Trim();

    [GeneratedRegex(@"^\d+")]
    private static partial Regex NumberAtStart();

    [GeneratedRegex(@"^\d+\s*[.:·–—-]?\s*")]
    private static partial Regex LeadingNumber();

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"\*\*|[*_`>]|\$")]
    private static partial Regex Marks();
}
