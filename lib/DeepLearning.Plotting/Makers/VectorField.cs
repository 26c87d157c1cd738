namespace DeepLearning.Plotting;

/// <summary>A direction at every point: gradients, flows.</summary>
public static class VectorField
{
    private static readonly string[] s_shades = [.. Enumerable.Range(0, 5).Select(i => ColorScale.Viridis.Hex(0.1 + 0.16 * i))];

    /// <summary>Draws arrows on a lattice; length and colour grow with the vector.</summary>
    /// <param name="field">The vector at (x, y).</param>
    /// <param name="xRange">The lowest and highest x.</param>
    /// <param name="yRange">The lowest and highest y.</param>
    /// <param name="count">Arrows along each axis.</param>
    /// <param name="scale">Length of the longest arrow, in lattice steps.</param>
    public static Figure Draw(Func<double, double, (double X, double Y)> field, (double Min, double Max) xRange,
        (double Min, double Max) yRange, int count = 17, double scale = 0.95) =>
        AddTo(new Figure().XAxis("x").YAxis("y").EqualAspect(), field, xRange, yRange, count, scale);

    /// <summary>Draws the arrows over a figure, for example a contour plot.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="field">The vector at (x, y).</param>
    /// <param name="xRange">The lowest and highest x.</param>
    /// <param name="yRange">The lowest and highest y.</param>
    /// <param name="count">Arrows along each axis.</param>
    /// <param name="scale">Length of the longest arrow, in lattice steps.</param>
    /// <param name="color">One colour for all; by length when null.</param>
    public static Figure AddTo(Figure figure, Func<double, double, (double X, double Y)> field, (double Min, double Max) xRange,
        (double Min, double Max) yRange, int count = 17, double scale = 0.95, string? color = null)
    {
        double[] xs = Numbers.Space(xRange, count, "x"), ys = Numbers.Space(yRange, count, "y");
        var arrows = (from y in ys from x in xs let v = field(x, y)
            where double.IsFinite(v.X + v.Y) select (x, y, v.X, v.Y, Length: Math.Sqrt(v.X * v.X + v.Y * v.Y))).ToList();
        double longest = arrows.Select(a => a.Length).DefaultIfEmpty(0).Max();
        if (longest == 0)
            throw new ArgumentException("The vector field is zero or not finite everywhere in the range; there is nothing to draw.",
                nameof(field));
        double unit = scale * Math.Min(xs[1] - xs[0], ys[1] - ys[0]) / longest;
        foreach (IGrouping<int, (double x, double y, double X, double Y, double Length)> group in arrows.Where(
            a => a.Length > longest * 1e-6)
            .GroupBy(a => color is null ? Math.Min(4, (int)(5 * a.Length / longest)) : 0).OrderBy(g => g.Key))
        {
            (List<double> px, List<double> py) = (new List<double>(), new List<double>());
            foreach ((double x, double y, double vx, double vy, _) in group)
                Arrow(px, py, x - unit * vx / 2, y - unit * vy / 2, unit * vx, unit * vy);
            figure.Add(new LineTrace([.. px], [.. py]) { Color = color ?? s_shades[group.Key], Width = 2 });
        }
        return figure;
    }

    private static void Arrow(List<double> px, List<double> py, double x, double y, double dx, double dy)
    {
        double tx = x + dx, ty = y + dy;
        px.AddRange([x, tx, double.NaN, tx - 0.3 * dx - 0.15 * dy, tx, tx - 0.3 * dx + 0.15 * dy, double.NaN]);
        py.AddRange([y, ty, double.NaN, ty - 0.3 * dy + 0.15 * dx, ty, ty - 0.3 * dy - 0.15 * dx, double.NaN]);
    }
}
