namespace DeepLearning.Plotting;

/// <summary>What a classifier of two inputs answers everywhere, with the data it learned from.</summary>
public static class DecisionSurface
{
    /// <summary>Two classes: the probability of class 1 as colour, the boundary at ½ as a line, the data as points.</summary>
    /// <param name="predict">The probability of class 1 at (x₁, x₂), 0 … 1.</param>
    /// <param name="points">The inputs of the data.</param>
    /// <param name="labels">0 or 1 for each point.</param>
    /// <param name="names">What the classes are called; "class 0" and "class 1" when null.</param>
    /// <param name="resolution">Answers along each axis.</param>
    public static Figure Draw(Func<double, double, double> predict, IEnumerable<(double X, double Y)> points, IEnumerable<int> labels,
        IReadOnlyList<string>? names = null, int resolution = 90)
    {
        (double X, double Y, int Label)[] data = Data(points, labels);
        if (Array.Exists(data, p => p.Label > 1))
            throw new ArgumentException(
                $"Draw shows two classes, 0 and 1, but there is a label {data.Max(p => p.Label)}; for more classes use DrawClasses.",
                nameof(labels));
        (double[] x, double[] y) = Around(data, resolution);
        double[,] answers = Numbers.Sample(predict, x, y);
        Figure figure = new Figure()
            .Add(new HeatmapTrace(answers, x, y) { Scale = ColorScale.Probability, Min = 0, Max = 1, Opacity = 0.8 })
            .Add(new ContourTrace(answers, x, y) { OnlyLevel = 0.5, Filled = false, LineWidth = 2.5 })
            .ZAxis("probability of " + Name(names, 1));
        return Points(figure, data, names);
    }

    /// <summary>Any number of classes: the answered class as a tint, the data as points.</summary>
    /// <param name="predict">The class at (x₁, x₂): 0, 1, 2, …</param>
    /// <param name="points">The inputs of the data.</param>
    /// <param name="labels">The class of each point.</param>
    /// <param name="names">What the classes are called; "class 0", "class 1", … when null.</param>
    /// <param name="resolution">Answers along each axis.</param>
    public static Figure DrawClasses(Func<double, double, int> predict, IEnumerable<(double X, double Y)> points, IEnumerable<int> labels,
        IReadOnlyList<string>? names = null, int resolution = 120)
    {
        (double X, double Y, int Label)[] data = Data(points, labels);
        (double[] x, double[] y) = Around(data, resolution);
        double[,] answers = Numbers.Sample((a, b) => predict(a, b), x, y);
        int classes = Math.Max(data.Max(p => p.Label), (int)Numbers.Finite(answers).Max()) + 1;
        string[] colors = [.. Enumerable.Range(0, classes).Select(c => CoursePalette.Category(c).Color)];
        Figure figure = new Figure().Add(new HeatmapTrace(answers, x, y)
        {
            Scale = ColorScale.Steps(colors),
            Min = 0,
            Max = Math.Max(1, classes - 1),
            ShowScale = false,
            Opacity = 0.3,
        });
        return Points(figure, data, names);
    }

    private static Figure Points(Figure figure, (double X, double Y, int Label)[] data, IReadOnlyList<string>? names)
    {
        foreach (IGrouping<int, (double X, double Y, int Label)> group in data.GroupBy(p => p.Label).OrderBy(g => g.Key))
        {
            Meaning look = CoursePalette.Category(group.Key);
            figure.Add(new ScatterTrace([.. group.Select(p => p.X)], [.. group.Select(p => p.Y)])
            { Name = Name(names, group.Key), Color = look.Color, Marker = look.Marker, MarkerSize = 9, Outlined = true });
        }
        figure.XAxis("x₁").YAxis("x₂");
        return AreComparable(data) ? figure.EqualAspect() : figure;
    }

    /// <summary>Metres beside kilograms have no common unit, and equal lengths for both would leave a stroke.</summary>
    private static bool AreComparable((double X, double Y, int Label)[] data)
    {
        (double x0, double x1) = Numbers.Extent(data.Select(p => p.X));
        (double y0, double y1) = Numbers.Extent(data.Select(p => p.Y));
        double ratio = (x1 - x0) / (y1 - y0);
        return !(ratio is > 5 or < 0.2);
    }

    private static string Name(IReadOnlyList<string>? names, int label) =>
        names is not null && label < names.Count ? names[label] : $"class {label}";

    private static (double X, double Y, int Label)[] Data(IEnumerable<(double X, double Y)> points, IEnumerable<int> labels)
    {
        (double X, double Y)[] at = [.. points];
        int[] classes = [.. labels];
        if (at.Length == 0 || at.Length != classes.Length)
            throw new ArgumentException(
                $"A decision surface needs one label per point, got {at.Length} points and {classes.Length} labels.");
        if (Array.Exists(classes, c => c < 0))
            throw new ArgumentException($"Labels are 0, 1, 2, …, got {classes.Min()}.");
        return [.. at.Zip(classes, (p, c) => (p.X, p.Y, c))];
    }

    private static (double[] X, double[] Y) Around((double X, double Y, int Label)[] data, int resolution)
    {
        (double x0, double x1) = Numbers.Extent(data.Select(p => p.X));
        (double y0, double y1) = Numbers.Extent(data.Select(p => p.Y));
        double mx = Math.Max(0.12 * (x1 - x0), 1e-3), my = Math.Max(0.12 * (y1 - y0), 1e-3);
        return (Numbers.Space((x0 - mx, x1 + mx), resolution, "x₁"), Numbers.Space((y0 - my, y1 + my), resolution, "x₂"));
    }
}
