using System.CommandLine.Parsing;
using DeepLearning.Course.Commands;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Tests.Notebooks;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Commands;

[Collection(SessionTest.OneAtATime)]
public sealed class RunCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly StringWriter _console = new() { NewLine = "\n" };

    public void Dispose()
    {
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        Directory.Delete(_folder, recursive: true);
    }

    private string Save(string name, params string[] code)
    {
        string path = Path.Combine(_folder, name);
        Notebook.Create().WithCode(code).Save(path);
        return path;
    }

    private Task<int> Run(string path, CancellationToken cancellation = default) => new HeadlessRun(_console, isTerminal: false)
    {
        OutputFolder = Path.Combine(_folder, "out"),
        WritesHtml = true,
    }.RunAsync([path], cancellation);

    [Fact]
    public async Task AFolderOfGoodNotebooksRunsAndIsWritten()
    {
        Save("b.ipynb", "1 + 1");
        Save("a/deep.ipynb", "var x = 5;", "x");
        Save(".ipynb_checkpoints/b.ipynb", "nope");
        Assert.Equal(0, await Run(_folder));
        string[] lines = _console.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith($"ok      {Path.Combine("a", "deep.ipynb")}  2 cells, ", lines[0]);
        Assert.StartsWith("ok      b.ipynb  1 cells, ", lines[1]);
        Assert.Equal("All 2 notebooks ran.", lines[2]);
        Assert.Equal(3, lines.Length);
        var written = Notebook.Load(Path.Combine(_folder, "out", "b.ipynb"));
        Assert.Equal("2", MultilineText.Read(written.Cells[0].Outputs[0]!["data"]!["text/plain"]));
        Assert.Contains("1 + 1", File.ReadAllText(Path.Combine(_folder, "out", "a", "..", "b.html")));
        Assert.Empty(Notebook.Load(Path.Combine(_folder, "b.ipynb")).Cells[0].Outputs);
    }

    [Fact]
    public async Task PathsAreTheCallersThoughCellsRunInTheFolderOfTheirNotebook()
    {
        Environment.CurrentDirectory = _folder;
        Save("first.ipynb", "1");
        Save("second.ipynb", "2");
        Directory.CreateDirectory(Path.Combine(_folder, "deep"));
        Save("deep/third.ipynb", "3");
        var run = new HeadlessRun(_console, isTerminal: false) { OutputFolder = "out" };
        Assert.Equal(0, await run.RunAsync([Path.Combine("deep", "third.ipynb"), "first.ipynb", "second.ipynb"], CancellationToken.None));
        Assert.Equal(3, Directory.GetFiles(Path.Combine(_folder, "out")).Length);
    }

    [Fact]
    public async Task AFailingCellIsNamedAndSetsTheExitCode()
    {
        Assert.Equal(1, await Run(Save("bad.ipynb", "var x = 0;", "var y = 1;\ny / x")));
        Assert.Contains("FAILED  bad.ipynb  cell 2, line 2: DivideByZeroException: Attempted to divide by zero.", _console.ToString());
        Assert.Contains("y / x", _console.ToString());
        Assert.True(File.Exists(Path.Combine(_folder, "out", "bad.ipynb")));
    }

    [Fact]
    public async Task AFileThatIsNoNotebookIsNamedAndTheOthersStillRun()
    {
        File.WriteAllText(Path.Combine(_folder, "a.ipynb"), "{\"cells\": [");
        Save("b.ipynb", "1");
        Assert.Equal(1, await Run(_folder));
        Assert.Contains("FAILED  a.ipynb: a.ipynb is cut off", _console.ToString());
        Assert.Contains("ok      b.ipynb", _console.ToString());
    }

    [Fact]
    public async Task APathThatIsNotThereFails()
    {
        Assert.Equal(1, await Run(Path.Combine(_folder, "none")));
        Assert.Contains("there is no such notebook", _console.ToString());
    }

    [Fact]
    public async Task StoppingEndsTheRun()
    {
        string path = Save("long.ipynb", "File.WriteAllText(\"started\", \"\"); Thread.Sleep(-1);");
        using var stop = new CancellationTokenSource();
        Task<int> run = Run(path, stop.Token);
        while (!File.Exists(Path.Combine(_folder, "started"))) await Task.Delay(10);
        await stop.CancelAsync();
        Assert.Equal(130, await run);
        Assert.EndsWith("Stopped.\n", _console.ToString());
    }

    [Theory]
    [InlineData("a.ipynb --html", "--html needs a folder")]
    [InlineData("a.ipynb --timeout 0", "more than 0")]
    [InlineData("", "")]
    public void MistakesInTheCommandLineAreToldBeforeAnythingRuns(string line, string expected)
    {
        IReadOnlyList<ParseError> errors = RunCommand.Create().Parse(line).Errors;
        Assert.Contains(errors, error => error.Message.Contains(expected));
    }

    [Fact]
    public void HelpHasADescriptionAndAnExample()
    {
        Assert.Contains("Examples:\n  course run ", RunCommand.Create().Description!.ReplaceLineEndings("\n"));
        Assert.Empty(RunCommand.Create().Parse("a.ipynb b.ipynb -o out --html --timeout 5").Errors);
    }
}
