using System.Net.WebSockets;
using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Page;

[Collection(SessionTest.OneAtATime)]
public class LessonTests
{
    [Fact]
    public async Task CellRunsAndItsStreamsAndValueComeInOrder()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("01-a.ipynb", "# 01 · A title",
            "var x = 20;\nConsole.WriteLine(\"hello\");\nConsole.Error.WriteLine(\"careful\");\nx + 1", "x * 2");
        using LessonClient lesson = await LessonClient.OpenAsync(course, "01-a.ipynb");
        JsonObject notebook = await lesson.WaitForAsync("notebook");
        Assert.Equal("A title", (string?)notebook["title"]);
        Assert.Contains("A title</h1>", (string?)notebook["cells"]![0]!["html"]);

        await lesson.SendAsync(new { type = "run", cell = "c1", code = (string?)notebook["cells"]![1]!["source"] });
        JsonObject done = await lesson.WaitForAsync("done", "c1");
        Assert.Equal(1, (int?)done["executionCount"]);
        Assert.Null(done["error"]);
        Assert.Contains("hello", lesson.StreamOf("c1"));
        Assert.Contains("careful", lesson.StreamOf("c1"));
        JsonObject result = Assert.Single(lesson.Received, message => (string?)message["type"] == "output")["output"]!.AsObject();
        Assert.Equal("execute_result", (string?)result["output_type"]);
        Assert.Equal("21", MultilineText.Read(result["data"]!["text/plain"]));

