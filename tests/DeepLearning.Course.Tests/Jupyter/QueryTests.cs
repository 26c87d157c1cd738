using System.Text.Json.Nodes;

namespace DeepLearning.Course.Tests.Jupyter;

/// <summary>Questions about code and kernel.</summary>
public sealed class QueryTests(RunningKernel kernel) : IClassFixture<RunningKernel>, IDisposable
{
    private readonly KernelClient _client = kernel.Connect();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheKernelSaysWhatItIsOnShellAndControl(bool onControl)
    {
        Received info = _client.Request("kernel_info_request", [], onControl ? _client.Control : _client.Shell);
        Assert.Equal("kernel_info_reply", info.Type);
        Assert.Equal("""{"name":"C#","version":"14.0","mimetype":"text/x-csharp","file_extension":".cs","pygments_lexer":"csharp"}""",
            info.Content["language_info"]!.ToJsonString());
    }

    [Fact]
    public void CompletionCountsCharactersAsJupyterDoes()
    {
        const string code = "var 𝛼 = \"🙂🙂\"; Math.Sqr";
        JsonObject reply = _client.Request("complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = 22 }).Content;
        Assert.Equal("Sqrt", (string?)reply["matches"]![0]);
        Assert.Equal((19, 22), ((int)reply["cursor_start"]!, (int)reply["cursor_end"]!));
        Assert.Equal("method", (string?)reply["metadata"]!["_jupyter_types_experimental"]![0]!["type"]);
    }

    [Fact]
    public void QuestionsAreAnsweredWhileACellRuns()
    {
        string cell = _client.Execute("var early = 1; while (true) { }");
        while (_client.Next() is not { Type: "execute_input" }) { }
        Assert.Equal("complete_reply",
            _client.Request("complete_request", new JsonObject { ["code"] = "Math.Sq", ["cursor_pos"] = 7 }).Type);
        _client.Request("interrupt_request", [], _client.Control);
        Assert.Equal(cell, _client.Receive(_client.Shell).ParentId);
    }

    [Fact]
    public void InspectionTellsSignatureAndSummary()
    {
        JsonObject found = _client.Request("inspect_request",
            new JsonObject { ["code"] = "Tensor.Ones(2)", ["cursor_pos"] = 9, ["detail_level"] = 0 }).Content;
        Assert.True((bool)found["found"]!);
        Assert.Contains("Tensor.Ones(", (string?)found["data"]!["text/plain"]);
        Assert.False(
            (bool)_client.Request("inspect_request", new JsonObject { ["code"] = "nothing_here", ["cursor_pos"] = 3 }).Content["found"]!);
    }

    [Theory]
    [InlineData("var x = 1;", "complete", null)]
    [InlineData("1 + 1", "complete", null)]
    [InlineData("if (true)\n{\n    if (true)\n    {", "incomplete", "        ")]
    [InlineData("var x = (1 +", "incomplete", "")]
    [InlineData("var x = );", "invalid", null)]
    [InlineData("#r \"nuget: A, 1\"\n1", "complete", null)]
    public void CodeIsCompleteIncompleteOrInvalid(string code, string status, string? indent)
    {
        JsonObject reply = _client.Request("is_complete_request", new JsonObject { ["code"] = code }).Content;
        Assert.Equal((status, indent), ((string?)reply["status"], (string?)reply["indent"]));
    }

    [Fact]
    public void ACommNobodyKnowsIsClosed()
    {
        string id = _client.Send(_client.Shell, "comm_open",
            new JsonObject { ["comm_id"] = "c1", ["target_name"] = "widget", ["data"] = new JsonObject() });
        List<Received> news = _client.NewsOf(id);
        Assert.Equal(["status", "comm_close", "status"], news.Select(n => n.Type));
        Assert.Equal("c1", (string?)news[1].Content["comm_id"]);
        _client.NewsOf(_client.Send(_client.Shell, "comm_msg", new JsonObject { ["comm_id"] = "c1", ["data"] = new JsonObject() }));
        Assert.Equal("{}", _client.Request("comm_info_request", []).Content["comms"]!.ToJsonString());
    }

    [Fact]
    public void HistoryIsKeptByLine()
    {
        _client.Run("1000 + 1");
        _client.Run("1000 + 2;");
        JsonArray tail = _client.Request("history_request",
            new JsonObject { ["hist_access_type"] = "tail", ["n"] = 2, ["output"] = true, ["raw"] = true }).Content["history"]!.AsArray();
        Assert.Equal(["[\"1000 \\u002B 1\",\"1001\"]", "[\"1000 \\u002B 2;\",null]"], tail.Select(entry => entry![2]!.ToJsonString()));
        int line = (int)tail[0]![1]!;
        JsonNode range = _client.Request("history_request",
            new JsonObject { ["hist_access_type"] = "range", ["session"] = 0, ["start"] = line, ["stop"] = line + 1 }).Content["history"]!;
        Assert.Equal("1000 + 1", (string?)range[0]![2]);
        Assert.Single(range.AsArray());
        JsonArray search = _client.Request("history_request",
            new JsonObject { ["hist_access_type"] = "search", ["pattern"] = "1000*;", ["unique"] = true }).Content["history"]!.AsArray();
        Assert.Equal("1000 + 2;", (string?)Assert.Single(search)![2]);
    }

    [Fact]
    public void ARequestWithoutWhatItNeedsIsAnsweredByAnError()
    {
        foreach (string type in new[] { "complete_request", "inspect_request", "is_complete_request", "history_request",
            "execute_request" })
        {
            Received reply = _client.Request(type, new JsonObject { ["code"] = 5, ["cursor_pos"] = "x" });
            Assert.Equal("error", (string?)reply.Content["status"]);
            Assert.Contains("needs a text", (string?)reply.Content["evalue"]);
        }
    }
}
