namespace DeepLearning.Plotting;

/// <summary>The loss of a real network around its weights, and the way training took through it.</summary>
public static class LandscapePlot
{
    /// <summary>The loss along one direction.</summary>
    public static Figure Line(LandscapeLine line) =>
        new Figure().AddLine(line.X, line.Loss, "loss").XAxis("step along d").YAxis("loss L");

    /// <summary>The loss over two directions from above, as lines of equal loss.</summary>
    /// <param name="plane">From <see cref="LossLandscape"/>.</param>
    /// <param name="log">Whether the levels grow by a constant factor.</param>
    public static Figure Contour(LandscapePlane plane, bool log = true) =>
        Ground(plane, log).XAxis("step along d₁").YAxis("step along d₂");

    /// <summary>The loss over two directions as a surface.</summary>
    /// <param name="plane">From <see cref="LossLandscape"/>.</param>
    /// <param name="log">Whether the colour follows the loss's ratio to the lowest.</param>
    public static Figure Surface(LandscapePlane plane, bool log = true) =>
        new Figure().Add(new SurfaceTrace(plane.Loss, plane.X, plane.Y) { LogColor = log })
            .XAxis("step along d₁").YAxis("step along d₂").ZAxis("loss L");

    /// <summary>The way of training in the plane of most of its movement, over the loss in that plane.</summary>
    /// <param name="plane">The loss over <see cref="PathPlane.Extent"/>.</param>
    /// <param name="path">Where training went.</param>
    /// <param name="log">Whether the levels grow by a constant factor.</param>
    public static Figure Path(LandscapePlane plane, PathPlane path, bool log = true) => Ground(plane, log)
        .Add(new LineTrace(path.X, path.Y) { Name = "training", Color = Theme.Ink, Width = 3, Labelled = false })
        .Add(new ScatterTrace([path.X[0]], [path.Y[0]]) { Name = "start", Color = Theme.Ink, Marker = Marker.CircleOpen, MarkerSize = 13 })
        .Add(new ScatterTrace([path.X[^1]], [path.Y[^1]])
        {
            Name = "end", Color = Theme.Ink, Marker = Marker.Star, MarkerSize = 15, Outlined = true,
        })
        .XAxis(Axis(1, path)).YAxis(Axis(2, path));

    /// <summary>
    /// The loss at each point of the path beside the loss at its shadow in the plane: where they part, the picture of the path deceives.
    /// </summary>
    public static Figure Losses(PathLosses losses) => new Figure()
        .AddLine(Numbers.Index(losses.True.Length), losses.True, "true loss", Theme.Blue)
        .AddLine(Numbers.Index(losses.Projected.Length), losses.Projected, "loss in the plane", Theme.Vermillion, Dash.Dash)
        .XAxis("point of the path").YAxis("loss L", log: losses.True.Concat(losses.Projected).All(loss => loss > 0));

    private static Figure Ground(LandscapePlane plane, bool log) =>
        new Figure().Add(new ContourTrace(plane.Loss, plane.X, plane.Y) { Log = log, LineWidth = 0.8, Opacity = 0.6 }).ZAxis("loss L");

    private static string Axis(int number, PathPlane path) =>
        FormattableString.Invariant($"principal component {number} ({path.VarianceExplained[number - 1]:P0} of the movement)");
}
