using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Tests.Scripting;

[Collection(OneAtATime)]
public class SymbolQueryTests : SessionTest
{
    private string[] Names(string code) => [.. Session.Complete(code, code.Length).Items.Select(i => i.Text)];

    [Fact]
    public async Task MembersOfAVariableOfAnEarlierCellAreOffered()
    {
        await Run("var words = new List<string> { \"a\" };");
        Assert.Contains("Add", Names("words."));
        Assert.Contains("Select", Names("words."));
        Assert.DoesNotContain("Console", Names("words."));
        Assert.Equal("Length", Names("words[0].Le")[0]);
        Assert.Contains("Length", Names("words?[0]?."));
    }

    [Fact]
    public async Task NamesInScopeKeywordsAndTypesAreOffered()
    {
        await Run("var learningRate = 0.1;");
        Completions completions = Session.Complete("1 + lear", 8);
        Assert.Equal((4, 8), (completions.Start, completions.End));
        Assert.Equal(("learningRate", "variable"), (completions.Items[0].Text, completions.Items[0].Kind));
        Assert.Contains("foreach", Names("fore"));
        Assert.Contains("Tensor", Names("Tens"));
        Assert.Contains("Sqrt", Names("Math.Sq"));
        Assert.Contains("inner", Names("void F() { var inner = 1; in"));
        Assert.DoesNotContain(Names(""), name => name.StartsWith("__"));
    }

    [Fact]
    public void NothingIsOfferedInsideTextAndComments()
    {
        Assert.Empty(Names("var s = \"Cons"));
        Assert.Empty(Names("// Cons"));
    }

    [Fact]
    public void TheLibrarysDocumentationIsShown()
    {
        Inspection? inspection = Session.Inspect("var t = Tensor.Identity(3);", 16);
        Assert.Contains("Tensor.Identity(int n)", inspection?.Signature);
        Assert.NotNull(inspection?.Summary);
        Assert.NotNull(Session.Complete("Tensor.Ident", 12).Items.Single(i => i.Text == "Identity").Summary);
    }

    [Fact]
    public void TheFrameworksDocumentationIsShownWhereTheSdkIs()
    {
        Inspection? inspection = Session.Inspect("Console.WriteLine(1)", 10);
        Assert.Contains("Console.WriteLine(", inspection?.Signature);
        Assert.Contains("overloads", inspection?.Signature);
        Assert.Contains("standard output", inspection?.Summary);
    }

    [Fact]
    public async Task ADocumentedFunctionOfTheCellIsInspected()
    {
        await Run("/// <summary>Doubles a number.</summary>\nint Twice(int v) => 2 * v;");
        Inspection? inspection = Session.Inspect("Twice(1)", 3);
        Assert.Contains("int Twice(int v)", inspection?.Signature);
        Assert.Equal("Doubles a number.", inspection?.Summary);
        Assert.Null(Session.Inspect("  + ", 1));
    }
}
