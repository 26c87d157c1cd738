namespace DeepLearning.Plotting.Tests;

/// <summary>One figure of every kind, small and with fixed numbers.</summary>
internal static class Samples
{
    public static double Bowl(double x, double y) => 0.1 * x * x + y * y;

    public static OptimizerPath Path(string name, int steps, double rate)
    {
        var points = new List<(double, double)> { (-4, 2) };
        for (int t = 0; t < steps; t++)
        {
            (double x, double y) = points[^1];
            points.Add((x - rate * 0.2 * x, y - rate * 2 * y));
        }
        return new(name, points);
    }

    public static Figure Race(int steps, int frames = 60) => LossSurface.Race(Bowl, (-5, 5), (-3, 3),
        CoursePalette.Optimizers.Select((m, i) => Path(m.Name, steps, 0.05 + 0.09 * i)), frames: frames);

    public static Figure Network(int inputs, int hidden, int outputs)
    {
        int[] sizes = [inputs, hidden, outputs];
        var nodes = new List<NetworkNode>();
        var edges = new List<NetworkEdge>();
        for (int layer = 0; layer < 3; layer++)
        {
            for (int i = 0; i < sizes[layer]; i++)
            {
                nodes.Add(new($"{layer}.{i}", layer, $"n{i}", layer == 0 ? "0.05" : "net 0.3775\nout 0.5933"));
                for (int j = 0; layer > 0 && j < sizes[layer - 1]; j++)
                    edges.Add(new($"{layer - 1}.{j}", $"{layer}.{i}", $"w{layer}{j}{i} = 0.15", "∂E/∂w = 0.000439\nw′ = 0.14978"));
                if (layer > 0)
                    edges.Add(new($"b{layer - 1}", $"{layer}.{i}", $"b{layer} = 0.35"));
            }
            if (layer < 2)
                nodes.Add(new($"b{layer}", layer, "1", Bias: true));
        }
        return NetworkDiagram.Draw(nodes, edges, ["inputs", "hidden", "outputs"]);
    }

    private static LandscapePlane Hollow { get; } = new([-1, 0, 1], [-1, 0], new double[,] { { 3, 2, 3 }, { 2, 1, 2 } });

    public static IReadOnlyDictionary<string, Figure> All { get; } = new Dictionary<string, Figure>
    {
        ["line"] = Figure.Line([1, 2, 3], [0.5, 0.2, 0.1], "train").AddLine([1, 2, 3], [0.6, 0.4, 0.45], "validation").Title("Loss falls")
            .XAxis("epoch").YAxis("loss L", log: true),
        ["function"] = Figure.Line(Math.Sin, (0, 6), "sine").XAxis("x").YAxis("sin x"),
        ["runs"] = new Figure().AddRuns([1, 2, 3], [[1.0, 2, 3], [2.0, 3, 4]], "Adam"),
        ["scatter"] = Figure.Scatter([1.0f, 2], [3.0f, 4], "class 0")
            .Annotate(1, 3, "here", shiftX: 30, shiftY: 30, arrow: true).EqualAspect(),
        ["scatter values"] = Figure.Scatter([1, 2, 3], [3, 4, 5], values: [0.1, 0.5, 0.9]).ZAxis("value"),
        ["bar"] = Figure.Bar(["a", "b"], [1.0, 2], "train", spread: [0.1, 0.2]).AddBar(["a", "b"], [2.0, 3], "test"),
        ["histogram"] = Figure.Histogram([1.0, 2, 2, 3], bins: 3),
        ["box"] = Figure.Box(("SGD", [1.0, 2, 3, 4, 100]), ("Adam", (double[])[2.0, 3, 4])),
        ["heat map"] = Figure.Heatmap(new double[,] { { 1, 2 }, { 3, double.NaN } }, showValues: true).YAxis("true", reversed: true),
        ["heat map of a function"] = Figure.Heatmap((x, y) => x - y, (-1, 1), (-2, 2), signed: true, opacity: 0.8, points: 5).ZAxis("z"),
        ["contour"] = Figure.Contour(Bowl, (-5, 5), (-3, 3), log: true).ZAxis("loss L"),
        ["surface"] = Figure.Surface(Bowl, (-5, 5), (-3, 3), logColor: true).XAxis("w₁").YAxis("w₂").ZAxis("loss L"),
        ["grid"] = Figure.Grid(2, 2, [Figure.Line([1, 2]), Figure.Surface(Bowl, (-1, 1), (-1, 1)), Figure.Line([3, 5])])
            .Title("Three of four"),
        ["loss contour"] = LossSurface.Contour(Bowl, (-5, 5), (-3, 3), [Path("SGD", 20, 0.5), Path("Adam", 20, 0.2)]),
        ["loss surface"] = LossSurface.Surface(Bowl, (-5, 5), (-3, 3), [Path("SGD", 20, 0.5)]),
        ["race"] = Race(20, 10),
        ["decision"] = DecisionSurface.Draw((x, y) => 1 / (1 + Math.Exp(-x)), [(-1, 0), (1, 0.5)], [0, 1], ["elephant", "dog"]),
        ["classes"] = DecisionSurface.DrawClasses((x, y) => x < 0 ? 0 : y < 0 ? 1 : 2, [(-1, 0), (1, 0.5), (1, -0.5)], [0, 2, 1]),
        ["bias variance"] = BiasVariance.Curves([1, 2, 3], [1, 0.4, 0.1], [0.1, 0.2, 0.9], [0.1, 0.1, 0.1]),
        ["training"] = TrainingCurves.Draw([1, 0.5, 0.2], [1.1, 0.6, 0.7]),
        ["activation"] = ActivationPlot.Draw(Math.Tanh, z => 1 - Math.Pow(Math.Tanh(z), 2), name: "tanh"),
        ["gradients"] = GradientByLayer.Draw(["1", "2"], ("sigmoid", [1e-4, 0.1])),
        ["images"] = ImageGrid.Draw([[0.0f, 1, 1, 0], [1.0f, 0, 0, 1]], 2, 2, 1, 2, ["a", "b"]),
        ["colour images"] = ImageGrid.DrawRgb([[255, 0, 0]], 1, 1, 1, 1),
        ["vectors"] = VectorField.Draw((x, y) => (-y, x), (-1, 1), (-1, 1), 5),
        ["network"] = Network(2, 2, 2),
        ["landscape line"] = LandscapePlot.Line(new([-1, 0, 1], [2, 1, 3])),
        ["landscape"] = LandscapePlot.Contour(Hollow),
        ["landscape surface"] = LandscapePlot.Surface(Hollow),
        ["path losses"] = LandscapePlot.Losses(new([2, 1, 0.5], [2, 1.1, 0.5])),
    };

    public static TheoryData<string> Names => [.. All.Keys];
}
