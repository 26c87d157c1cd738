using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>A function of two variables as a surface in 3-D.</summary>
public sealed record SurfaceTrace : Trace
{
    /// <summary>The heights with their positions.</summary>
    /// <param name="z">Heights <c>z[row, column]</c>, at least one of them finite.</param>
    /// <param name="x">The position of each column.</param>
    /// <param name="y">The position of each row.</param>
    public SurfaceTrace(double[,] z, double[] x, double[] y)
    {
        Numbers.Grid(z, x, y, "A surface");
        (Z, X, Y) = (z, x, y);
    }

    /// <summary>The heights.</summary>
    public double[,] Z { get; init; }

    /// <summary>The position of each column.</summary>
    public double[] X { get; init; }

    /// <summary>The position of each row.</summary>
    public double[] Y { get; init; }

    /// <summary>What the heights become in colour.</summary>
    public ColorScale Scale { get; init; } = ColorScale.Cividis;

    /// <summary>True to colour by ratios above the lowest value, as losses want it.</summary>
    public bool LogColor { get; init; }

    /// <summary>True to draw the scale beside the plot.</summary>
    public bool ShowScale { get; init; }

    /// <summary>1 covers what lies behind, 0 is invisible.</summary>
    public double Opacity { get; init; } = 1;

    internal override bool Is3d => true;

    internal override string Kind => "surface";

    internal override string Size => $"{Z.GetLength(0)}×{Z.GetLength(1)}";

    internal override IEnumerable<double> Xs => X;

    internal override IEnumerable<double> Ys => Y;

    internal override IEnumerable<double> Zs => Numbers.Finite(Z);

    internal override ColorBar? Bar => ShowScale ? ColorBars.From(Scale, ZScale) : null;

    private ZScale ZScale => new(Numbers.Finite(Z), LogColor);

    internal override void WriteJson(Utf8JsonWriter json, TraceHome home)
    {
        ZScale scale = ZScale;
        json.WriteString("type", "surface");
        json.WriteString("scene", home.Scene);
        json.Numbers("x", X);
        json.Numbers("y", Y);
        json.Grid("z", Z);
        if (LogColor)
            json.Grid("surfacecolor", scale.To(Z), 3);
        json.WriteNumber("cmin", scale.Low);
        json.WriteNumber("cmax", scale.High);
        json.Scale(Scale);
        json.ColorBar(Bar, home);
        json.WriteString("hoverinfo", "x+y+z");
        if (Opacity < 1)
            json.WriteNumber("opacity", Opacity);
        json.WriteStartObject("lighting");
        json.WriteNumber("ambient", 0.75);
        json.WriteNumber("diffuse", 0.5);
        json.WriteNumber("specular", 0.05);
        json.WriteEndObject();
    }

    internal override void Draw3d(Scene scene)
    {
        ZScale scale = ZScale;
        int[] rows = Thin(Y.Length), columns = Thin(X.Length);
        for (int a = 0; a + 1 < rows.Length; a++)
            for (int b = 0; b + 1 < columns.Length; b++)
            {
                int i = rows[a], k = rows[a + 1], j = columns[b], l = columns[b + 1];
                double mean = (Z[i, j] + Z[i, l] + Z[k, l] + Z[k, j]) / 4;
                if (double.IsFinite(mean))
                    scene.Face([(X[j], Y[i], Z[i, j]), (X[l], Y[i], Z[i, l]), (X[l], Y[k], Z[k, l]), (X[j], Y[k], Z[k, j])],
                        Scale.At(scale.Share(mean)), Opacity);
            }
    }

    /// <summary>A still of a fine grid needs no more than 36 faces a side.</summary>
    private static int[] Thin(int count)
    {
        int steps = Math.Min(count - 1, 36);
        return [.. Enumerable.Range(0, steps + 1).Select(i => (int)Math.Round((double)i * (count - 1) / Math.Max(1, steps))).Distinct()];
    }
}

/// <summary>A curve in 3-D, such as the way of an optimizer over a surface. A NaN leaves a gap.</summary>
public sealed record Path3dTrace : Trace
{
    /// <summary>A curve through the points (x, y, z).</summary>
    /// <param name="x">Positions along the x axis.</param>
    /// <param name="y">As many positions along the y axis.</param>
    /// <param name="z">As many heights.</param>
    public Path3dTrace(double[] x, double[] y, double[] z)
    {
        Numbers.SameLength(x, y, "x", "y", "A path");
        Numbers.SameLength(x, z, "x", "z", "A path");
        (X, Y, Z) = (x, y, z);
    }

    /// <summary>Positions along the x axis.</summary>
    public double[] X { get; init; }

    /// <summary>Positions along the y axis.</summary>
    public double[] Y { get; init; }

    /// <summary>Heights.</summary>
    public double[] Z { get; init; }

    /// <summary>Colour of the curve and its points.</summary>
    public string Color { get; init; } = Theme.Blue;

    /// <summary>How the line is broken.</summary>
    public Dash Dash { get; init; }

    /// <summary>Thickness of the line in pixels; 0 draws only the points.</summary>
    public double Width { get; init; } = 5;

    /// <summary>The mark at each point, or null for none.</summary>
    public Marker? Marker { get; init; }

    /// <summary>Size of the marks in pixels.</summary>
    public double MarkerSize { get; init; } = 5;

    /// <summary>False to write no name.</summary>
    public bool Labelled { get; init; } = true;

    internal override bool Is3d => true;

    internal override string Kind => Width > 0 ? "3-D path" : "3-D points";

    internal override string Size => $"{X.Length} points";

    internal override IEnumerable<double> Xs => X;

    internal override IEnumerable<double> Ys => Y;

    internal override IEnumerable<double> Zs => Z;

    internal override LegendEntry? Entry => Name is null || !Labelled ? null : new(Name, Color, Width > 0 ? Dash : null, Marker);

    /// <summary>The same curve with only its first points.</summary>
    /// <param name="count">How many points are kept.</param>
    public Path3dTrace Take(int count) => this with { X = X[..count], Y = Y[..count], Z = Z[..count] };

    internal override void WriteJson(Utf8JsonWriter json, TraceHome home)
    {
        json.WriteString("type", "scatter3d");
        json.WriteString("mode", Width <= 0 ? "markers" : Marker is null ? "lines" : "lines+markers");
        json.WriteString("scene", home.Scene);
        json.Numbers("x", X);
        json.Numbers("y", Y);
        json.Numbers("z", Z);
        if (Width > 0)
        {
            json.WriteStartObject("line");
            json.WriteString("color", Color);
            json.WriteNumber("width", Width);
            json.WriteString("dash", Marks.Plotly(Dash));
            json.WriteEndObject();
        }
        if (Marker is { } marker || Width <= 0)
            json.Marker(Marks.Plotly3d(Marker ?? Plotting.Marker.Circle), MarkerSize, Color);
        if (Name is null)
            json.WriteString("hoverinfo", "x+y+z");
    }

    internal override void Draw3d(Scene scene)
    {
        if (Width > 0)
            for (int i = 0; i + 1 < X.Length; i++)
                scene.Segment((X[i], Y[i], Z[i]), (X[i + 1], Y[i + 1], Z[i + 1]), Color, Width * 0.6);
        if (Marker is not null || Width <= 0)
            for (int i = 0; i < X.Length; i++)
                scene.Point((X[i], Y[i], Z[i]), Marker ?? Plotting.Marker.Circle, MarkerSize + 3, Color);
    }
}
