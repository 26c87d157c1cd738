using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>A matrix as coloured cells: <c>z[row, column]</c> at <c>(x[column], y[row])</c>. NaN cells stay empty.</summary>
public sealed record HeatmapTrace : Trace
{
    /// <summary>The matrix with its positions.</summary>
    /// <param name="z">Values, at least one of them finite.</param>
    /// <param name="x">The middle of each column.</param>
    /// <param name="y">The middle of each row.</param>
    public HeatmapTrace(double[,] z, double[] x, double[] y)
    {
        Numbers.Grid(z, x, y, "A heat map");
        (Z, X, Y) = (z, x, y);
    }

    /// <summary>The values.</summary>
    public double[,] Z { get; init; }

    /// <summary>The middle of each column.</summary>
    public double[] X { get; init; }

    /// <summary>The middle of each row.</summary>
    public double[] Y { get; init; }

    /// <summary>What the values become.</summary>
    public ColorScale Scale { get; init; } = ColorScale.Cividis;

    /// <summary>The value that gets the scale's first colour; the smallest when null.</summary>
    public double? Min { get; init; }

    /// <summary>The value that gets the scale's last colour; the largest when null.</summary>
    public double? Max { get; init; }

    /// <summary>True to draw the scale beside the plot.</summary>
    public bool ShowScale { get; init; } = true;

    /// <summary>True to write each value into its cell.</summary>
    public bool ShowValues { get; init; }

    /// <summary>1 covers what lies behind, 0 is invisible.</summary>
    public double Opacity { get; init; } = 1;

    internal override bool Tight => true;

    internal override string Kind => "heat map";

    internal override string Size => $"{Z.GetLength(0)}×{Z.GetLength(1)}";

    internal override IEnumerable<double> Xs => Edges(X);

    internal override IEnumerable<double> Ys => Edges(Y);

    internal override IEnumerable<double> Zs => Numbers.Finite(Z);

    internal override ColorBar? Bar => ShowScale ? ColorBars.From(Scale, ZScale) : null;

    private ZScale ZScale => new(Numbers.Finite(Z), log: false, Min, Max);

    internal override void WriteJson(Utf8JsonWriter json, TraceHome home)
    {
        ZScale scale = ZScale;
        json.WriteString("type", "heatmap");
        json.WriteString("xaxis", home.XAxis);
        json.WriteString("yaxis", home.YAxis);
        json.Numbers("x", X);
        json.Numbers("y", Y);
        json.Grid("z", Z);
        json.WriteNumber("zmin", scale.Low);
        json.WriteNumber("zmax", scale.High);
        json.Scale(Scale);
        json.ColorBar(Bar, home);
        if (Opacity < 1)
            json.WriteNumber("opacity", Opacity);
    }

    internal override void Draw(Plot plot)
    {
        ZScale scale = ZScale;
        double[] x = Edges(X), y = Edges(Y);
        plot.Image((u, v) => Cell(x, u) is var j and >= 0 && Cell(y, v) is var i and >= 0 ? scale.Share(Z[i, j]) : double.NaN, Scale,
            Opacity, smooth: false);
    }

    internal IEnumerable<(double X, double Y, string Text, bool OnDark)> CellTexts()
    {
        ZScale scale = ZScale;
        for (int i = 0; i < Y.Length; i++)
            for (int j = 0; j < X.Length; j++)
                if (double.IsFinite(Z[i, j]))
                {
                    (byte r, byte g, byte b) = Scale.At(scale.Share(Z[i, j]));
                    yield return (X[j], Y[i], Numbers.Short(Z[i, j]), 0.299 * r + 0.587 * g + 0.114 * b < 140);
                }
    }

    private static double[] Edges(double[] centers)
    {
        int n = centers.Length;
        if (n == 1)
            return [centers[0] - 0.5, centers[0] + 0.5];
        double[] edges = new double[n + 1];
        for (int i = 1; i < n; i++)
            edges[i] = (centers[i - 1] + centers[i]) / 2;
        edges[0] = centers[0] - (edges[1] - centers[0]);
        edges[n] = centers[n - 1] + (centers[n - 1] - edges[n - 1]);
        return edges;
    }

    private static int Cell(double[] edges, double v)
    {
        for (int i = 0; i + 1 < edges.Length; i++)
            if ((v - edges[i]) * (v - edges[i + 1]) <= 0)
                return i;
        return -1;
    }
}

/// <summary>Lines of equal value of a function of two variables, with the bands between them coloured.</summary>
public sealed record ContourTrace : Trace
{
    /// <summary>The values with their positions.</summary>
    /// <param name="z">Values <c>z[row, column]</c>, at least one of them finite.</param>
    /// <param name="x">The position of each column, rising.</param>
    /// <param name="y">The position of each row, rising.</param>
    public ContourTrace(double[,] z, double[] x, double[] y)
    {
        Numbers.Grid(z, x, y, "A contour plot");
        (Z, X, Y) = (z, x, y);
    }

    /// <summary>The values.</summary>
    public double[,] Z { get; init; }

    /// <summary>The position of each column.</summary>
    public double[] X { get; init; }

