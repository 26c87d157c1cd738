namespace DeepLearning.Plotting.Tests;

public class ValidationTests
{
    public static TheoryData<Action, string> Wrong => new()
    {
        { () => Figure.Line([1, 2], [1, 2, 3]), "2 x and 3 y" },
        { () => Figure.Line(Array.Empty<double>()), "has no points" },
        { () => Figure.Line([1, 2], [1, -2], "loss").YAxis(log: true).ToJson(), "line 'loss' has the value -2" },
        { () => Figure.Line([0, 1], [1, 2]).XAxis(log: true).ToSvg(), "x axis is logarithmic" },
        { () => Figure.Line([1, 2]).YAxis(min: 3, max: 2).ToJson(), "Min below Max" },
        { () => Figure.Line(Math.Sin, (2, 1)), "smaller to a larger" },
        { () => Figure.Heatmap(new double[0, 0]), "empty array" },
        { () => Figure.Heatmap(new double[2, 2], x: [1, 2, 3]), "3 x and 2 y" },
        { () => Figure.Surface((x, y) => double.NaN, (0, 1), (0, 1)), "no finite value" },
        { () => Figure.Contour((x, y) => double.NaN, (0, 1), (0, 1)), "no finite value" },
        { () => Figure.Histogram([double.NaN]), "at least one finite value" },
        { () => Figure.Histogram([1.0], bins: 0), "at least one bin" },
        { () => Figure.Box(("x", (double[])[])), "at least one finite value" },
        { () => Figure.Bar(["a"], [1, 2]), "1 labels and 2 heights" },
        { () => Figure.Grid(1, 1, [Figure.Line([1, 2]), Figure.Line([1, 2])]), "holds 1 to 1 figures, got 2" },
        { () => Figure.Grid(1, 2, [Figure.Line([1, 2]), Figure.Line([1, 2])]).AddLine([1, 2]), "is a grid" },
        { () => Figure.Surface((x, y) => x, (0, 1), (0, 1)).AddLine([1, 2]).ToJson(), "either flat or 3-D" },
        { () => Figure.Line([1, 2]).EqualAspect().YAxis(log: true).ToJson(), "two linear axes" },
        { () => Figure.Line([1, 2]).Size(5, 5), "100 to 10000" },
        { () => new Figure().AddRuns([1, 2], []), "at least one run" },
        { () => new Figure().AddBand([1.0, 2], [1.0, double.NaN], [2.0, 3]), "finite" },
        { () => new OptimizerPath("SGD", []), "no points" },
        { () => new OptimizerPath("SGD", [(1, 1)], [1, 2]), "1 points and 2 losses" },
        { () => LossSurface.Race(Samples.Bowl, (0, 1), (0, 1), []), "at least one path" },
        { () => DecisionSurface.Draw((x, y) => x, [(1, 1)], [2]), "DrawClasses" },
        { () => DecisionSurface.Draw((x, y) => x, [(1, 1)], [0, 1]), "1 points and 2 labels" },
        { () => TrainingCurves.Draw([1, 2], bestEpoch: 3), "one of 1 to 2" },
        { () => GradientByLayer.Draw(["1"], ("a", [1.0, 2])), "2 gradient sizes for 1 layers" },
        { () => ImageGrid.Draw([[1.0, 2]], 2, 2, 1, 1), "needs 4 values, image 0 has 2" },
        { () => VectorField.Draw((x, y) => (0, 0), (0, 1), (0, 1)), "nothing to draw" },
        { () => NetworkDiagram.Draw([new("a", 0, "a")], [new("a", "b")]), "'b'" },
        { () => NetworkDiagram.Draw([new("a", 0, "a"), new("a", 1, "a")], []), "must differ" },
        { () => CoursePalette.Category(-1), "non-negative" },
        { () => _ = new ColorScale("x", "red", "blue"), "#rrggbb" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(Action mistake, string words)
    {
        Exception error = Assert.ThrowsAny<Exception>(mistake);
        Assert.True(error is ArgumentException or InvalidOperationException, error.GetType().Name);
        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void GapsAndConstantsAreFine()
    {
        Figure.Line([1, 2, 3], [double.NaN, double.NaN, double.NaN]).ToSvg();
        Figure.Line([1, 1], [5, 5]).ToSvg();
        Figure.Line([0.0], [0.0], marker: Marker.Circle).ToSvg();
        Figure.Line([1, 2], [3.0, 3.0]).YAxis(log: true).ToSvg();
        Figure.Surface((x, y) => 1, (0, 1), (0, 1)).ToSvg();
        Figure.Contour((x, y) => 1, (0, 1), (0, 1), log: true).ToJson();
        new Figure().ToSvg();
    }
}
