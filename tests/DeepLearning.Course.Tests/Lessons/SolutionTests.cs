using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Release;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Lessons;

/// <summary>Every solved notebook, and that the student's copy comes from it; the copies themselves are run by their own tests.</summary>
[Collection(SessionTest.OneAtATime)]
public sealed class SolutionTests
{
    private static readonly string s_folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../notebooks"));

    private sealed class Solution(string notebook) : LessonRun(notebook);

    public static TheoryData<string> Solved => [.. NotebookFiles.Find(Path.Combine(s_folder, "solutions")).Select(found => found.Name)];

    [Fact]
    public void EveryLessonHasTestsOfItsOwn() =>
        Assert.All(NotebookFiles.Find(s_folder).Where(found => char.IsDigit(found.Name[0])), found =>
            Assert.True(GetType().Assembly.GetType($"{GetType().Namespace}.Lesson{found.Name[..2]}Tests") is not null,
                $"{found.Name} has no Lesson{found.Name[..2]}Tests."));

    [Fact]
    public void ThereAreSolvedNotebooks() => Assert.NotEmpty(Solved);

    [Theory, MemberData(nameof(Solved))]
    public void TheStudentsCopyIsWhatReleaseMakes(string name) => Assert.Null(StudentCopy.FirstDifference(
        StudentCopy.Make(Notebook.Load(Path.Combine(s_folder, "solutions", name)), name), Notebook.Load(Path.Combine(s_folder, name))));

    [Theory, MemberData(nameof(Solved))]
    public async Task TheSolutionsPassEveryCheck(string name)
    {
        await using Solution solution = new(Path.Combine("solutions", name));
        await solution.InitializeAsync();
        Assert.True(solution.Failure is null, $"cell {solution.Failure?.Number}: {solution.Failure?.Error.Message}");
        Assert.DoesNotContain(solution.Executed.Cells.SelectMany(LessonRun.Outputs), output => (string?)output["name"] == "stderr");
        Assert.NotEmpty(solution.Checks);
        Assert.Equal(LessonRun.ChecksAskedFor(solution.Committed), solution.Checks.Count);
        Assert.All(solution.Checks, check => Assert.StartsWith("✓", check));
    }
}
