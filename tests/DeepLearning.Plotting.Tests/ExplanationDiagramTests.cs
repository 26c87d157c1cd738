using System.Globalization;
using System.Text.RegularExpressions;
using DeepLearning.Tests.Explaining;

namespace DeepLearning.Plotting.Tests;

public class ExplanationDiagramTests
{
    [Fact]
    public void ShowsEveryValueWeightAndGradient()
    {
        string svg = ExplanationDiagram.Draw(WorkedNets.A()).ToSvg();
        Assert.All(["i1", "h2", "o1", "E", "in 0.3775", "out 0.5933", "in 1.106", "out 0.7729", "0.2984",
            "w1 = 0.15", "grad 0.0004386", "w5 = 0.4", "grad 0.08217", "w8 = 0.55", "grad −0.02274", "b3 0.6", "grad 0.1385",
            "∂E/∂out_o1", "= 0.7414", "= −0.2171"], text => Assert.Contains(text, svg));
    }

    [Fact]
    public void HighlightsThePathsOfAWeightWithTheirFactors()
    {
        Figure figure = ExplanationDiagram.Draw(WorkedNets.A(), "w1");
        string svg = figure.ToSvg();
        Assert.All(["∂E/∂w1 = 0.0004386, the sum over 2 paths", "w1 = 0.15", "∂in_h1/∂w1", "= 0.05", "∂out/∂in = 0.2413",
            "∂in_o1/∂out_h1", "∂in_o2/∂out_h1", "∂out/∂in = 0.1868", "∂out/∂in = 0.1755"], text => Assert.Contains(text, svg));
        Assert.All(["w2 =", "w5 =", "∂in_o1/∂out_h2", "∂out/∂in = 0.2406"], text => Assert.DoesNotContain(text, svg));
    }

    [Fact]
    public void AWeightOfTheLastLayerHasOnePath()
    {
        string svg = ExplanationDiagram.Draw(WorkedNets.B(new HalfSquaredError()), "w46").ToSvg();
        Assert.Contains("∂E/∂w46 = −0.04352", svg);
        Assert.DoesNotContain("the sum over", svg);
        Assert.DoesNotContain("w56", svg);
    }

    [Fact]
    public void ABiasIsHighlightedWithinItsNeurons() =>
        Assert.Contains("∂in/∂b1 = 1", ExplanationDiagram.Draw(WorkedNets.SharedBias(), "b1").ToSvg());

    [Fact]
    public void TheWorkedNetsFitAProjectedPage()
    {
        foreach (Explanation e in new[] { WorkedNets.A(), WorkedNets.B(new HalfSquaredError()), WorkedNets.C(new MeanSquaredError()) })
        {
            string svg = ExplanationDiagram.Draw(e).ToSvg();
            Match size = Regex.Match(svg, "viewBox=\"0 0 ([0-9.]+) ([0-9.]+)\"");
            Assert.InRange(double.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture), 480, 1280);
            Assert.InRange(double.Parse(size.Groups[2].Value, CultureInfo.InvariantCulture), 220, 720);
        }
    }

    [Fact]
    public void AnUnknownParameterIsRefused() =>
        Assert.Contains("has no w99", Assert.Throws<ArgumentException>(() => ExplanationDiagram.Draw(WorkedNets.A(), "w99")).Message);
}
