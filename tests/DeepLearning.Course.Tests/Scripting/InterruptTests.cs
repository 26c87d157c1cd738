using System.Diagnostics;
using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Tests.Scripting;

[Collection(SessionTest.OneAtATime)]
public class InterruptTests(ITestOutputHelper log) : SessionTest
{
    public static TheoryData<string, string> Stubborn => new()
    {
        { "tight loop", "while (true) { }" },
        { "loop without braces", "for (;;) n++;" },
        { "loop that catches everything", "while (true) try { n++; } catch { }" },
        { "sleep", "Thread.Sleep(-1);" },
        { "awaited delay", "await Task.Delay(-1);" },
        { "blocked on a task", "Task.Delay(-1).Wait();" },
        { "loop after an await", "await Task.Yield(); await Task.Delay(1); while (true) n++;" },
        { "loop in a task", "await Task.Run(() => { while (true) n++; });" },
        { "library code that watches its token",
            "Interruption.Token.WaitHandle.WaitOne(); Interruption.Token.ThrowIfCancellationRequested();" },
        { "printing", "while (true) Console.WriteLine(n++);" },
    };

    [Theory]
    [MemberData(nameof(Stubborn))]
    public async Task StopsAndKeepsState(string what, string code)
    {
        await Run("var kept = 41; long n = 0;");
        var output = new RecordedOutput();
        Task<CellResult> run = Session.RunAsync("Console.WriteLine(\"started\"); kept = 42;\n" + code, output);
        await output.Shows("started");
        var clock = Stopwatch.StartNew();
        Session.Interrupt();
        CellResult result = await run;
        log.WriteLine($"{what}: {clock.ElapsedMilliseconds} ms");
        Assert.Equal("Interrupted", result.Error?.Name);
        Assert.Equal("42", await Run("kept"));
        Assert.Equal("10", await Run("var sum = 0; for (var i = 0; i < 5; i++) sum += i; sum"));
    }

    [Theory]
    [InlineData("while (true) DeepLearning.Interruption.Token.ThrowIfCancellationRequested();")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    public async Task CompiledCodeStops(string loop)
    {
        BuildLibrary("Stubborn.dll", $"public static class Stubborn {{ public static void Loop() {{ {loop} }} }}");
        await Run("#r \"Stubborn.dll\"\nvar kept = 41;");
        var output = new RecordedOutput();
        Task<CellResult> run =
            Session.RunAsync("Console.WriteLine(\"started\"); kept = 42; Stubborn.Loop(); Console.WriteLine(\"never shown\");", output);
        await output.Shows("started");
        var clock = Stopwatch.StartNew();
        Session.Interrupt();
        Assert.Equal("Interrupted", (await run).Error?.Name);
        log.WriteLine($"{loop}: {clock.ElapsedMilliseconds} ms");
        Assert.Equal("42", await Run("kept"));
        Assert.Equal("started\n", output.Out);
    }

    [Fact]
    public async Task TheErrorNamesTheLine()
    {
        Task<CellResult> run = Session.RunAsync("Console.WriteLine(\"started\");\n\nwhile (true) { }", Output);
        await Output.Shows("started");
        Session.Interrupt();
        Assert.Equal(3, (await run).Error?.Line);
    }

    [Fact]
    public async Task CancellingTheTokenInterrupts()
    {
        using var cancel = new CancellationTokenSource();
        Task<CellResult> run = Session.RunAsync("Console.WriteLine(\"started\"); while (true) { }", Output, cancel.Token);
        await Output.Shows("started");
        await cancel.CancelAsync();
        Assert.Equal("Interrupted", (await run).Error?.Name);
    }

    [Fact]
    public async Task InterruptingAnIdleSessionDoesNothing()
    {
        await Run("1");
        Session.Interrupt();
        Assert.Equal("3", await Run("var s = 0; for (var i = 0; i < 3; i++) s += i; s"));
    }

    [Fact]
    public async Task OneSessionsInterruptLeavesAnotherRunning()
    {
        await using var other = new DeepLearning.Course.Scripting.ScriptSession(Folder);
        var output = new RecordedOutput();
        Task<CellResult> long_ = other.RunAsync(
            "Console.WriteLine(\"started\"); for (var i = 0; i < 20; i++) Thread.Sleep(10); " +
            "Interruption.Token.ThrowIfCancellationRequested(); 5",
            output);
        await output.Shows("started");
        Task<CellResult> mine = Session.RunAsync("Console.WriteLine(\"started\"); while (true) { }", Output);
        await Output.Shows("started");
        Session.Interrupt();
        Assert.Equal("Interrupted", (await mine).Error?.Name);
        Assert.True((await long_).Succeeded);
    }

    [Fact]
    public async Task EndlessRecursionIsAnError()
    {
        await Run("int Down(int n) => 1 + Down(n + 1);");
        Assert.Equal("InsufficientExecutionStackException", (await Fail("Down(0)")).Name);
    }

    [Fact]
    public async Task AThreadThatThrowsIsToldInTheCell()
    {
        await Run("var t = new Thread(() => throw new InvalidOperationException(\"boom\")); t.Start(); t.Join();");
        Assert.Contains("boom", Output.Error);
    }
}
