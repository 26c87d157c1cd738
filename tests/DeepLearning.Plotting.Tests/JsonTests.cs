using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepLearning.Plotting.Tests;

public class JsonTests
{
    private static readonly string[] s_knownTypes = ["scatter", "bar", "box", "heatmap", "contour", "surface", "scatter3d", "image"];

    private static JsonNode Parse(Figure figure) => JsonNode.Parse(figure.ToJson())!;

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void EveryKindIsAFigureThatPlotlyKnows(string name)
    {
        JsonNode figure = Parse(Samples.All[name]);
        JsonObject layout = figure["layout"]!.AsObject();
        Assert.NotEmpty(figure["data"]!.AsArray());
        foreach (JsonNode? trace in figure["data"]!.AsArray())
        {
            Assert.Contains((string)trace!["type"]!, s_knownTypes);
            if (trace["scene"] is { } scene)
                Assert.True(layout.ContainsKey((string)scene!));
            else
            {
                Assert.True(layout.ContainsKey("xaxis" + ((string)trace["xaxis"]!)[1..]));
                Assert.True(layout.ContainsKey("yaxis" + ((string)trace["yaxis"]!)[1..]));
            }
        }
        Assert.Null(layout["paper_bgcolor"]);
        Assert.Null(layout["plot_bgcolor"]);
        foreach (JsonNode? note in layout["annotations"]!.AsArray())
            Assert.True((string)note!["xref"]! == "paper" || layout.ContainsKey("xaxis" + ((string)note["xref"]!)[1..]));
    }

    [Fact]
    public void LineCarriesItsDataNameAndLook()
    {
        JsonNode trace = Parse(Figure.Line([1, 2, 3], [0.5, double.NaN, 0.1], "validation"))["data"]![0]!;
        Assert.Equal("lines", (string)trace["mode"]!);
        Assert.Equal([1.0, 2, 3], trace["x"]!.AsArray().Select(v => (double)v!));
        Assert.Equal("[0.5,null,0.1]", trace["y"]!.ToJsonString());
        Assert.Equal("validation", (string)trace["name"]!);
        Assert.Equal(CoursePalette.Validation.Color, (string)trace["line"]!["color"]!);
        Assert.Equal("dash", (string)trace["line"]!["dash"]!);
    }

    [Fact]
    public void NumbersKeepFiveSignificantDigitsOfTheirSpread()
    {
        JsonNode trace = Parse(Figure.Line([100000.0, 100001, 100002], [0.123456789, 12.3456789, 0.000012345678]))["data"]![0]!;
        Assert.Equal([100000.0, 100001, 100002], trace["x"]!.AsArray().Select(v => (double)v!));
        Assert.Equal([0.12346, 12.346, 0.000012346], trace["y"]!.AsArray().Select(v => (double)v!));
    }

    [Fact]
    public void LogAxisHasExponentsAsItsRange()
    {
        JsonNode layout = Parse(Figure.Line([1, 2], [0.01, 100]).YAxis("loss", log: true, min: 0.001, max: 1000))["layout"]!;
        Assert.Equal("log", (string)layout["yaxis"]!["type"]!);
        Assert.Equal(-3, (double)layout["yaxis"]!["range"]![0]!, 1e-9);
        Assert.Equal(3, (double)layout["yaxis"]!["range"]![1]!, 1e-9);
        Assert.Equal("loss", (string)layout["yaxis"]!["title"]!["text"]!);
    }

    [Fact]
    public void ReversedAxisRunsFromHighToLow()
    {
        JsonNode range =
            Parse(Figure.Heatmap(new double[2, 3] { { 1, 2, 3 }, { 4, 5, 6 } }).YAxis(reversed: true))["layout"]!["yaxis"]!["range"]!;
        Assert.Equal([1.5, -0.5], range.AsArray().Select(v => (double)v!));
    }