    /// <summary>The position of each row.</summary>
    public double[] Y { get; init; }

    /// <summary>What the values become.</summary>
    public ColorScale Scale { get; init; } = ColorScale.Cividis;

    /// <summary>True to space the levels by ratios above the lowest value, as losses want it.</summary>
    public bool Log { get; init; }

    /// <summary>About how many levels there are.</summary>
    public int Levels { get; init; } = 12;

    /// <summary>The only level drawn, when a single line is wanted, such as a decision boundary.</summary>
    public double? OnlyLevel { get; init; }

    /// <summary>True to colour the bands between the lines.</summary>
    public bool Filled { get; init; } = true;

    /// <summary>Colour of the lines.</summary>
    public string LineColor { get; init; } = Theme.Ink;

    /// <summary>Thickness of the lines in pixels.</summary>
    public double LineWidth { get; init; } = 0.7;

    /// <summary>True to draw the scale beside the plot.</summary>
    public bool ShowScale { get; init; } = true;

    /// <summary>1 covers what lies behind, 0 is invisible.</summary>
    public double Opacity { get; init; } = 1;

    internal override bool Tight => true;

    internal override string Kind => "contour";

    internal override string Size => $"{Z.GetLength(0)}×{Z.GetLength(1)}";

    internal override IEnumerable<double> Xs => X;

    internal override IEnumerable<double> Ys => Y;

    internal override IEnumerable<double> Zs => Numbers.Finite(Z);

    internal override Trace OverColors() => LineColor == Theme.Ink ? this with { LineColor = Theme.InkOnColors } : this;

    internal override ColorBar? Bar =>
        ShowScale && Filled && OnlyLevel is null ? ColorBars.From(Scale, ZScale, LevelValues.Length + 1) : null;

    private ZScale ZScale => new(Numbers.Finite(Z), Log);

    private double[] LevelValues => OnlyLevel is { } only ? [ZScale.To(only)] : ZScale.Levels(Levels);

    internal override void WriteJson(Utf8JsonWriter json, TraceHome home)
    {
        ZScale scale = ZScale;
        double[] levels = LevelValues;
        json.WriteString("type", "contour");
        json.WriteString("xaxis", home.XAxis);
        json.WriteString("yaxis", home.YAxis);
        json.Numbers("x", X);
        json.Numbers("y", Y);
        json.Grid("z", scale.To(Z));
        json.WriteBoolean("autocontour", false);
        json.WriteStartObject("contours");
        json.WriteString("coloring", Filled && OnlyLevel is null ? "fill" : "none");
        json.WriteNumber("start", levels[0]);
        json.WriteNumber("end", levels[^1] + 1e-9);
        json.WriteNumber("size", levels.Length > 1 ? levels[1] - levels[0] : 1);
        json.WriteEndObject();
        json.WriteStartObject("line");
        json.WriteString("color", LineColor);
        json.WriteNumber("width", LineWidth);
        json.WriteNumber("smoothing", 0);
        json.WriteEndObject();
        json.WriteNumber("zmin", scale.Low);
        json.WriteNumber("zmax", scale.High);
        json.Scale(Scale);
        json.ColorBar(Bar, home);
        json.WriteString("hoverinfo", Log ? "x+y" : "x+y+z");
        if (Opacity < 1)
            json.WriteNumber("opacity", Opacity);
    }

    internal override void Draw(Plot plot)
    {
        ZScale scale = ZScale;
        double[,] t = scale.To(Z);
        double[] levels = LevelValues;
        if (Filled && OnlyLevel is null)
            plot.Image((x, y) => ColorShare(Bilinear(t, x, y), levels), Scale, Opacity, smooth: true);
        foreach (double level in levels)
            plot.Canvas.Path(MarchingSquares.Path(t, X, Y, level, plot), LineColor, LineWidth, null, Opacity);
    }

    /// <summary>The colour of a value's band, as plotly.js chooses it: even steps from below the first level to above the last.</summary>
    private static double ColorShare(double value, double[] levels)
    {
        if (double.IsNaN(value))
            return double.NaN;
        double size = levels.Length > 1 ? levels[1] - levels[0] : 1;
        double band = Math.Clamp(Math.Floor((value - levels[0]) / size) + 1, 0, levels.Length);
        return band / levels.Length;
    }

    private double Bilinear(double[,] t, double x, double y)
    {
        int j = Segment(X, x), i = Segment(Y, y);
        if (j < 0 || i < 0)
            return double.NaN;
        double u = (x - X[j]) / (X[j + 1] - X[j]), v = (y - Y[i]) / (Y[i + 1] - Y[i]);
        return (1 - v) * ((1 - u) * t[i, j] + u * t[i, j + 1]) + v * ((1 - u) * t[i + 1, j] + u * t[i + 1, j + 1]);
    }

    private static int Segment(double[] at, double v)
    {
        if (v < at[0] || v > at[^1])
            return -1;
        int i = Array.BinarySearch(at, v);
        return Math.Min(i < 0 ? ~i - 1 : i, at.Length - 2);
    }
}
