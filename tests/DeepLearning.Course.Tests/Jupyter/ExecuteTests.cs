using System.Text.Json.Nodes;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>Running cells over Jupyter's protocol.</summary>
public sealed class ExecuteTests(RunningKernel kernel) : IClassFixture<RunningKernel>, IDisposable
{
    private readonly KernelClient _client = kernel.Connect();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void ACellPublishesItsOutputBetweenBusyAndIdle()
    {
        (JsonObject reply, List<Received> news) = _client.Run("Console.WriteLine(\"one\");\nConsole.Error.WriteLine(\"two\");\n6 * 7");
        Assert.Equal("ok", (string?)reply["status"]);
        Assert.Equal(["status", "execute_input", "stream", "stream", "execute_result", "status"], news.Select(n => n.Type));
        Assert.Equal(("stdout", "one\n"), ((string?)news[2].Content["name"], (string?)news[2].Content["text"]));
        Assert.Equal("stderr", (string?)news[3].Content["name"]);
        Assert.Equal("42", (string?)news[4].Content["data"]!["text/plain"]);
        Assert.Equal((int)reply["execution_count"]!, (int)news[1].Content["execution_count"]!);
        Assert.Equal((int)reply["execution_count"]!, (int)news[4].Content["execution_count"]!);
    }

    [Fact]
    public void ADisplayCanBeUpdatedAndOutputCleared()
    {
        (JsonObject _, List<Received> news) = _client.Run("var shown = display(1); shown.Update(2); ClearOutput(wait: true);");
        Assert.Equal(["display_data", "update_display_data", "clear_output"], news[2..^1].Select(n => n.Type));
        string? id = (string?)news[2].Content["transient"]!["display_id"];
        Assert.NotNull(id);
        Assert.Equal(id, (string?)news[3].Content["transient"]!["display_id"]);
        Assert.Equal("2", (string?)news[3].Content["data"]!["text/plain"]);
        Assert.True((bool)news[4].Content["wait"]!);
    }

    [Fact]
    public void AFigureComesInAllItsFormats()
    {
        (JsonObject _, List<Received> news) = _client.Run("Figure.Line(v => v * v, (0, 1))");
        JsonObject data = news.Single(n => n.Type == "execute_result").Content["data"]!.AsObject();
        Assert.IsType<JsonObject>(data["application/vnd.plotly.v1+json"]);
        Assert.StartsWith("<", ((string)data["text/html"]!).TrimStart());
    }

    [Fact]
    public void SilentCodeShowsNothingAndDoesNotCount()
    {
        int before = Count();
        (JsonObject reply, List<Received> news) = _client.Run("var quiet = 5; Console.WriteLine(1); quiet", c => c["silent"] = true);
        Assert.Equal("ok", (string?)reply["status"]);
        Assert.Equal(["status", "status"], news.Select(n => n.Type));
        (_, news) = _client.Run("quiet + 1", c => c["store_history"] = false);
        Assert.Equal("6", (string?)news.Single(n => n.Type == "execute_result").Content["data"]!["text/plain"]);
        Assert.Equal(before + 1, Count());

        int Count() => (int)_client.Run("0").Reply["execution_count"]!;
    }

    [Fact]
    public void UserExpressionsAreEvaluatedEachOnItsOwn()
    {
        (JsonObject reply, List<Received> _) =
            _client.Run("var seven = 7;", c => c["user_expressions"] = new JsonObject { ["good"] = "seven * 2", ["bad"] = "nonsense" });
        Assert.Equal("14", (string?)reply["user_expressions"]!["good"]!["data"]!["text/plain"]);
        Assert.Equal("error", (string?)reply["user_expressions"]!["bad"]!["status"]);
    }

