namespace DeepLearning.Plotting;

/// <summary>A loss over two parameters, with the ways of optimizers on it.</summary>
public static partial class LossSurface
{
    private const double Veil = 0.5;

    /// <summary>The loss from above: lines of equal loss, at levels that grow by a constant factor, and the true paths.</summary>
    /// <param name="f">The loss L(w₁, w₂).</param>
    /// <param name="xRange">The lowest and highest w₁ shown.</param>
    /// <param name="yRange">The lowest and highest w₂ shown.</param>
    /// <param name="paths">The ways to draw; none when null.</param>
    /// <param name="minima">Where to mark a minimum; the lowest point found in the range when null, none when empty.</param>
    /// <param name="log">False to space the levels evenly, as a saddle wants it.</param>
    /// <param name="equalAspect">False to fill the plot where the ranges are very different.</param>
    public static Figure Contour(Func<double, double, double> f, (double Min, double Max) xRange, (double Min, double Max) yRange,
        IEnumerable<OptimizerPath>? paths = null, IEnumerable<(double X, double Y)>? minima = null, bool log = true,
        bool equalAspect = true)
    {
        OptimizerPath[] ways = [.. paths ?? []];
        Figure figure = Ground(f, xRange, yRange, log, equalAspect, Minima(f, xRange, yRange, minima)).Legend(Plotting.Legend.Row);
        for (int i = 0; i < ways.Length; i++)
        {
            Meaning look = OptimizerPath.Look(ways, i);
            figure.Add(
                Way(ways[i], look) with { Name = ways[i].Name, Marker = ways[i].X.Length <= 60 ? look.Marker : null, MarkerSize = 5 });
            figure.Add(Head(ways[i].X[^1], ways[i].Y[^1], look));
        }
        if (ways.Length > 0)
            figure.Add(Start(ways[0]));
        return figure;
    }

    /// <summary>The loss as a surface in 3-D with the true paths on it.</summary>
    /// <param name="f">The loss L(w₁, w₂).</param>
    /// <param name="xRange">The lowest and highest w₁ shown.</param>
    /// <param name="yRange">The lowest and highest w₂ shown.</param>
    /// <param name="paths">The ways to draw; none when null.</param>
    /// <param name="log">False to colour by the loss itself instead of its ratio to the lowest.</param>
    public static Figure Surface(Func<double, double, double> f, (double Min, double Max) xRange, (double Min, double Max) yRange,
        IEnumerable<OptimizerPath>? paths = null, bool log = true)
    {
        OptimizerPath[] ways = [.. paths ?? []];
        SurfaceTrace ground = Hill(f, xRange, yRange, log);
        Figure figure = new Figure().Add(ground).XAxis("w₁").YAxis("w₂").ZAxis("loss L");
        for (int i = 0; i < ways.Length; i++)
        {
            Meaning look = OptimizerPath.Look(ways, i);
            Path3dTrace way = Way3d(ways[i], look, f, ground);
            figure.Add(way with { Name = ways[i].Name }).Add(Head3d(way, way.X.Length, look));
        }
        return figure;
    }

    private static Figure Ground(Func<double, double, double> f, (double Min, double Max) xRange, (double Min, double Max) yRange,
        bool log, bool equalAspect, IEnumerable<(double X, double Y)> minima)
    {
        double[] x = Numbers.Space(xRange, 70, "w₁"), y = Numbers.Space(yRange, 70, "w₂");
        Figure figure = new Figure().XAxis("w₁").YAxis("w₂")
            .Add(new ContourTrace(Numbers.Sample(f, x, y), x, y) { Log = log, Opacity = Veil, ShowScale = false, LineWidth = 0.8 });
        if (equalAspect)
            figure.EqualAspect();
        foreach ((double mx, double my) in minima)
            figure.Add(new ScatterTrace([mx], [my])
            {
                Color = Theme.Ink, Marker = Marker.Star, MarkerSize = 14, Outlined = true, Labelled = false,
            })
                .Annotate(mx, my, "minimum", shiftY: -24);
        return figure;
    }

    private static SurfaceTrace Hill(Func<double, double, double> f, (double Min, double Max) xRange,
        (double Min, double Max) yRange, bool log)
    {
        double[] x = Numbers.Space(xRange, 50, "w₁"), y = Numbers.Space(yRange, 50, "w₂");
        return new(Numbers.Sample(f, x, y), x, y) { LogColor = log, Opacity = 0.7 };
    }

    private static LineTrace Way(OptimizerPath path, Meaning look) =>
        new(path.X, path.Y) { Color = look.Color, Dash = look.Dash, Width = 3, Labelled = true };

    private static ScatterTrace Head(double x, double y, Meaning look) =>
        new([x], [y]) { Color = look.Color, Marker = look.Marker, MarkerSize = 13, Outlined = true, Labelled = false };

    private static ScatterTrace Start(OptimizerPath path) =>
        new([path.X[0]], [path.Y[0]]) { Color = Theme.Ink, Marker = Marker.CircleOpen, MarkerSize = 12, Labelled = false };

    /// <summary>
    /// The path at its true heights, lifted by 1.5 % of the box so that the surface does not swallow it; gaps where it leaves the box.
    /// </summary>
    private static Path3dTrace Way3d(OptimizerPath path, Meaning look, Func<double, double, double> f, SurfaceTrace ground)
    {
        (double low, double high) = Numbers.Extent(ground.Zs);
        double lift = 0.015 * (high - low);
        double[] z = [.. path.X.Zip(path.Y, f)
            .Select((v, i) => Inside(path.X[i], ground.X) && Inside(path.Y[i], ground.Y) && v <= high ? v + lift : double.NaN)];
        return new(path.X, path.Y, z) { Color = look.Color, Dash = look.Dash, Width = 6 };
    }

    private static Path3dTrace Head3d(Path3dTrace way, int count, Meaning look) =>
        new([way.X[count - 1]], [way.Y[count - 1]], [way.Z[count - 1]])
        {
            Color = look.Color, Marker = look.Marker, MarkerSize = 6, Width = 0, Labelled = false,
        };

    private static bool Inside(double v, double[] range) => v >= range[0] && v <= range[^1];

    /// <summary>The lowest sampled point, then smaller and smaller steps downhill; none when it lies on the border.</summary>
    private static IEnumerable<(double X, double Y)> Minima(Func<double, double, double> f, (double Min, double Max) xRange,
        (double Min, double Max) yRange, IEnumerable<(double X, double Y)>? given)
    {
        if (given is not null)
            return given;
        double[] xs = Numbers.Space(xRange, 70, "w₁"), ys = Numbers.Space(yRange, 70, "w₂");
        (double x, double y) = xs.SelectMany(_ => ys, (a, b) => (a, b))
            .MinBy(p => f(p.a, p.b) is var v && double.IsNaN(v) ? double.PositiveInfinity : v);
        double dx = xs[1] - xs[0], dy = ys[1] - ys[0];
        if (x <= xs[0] || x >= xs[^1] || y <= ys[0] || y >= ys[^1])
            return [];
        for (int halving = 0; halving < 40; (dx, dy, halving) = (dx / 2, dy / 2, halving + 1))
            (x, y) = new[] { (x, y), (x - dx, y), (x + dx, y), (x, y - dy), (x, y + dy) }.MinBy(p => f(p.Item1, p.Item2));
        return [(x, y)];
    }
}
