using System.Xml.Linq;

namespace DeepLearning.Plotting.Tests;

public class SvgTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private static List<string> Texts(Figure figure) =>
        [.. XDocument.Parse(figure.ToSvg()).Descendants(s_svg + "text").Select(t => t.Value)];

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void EveryKindIsWellFormedAndFinite(string name)
    {
        string svg = Samples.All[name].ToSvg();
        XDocument document = XDocument.Parse(svg);
        Assert.NotEmpty(document.Descendants(s_svg + "path").Concat(document.Descendants(s_svg + "image")));
        Assert.DoesNotContain("NaN", svg[svg.IndexOf("<g class", StringComparison.Ordinal)..]);
        Assert.DoesNotContain("Infinity", svg);
        Assert.DoesNotContain("http", svg.Replace(s_svg.NamespaceName, ""));
    }

    [Fact]
    public void AllWordsAreThere()
    {
        List<string> texts = Texts(Samples.All["line"]);
        foreach (string word in (string[])["Loss falls", "epoch", "loss L", "train", "validation", "0.1"])
            Assert.Contains(word, texts);
        Assert.Contains("elephant", Texts(Samples.All["decision"]));
        Assert.Contains("minimum", Texts(Samples.All["loss contour"]));
        Assert.Contains("best: epoch 2", Texts(Samples.All["training"]));
        Assert.Contains("w₁", Texts(Samples.All["surface"]));
        foreach (Meaning optimizer in CoursePalette.Optimizers)
            Assert.Contains(optimizer.Name, Texts(Samples.All["race"]));
    }

    [Fact]
    public void TheSameFigureIsTheSameText()
    {
        static Figure Make(double top) => Figure.Line([0, top], name: "train");
        Assert.Equal(Make(1).ToHtml(), Make(1).ToHtml());
        Assert.NotEqual(Clip(Make(1)), Clip(Make(2)));

        static string Clip(Figure f) => (string)XDocument.Parse(f.ToSvg()).Descendants(s_svg + "clipPath").Single().Attribute("id")!;
    }

    [Fact]
    public void ALineIsDrawnThroughItsPointsAndBrokenAtGaps()
    {
        XDocument document = XDocument.Parse(Figure.Line([0, 1, 2, 3, 4], [0, 1, double.NaN, 1, 0]).ToSvg());
        string path = (string)document.Descendants(s_svg + "path")
            .Single(p => (string?)p.Attribute("stroke") == Theme.Blue).Attribute("d")!;
        Assert.Equal(2, path.Count(c => c == 'M'));
        Assert.Equal(2, path.Count(c => c == 'L'));
    }

    [Fact]
    public void BarsOfDoubleHeightAreTwiceAsHigh()
    {
        XDocument document = XDocument.Parse(Figure.Bar(["a", "b"], [1.0, 2]).ToSvg());
        double[] heights = [.. document.Descendants(s_svg + "rect").Where(r => (string?)r.Attribute("fill") == Theme.Blue)
            .Select(r => (double)r.Attribute("height")!)];
        Assert.Equal(2, heights.Length);
        Assert.Equal(2, heights[1] / heights[0], 0.01);
    }

    [Fact]
    public void EqualAspectKeepsCirclesRound()
    {
        Figure figure = Figure.Scatter([0, 4], [0, 1]).EqualAspect().Size(700, 500);
        ResolvedPanel panel = FigureLayout.Resolve(figure).Panels[0];
        Assert.Equal(panel.Area.Width / (panel.X.Max - panel.X.Min), panel.Area.Height / (panel.Y.Max - panel.Y.Min), 1e-9);
    }

    [Fact]
    public void DarkColoursAreInTheStyleAndEveryThemeColourHasText()
    {
        string svg = Samples.All["line"].ToSvg();
        Assert.Contains("prefers-color-scheme:dark", svg);
        Assert.Contains("[data-theme=dark]", svg);
        foreach (string dark in Theme.Dark.Values)
            Assert.Contains(dark, svg);
    }

    [Fact]
    public void NamesAtLineEndsDoNotCollide()
    {
        var figure = new Figure();
        for (int i = 0; i < 10; i++)
            figure.AddLine([0.0, 1], [0.5, 0.001 * i], CoursePalette.Optimizers[i].Name);
        ResolvedPanel panel = FigureLayout.Resolve(figure).Panels[0];
        double[] y = [.. panel.EndLabels.Select(l => panel.Area.Bottom - panel.Y.Share(l.Y) * panel.Area.Height + l.Down).Order()];
        Assert.Equal(10, y.Length);
        for (int i = 1; i < y.Length; i++)
            Assert.True(y[i] - y[i - 1] >= 19.9);
        Assert.True(y[0] >= panel.Area.Y && y[^1] <= panel.Area.Bottom);
    }

    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(3, 2, 1)]
    [InlineData(4, 2, 1)]
    public void LabelsOfWorkedNetworksDoNotCoverEachOther(int inputs, int hidden, int outputs)
    {
        Figure figure = Samples.Network(inputs, hidden, outputs);
        ResolvedPanel panel = FigureLayout.Resolve(figure).Panels[0];
        double perUnit = panel.Area.Width / (panel.X.Max - panel.X.Min);
        Rect[] boxes = [.. panel.Panel.Annotations.Where(a => a.Boxed).Select(a =>
        {
            double w = 0.9 * TextMeasure.Width(a.Text, a.Size), h = 0.9 * a.Text.Split('\n').Length * a.Size * 1.25;
            return new Rect(perUnit * a.X - w / 2, perUnit * a.Y + a.ShiftY - h / 2, w, h);
        })];
        Assert.True(boxes.Length > 10);
        for (int i = 0; i < boxes.Length; i++)
            for (int j = i + 1; j < boxes.Length; j++)
                Assert.False(boxes[i].Overlaps(boxes[j]),
                    $"{panel.Panel.Annotations.Where(a => a.Boxed).ElementAt(i).Text} " +
                    $"covers {panel.Panel.Annotations.Where(a => a.Boxed).ElementAt(j).Text}");
    }
}
