using System.Globalization;
using System.Text.Json.Nodes;
using DeepLearning.Course.Scripting.Formatters;

namespace DeepLearning.Course.Tests.Scripting;

public class FormatterTests
{
    private static string? Html(object value) =>
        ValueFormatter.Format(value).TryGetValue("text/html", out JsonNode? html) ? html.GetValue<string>() : null;

    private static string Plain(object? value) => ValueFormatter.Format(value)["text/plain"].GetValue<string>();

    [Fact]
    public void NumbersAndDatesIgnoreTheCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal("1.5", Plain(1.5));
            Assert.Equal("[ 1.5, 2.5 ]", Plain(new[] { 1.5f, 2.5f }));
            Assert.Equal("(1.5, a)", Plain((1.5, "a")));
            Assert.Equal("{ X = 1.5 }", Plain(new { X = 1.5 }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void PlainFormsReadLikeCode()
    {
        Assert.Equal("null", Plain(null));
        Assert.Equal("true", Plain(true));
        Assert.Equal("text", Plain("text"));
        Assert.Equal("Monday", Plain(DayOfWeek.Monday));
        Assert.Equal("{ a: 1, b: 2 }", Plain(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }));
        Assert.Equal("[ [ 1, 2 ], [ 3, 4 ] ]", Plain(new[,] { { 1, 2 }, { 3, 4 } }));
        Assert.Equal("Row { Name = x, Value = 2 }", Plain(new Row("x", 2)));
        Assert.Equal("InvalidOperationException: no", Plain(new InvalidOperationException("no")));
        Assert.Null(Html(3));
        Assert.Null(Html("text"));
        Assert.Null(Html(new[] { 1, 2, 3 }));
    }

    [Fact]
    public void RecordsBecomeATableWithEncodedCells()
    {
        Assert.Equal(
            $"<table><thead><tr><th{Left}>Name</th><th{Right}>Value</th></tr></thead><tbody><tr><td{Left}>a&lt;b</td><td" +
            $"{Right}>1.5</td></tr></tbody></table>",
            Html(new[] { new Row("a<b", 1.5) }));
        Assert.Contains($"<th{Right}>Item1</th>", Html(new[] { (1, 2) }));
        Assert.Contains($"<td{Left}>k</td><td{Right}>7</td>", Html(new Dictionary<string, int> { ["k"] = 7 }));
        Assert.Contains($"<tr><td{Right}>3</td><td{Right}>4</td></tr>", Html(new[,] { { 1, 2 }, { 3, 4 } }));
        Assert.Contains($"<td{Left}>X</td><td{Right}>1</td>", Html(new { X = 1 }));
    }

    [Theory]
    [InlineData("0.5", true)]
    [InlineData("−4.5 %", true)]
    [InlineData("3 ± 1", true)]
    [InlineData("1.2e-05", true)]
    [InlineData("NaN", true)]
    [InlineData("3 layers", false)]
    [InlineData("w1", false)]
    [InlineData("-", false)]
    [InlineData("", false)]
    public void NumbersThatTheCellFormattedItselfStandToTheRightToo(string text, bool isNumber) =>
        Assert.Contains($"<td{(isNumber ? Right : Left)}>{System.Net.WebUtility.HtmlEncode(text)}</td>",
            Html(new[] { new { A = text, B = 1 } }));

    [Fact]
    public void TablesShowSevenDigitsAndTheirTextIsAligned()
    {
        Row[] rows = new[] { new Row("w1", 0.00043856773447), new Row("bias", -12) };
        Assert.Contains($"<td{Right}>0.0004385677</td>", Html(rows));
        Assert.Equal("Name         Value\nw1    0.0004385677\nbias           -12", Plain(rows));
    }

    [Fact]
    public void LongTablesSayHowMuchIsLeftOut()
    {
        var rows = Enumerable.Range(0, 130).Select(i => new Row("r", i)).ToList();
        Assert.Equal(100, Html(rows)!.Split("<tr><td").Length - 1);
        Assert.EndsWith("<p>… (30 more)</p>", Html(rows));
        Assert.EndsWith(", … (20 more) ]", Plain(Enumerable.Range(0, 120).ToArray()));
    }

    [Fact]
    public void EndlessSequencesAndLoopsInDataAreCut()
    {
        static IEnumerable<int> Forever()
        {
            for (int i = 0; ; i++) yield return i;
        }

        Assert.EndsWith("99, … (more) ]", Plain(Forever()));
        var node = new Node();
        node.Next = node;
        Assert.InRange(Plain(node).Length, 1, 1000);
    }

    [Fact]
    public void TheConventionIsFoundOnTypeBaseAndInterface()
    {
        foreach (object value in (object[])[new Shown(), new Derived(), new Implementing()])
        {
            IReadOnlyDictionary<string, JsonNode> bundle = ValueFormatter.Format(value);
            Assert.Equal("<i>shown</i>", bundle["text/html"].GetValue<string>());
            Assert.Equal(7, (int)bundle["application/x.test+json"]!["n"]!);
            Assert.False(bundle.ContainsKey("text/unwanted"));
            Assert.True(bundle.ContainsKey("text/plain"));
        }
    }

    [Fact]
    public void AFormatAskedForIsTheOnlyOneNextToPlainText() =>
        Assert.Equal(["text/html", "text/plain"], ValueFormatter.Format(new Shown(), "text/html").Keys.Order());

    [Fact]
    public void AFormatterThatBreaksItsOwnFormatIsNamed() =>
        Assert.Contains("application/json", Assert.Throws<FormatException>(() => Mime.ToNode("application/json", "{")).Message);

    private const string Left = " style=\"text-align:left\"";
    private const string Right = " style=\"text-align:right\"";

    private sealed record Row(string Name, double Value);

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    [TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "application/x.test+json"])]
    private class Shown;

    private sealed class Derived : Shown;

    [TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "application/x.test+json"])]
    private interface IShown;

    private sealed class Implementing : IShown;

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
    private sealed class TypeFormatterSourceAttribute(Type source) : Attribute
    {
        public Type FormatterSourceType { get; } = source;

        public string[] PreferredMimeTypes { get; set; } = [];
    }

    private sealed class ShownFormatters
    {
        public IEnumerable<object> CreateTypeFormatters() =>
            [new Fake("text/html", "<i>shown</i>"), new Fake("application/x.test+json", "{\"n\":7}"), new Fake("text/unwanted", "no")];
    }

    private sealed class Fake(string mimeType, string text)
    {
        public string MimeType => mimeType;

        public bool Format(object value, TextWriter writer)
        {
            writer.Write(text);
            return value is not null;
        }
    }
}
