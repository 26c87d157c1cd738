using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Release;

/// <summary>Makes the student's notebook from the solved one, and compares two of them.</summary>
internal static partial class StudentCopy
{
    private const string SolutionTag = "solution";

    /// <summary>
    /// Leaves out cells tagged <c>solution</c> and what <see cref="SolutionMarks"/> marks, takes outputs away, and one <c>../</c> off every
    /// relative path, since the copy lies one folder above its source. Cells keep their ids. The code that checks an exercise is folded
    /// away: it holds the hints.
    /// </summary>
    /// <param name="solved">The source; it is not changed.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="NotebookException">Nothing is marked as solution, or the marks do not fit together.</exception>
    public static Notebook Make(Notebook solved, string name)
    {
        var copy = Notebook.Parse(solved.ToJson(), name);
        int marked = copy.Cells.RemoveAll(cell => cell.Tags.Contains(SolutionTag));
        for (int i = 0; i < copy.Cells.Count; i++)
        {
            NotebookCell cell = copy.Cells[i];
            string source = cell.Source;
            if (cell.Kind == CellKind.Code)
            {
                source = SolutionMarks.TakeOut(source, $"{name}, the cell {FirstLine(source)}");
                (cell.Outputs, cell.ExecutionCount) = ([], null);
            }
            if (source != cell.Source) marked++;
            source = cell.Kind == CellKind.Code ? UpInCode().Replace(source, "$1") : UpInText().Replace(source, "$1");
            if (source != cell.Source) cell.Source = source;
            if (IsCheckOfExercise(cell)) cell.Metadata["jupyter"] = new JsonObject { ["source_hidden"] = true };
        }
        if (marked == 0)
            throw new NotebookException(
                $"{name} marks no solution: tag cells with \"{SolutionTag}\", or put lines between // BEGIN SOLUTION and // END SOLUTION.");
        return copy;
    }

    /// <returns>The first thing in which <paramref name="found"/> is not <paramref name="wanted"/>, or null.</returns>
    public static string? FirstDifference(Notebook wanted, Notebook found)
    {
        for (int i = 0; i < Math.Max(wanted.Cells.Count, found.Cells.Count); i++)
        {
            if (i >= found.Cells.Count) return $"cell {i + 1} is missing: {FirstLine(wanted.Cells[i].Source)}";
            if (i >= wanted.Cells.Count) return $"cell {i + 1} is one too many: {FirstLine(found.Cells[i].Source)}";
            if (FirstDifference(wanted.Cells[i], found.Cells[i]) is { } difference) return $"cell {i + 1}{difference}";
        }
        return wanted.ToJson() == found.ToJson() ? null : "the metadata of the notebook differ";
    }

    private static bool IsCheckOfExercise(NotebookCell cell) =>
        cell.Kind == CellKind.Code && cell.Tags.Contains("exercise") && cell.Tags.Contains("check");

    private static string? FirstDifference(NotebookCell wanted, NotebookCell found)
    {
        (string[] right, string[] left) = (wanted.Source.Split('\n'), found.Source.Split('\n'));
        int line = Enumerable.Range(0, Math.Max(right.Length, left.Length))
            .FirstOrDefault(i => left.ElementAtOrDefault(i) != right.ElementAtOrDefault(i), -1);
        if (line >= 0)
            return $", line {line + 1} is {Quote(left.ElementAtOrDefault(line))}, should be {Quote(right.ElementAtOrDefault(line))}";
        if (found.Outputs.Count > 0) return " has outputs";
        return JsonNode.DeepEquals(found.Json, wanted.Json) ? null : $" ({FirstLine(found.Source)}) has another kind, id or other metadata";
    }

    private static string Quote(string? line) => line is null ? "missing" : $"“{line}”";

    private static string FirstLine(string text) => Quote(text.Split('\n').FirstOrDefault(line => line.Trim().Length > 0) ?? "");

    [GeneratedRegex("""(?m)^(\s*#(?:load|r|!import)\s+"?)\.\./""")]
    private static partial Regex UpInCode();

    [GeneratedRegex("""(\]\(|(?:src|href)=")\.\./""")]
    private static partial Regex UpInText();
}
