using DeepLearning.Course.Commands;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Release;

namespace DeepLearning.Course.Tests.Commands;

public sealed class ReleaseCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly StringWriter _console = new() { NewLine = "\n" };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Solutions => Path.Combine(_folder, "solutions");

    private static NotebookCell Cell(CellKind kind, string source, params string[] tags)
    {
        var cell = new NotebookCell(kind, source);
        cell.Metadata["tags"] = new System.Text.Json.Nodes.JsonArray([.. tags.Select(tag => (System.Text.Json.Nodes.JsonNode)tag)]);
        return cell;
    }

    private static Notebook Solved()
    {
        var notebook = Notebook.Create();
        notebook.Cells.AddRange([
            Cell(CellKind.Markdown, "# 01\n[lesson 02](../02-next.ipynb), [a picture](../pictures/a.png), [far](https://example.org/../x)"),
            Cell(CellKind.Code, "#load \"../setup.csx\""),
            Cell(CellKind.Markdown, "**1.** Add.", "exercise"),
            Cell(CellKind.Code,
                "double Add(double a, double b)\n{\n    // BEGIN SOLUTION\n    // STUB: return double.NaN;\n    return a + b;\n" +
                "    // END SOLUTION\n}",
                "exercise"),
            Cell(CellKind.Markdown, "One adds.", "solution"),
            Cell(CellKind.Code, "Add(1, 2)", "solution"),
        ]);
        notebook.Cells[3].ExecutionCount = 3;
        notebook.Cells[3].Outputs.Add((System.Text.Json.Nodes.JsonNode)new System.Text.Json.Nodes.JsonObject
        {
            ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "3",
        });
        return notebook;
    }

    private string Save(Notebook notebook, string name = "01-sum.ipynb")
    {
        string path = Path.Combine(Solutions, name);
        notebook.Save(path);
        return path;
    }

    private int Run(bool check = false, string? path = null, string? output = null) =>
        ReleaseCommand.Run(path ?? Solutions, output, check, _console);

    [Fact]
    public void TheCopyHasNoSolutionNoOutputsAndTheSameIds()
    {
        Notebook solved = Solved();
        Save(solved);
        Assert.Equal(0, Run());
        var copy = Notebook.Load(Path.Combine(_folder, "01-sum.ipynb"));
        Assert.Equal(
            [
                "# 01\n[lesson 02](02-next.ipynb), [a picture](pictures/a.png), [far](https://example.org/../x)",
                "#load \"setup.csx\"",
                "**1.** Add.",
                "double Add(double a, double b)\n{\n    // your code here\n    return double.NaN;\n}",
            ], copy.Cells.Select(cell => cell.Source));
        Assert.Equal(solved.Cells.Take(4).Select(cell => cell.Id), copy.Cells.Select(cell => cell.Id));
        Assert.Empty(copy.Cells[3].Outputs);
        Assert.Null(copy.Cells[3].ExecutionCount);
        Assert.Equal(["exercise"], copy.Cells[3].Tags);
        Assert.Equal("released  01-sum.ipynb\n", _console.ToString());
    }

    [Fact]
    public void ReleasingTwiceGivesTheSameFile()
    {
        Save(Solved());
        Run();
        string first = File.ReadAllText(Path.Combine(_folder, "01-sum.ipynb"));
        Run();
        Assert.Equal(first, File.ReadAllText(Path.Combine(_folder, "01-sum.ipynb")));
        Assert.Equal(0, Run(check: true));
    }

    [Fact]
    public void TheCodeThatChecksAnExerciseIsFoldedAway()
    {
        Notebook solved = Solved();
        solved.Cells.AddRange([Cell(CellKind.Code, "Check.That(\"1\", true, \"\")", "exercise", "check"),
            Cell(CellKind.Code, "Claim.That(\"1\", true)", "check")]);
        Save(solved);
        Run();
        var copy = Notebook.Load(Path.Combine(_folder, "01-sum.ipynb"));
        Assert.Equal("""{"source_hidden":true}""", copy.Cells[4].Metadata["jupyter"]?.ToJsonString());
        Assert.Null(copy.Cells[5].Metadata["jupyter"]);
        Assert.Equal(0, Run(check: true));
    }

    [Theory]
    [InlineData("double.NaN", "0", "cell 4, line 4 is “    return 0;”, should be “    return double.NaN;”")]
    [InlineData("\"exercise\"", "\"slide\"", "cell 3 (“**1.** Add.”) has another kind, id or other metadata")]
    [InlineData("\".NET (C#)\"", "\"C#\"", "the metadata of the notebook differ")]
    public void CheckNamesTheFirstDifferenceAndWritesNothing(string written, string changed, string difference)
    {
        Save(Solved());
        Run();
        string target = Path.Combine(_folder, "01-sum.ipynb");
        string text = File.ReadAllText(target);
        File.WriteAllText(target, text = text.Replace(written, changed));
        Assert.Equal(1, Run(check: true));
        Assert.Contains($"DIFFERS   01-sum.ipynb: {difference}. To write it again: course release", _console.ToString());
        Assert.Equal(text, File.ReadAllText(target));
    }

    [Fact]
    public void CheckTellsAMissingCopyAndAMissingCell()
    {
        string path = Save(Solved());
        Assert.Equal(1, Run(check: true));
        Assert.Contains("it has not been released yet", _console.ToString());
        Run();
        var longer = Notebook.Load(path);
        longer.Cells.Add(new NotebookCell(CellKind.Markdown, "The end."));
        longer.Save(path);
        Assert.Equal(1, Run(check: true));
        Assert.Contains("cell 5 is missing: “The end.”", _console.ToString());
    }

    [Theory]
    [InlineData("// BEGIN SOLUTION\n1", "has no // END SOLUTION")]
    [InlineData("// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION", "line 2: // BEGIN SOLUTION out of place")]
    [InlineData("1\n// END SOLUTION", "line 2: // END SOLUTION out of place; there is no // BEGIN SOLUTION before it")]
    [InlineData("// STUB: 1", "line 1: // STUB: out of place")]
    [InlineData("1 + 1", "marks no solution")]
    public void AMistakeInOneNotebookLeavesAllUnwritten(string code, string message)
    {
        Save(Solved());
        var bad = Notebook.Create();
        bad.Cells.Add(new NotebookCell(CellKind.Code, code));
        Save(bad, "02-bad.ipynb");
        Assert.Equal(1, Run());
        Assert.Contains("02-bad.ipynb", _console.ToString());
        Assert.Contains(message, _console.ToString());
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void TheSourceIsNeverOverwritten()
    {
        string path = Save(Solved());
        Assert.Equal(1, Run(path: path, output: Solutions));
        Assert.Contains("over its own source", _console.ToString());
        Assert.Equal(6, Notebook.Load(path).Cells.Count);
    }

    [Fact]
    public void WhatIsNotThereIsSaid()
    {
        Assert.Equal(1, Run(path: Path.Combine(_folder, "none")));
        Assert.Contains("There is no notebook at ", _console.ToString());
    }

    [Fact]
    public void ABlankStubLineStaysBlankAndIndentationIsTheMarks() =>
        Assert.Equal("    // your code here\n    int a;\n\n        a = 1;\nend", SolutionMarks.TakeOut(
            "    // BEGIN SOLUTION\n    // STUB: int a;\n    // STUB:\n    // STUB:     a = 1;\n    x\n    // END SOLUTION\nend", "cell"));
}
