using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Notebooks;

[Collection(OneAtATime)]
public class NotebookRunnerTests : SessionTest
{
    private static JsonObject Recorded(NotebookCell cell, int index) => cell.Outputs[index]!.AsObject();

    [Fact]
    public async Task OutputsOfEveryKindAreRecorded()
    {
        Notebook notebook = Notebook.Create().WithCode(
            "Console.WriteLine(\"a\"); Console.WriteLine(\"b\"); Console.Error.Write(\"e\"); var d = display(\"shown\"); 1 + 1",
            "d.Update(\"changed\"); for (var i = 1; i <= 3; i++) Console.Write($\"\\r{i}/3\");",
            "Figure.Line(v => v, (0, 1))",
            "");
        Assert.Null(await new NotebookRunner(Session).RunAsync(notebook));
        NotebookCell first = notebook.Cells[0];
        Assert.Equal(["stream", "stream", "display_data", "execute_result"], first.Outputs.Select(o => (string?)o!["output_type"]));
        Assert.Equal("a\nb\n", MultilineText.Read(Recorded(first, 0)["text"]));
        Assert.Equal("stderr", (string?)Recorded(first, 1)["name"]);
        Assert.Equal("changed", MultilineText.Read(Recorded(first, 2)["data"]!["text/plain"]));
        Assert.Equal("2", MultilineText.Read(Recorded(first, 3)["data"]!["text/plain"]));
        Assert.Equal(1, first.ExecutionCount);
        Assert.Equal("3/3", MultilineText.Read(Recorded(notebook.Cells[1], 0)["text"]));
        Assert.IsType<JsonObject>(Recorded(notebook.Cells[2], 0)["data"]!["application/vnd.plotly.v1+json"]);
        Assert.Empty(notebook.Cells[3].Outputs);
        var again = Notebook.Parse(notebook.ToJson(), "again");
        Assert.Equal(notebook.ToJson(), again.ToJson());
        Assert.Contains("changed", HtmlPage.Render(again, Folder, "t"));
    }

    [Fact]
    public async Task ItStopsAtTheFirstErrorAndForgetsOldOutputs()
    {
        Notebook notebook = Notebook.Create().WithCode("var x = 0;", "\n1 / x", "Console.Write(\"never\");");
        notebook.Cells[2].Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "old" });
        var steps = new List<string>();
        CellFailure? failure =
            await new NotebookRunner(Session) { Progress = p => steps.Add($"{p.Number}/{p.Count} {p.Result?.Succeeded}") }
                .RunAsync(notebook);
        Assert.Equal((2, 2, "DivideByZeroException"), (failure!.Number, failure.Error.Line, failure.Error.Name));
        Assert.Equal(["1/3 ", "1/3 True", "2/3 ", "2/3 False"], steps);
        Assert.Equal("error", (string?)Recorded(notebook.Cells[1], 0)["output_type"]);
        Assert.Empty(notebook.Cells[2].Outputs);
    }

    [Fact]
    public async Task ACellThatTakesTooLongIsStopped()
    {
        CellFailure? failure = await new NotebookRunner(Session) { CellTimeout = TimeSpan.FromSeconds(5) }
            .RunAsync(Notebook.Create().WithCode("1", "while (true) { }"));
        Assert.Equal((2, "Timeout", "The cell took longer than 5 s."), (failure!.Number, failure.Error.Name, failure.Error.Message));
    }

    [Fact]
    public void ClearedOutputGoesAtOnceOrWithTheNext()
    {
        var outputs = new JsonArray();
        var recorder = new OutputRecorder(outputs, new DisplayRegistry());
        recorder.Stream(DeepLearning.Course.Scripting.Output.StreamName.Out, "1");
        recorder.Clear(wait: true);
        Assert.Single(outputs);
        recorder.Stream(DeepLearning.Course.Scripting.Output.StreamName.Out, "2");
        Assert.Equal("2", MultilineText.Read(outputs.Single()!["text"]));
        recorder.Clear(wait: false);
        Assert.Empty(outputs);
    }

    [Fact]
    public void APageHoldsItsPicturesAndEncodesText()
    {
        File.WriteAllBytes(Path.Combine(Folder, "p.png"), [1, 2, 3]);
        var text = new NotebookCell(CellKind.Markdown, "![near](p.png) ![attached](attachment:a.png)");
        text.Json["attachments"] = new JsonObject { ["a.png"] = new JsonObject { ["image/png"] = "QUJD" } };
        var code = new NotebookCell(CellKind.Code, "a < b");
        string page = HtmlPage.Render(Notebook.Create().With(text, code), Folder, "A & B");
        Assert.Contains("src=\"data:image/png;base64,AQID\"", page);
        Assert.Contains("src=\"data:image/png;base64,QUJD\"", page);
        Assert.Contains("a &lt; b", page);
        Assert.Contains("<title>A &amp; B</title>", page);
    }
}
