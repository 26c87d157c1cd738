namespace DeepLearning.Plotting.Tests;

public class StyleTests
{
    [Fact]
    public void TenOptimizersDifferInColourAndDashAndAllInMarker()
    {
        Assert.Equal(10, CoursePalette.Optimizers.Count);
        Assert.Equal(10, CoursePalette.Optimizers.DistinctBy(m => (m.Color, m.Dash)).Count());
        Assert.Equal(10, CoursePalette.Optimizers.DistinctBy(m => m.Marker).Count());
    }

    [Theory]
    [InlineData("train", "train")]
    [InlineData("Validation loss", "validation")]
    [InlineData("test accuracy", "test")]
    [InlineData("RMSPropNesterov", "RMSProp+Nesterov")]
    [InlineData("adamw", "AdamW")]
    [InlineData("bias²", "bias²")]
    [InlineData("total error", "total error")]
    public void WordsFindTheirMeaning(string word, string meaning) => Assert.Equal(meaning, CoursePalette.Find(word)?.Name);

    [Fact]
    public void OtherWordsHaveNone() => Assert.Null(CoursePalette.Find("elephant"));

    [Fact]
    public void SixteenCategoriesAreAllDifferent() =>
        Assert.Equal(16, Enumerable.Range(0, 16).Select(CoursePalette.Category).DistinctBy(m => (m.Color, m.Dash, m.Marker)).Count());

    [Theory]
    [InlineData(Theme.Ink)]
    [InlineData(Theme.Muted)]
    [InlineData(Theme.Blue)]
    [InlineData(Theme.Orange)]
    [InlineData(Theme.Green)]
    [InlineData(Theme.Vermillion)]
    [InlineData(Theme.Purple)]
    [InlineData(Theme.Sky)]
    [InlineData(Theme.Yellow)]
    public void TextIsLegibleOnLightAndOnDarkPaper(string color)
    {
        string text = Theme.TextShade(color);
        Assert.True(Contrast(text, "#ffffff") >= 4.5, $"{text} on white: {Contrast(text, "#ffffff"):0.0}");
        string dark = Theme.Dark.GetValueOrDefault(text, text);
        Assert.True(Contrast(dark, Theme.Dark[Theme.Paper]) >= 4.5, $"{dark} on dark: {Contrast(dark, Theme.Dark[Theme.Paper]):0.0}");
    }

    [Fact]
    public void MagnitudeScalesGrowBrighterAllTheWay()
    {
        foreach (ColorScale scale in (ColorScale[])[ColorScale.Cividis, ColorScale.Viridis])
            for (int i = 1; i <= 20; i++)
                Assert.True(Luminance(scale.Hex(i / 20.0)) > Luminance(scale.Hex((i - 1) / 20.0)));
    }

    /// <summary>Relative luminance and contrast as WCAG 2 defines them.</summary>
    private static double Luminance(string hex)
    {
        double[] c = [.. Enumerable.Range(0, 3).Select(i => Convert.ToInt32(hex.Substring(1 + 2 * i, 2), 16) / 255.0)
            .Select(v => v <= 0.03928 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))];
        return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    }

    private static double Contrast(string a, string b)
    {
        double x = Luminance(a), y = Luminance(b);
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    [Fact]
    public void InkOverAHeatMapStaysDarkOnADarkPageAndItsNameDoesNot()
    {
        Figure boundary = DecisionSurface.Draw((x, y) => 1 / (1 + Math.Exp(-x)), [(-1, 0), (1, 0.5)], [0, 1])
            .Add(new ScatterTrace([0.0], [0.0]) { Name = "you", Color = Theme.Ink })
            .Add(new LineTrace([-1.0, 1], [0.0, 0]) { Name = "line", Color = Theme.Ink });
        Assert.DoesNotContain(Theme.InkOnColors, Theme.Dark.Keys);
        Trace[] traces = [.. boundary.Panels[0].Traces];
        Assert.Equal(Theme.InkOnColors, Assert.IsType<ContourTrace>(traces[1]).LineColor);
        Assert.Equal(Theme.InkOnColors, Assert.IsType<ScatterTrace>(traces[^2]).Color);
        Assert.Equal(Theme.InkOnColors, Assert.IsType<LineTrace>(traces[^1]).Color);
        Assert.Equal([Theme.Ink, Theme.Ink], traces[^2..].Select(trace => trace.Entry!.Color));
        Assert.Equal(Theme.Ink, Theme.TextShade(Theme.InkOnColors));
        Assert.Equal(Theme.Ink,
            Assert.IsType<LineTrace>(new Figure().Add(new LineTrace([1.0], [1.0]) { Color = Theme.Ink }).Panels[0].Traces[0]).Color);
    }
}
