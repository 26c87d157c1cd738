using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Tests.Lessons;

/// <summary>What holds of every lesson.</summary>
public abstract class LessonTests<TLesson>(TLesson lesson) : IClassFixture<TLesson> where TLesson : LessonRun
{
    protected TLesson Lesson { get; } = lesson;

    [Fact]
    public void RunsToItsEndWithoutComplaint()
    {
        Assert.True(Lesson.Failure is null, $"cell {Lesson.Failure?.Number}: {Lesson.Failure?.Error.Message}");
        Assert.DoesNotContain(Lesson.Executed.Cells.Where(c => c.Kind == CellKind.Code).SelectMany(LessonRun.Outputs),
            o => (string?)o["name"] == "stderr");
    }

    [Fact]
    public void IsCommittedWithoutOutputs() => Assert.All(Lesson.Committed.Cells.Where(c => c.Kind == CellKind.Code), cell =>
    {
        Assert.Empty(cell.Outputs);
        Assert.Null(cell.ExecutionCount);
    });

    [Theory]
    [InlineData("## The question")]
    [InlineData("## The idea")]
    [InlineData("## See it move")]
    [InlineData("## On real data")]
    [InlineData("## Where it breaks")]
    [InlineData("## Exercises")]
    [InlineData("## In one minute")]
    public void HasTheSectionOfEveryLesson(string heading) => Assert.Contains($"\n{heading}", $"\n{Lesson.Markdown}");

    [Fact]
    public void EveryFigureCanBeShownLiveAndStill()
    {
        Assert.NotEmpty(Lesson.Figures());
        Assert.All(Lesson.Figures(), figure => Assert.Contains("<svg", MultilineText.Read(figure["text/html"])));
    }

    [Fact]
    public void EveryExerciseIsOpenAfterTheRun()
    {
        Assert.Equal(LessonRun.ChecksAskedFor(Lesson.Committed), Lesson.Checks.Count);
        Assert.All(Lesson.Checks, check => Assert.StartsWith("…", check));
        Assert.All(Lesson.Checks, check => Assert.Contains("not answered yet", check));
    }

    protected async Task IsNumber(string expression, double expected, double tolerance) =>
        Assert.Equal(expected, await Lesson.Value<double>(expression), tolerance);
}