    [Fact]
    public void AnErrorIsPublishedAndTheCellsQueuedBehindItAreAborted()
    {
        // The first cell holds the queue until the others are in it.
        string first = _client.Execute("Thread.Sleep(700); throw new InvalidOperationException(\"as asked\");");
        var others = Enumerable.Range(0, 3).Select(_ => _client.Execute("1")).ToList();
        Received reply = _client.Receive(_client.Shell);
        Assert.Equal((first, "error", "InvalidOperationException", "as asked"),
            (reply.ParentId, (string?)reply.Content["status"], (string?)reply.Content["ename"], (string?)reply.Content["evalue"]));
        Assert.Contains("line 1", reply.Content["traceback"]!.ToJsonString());
        Assert.Equal(reply.Content["traceback"]!.ToJsonString(),
            _client.NewsOf(first).Single(n => n.Type == "error").Content["traceback"]!.ToJsonString());
        foreach (string id in others)
        {
            Received aborted = _client.Receive(_client.Shell);
            Assert.Equal((id, "aborted"), (aborted.ParentId, (string?)aborted.Content["status"]));
            Assert.Equal(2, _client.NewsOf(id).Count);
        }
        Assert.Equal("ok", (string?)_client.Run("1").Reply["status"]);
    }

    [Fact]
    public void CellsGoOnAfterAnErrorThatIsNotToStopThem()
    {
        _client.Execute("Thread.Sleep(300); throw new Exception();", c => c["stop_on_error"] = false);
        _client.Execute("1");
        Assert.Equal("error", (string?)_client.Receive(_client.Shell).Content["status"]);
        Assert.Equal("ok", (string?)_client.Receive(_client.Shell).Content["status"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnEndlessLoopIsInterruptedAndVariablesStay(bool onControl)
    {
        _client.Run("var kept = 11;");
        string loop = _client.Execute("Console.WriteLine(\"looping\"); while (true) { }");
        while (_client.Next() is not { Type: "stream" }) { }
        TestPeer peer = onControl ? _client.Control : _client.Shell;
        string interrupt = _client.Send(peer, "interrupt_request", []);
        // On the shell socket either answer may come first.
        List<Received> replies = onControl
            ? [_client.Receive(_client.Shell), _client.Receive(_client.Control)]
            : [_client.Receive(_client.Shell), _client.Receive(_client.Shell)];
        Assert.Equal("Interrupted", (string?)replies.Single(r => r.ParentId == loop).Content["ename"]);
        Assert.Equal("ok", (string?)replies.Single(r => r.ParentId == interrupt).Content["status"]);
        Assert.Equal("11", Value("kept"));
    }

    [Fact]
    public void ACellReadsLinesFromTheFrontEndThatRunsIt()
    {
        using KernelClient other = kernel.Connect("two");
        string id = _client.Execute("Console.Write(\"Name? \"); var name = Console.ReadLine(); Console.WriteLine($\"Hello {name}\");");
        Received question = _client.Receive(_client.Stdin);
        Assert.Equal(("input_request", id, ""), (question.Type, question.ParentId, (string?)question.Content["prompt"]));
        other.Send(other.Stdin, "input_reply", new JsonObject { ["value"] = "nobody asked me" });
        _client.Send(_client.Stdin, "input_reply", new JsonObject { ["value"] = "Ada" });
        Assert.Equal("ok", (string?)_client.Receive(_client.Shell).Content["status"]);
        Assert.Equal("Name? Hello Ada\n", string.Concat(_client.NewsOf(id).Where(n => n.Type == "stream").Select(n => n.Content["text"])));
    }

    [Fact]
    public void WaitingForInputCanBeInterruptedAndALateAnswerIsDropped()
    {
        _client.Execute("Console.ReadLine()");
        _client.Receive(_client.Stdin);
        _client.Request("interrupt_request", [], _client.Control);
        Assert.Equal("Interrupted", (string?)_client.Receive(_client.Shell).Content["ename"]);
        _client.Send(_client.Stdin, "input_reply", new JsonObject { ["value"] = "late" });
        _client.Drain();
        string id = _client.Execute("Console.ReadLine()");
        _client.Receive(_client.Stdin);
        _client.Send(_client.Stdin, "input_reply", new JsonObject { ["value"] = "in time" });
        _client.Receive(_client.Shell);
        Assert.Equal("in time", (string?)_client.NewsOf(id).Single(n => n.Type == "execute_result").Content["data"]!["text/plain"]);
    }

    [Fact]
    public void InputWhereNobodyCanBeAskedIsAClearError()
    {
        (JsonObject reply, List<Received> _) = _client.Run("Console.ReadLine()", c => c["allow_stdin"] = false);
        Assert.Contains("asks for input", (string?)reply["evalue"]);
    }

    private string? Value(string expression) =>
        (string?)_client.Run(expression).News.Single(n => n.Type == "execute_result").Content["data"]!["text/plain"];
}
