using System.Text.Json.Nodes;

namespace DeepLearning.Plotting.Tests;

public class WidthTests
{
    private const string Long = "A title of more than sixty letters, as long as a finding sometimes has to be";

    private static IEnumerable<ResolvedFigure> Everywhere(Figure figure) =>
        [FigureLayout.Resolve(figure), .. FigureLayout.Narrower(figure)];

    private static void AssertInside(ResolvedFigure resolved)
    {
        Assert.All(resolved.TitleLines,
            line => Assert.InRange(16 + TextMeasure.Width(line, Theme.TitleSize, bold: true), 0, resolved.Width));
        foreach (ResolvedPanel panel in resolved.Panels)
        {
            Assert.All(panel.TitleLines,
                line => Assert.InRange(panel.WordsX + TextMeasure.Width(line, panel.TitleSize, bold: true), 0, resolved.Width));
            foreach (ResolvedPanel right in resolved.Panels.Where(p => p.Row == panel.Row && p.Column == panel.Column + 1))
                Assert.All(panel.TitleLines,
                    line => Assert.InRange(TextMeasure.Width(line, panel.TitleSize, bold: true), 0, right.WordsX - panel.WordsX));
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void NoTitleRunsOutOfItsFigureAtAnyWidth(string name) => Assert.All(Everywhere(Samples.All[name]), AssertInside);

    [Theory]
    [InlineData(420, 420)]
    [InlineData(500, 700)]
    [InlineData(1200, 500)]
    public void ALongTitleOverAPlotOfEqualAspectIsWrapped(double width, double height)
    {
        Figure figure = Figure.Scatter([-1.0, 1], [-1.0, 1]).EqualAspect().Size(width, height).Title(Long);
        Assert.All(Everywhere(figure), AssertInside);
        ResolvedPanel panel = FigureLayout.Resolve(figure).Panels[0];
        Assert.Equal(Long, string.Join(' ', panel.TitleLines));
        Assert.Equal(width < 600, panel.TitleLines.Count > 1);
        foreach (string line in panel.TitleLines)
        {
            Assert.Contains($">{line}</text>", figure.ToSvg());
            Assert.Contains($"\\u003Cb\\u003E{line}\\u003C/b\\u003E", figure.ToJson());
        }
    }

    [Fact]
    public void TitlesOfPlotsSideBySideDoNotRunIntoOneAnother()
    {
        Figure grid = Figure.Grid(1, 3, [.. Enumerable.Range(0, 3).Select(_ => Figure.Line([1.0, 2]).Title(Long))]);
        Assert.All(Everywhere(grid), AssertInside);
    }

    [Fact]
    public void TheTopmostLineLeavesRoomForTheButtons()
    {
        foreach (Figure figure in (Figure[])[Figure.Line([1.0, 2]).Title(Long + " " + Long),
            Figure.Grid(1, 2, [Figure.Line([1.0, 2]), Figure.Line([1.0, 2])]).Title(Long + " " + Long)])
            foreach (ResolvedFigure resolved in Everywhere(figure).Where(r => r.Width >= 480))
            {
                (double x, string line) = resolved.TitleLines.Count > 0
                    ? (16, resolved.TitleLines[0])
                    : (resolved.Panels[0].WordsX, resolved.Panels[0].TitleLines[0]);
                Assert.InRange(x + TextMeasure.Width(line, Theme.TitleSize, bold: true), 0, resolved.Width - FigureLayout.ModeBar);
            }
    }

    [Theory]
    [InlineData(3, 640, 2)]
    [InlineData(3, 350, 1)]
    [InlineData(4, 960, 2)]
    [InlineData(2, 820, 2)]
    public void PlotsOfARowGoUnderOneAnotherWhereThePageIsNarrow(int plots, double width, int columns)
    {
        Figure row = Figure.Grid(1, plots, [.. Enumerable.Range(0, plots).Select(_ => Figure.Line([1.0, 2]))]);
        ResolvedFigure narrow = FigureLayout.Narrower(row).Single(r => r.Width == width);
        Assert.Equal(columns, narrow.Panels.Max(p => p.Column) + 1);
        Assert.All(narrow.Panels, p => Assert.InRange(p.Area.Width, 120, width));
        for (int i = 0; i < plots; i++)
            for (int j = 0; j < i; j++)
                Assert.False(narrow.Panels[i].Area.Overlaps(narrow.Panels[j].Area));
    }

    [Fact]
    public void NamesAtTheLinesGoAboveTheNarrowPlot()
    {
        Figure figure = Figure.Line([1.0, 2], "a rather long name of a line");
        Assert.Single(FigureLayout.Resolve(figure).Panels[0].EndLabels);
        ResolvedPanel narrow = FigureLayout.Narrower(figure).Last().Panels[0];
        Assert.Empty(narrow.EndLabels);
        Assert.Equal("a rather long name of a line", Assert.Single(Assert.Single(narrow.LegendRows)).Name);
    }

    [Theory]
    [InlineData(960)]
    [InlineData(820)]
    [InlineData(640)]
    public void ManyNamesOfOneOfSeveralPlotsGoOverAllOfThem(double width)
    {
        ResolvedFigure narrow = FigureLayout.Narrower(Samples.Race(20).Title(Long)).Single(r => r.Width == width);
        Assert.All(narrow.Panels, panel => Assert.Empty(panel.LegendRows));
        Assert.Equal(CoursePalette.Optimizers.Select(o => o.Name), narrow.LegendRows.SelectMany(row => row).Select(entry => entry.Name));
        Assert.All(narrow.LegendRows, row => Assert.InRange(row.Sum(FigureLayout.EntryWidth), 0, width - 32));
        Assert.InRange(narrow.LegendTop, 28 * narrow.TitleLines.Count, narrow.Panels.Min(p => p.TitleTop)
            - narrow.LegendRows.Count * FigureLayout.LegendLine);
        Assert.True(narrow.Panels.Min(p => p.TitleTop) < 250);
    }

    [Fact]
    public void TheJsonCarriesTheNarrowerLayouts()
    {
        Figure figure =
            Figure.Grid(1, 2, [Figure.Heatmap(new double[2, 3] { { 1, 2, 3 }, { 4, 5, 6 } }), Figure.Line([1.0, 2])]).Title(Long);
        JsonArray fits = JsonNode.Parse(figure.ToJson())!["layout"]!["meta"]!["dl"]!["fits"]!.AsArray();
        Assert.Equal([960, 820, 640, 480, 350], fits.Select(f => (double)f!["width"]!));
        Assert.All(fits, f => Assert.Equal(["title", "height", "margin", "xaxis", "yaxis", "xaxis2", "yaxis2",
            "annotations"], f!["layout"]!.AsObject().Select(p => p.Key)));
        Assert.All(fits, f => Assert.Equal("0", Assert.Single(f!["bars"]!.AsObject()).Key));
        Assert.True((double)fits[^1]!["layout"]!["height"]! > (double)fits[0]!["layout"]!["height"]!);
        Assert.Contains("<br>", (string)fits[^1]!["layout"]!["title"]!["text"]!);
    }

    [Fact]
    public void NoButtonSendsAFigureAnywhere() =>
        Assert.False((bool)JsonNode.Parse(Figure.Line([1.0, 2]).ToJson())!["config"]!["showSendToCloud"]!);

    [Fact]
    public void ADiagramFullOfNotesIsNotSqueezed()
    {
        Figure figure = Figure.Line([1.0, 2]);
        for (int i = 0; i < 12; i++)
            figure.Annotate(i / 12.0, 1.5, "note");
        Assert.All(FigureLayout.Narrower(figure), r => Assert.InRange(r.Width, 630, 900));
    }
}
