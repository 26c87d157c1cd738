using System.Text;
using System.Text.Json.Nodes;

namespace DeepLearning.Plotting.Tests;

public class AnimationTests
{
    [Fact]
    public void RaceOfTenOptimizersStaysSmall()
    {
        Figure race = Samples.Race(steps: 200);
        Assert.Equal(60, race.Frames.Count);
        Assert.True(Encoding.UTF8.GetByteCount(race.ToJson()) < 600_000);
        Assert.True(Encoding.UTF8.GetByteCount(race.ToHtml()) < 1_500_000);
    }

    [Fact]
    public void FramesMoveOnlyHeadsAndRevealPaths()
    {
        JsonNode json = JsonNode.Parse(Samples.Race(20, 10).ToJson())!;
        JsonArray data = json["data"]!.AsArray(), frames = json["frames"]!.AsArray();
        JsonObject reveal = json["layout"]!["meta"]!["dl"]!["reveal"]!.AsObject();
        Assert.Equal(10, frames.Count);
        Assert.Equal(30, reveal.Count);
        foreach ((string trace, JsonNode? counts) in reveal)
        {
            Assert.Contains((string)data[int.Parse(trace)]!["type"]!, (string[])["scatter", "scatter3d"]);
            Assert.Equal(21, data[int.Parse(trace)]!["x"]!.AsArray().Count);
            Assert.Equal(1, (int)counts![0]!);
            Assert.Equal(21, (int)counts[9]!);
        }
        foreach (JsonNode? frame in frames)
        {
            Assert.Equal(30, frame!["traces"]!.AsArray().Count);
            Assert.Equal(30, frame["data"]!.AsArray().Count);
            Assert.All(frame["data"]!.AsArray(), d => Assert.Single(d!["x"]!.AsArray()));
            Assert.All(frame["traces"]!.AsArray(),
                t => Assert.DoesNotContain((string)data[(int)t!]!["type"]!, (string[])["surface", "contour"]));
        }
    }

    [Fact]
    public void HeadsStandAtTheEndOfTheRevealedPathInEveryPanel()
    {
        Figure race = LossSurface.Race(Samples.Bowl, (-5, 5), (-3, 3), [Samples.Path("SGD", 20, 0.5)], frames: 5);
        foreach (Frame frame in race.Frames)
        {
            TraceChange[] paths = [.. frame.Changes.Where(c => c.Reveal is not null)],
                heads = [.. frame.Changes.Where(c => c.Reveal is null)];
            Assert.Equal(3, paths.Length);
            for (int panel = 0; panel < 3; panel++)
            {
                Assert.Equal(paths[panel].Data.Xs.Last(), heads[panel].Data.Xs.Single());
                Assert.Equal(paths[panel].Data.Ys.Last(), heads[panel].Data.Ys.Single());
            }
        }
        Assert.Equal("step 0", race.Frames[0].Label);
        Assert.Equal("step 20", race.Frames[^1].Label);
    }

    [Fact]
    public void LossThatBecomesZeroLeavesTheLogPlotAtItsLowerEdge()
    {
        Figure race = LossSurface.Race(Samples.Bowl, (-5, 5), (-3, 3), [new OptimizerPath("SGD", [(-4, 2), (-1, 0), (0, 0)])]);
        Panel byStep = race.Panels[2];
        double end = byStep.Traces[0].Ys.Last();
        Assert.True(end > 0 && end < byStep.Y.Min);
    }

    [Fact]
    public void PathOnTheSurfaceIsTheTruePathUnlessItLeavesTheBox()
    {
        OptimizerPath path = new("SGD", [(-4, 2), (0, 0), (9, 0)]);
        Figure figure = LossSurface.Surface(Samples.Bowl, (-5, 5), (-3, 3), [path]);
        Path3dTrace drawn = Assert.IsType<Path3dTrace>(figure.Panels[0].Traces[1]);
        double lift = drawn.Z[1];
        Assert.InRange(lift, 0, 0.2);
        Assert.Equal(Samples.Bowl(-4, 2) + lift, drawn.Z[0], 1e-12);
        Assert.True(double.IsNaN(drawn.Z[2]));
    }

