using DeepLearning.Course.Book;
using DeepLearning.Course.Commands;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Tests.Notebooks;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Book;

/// <summary>What <c>course book</c> does when something is wrong, and which lessons it takes.</summary>
[Collection(SessionTest.OneAtATime)]
public sealed class BookRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-book-run-").FullName;
    private readonly StringWriter _console = new() { NewLine = "\n" };

    private string Notebooks => Directory.CreateDirectory(Path.Combine(_folder, "notebooks")).FullName;

    private string Site => Path.Combine(_folder, "site");

    public void Dispose()
    {
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        Directory.Delete(_folder, recursive: true);
    }

    private void Save(string name, params string[] code) => Notebook.Create().WithCode(code).Save(Path.Combine(Notebooks, name));

    private Task<int> Run(string[]? lessons = null, string? executed = null) =>
        new BookRun(_console, isTerminal: false) { Site = Site, Lessons = lessons ?? [], Executed = executed }
            .RunAsync(Notebooks, CancellationToken.None);

    [Fact]
    public async Task AFailingLessonIsNamedAndTheOldBookStays()
    {
        Save("06-a.ipynb", "1");
        Assert.Equal(0, await Run());
        Save("10-b.ipynb", "var x = 0;", "var y = 1;\ny / x");
        Assert.Equal(1, await Run());
        Assert.Contains("FAILED  10-b.ipynb  cell 2, line 2: DivideByZeroException", _console.ToString());
        Assert.True(File.Exists(Path.Combine(Site, "06-a.html")));
        Assert.False(File.Exists(Path.Combine(Site, "10-b.html")));
        Assert.Equal(["notebooks", "site"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task OnlyTheLessonsAskedForAreTaken()
    {
        Save("06-a.ipynb", "1");
        Save("10-b.ipynb", "nope");
        Assert.Equal(0, await Run(["06"]));
        Assert.Equal(["06-a.html", "index.html"], Directory.EnumerateFiles(Site).Select(Path.GetFileName).Order());
        Assert.Equal(1, await Run(["07"]));
        Assert.Contains("There is no lesson '07'", _console.ToString());
    }

    [Fact]
    public async Task AFolderThatIsNoBookIsLeftAlone()
    {
        Save("06-a.ipynb", "1");
        Directory.CreateDirectory(Site);
        File.WriteAllText(Path.Combine(Site, "thesis.txt"), "mine");
        Assert.Equal(1, await Run());
        Assert.Contains("not a book of this course", _console.ToString());
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Site, "thesis.txt")));
    }

    [Fact]
    public async Task NotebooksThatHaveRunAreNotRunAgain()
    {
        Save("06-a.ipynb", "Console.Write(Guid.NewGuid())");
        string executed = Path.Combine(_folder, "executed");
        Assert.Equal(0, await new HeadlessRun(_console, isTerminal: false) { OutputFolder = executed }
            .RunAsync([Notebooks], CancellationToken.None));
        string number = MultilineText.Read(Notebook.Load(Path.Combine(executed, "06-a.ipynb")).Cells[0].Outputs[0]!["text"]);
        Assert.Equal(0, await Run(executed: executed));
        Assert.Contains(number, File.ReadAllText(Path.Combine(Site, "06-a.html")));
    }

    [Fact]
    public async Task NotebooksThatHaveNotRunToTheirEndAreRefused()
    {
        Save("06-a.ipynb", "1");
        Assert.Equal(1, await Run(executed: Notebooks));
        Assert.Contains("06-a.ipynb was not run to its end: cell 1", _console.ToString());
        Assert.Equal(1, await Run(executed: Path.Combine(_folder, "none")));
        Assert.False(Directory.Exists(Site));
    }

    [Fact]
    public void ABookThatCannotBeWrittenLeavesTheOldOne()
    {
        SiteFolder.Replace(Site, fresh => File.WriteAllText(Path.Combine(fresh, "index.html"), "old"));
        Assert.Throws<IOException>(() => SiteFolder.Replace(Site, fresh =>
        {
            File.WriteAllText(Path.Combine(fresh, "index.html"), "half");
            throw new IOException("disk full");
        }));
        Assert.Equal("old", File.ReadAllText(Path.Combine(Site, "index.html")));
        Assert.Equal(["site"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("--timeout 0", "more than 0")]
    [InlineData("a b", "")]
    public void MistakesInTheCommandLineAreToldBeforeAnythingRuns(string line, string expected) =>
        Assert.Contains(BookCommand.Create().Parse(line).Errors, error => error.Message.Contains(expected));
}
