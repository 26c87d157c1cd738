using System.Text.Json.Nodes;
using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Tests.Scripting;

[Collection(OneAtATime)]
public class OutputTests : SessionTest
{
    [Fact]
    public async Task StreamsAndDisplaysComeInTheirOrder()
    {
        await Run("Console.Write(1); Console.Error.Write(2); Console.WriteLine(3); display(4); Console.Write(5);");
        Assert.Equal(["Out:1", "Error:2", "Out:3\n", "display:4", "Out:5"], Output.Events);
    }

    [Fact]
    public async Task TextComesWhileTheCellRuns()
    {
        Task<CellResult> run = Session.RunAsync(
            "Console.WriteLine(\"begun\"); while (!File.Exists(\"go\")) Thread.Sleep(5); Console.Write(\"done\");", Output);
        await Output.Shows("begun");
        Assert.False(run.IsCompleted);
        Write("go", "");
        Assert.True((await run).Succeeded);
        Assert.Equal("begun\ndone", Output.Out);
    }

    [Fact]
    public async Task ManySmallWritesComeInFewPieces()
    {
        await Run("for (var i = 0; i < 10000; i++) Console.Write('x');");
        Assert.Equal(new string('x', 10000), Output.Out);
        Assert.InRange(Output.Events.Count, 1, 1000);
    }

    [Fact]
    public async Task OtherThreadsWriteToTheCellToo()
    {
        await Run("""
            var thread = new Thread(() => Console.WriteLine("thread")); thread.Start(); thread.Join();
            await Task.Run(() => Console.WriteLine("task"));
            Parallel.For(0, 100, i => Console.WriteLine($"line {i}"));
            """);
        string[] lines = Output.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["thread", "task"], lines[..2]);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"line {i}").Order(), lines[2..].Order());
    }

    [Fact]
    public async Task WhatIsWrittenBetweenCellsComesWithTheNext()
    {
        await Run("var gate = new ManualResetEventSlim(); var late = Task.Run(() => { gate.Wait(); Console.WriteLine(\"late\"); });");
        await Run("gate.Set(); await late; 1");
        Assert.Equal("late\n", Output.Out);
    }

    [Fact]
    public async Task CellsOfTwoSessionsDoNotMix()
    {
        await using var other = new DeepLearning.Course.Scripting.ScriptSession(Folder);
        var theirs = new RecordedOutput();
        Task<CellResult> run = other.RunAsync("for (var i = 0; i < 50; i++) { Console.Write('b'); await Task.Delay(1); }", theirs);
        await Run("for (var i = 0; i < 50; i++) { Console.Write('a'); await Task.Delay(1); }");
        await run;
        Assert.Equal((new string('a', 50), new string('b', 50)), (Output.Out, theirs.Out));
    }

    [Fact]
    public async Task ADisplayCanBeUpdatedAlsoFromALaterCell()
    {
        await Run("var shown = display(\"first\"); shown.Update(\"second\");");
        string? id = Output.Displays[0].Id;
        Assert.NotNull(id);
        Assert.Equal((id, "second"), (Output.Updates[0].Id, Output.Updates[0].Bundle["text/plain"].GetValue<string>()));
        await Run("shown.Update(3)");
        Assert.Equal((id, "3"), (Output.Updates[0].Id, Output.Updates[0].Bundle["text/plain"].GetValue<string>()));
    }

    [Fact]
    public async Task ValuesDisplayThemselvesInAChosenFormat()
    {
        await Run("1.5.Display(); \"a<b\".Display(\"text/html\"); \"# Title\".DisplayAs(\"text/markdown\"); HTML(\"<b>x</b>\").Display();");
        Assert.Equal("1.5", Output.Displays[0].Bundle["text/plain"].GetValue<string>());
        Assert.Equal("<pre>a&lt;b</pre>", Output.Displays[1].Bundle["text/html"].GetValue<string>());
        Assert.Equal("# Title", Output.Displays[2].Bundle["text/markdown"].GetValue<string>());
        Assert.Equal("<b>x</b>", Output.Displays[3].Bundle["text/html"].GetValue<string>());
    }

    [Fact]
    public async Task OutputCanBeCleared()
    {
        await Run("Console.Write(1); ClearOutput(); ClearOutput(wait: true);");
        Assert.Equal(["Out:1", "clear:False", "clear:True"], Output.Events);
    }

    [Fact]
    public async Task AskingForInputWhereNobodyIsThereSaysSoInsteadOfHanging()
    {
        CellResult result = await Try("Console.ReadLine()");
        Assert.Equal("The cell asks for input, and here is nobody to ask; put the value into the code instead.", result.Error?.Message);
    }

    [Fact]
    public async Task AFigureOffersPlotlyHtmlAndText()
    {
        CellResult result = await Try("Figure.Line(v => v * v, (0, 1))");
        Assert.True(result.Succeeded);
        IReadOnlyDictionary<string, JsonNode> bundle = result.Value!.Bundle;
        Assert.Equal(System.Text.Json.JsonValueKind.Object, bundle["application/vnd.plotly.v1+json"].GetValueKind());
        Assert.Contains("<div", bundle["text/html"].GetValue<string>());
        Assert.NotEmpty(bundle["text/plain"].GetValue<string>());
    }
}
