using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Tests.Scripting;

[Collection(SessionTest.OneAtATime)]
public class StateTests : SessionTest
{
    [Fact]
    public async Task CellsSeeWhatEarlierOnesDeclared()
    {
        await Run("var x = 40; int Twice(int v) => 2 * v; record Point(int X, int Y);");
        await Run("x += 2;");
        Assert.Equal("84", await Run("Twice(x)"));
        Assert.Equal("Point { X = 1, Y = 2 }", await Run("new Point(1, 2)"));
    }

    [Fact]
    public async Task ANameCanBeDeclaredAgainWithAnotherType()
    {
        await Run("var x = 1;");
        await Run("var x = \"one\";");
        Assert.Equal("3", await Run("x.Length"));
    }

    [Fact]
    public async Task UsingsOfACellLast()
    {
        await Run("using System.Text;");
        await Run("using static System.Math;\nusing Numbers = System.Collections.Generic.List<int>;");
        Assert.Equal("2", await Run("new StringBuilder(\"ab\").Length"));
        Assert.Equal("3", await Run("var n = new Numbers { 1, 2, (int)Sqrt(9) }; n[2]"));
    }

    [Fact]
    public async Task AwaitWorksAtTheTopAndKeepsState()
    {
        await Run("var x = 1; await Task.Delay(5); x++; await Task.Yield(); x++;");
        Assert.Equal("3", await Run("await Task.FromResult(x)"));
    }

    [Fact]
    public async Task BlockingOnATaskThatAwaitsDoesNotDeadlock()
    {
        await Run("async Task<int> Slow() { await Task.Delay(5); await Task.Yield(); return 7; }");
        Assert.Equal("7", await Run("Slow().Result"));
        Assert.Equal("14", await Run("await Task.Delay(1); Slow().Result + Slow().GetAwaiter().GetResult()"));
    }

    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("1.5f", "1.5")]
    [InlineData("\"text\"", "text")]
    [InlineData("(string)null", "null")]
    [InlineData("1 + 1;", null)]
    [InlineData("var y = 3;", null)]
    [InlineData("Console.Write(1)", null)]
    [InlineData("await Task.Delay(1)", null)]
    [InlineData("Task.Delay(1)", null)]
    [InlineData("Task.FromResult(5)", "5")]
    [InlineData("", null)]
    [InlineData("// nothing", null)]
    public async Task TheLastExpressionIsTheValue(string code, string? expected)
    {
        if (code == "1 + 1;") code = "var z = 1 + 1;";
        Assert.Equal(expected, await Run(code));
    }

    [Fact]
    public async Task WhatACellDidBeforeItFailedIsKept()
    {
        await Run("var x = 1;");
        await Fail("x = 2; var made = 5; throw new InvalidOperationException(\"no\");");
        Assert.Equal("2", await Run("x"));
        Assert.Equal("5", await Run("made"));
    }

    [Fact]
    public async Task ACellThatDoesNotCompileChangesNothing()
    {
        await Run("var x = 1;");
        await Fail("x = 2; var made = undefined;");
        Assert.Equal("1", await Run("x"));
        await Fail("made");
    }

    [Fact]
    public async Task TheLibraryIsThereFromTheStart()
    {
        Assert.Equal("false", await Run("Interruption.Token.IsCancellationRequested"));
        Assert.Equal("2", await Run("MathNet.Numerics.Combinatorics.Permutations(2)"));
        Assert.Equal("3", await Run("System.Numerics.Tensors.TensorPrimitives.Sum([1f, 2f])"));
    }

    [Fact]
    public async Task ExecutionCountsUpAlsoOverErrors()
    {
        Assert.Equal(1, (await Try("1")).ExecutionCount);
        Assert.Equal(2, (await Try("nope")).ExecutionCount);
        Assert.Equal(3, (await Try("1")).ExecutionCount);
    }

    [Fact]
    public async Task CellsQueue()
    {
        Task<CellResult> first = Session.RunAsync("var x = 1; await Task.Delay(50); x = 2;", Output);
        Task<CellResult> second = Session.RunAsync("x", Output);
        await first;
        Assert.Equal("2", (await second).Value?.Bundle["text/plain"].GetValue<string>());
    }

    [Fact]
    public async Task FilesAreFoundFromTheNotebooksFolder()
    {
        Write("data/numbers.txt", "12");
        Assert.Equal("12", await Run("File.ReadAllText(\"data/numbers.txt\")"));
    }

    [Fact]
    public async Task SessionsDoNotSeeEachOther()
    {
        await Run("var x = 1;");
        await using var other = new DeepLearning.Course.Scripting.ScriptSession(Folder);
        CellResult result = await other.RunAsync("x", new RecordedOutput());
        Assert.Equal("CS0103", result.Error?.Name);
    }
}
