using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>Points joined by a line, in order. A NaN leaves a gap.</summary>
public sealed record LineTrace : Trace
{
    /// <summary>A line through the points (x, y).</summary>
    /// <param name="x">Where, in any order.</param>
    /// <param name="y">As many values; NaN leaves a gap.</param>
    public LineTrace(double[] x, double[] y)
    {
        Numbers.SameLength(x, y, "x", "y", "A line");
        (X, Y) = (x, y);
    }

    /// <summary>Positions along the x axis.</summary>
    public double[] X { get; init; }

    /// <summary>Positions along the y axis.</summary>
    public double[] Y { get; init; }

    /// <summary>Colour of the line and its points.</summary>
    public string Color { get; init; } = Theme.Blue;

    /// <summary>How the line is broken.</summary>
    public Dash Dash { get; init; }

    /// <summary>Thickness in pixels.</summary>
    public double Width { get; init; } = 2.5;

    /// <summary>The mark at each point, or null for none.</summary>
    public Marker? Marker { get; init; }

    /// <summary>Size of the marks in pixels.</summary>
    public double MarkerSize { get; init; } = 7;

    /// <summary>1 covers what lies behind, 0 is invisible.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>False to write no name, at the line or in the row.</summary>
    public bool Labelled { get; init; } = true;

    internal override string Kind => "line";

    internal override string Size => $"{X.Length} points";

    internal override IEnumerable<double> Xs => X;

    internal override IEnumerable<double> Ys => Y;

    internal override Trace OverColors() => Color == Theme.Ink ? this with { Color = Theme.InkOnColors } : this;

    internal override LegendEntry? Entry => Name is null || !Labelled ? null : new(Name, Color, Dash, Marker);

    /// <summary>The same line with only its first points.</summary>
    /// <param name="count">How many points are kept.</param>
    public LineTrace Take(int count) => this with { X = X[..count], Y = Y[..count] };

    internal override void WriteJson(Utf8JsonWriter json, TraceHome home)
    {
        json.WriteString("type", "scatter");
        json.WriteString("mode", Marker is null ? "lines" : "lines+markers");
        json.WriteString("xaxis", home.XAxis);
        json.WriteString("yaxis", home.YAxis);
        json.Numbers("x", X);
        json.Numbers("y", Y);
        json.WriteStartObject("line");
        json.WriteString("color", Color);
        json.WriteNumber("width", Width);
        json.WriteString("dash", Marks.Plotly(Dash));
        json.WriteEndObject();
        if (Marker is { } marker)
            json.Marker(Marks.Plotly(marker), MarkerSize, Color);
        if (Opacity < 1)
            json.WriteNumber("opacity", Opacity);
        if (Name is null)
            json.WriteString("hoverinfo", "x+y");
    }

    internal override void Draw(Plot plot)
    {
        plot.Canvas.Path(plot.Polyline(X, Y), Color, Width, Marks.Svg(Dash, Width), Opacity);
        if (Marker is { } marker)
            for (int i = 0; i < X.Length; i++)
                if (plot.Inside(X[i], Y[i]))
                    plot.Canvas.Marker(plot.Px(X[i]), plot.Py(Y[i]), marker, MarkerSize, Color);
    }
}
