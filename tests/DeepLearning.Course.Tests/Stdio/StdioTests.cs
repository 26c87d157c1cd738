using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Tests.Stdio;

/// <summary>The engine as a process of its own, spoken to over standard input and output.</summary>
public class StdioTests
{
    private static string? Value(EngineProcess engine) =>
        MultilineText.Read(engine.Received.Last(message => (string?)message["type"] == "output")["output"]!["data"]!["text/plain"]);

    [Fact]
    public async Task CellsRunAndWhatTheyShowComesInOrder()
    {
        await using var engine = new EngineProcess();
        Assert.Equal(1, (int?)(await engine.WaitForAsync("hello"))["protocol"]);
        JsonObject done =
            await engine.RunAsync("a", "var x = 20; Console.WriteLine(\"grüße\\nto all\"); Console.Error.WriteLine(\"careful\"); x");
        Assert.Null(done["error"]);
        Assert.Equal(1, (int?)done["executionCount"]);
        Assert.Equal("grüße\nto all\ncareful\n", engine.StreamOf("a"));
        Assert.Equal("20", Value(engine));
        string[] types = [.. engine.Received.Where(message => (string?)message["cell"] == "a").Select(message => (string)message["type"]!)];
        Assert.Equal(["queued", "started", "stream", "stream", "output", "done"], types);

        await engine.RunAsync("b", "x * 2");
        Assert.Equal("40", Value(engine));
    }

    [Fact]
    public async Task DisplaysAreUpdatedByTheirIdAndOutputIsCleared()
    {
        await using var engine = new EngineProcess();
        await engine.RunAsync("a", "var shown = display(\"one\");");
        JsonNode output = engine.Received.Last(message => (string?)message["type"] == "output")["output"]!;
        await engine.RunAsync("b", "shown.Update(\"two\"); ClearOutput(wait: true);");
        JsonObject update = Assert.Single(engine.Received, message => (string?)message["type"] == "update");
        Assert.Equal((string?)output["transient"]!["display_id"], (string?)update["display"]);
        Assert.Equal("two", MultilineText.Read(update["data"]!["text/plain"]));
        Assert.True((bool?)Assert.Single(engine.Received, message => (string?)message["type"] == "clear")["wait"]);
    }

    [Fact]
    public async Task ErrorsNameTheirLineAndWhatWaitsIsSkipped()
    {
        await using var engine = new EngineProcess();
        engine.Send(new { type = "run", cell = "a", code = "// first\nint y = \"text\";" });
        engine.Send(new { type = "run", cell = "b", code = "1" });
        JsonObject done = await engine.WaitForAsync("done", "a");
        Assert.Equal("CS0029", (string?)done["error"]!["name"]);
        Assert.Equal(2, (int?)done["error"]!["line"]);
        Assert.Equal(9, (int?)done["error"]!["column"]);
        await engine.WaitForAsync("skipped", "b");
    }

    [Fact]
    public async Task NamesAreCompletedAndLoopsInterruptedWhileACellRuns()
    {
        await using var engine = new EngineProcess();
        await engine.RunAsync("a", "var learningRate = 0.1;");
        engine.Send(new { type = "run", cell = "b", code = "Console.WriteLine(\"in\"); while (true) { }" });
        await engine.WaitForAsync("stream", "b");
        engine.Send(new { type = "complete", id = 1, code = "learn", position = 5 });
        engine.Send(new { type = "inspect", id = 2, code = "learningRate", position = 3 });
        JsonObject found = await engine.WaitForAsync("completions", id: 1);
        Assert.Equal("learningRate", (string?)found["items"]![0]!["text"]);
        Assert.Equal((0, 5), ((int)found["start"]!, (int)found["end"]!));
        JsonObject inspection = engine.Received.FirstOrDefault(message => (string?)message["type"] == "inspection")
            ?? await engine.WaitForAsync("inspection", id: 2);
        Assert.Contains("double", (string?)inspection["found"]!["signature"]);
        Assert.DoesNotContain(engine.Received, message => (string?)message["type"] == "done" && (string?)message["cell"] == "b");

        engine.Send(new { type = "interrupt" });
        Assert.Equal("Interrupted", (string?)(await engine.WaitForAsync("done", "b"))["error"]!["name"]);
        await engine.RunAsync("c", "learningRate");
        Assert.Equal("0.1", Value(engine));
    }

    [Fact]
    public async Task RestartForgetsEverything()
    {
        await using var engine = new EngineProcess();
        await engine.RunAsync("a", "var kept = 7;");
        engine.Send(new { type = "restart" });
        JsonObject done = await engine.RunAsync("b", "kept");
        Assert.Equal("CS0103", (string?)done["error"]!["name"]);
        Assert.Equal(1, (int?)done["executionCount"]);
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("[1, 2]")]
    [InlineData("{\"type\":\"run\",\"cell\":\"a\"}")]
    [InlineData("{\"type\":\"run\",\"cell\":1,\"code\":\"1\"}")]
    [InlineData("{\"type\":\"fly\"}")]
    [InlineData("{\"type\":\"run\",\"type\":\"run\"}")]
    [InlineData("{\"cell\":\"a\"}")]
    [InlineData("\u0000\u0001")]
    public async Task MalformedMessagesAreAnsweredAndTheEngineLivesOn(string line)
    {
        await using var engine = new EngineProcess();
        engine.SendLine(line);
        Assert.Contains("dropped", (string?)(await engine.WaitForAsync("problem"))["message"]);
        engine.Send(new { type = "complete", id = 7, code = "", position = 12 });
        Assert.Contains("position", (string?)(await engine.WaitForAsync("completions", id: 7))["problem"]);
        await engine.RunAsync("a", "1 + 1");
        Assert.Equal("2", Value(engine));
    }

    [Fact]
    public async Task MessagesTooLongAreAnsweredAndTheEngineLivesOn()
    {
        await using var engine = new EngineProcess();
        engine.SendLine(new string('x', 9 * 1024 * 1024));
        Assert.Contains("at most", (string?)(await engine.WaitForAsync("problem"))["message"]);
        engine.SendLine("");
        await engine.RunAsync("a", "1 + 1");
        Assert.Equal("2", Value(engine));
    }

    [Fact]
    public async Task TheEndOfTheInputEndsTheProcessWhateverRuns()
    {
        await using var engine = new EngineProcess();
        engine.Send(new { type = "run", cell = "a", code = "Console.WriteLine(\"in\"); while (true) { }" });
        await engine.WaitForAsync("stream", "a");
        engine.CloseInput();
        Assert.Equal(0, await engine.WaitForEndAsync());
    }

    [Fact]
    public async Task ShutdownEndsTheProcessAfterTheAnswersOwed()
    {
        await using var engine = new EngineProcess();
        engine.Send(new { type = "complete", id = 1, code = "Math.Sq", position = 7 });
        engine.Send(new { type = "shutdown" });
        Assert.Equal(0, await engine.WaitForEndAsync());
        Assert.Contains(engine.Received,
            message => (string?)message["type"] == "completions" && (string?)message["items"]![0]!["text"] == "Sqrt");
    }

    [Fact]
    public async Task WhatThreadsOutsideCellsPrintStaysOutOfTheMessages()
    {
        await using var engine = new EngineProcess();
        await engine.RunAsync("a",
            "using (ExecutionContext.SuppressFlow()) { var t = new Thread(() => Console.WriteLine(\"stray\")); t.Start(); t.Join(); }");
        engine.Send(new { type = "shutdown" });
        Assert.Equal(0, await engine.WaitForEndAsync());
    }
}
