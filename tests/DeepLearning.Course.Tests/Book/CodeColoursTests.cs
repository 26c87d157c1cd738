using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using DeepLearning.Course.Book;

namespace DeepLearning.Course.Tests.Book;

public class CodeColoursTests
{
    [Theory]
    [InlineData("var x = 1.5e-3f;", "keyword:var number:1.5e-3f")]
    [InlineData("#load \"setup.csx\"\nx", "directive:#load \"setup.csx\"\n")]
    [InlineData("#r \"nuget: A, 1\"", "directive:#r \"nuget: A, 1\"")]
    [InlineData("$\"a{b}\" + @\"c\" + 'd'", "string:$\"a{b}\" string:@\"c\" string:'d'")]
    [InlineData("List<int> x = new Adam(y).Step();", "type:List keyword:int keyword:new type:Adam")]
    [InlineData("Tensor[] x; // why\n/* so */ Foo()", "type:Tensor comment:// why comment:/* so */")]
    public void TokensAreColoured(string code, string expected)
    {
        IHtmlDocument page = new HtmlParser().ParseDocument($"<pre>{CodeColours.ToHtml(code)}</pre>");
        Assert.Equal(expected,
            string.Join(' ', page.QuerySelectorAll("span").Select(span => $"{span.ClassName!["hl-".Length..]}:{span.TextContent}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("if (a < b && c > d) \"unfinished")]
    [InlineData("#!time\n\tx  +  y   // end")]
    [InlineData("#if NOPE\nhidden\n#endif\n1")]
    [InlineData("var s = \"\"\"\n  raw <b>\n  \"\"\";\n$$\"\"\"{{x}}\"\"\"")]
    [InlineData("déjà = 'ab' ; § ?? @class")]
    public void NothingOfTheCodeIsLost(string code) =>
        Assert.Equal(code,
            new HtmlParser().ParseDocument($"<pre>x{CodeColours.ToHtml(code)}</pre>").QuerySelector("pre")!.TextContent[1..]);
}