        await lesson.SendAsync(new { type = "run", cell = "c2", code = "x * 2" });
        await lesson.WaitForAsync("done", "c2");
        Assert.Equal("40",
            MultilineText.Read(lesson.Received.Last(message => (string?)message["type"] == "output")["output"]!["data"]!["text/plain"]));
    }

    [Fact]
    public async Task StreamComesWhileTheCellStillRuns()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("01-a.ipynb", "1");
        using LessonClient lesson = await LessonClient.OpenAsync(course, "01-a.ipynb");
        await lesson.SendAsync(new { type = "run", cell = "c0", code = "Console.WriteLine(\"first\"); while (true) { }" });
        await lesson.WaitForAsync("stream", "c0");
        Assert.DoesNotContain(lesson.Received, message => (string?)message["type"] == "done");
        await lesson.SendAsync(new { type = "interrupt" });
        await lesson.WaitForAsync("done", "c0");
    }

    [Fact]
    public async Task InterruptStopsALoopKeepsTheStateAndSkipsWhatWaits()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("01-a.ipynb", "var kept = 7;", "while (true) { }", "kept + 1");
        using LessonClient lesson = await LessonClient.OpenAsync(course, "01-a.ipynb");
        await lesson.SendAsync(new { type = "run", cell = "c0", code = "var kept = 7;" });
        await lesson.WaitForAsync("done", "c0");
        await lesson.SendAsync(new { type = "run", cell = "c1", code = "while (true) { }" });
        await lesson.SendAsync(new { type = "run", cell = "c2", code = "kept = 0;" });
        await lesson.WaitForAsync("started", "c1");
        await lesson.SendAsync(new { type = "interrupt" });
        Assert.NotNull((await lesson.WaitForAsync("done", "c1"))["error"]);
        await lesson.WaitForAsync("skipped", "c2");

        await lesson.SendAsync(new { type = "run", cell = "c2", code = "kept + 1" });
        await lesson.WaitForAsync("done", "c2");
        Assert.Equal("8",
            MultilineText.Read(lesson.Received.Last(message => (string?)message["type"] == "output")["output"]!["data"]!["text/plain"]));
    }

    [Fact]
    public async Task FailingCellNamesItsLineAndSkipsTheRestOfRunAll()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("01-a.ipynb", "1", "2");
        using LessonClient lesson = await LessonClient.OpenAsync(course, "01-a.ipynb");
        await lesson.SendAsync(new { type = "run", cell = "c0", code = "// one\nint y = \"text\";" });
        await lesson.SendAsync(new { type = "run", cell = "c1", code = "2" });
        JsonObject done = await lesson.WaitForAsync("done", "c0");
        Assert.Equal(2, (int?)done["error"]!["line"]);
        await lesson.WaitForAsync("skipped", "c1");
    }

    [Fact]
    public async Task RestartForgetsVariables()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("01-a.ipynb", "1");
        using LessonClient lesson = await LessonClient.OpenAsync(course, "01-a.ipynb");
        await lesson.SendAsync(new { type = "run", cell = "c0", code = "var x = 1;" });
        await lesson.WaitForAsync("done", "c0");
        await lesson.SendAsync(new { type = "restart" });
        await lesson.SendAsync(new { type = "run", cell = "c0", code = "x" });
        JsonObject done = await lesson.WaitForAsync("done", "c0");
        Assert.Equal("CS0103", (string?)done["error"]!["name"]);
        Assert.Equal(1, (int?)done["executionCount"]);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"fly"}""")]
    [InlineData("""{"type":"run","cell":"c0"}""")]
    [InlineData("""{"type":"run","cell":7,"code":"1"}""")]
    [InlineData("""{"type":"run","type":"run","cell":"c0","code":"1"}""")]
    [InlineData("""{"type":"save","cells":"all"}""")]
    [InlineData("""{"type":"save","cells":[1],"overwrite":true}""")]
    [InlineData("""{"type":"save","cells":[{"id":{},"source":"x"}],"overwrite":true}""")]
    public async Task MalformedMessageIsDroppedWithASentenceAndTheSessionLivesOn(string text)
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        string file = course.Write("01-a.ipynb", "1");
        string before = File.ReadAllText(file);
        using LessonClient lesson = await LessonClient.OpenAsync(course, "01-a.ipynb");
        await lesson.SendTextAsync(text);
        Assert.StartsWith("A message could not be read and was dropped: ", (string?)(await lesson.WaitForAsync("problem"))["message"]);
        await lesson.SendAsync(new { type = "render", source = "*still here*", id = 9 });
        Assert.Contains("<em>still here</em>", (string?)(await lesson.WaitForAsync("rendered", id: 9))["html"]);
        Assert.Equal(before, File.ReadAllText(file));
    }

    [Fact]
    public async Task EnormousMessageEndsTheConnectionAndNotTheServer()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("01-a.ipynb", "1");
        using (LessonClient lesson = await LessonClient.OpenAsync(course, "01-a.ipynb"))
        {
            Task send = lesson.SendTextAsync(new string('x', 9 * 1024 * 1024));
            Assert.Equal(WebSocketCloseStatus.MessageTooBig, await lesson.WaitForCloseAsync());
            await send.ContinueWith(_ => { });
        }
        using LessonClient again = await LessonClient.OpenAsync(course, "01-a.ipynb");
        await again.WaitForAsync("notebook");
    }

    [Fact]
    public async Task CompletionAndInspectionAnswerWhileACellRuns()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("01-a.ipynb", "1");
        using LessonClient lesson = await LessonClient.OpenAsync(course, "01-a.ipynb");
        await lesson.SendAsync(new { type = "run", cell = "c0", code = "while (true) { }" });
        await lesson.WaitForAsync("started", "c0");
        await lesson.SendAsync(new { type = "complete", code = "Math.Sq", position = 7, id = 1 });
        JsonObject found = await lesson.WaitForAsync("completions", id: 1);
        Assert.Contains(found["items"]!.AsArray(), item => (string?)item!["text"] == "Sqrt");
        await lesson.SendAsync(new { type = "inspect", code = "Math.Sqrt(2)", position = 6, id = 2 });
        Assert.Contains("Sqrt", (string?)(await lesson.WaitForAsync("inspection", id: 2))["found"]!["signature"]);
        await lesson.SendAsync(new { type = "complete", code = "x", position = 99, id = 3 });
        Assert.NotNull((await lesson.WaitForAsync("completions", id: 3))["problem"]);
    }

    [Fact]
    public async Task ProgressLineThatOverwritesItselfIsKeptAsItStands()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        string file = course.Write("01-a.ipynb", "1");
        using LessonClient lesson = await LessonClient.OpenAsync(course, "01-a.ipynb");
        JsonObject notebook = await lesson.WaitForAsync("notebook");
        await lesson.SendAsync(new { type = "run", cell = "c0", code = "for (var i = 0; i <= 100; i++) Console.Write($\"\\r{i} %\");" });
        await lesson.WaitForAsync("done", "c0");
        await lesson.SendAsync(new { type = "save", id = 1, cells = new[] { new { id = "c0", type = "code", source = "1" } },
            version = (string?)notebook["version"], keepOutputs = true });
        await lesson.WaitForAsync("saved", id: 1);
        Assert.Equal("100 %", MultilineText.Read(Notebook.Load(file).Cells[0].Outputs[0]!["text"]));
    }

    [Fact]
    public async Task BrokenNotebookIsExplained()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        File.WriteAllText(Path.Combine(course.Folder, "01-broken.ipynb"), "{ \"cells\": [");
        using LessonClient lesson = await LessonClient.OpenAsync(course, "01-broken.ipynb");
        Assert.Contains("01-broken.ipynb", (string?)(await lesson.WaitForAsync("unreadable"))["message"]);
    }
}