    [Fact]
    public void AnimateKeepsOnlyWhatChanges()
    {
        Figure moving = Figure.Animate(Enumerable.Range(0, 5).Select(k =>
            Figure.Grid(1, 2, [Figure.Line([0.0, k]).YAxis(min: 0, max: 5), Figure.Surface(Samples.Bowl, (-1, 1), (-1, 1))])),
            ["a", "b", "c", "d", "e"], start: 2);
        JsonNode json = JsonNode.Parse(moving.ToJson())!;
        Assert.All(json["frames"]!.AsArray(), f => Assert.Equal("[0]", f!["traces"]!.ToJsonString()));
        Assert.Equal("[0,4]", json["frames"]![4]!["data"]![0]!["y"]!.ToJsonString());
        Assert.Equal("[0,2]", json["data"]![0]!["y"]!.ToJsonString());
        Assert.Equal(2, (int)json["layout"]!["meta"]!["dl"]!["start"]!);
        Assert.Equal(["a", "b", "c", "d", "e"], json["layout"]!["sliders"]![0]!["steps"]!.AsArray().Select(s => (string)s!["label"]!));
        Assert.Equal(2, json["layout"]!["updatemenus"]![0]!["buttons"]!.AsArray().Count);
    }

    [Fact]
    public void AxesReachOverAllFrames()
    {
        Figure moving = Figure.Animate([Figure.Line([0.0, 1]), Figure.Line([0.0, 100]), Figure.Line([-50.0, 1])], start: 0);
        AxisScale y = FigureLayout.Resolve(moving).Panels[0].Y;
        Assert.True(y.Min < -50 && y.Max > 100);
    }

    [Fact]
    public void AFrameThatChangesTheLookCarriesItWhole()
    {
        Figure moving = Figure.Animate([Figure.Line([0.0, 1], color: Theme.Blue), Figure.Line([0.0, 2], color: Theme.Green)], start: 0);
        JsonNode frames = JsonNode.Parse(moving.ToJson())!["frames"]!;
        Assert.Null(frames[0]!["data"]![0]!["line"]);
        Assert.Equal(Theme.Green, (string)frames[1]!["data"]![0]!["line"]!["color"]!);
    }

    [Fact]
    public void StillPictureShowsTheStartFrame()
    {
        static Figure At(int start) =>
            Figure.Animate([Figure.Line([0.0, 1]).YAxis(min: 0, max: 5), Figure.Line([0.0, 4]).YAxis(min: 0, max: 5)], start: start);
        Assert.NotEqual(Lines(At(0)), Lines(At(1)));
        Assert.Equal(Lines(Figure.Line([0.0, 4]).YAxis(min: 0, max: 5)), Lines(At(1)));

        static string Lines(Figure f) =>
            string.Join("|", f.ToSvg().Split('\n').Where(l => l.Contains(Theme.Blue) && l.StartsWith("<path", StringComparison.Ordinal)));
    }

    [Fact]
    public void FramesThatDoNotFitAreRefused()
    {
        Figure a = Figure.Line([1, 2]), b = Figure.Scatter([1, 2], [1, 2]);
        Assert.Contains("same traces", Assert.Throws<ArgumentException>(() => Figure.Animate([a, b])).Message);
        Assert.Contains("at least two", Assert.Throws<ArgumentException>(() => Figure.Animate([a])).Message);
        Assert.Contains("labels", Assert.Throws<ArgumentException>(() => Figure.Animate([a, a], ["one"])).Message);
        Assert.Contains("0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => Figure.Animate([a, a], start: 2)).Message);
        Assert.Contains("changes trace 7", Assert.Throws<ArgumentException>(() =>
            Figure.Line([1, 2]).WithFrames([new("x", [new(7, new LineTrace([1], [1]))])])).Message);
    }
}
