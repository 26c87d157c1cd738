using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Tests.Scripting;

[Collection(SessionTest.OneAtATime)]
public sealed class CheckSessionTests : SessionTest
{
    [Fact]
    public async Task AResultIsShownAsTextAndAsABox()
    {
        CellResult result = await Try("""Check.Number("1. a < b", -2, 2).Hints("Look at the sign.")""");
        string text = result.Value!.Bundle["text/plain"].GetValue<string>();
        Assert.StartsWith("✗ 1. a < b: The number has the right size and the wrong sign", text);
        Assert.EndsWith("\n  Hint: Look at the sign.", text);
        string html = result.Value.Bundle["text/html"].GetValue<string>();
        Assert.Contains("<b>✗ 1. a &lt; b</b>: The number has the right size", html);
        Assert.Contains("<i>Hint:</i> Look at the sign.", html);
    }

    [Fact]
    public async Task ABookLastsForASessionAndIsItsOwn()
    {
        await Run("""Check.Number("1", 3, 1); Check.Number("2", 1, 1);""");
        Assert.Equal("2 1", await Run("""$"{Check.Results.Count} {Check.Results.Count(r => r.Passed)}" """));
        await using var other = new ScriptSession(Folder);
        CellResult count = await other.RunAsync("Check.Results.Count", new RecordedOutput());
        Assert.Equal("0", count.Value!.Bundle["text/plain"].GetValue<string>());
        Assert.Equal("0", await Run("Check.Reset(); Check.Results.Count"));
    }

    [Fact]
    public async Task AnAnswerThatNeverEndsCanBeInterrupted()
    {
        var output = new RecordedOutput();
        Task<CellResult> running =
            Session.RunAsync("""Check.Function("1", v => { Console.WriteLine("in"); while (true) { } }, v => v, 0, 1)""", output);
        await output.Shows("in");
        Session.Interrupt();
        Assert.Equal("Interrupted", (await running).Error?.Name);
    }
}
