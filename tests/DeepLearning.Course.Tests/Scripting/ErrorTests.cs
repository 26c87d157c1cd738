using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Tests.Scripting;

[Collection(OneAtATime)]
public class ErrorTests : SessionTest
{
    [Fact]
    public async Task ACompileErrorNamesLineColumnAndSource()
    {
        CellError error = await Fail("var a = 1;\nwhile (a < 2) { a++; }\nvar b = a + missing;");
        Assert.Equal(("CS0103", 3, 13), (error.Name, error.Line, error.Column));
        Assert.Contains("'missing' does not exist", error.Message);
        Assert.Contains("(3,13): error CS0103", error.Trace[0]);
        Assert.Equal("    var b = a + missing;", error.Trace[1]);
        Assert.Equal("    " + new string(' ', 12) + "^", error.Trace[2]);
    }

    [Fact]
    public async Task ColumnsAreTheAuthorsOwnAlsoInsideGuardedLoops()
    {
        CellError error = await Fail("for (var i = 0; i < 3; i++) { var x = nope; }");
        Assert.Equal(("CS0103", 1, 39), (error.Name, error.Line, error.Column));
    }

    [Fact]
    public async Task AllCompileErrorsAreListed()
    {
        CellError error = await Fail("first;\nsecond + 1;\nint x = \"text\";");
        Assert.Contains(error.Trace, line => line.StartsWith("(1,1)"));
        Assert.Contains(error.Trace, line => line.StartsWith("(2,1)"));
        Assert.Contains(error.Trace, line => line.StartsWith("(3,9)"));
    }

    [Fact]
    public async Task ARuntimeErrorNamesItsLineAndShowsTheCode()
    {
        CellError error = await Fail("var zero = 0;\n\nvar bad = 1 / zero;");
        Assert.Equal(("DivideByZeroException", 3), (error.Name, error.Line));
        Assert.Equal("DivideByZeroException: Attempted to divide by zero.", error.Trace[0]);
        Assert.Equal("   at cell 1, line 3:  var bad = 1 / zero;", error.Trace[1]);
        Assert.Equal(2, error.Trace.Count);
    }

    [Fact]
    public async Task AnErrorInAFunctionOfAnEarlierCellShowsBothLines()
    {
        await Run("int Divide(int a, int b)\n{\n    return a / b;\n}");
        CellError error = await Fail("var x = 1;\nDivide(x, 0)");
        Assert.Equal(2, error.Line);
        Assert.Contains("Divide in cell 1, line 3", error.Trace[1]);
        Assert.Contains("cell 2, line 2", error.Trace[2]);
    }

    [Fact]
    public async Task AnErrorAfterAnAwaitNamesItsLine()
    {
        CellError error = await Fail("await Task.Delay(1);\nthrow new InvalidOperationException(\"late\");");
        Assert.Equal(("InvalidOperationException", "late", 2), (error.Name, error.Message, error.Line));
    }

    [Fact]
    public async Task FunctionsLambdasAndClassesAreNamedAsTheirAuthorNamedThem()
    {
        await Run(
            "async Task Slow()\n{\n    await Task.Yield();\n    throw new InvalidOperationException(\"s\");\n}\n" +
            "class Thing { public void Act() => throw new InvalidOperationException(\"t\"); }");
        Assert.Equal("   at Slow in cell 1, line 4:  throw new InvalidOperationException(\"s\");", (await Fail("await Slow();")).Trace[1]);
        Assert.StartsWith("   at Act in cell 1, line 6", (await Fail("new Thing().Act();")).Trace[1]);
        Assert.StartsWith("   at cell 4, line 2", (await Fail("var list = new[] { 1 };\nlist.Select(i => 1 / (i - 1)).ToList()")).Trace[1]);
        CellError error = await Fail("void Outer() { void Inner() => throw new InvalidOperationException(\"i\"); Inner(); }\nOuter();");
        Assert.Equal((1, "   at Inner in cell 5, line 1"), (error.Line, error.Trace[1].Split(":")[0]));
    }

    [Fact]
    public async Task CausesAreTold()
    {
        CellError error = await Fail("throw new InvalidOperationException(\"outer\", new ArgumentException(\"inner\"));");
        Assert.Contains("caused by ArgumentException: inner", error.Trace);
    }

    [Fact]
    public async Task FramesOfLibrariesAreKeptAndTheEnginesCut()
    {
        CellError error = await Fail("int.Parse(\"x\")");
        Assert.Contains(error.Trace, line => line.Contains("System.Int32.Parse"));
        Assert.DoesNotContain(error.Trace, line => line.Contains("DeepLearning.Course") || line.Contains("System.Threading"));
    }

    [Fact]
    public async Task AValueWhoseTextThrowsIsAnErrorOfTheCell()
    {
        await Run("class Bad { public override string ToString() => throw new NotSupportedException(\"no text\"); }");
        Assert.Equal("NotSupportedException", (await Fail("new Bad()")).Name);
    }
}
