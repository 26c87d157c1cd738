using System.Text.RegularExpressions;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Release;
using DeepLearning.Course.Scripting;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Lessons;

/// <summary>Every solved notebook and the student's copy of it.</summary>
[Collection(SessionTest.OneAtATime)]
public sealed partial class SolutionTests
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../notebooks"));

    public static TheoryData<string> Solved => [.. NotebookFiles.Find(Path.Combine(Folder, "solutions")).Select(found => found.Name)];

    [Fact]
    public void ThereAreSolvedNotebooks() => Assert.NotEmpty(Solved);

    [Theory, MemberData(nameof(Solved))]
    public void TheStudentsCopyIsWhatReleaseMakes(string name) => Assert.Null(StudentCopy.FirstDifference(
        StudentCopy.Make(Notebook.Load(Path.Combine(Folder, "solutions", name)), name), Notebook.Load(Path.Combine(Folder, name))));

    [Theory, MemberData(nameof(Solved))]
    public async Task TheSolutionsPassEveryCheck(string name)
    {
        var (checks, total) = await RunAsync(Path.Combine(Folder, "solutions", name));
        Assert.True(checks.Length > 0, "The lesson checks no exercise.");
        Assert.Equal(total, checks.Length);
        Assert.DoesNotContain(checks, check => !check.StartsWith('✓'));
    }

    [Theory, MemberData(nameof(Solved))]
    public async Task TheStudentsCopyRunsToItsEndWithEveryExerciseOpen(string name)
    {
        var (checks, total) = await RunAsync(Path.Combine(Folder, name));
        Assert.Equal(total, checks.Length);
        Assert.DoesNotContain(checks, check => !check.StartsWith('…') || !check.Contains("not answered yet"));
    }

    /// <summary>All checks of a notebook after a run without error, as text; and how many its code asks for.</summary>
    private static async Task<(string[] Checks, int Total)> RunAsync(string path)
    {
        var notebook = Notebook.Load(path);
        await using var session = new ScriptSession(Path.GetDirectoryName(path)!);
        var failure = await new NotebookRunner(session).RunAsync(notebook);
        Assert.True(failure is null, $"cell {failure?.Number}: {failure?.Error.Message}");
        Assert.DoesNotContain(notebook.Cells.SelectMany(LessonRun.Outputs), output => (string?)output["name"] == "stderr");
        var result = await session.RunAsync("string.Join(\"\\0\", Check.Results)", new RecordedOutput());
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        var checks = result.Value!.Bundle["text/plain"].GetValue<string>().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var code = string.Join("\n", notebook.Cells.Where(cell => cell.Kind == CellKind.Code).Select(cell => cell.Source));
        return (checks, CallsOfCheck().Count(code));
    }

    [GeneratedRegex(@"(?<!\w)Check\.(Number|Array|Tensor|Function|Choice|Names|That)\(")]
    private static partial Regex CallsOfCheck();
}