    [Fact]
    public void EqualAspectTiesTheAxes()
    {
        JsonNode axis = Parse(Samples.All["scatter"])["layout"]!["yaxis"]!;
        Assert.Equal("x", (string)axis["scaleanchor"]!);
        Assert.Equal("domain", (string)axis["constrain"]!);
    }

    [Fact]
    public void SignedHeatmapIsCentredAtZero()
    {
        JsonNode trace = Parse(Figure.Heatmap(new double[,] { { -1, 0.5 }, { 4, 2 } }, signed: true))["data"]![0]!;
        Assert.Equal(-4, (double)trace["zmin"]!);
        Assert.Equal(4, (double)trace["zmax"]!);
    }

    [Fact]
    public void LogContourSendsLogarithmsAndTicksInTheirOwnUnits()
    {
        JsonNode trace = Parse(Figure.Contour((x, y) => Math.Pow(10, x), (0, 4), (0, 1), log: true, points: 5))["data"]![0]!;
        Assert.Equal([0.0, 1, 2, 3, 4], trace["z"]![0]!.AsArray().Select(v => Math.Round((double)v!, 4)));
        Assert.Equal(["1", "10", "100", "1000", "10000"], trace["colorbar"]!["ticktext"]!.AsArray().Select(v => (string)v!));
        Assert.True((double)trace["contours"]!["size"]! is > 0.2 and < 0.6);
    }

    [Fact]
    public void TextThatLooksLikeHtmlStaysText()
    {
        Figure figure = Figure.Line([1, 2], [1, 2], "a < b & </script>").Title("</script><b>x");
        JsonNode json = Parse(figure);
        Assert.Equal("a &lt; b &amp; &lt;/script&gt;", (string)json["data"]![0]!["name"]!);
        Assert.DoesNotContain("</script", figure.ToJson());
        string html = figure.ToHtml();
        Assert.Equal(2, html.Split("</script").Length - 1);
        Assert.DoesNotContain("<b>x", html.Replace("\\u003C", "<").Replace("&lt;", "‹"));
    }

    [Fact]
    public void SharedAxesMatchAndGridPlotsDoNotOverlap()
    {
        JsonNode layout = Parse(Figure.Grid(2, 2, Enumerable.Range(1, 4).Select(k => Figure.Line([0, k]).YAxis("y").XAxis("x")),
            sharedX: true, sharedY: true))["layout"]!;
        Assert.Equal("x", (string)layout["xaxis4"]!["matches"]!);
        Assert.Equal("y", (string)layout["yaxis4"]!["matches"]!);
        Assert.False((bool)layout["yaxis2"]!["showticklabels"]!);
        Assert.True((bool)layout["xaxis3"]!["showticklabels"]!);
        double left = (double)layout["xaxis"]!["domain"]![1]!, right = (double)layout["xaxis2"]!["domain"]![0]!;
        double low = (double)layout["yaxis3"]!["domain"]![1]!, high = (double)layout["yaxis"]!["domain"]![0]!;
        Assert.True(left < right && low < high);
        Assert.Equal((double)layout["yaxis"]!["range"]![1]!, (double)layout["yaxis4"]!["range"]![1]!);
    }

    [Fact]
    public void GroupedBarsStandSideBySide()
    {
        JsonNode data = Parse(Samples.All["bar"])["data"]!;
        Assert.Equal((double)data[0]!["offset"]! + (double)data[0]!["width"]!, (double)data[1]!["offset"]!, 1e-9);
        Assert.Equal([0.1, 0.2], data[0]!["error_y"]!["array"]!.AsArray().Select(v => (double)v!));
    }

    [Fact]
    public void FineSurfaceIsWrittenWithoutWaste()
    {
        string json = Figure.Surface((x, y) => Math.Sin(x) * y, (0, 3), (0, 3), points: 100).ToJson();
        using JsonDocument parsed = JsonDocument.Parse(json);
        Assert.Equal(100, parsed.RootElement.GetProperty("data")[0].GetProperty("z").GetArrayLength());
        Assert.True(json.Length < 100 * 100 * 11 + 5000);
    }
}
