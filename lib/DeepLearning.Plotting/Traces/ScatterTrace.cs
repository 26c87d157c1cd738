using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>Points that stand alone. A NaN leaves the point out.</summary>
public sealed record ScatterTrace : Trace
{
    /// <summary>The points (x, y).</summary>
    /// <param name="x">Positions along the x axis.</param>
    /// <param name="y">As many positions along the y axis.</param>
    public ScatterTrace(double[] x, double[] y)
    {
        Numbers.SameLength(x, y, "x", "y", "A scatter");
        (X, Y) = (x, y);
    }

    /// <summary>Positions along the x axis.</summary>
    public double[] X { get; init; }

    /// <summary>Positions along the y axis.</summary>
    public double[] Y { get; init; }

    /// <summary>Colour of the points.</summary>
    public string Color { get; init; } = Theme.Blue;

    /// <summary>Shape of the points.</summary>
    public Marker Marker { get; init; }

    /// <summary>Size of the points in pixels.</summary>
    public double MarkerSize { get; init; } = 8;

    /// <summary>1 covers what lies behind, 0 is invisible.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>True to ring the points with the page's colour, so that they stand out on a coloured ground.</summary>
    public bool Outlined { get; init; }

    /// <summary>One value per point, shown as colour; null to paint all with <see cref="Color"/>.</summary>
    public double[]? Values { get; init; }

    /// <summary>What <see cref="Values"/> become.</summary>
    public ColorScale Scale { get; init; } = ColorScale.Viridis;

    /// <summary>Words that appear when the pointer is over a point, one per point.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>False to leave it out of the row of names.</summary>
    public bool Labelled { get; init; } = true;

    internal override string Kind => "scatter";

    internal override string Size => $"{X.Length} points";

    internal override IEnumerable<double> Xs => X;

    internal override IEnumerable<double> Ys => Y;

    internal override Trace OverColors() => Color == Theme.Ink ? this with { Color = Theme.InkOnColors } : this;

    internal override LegendEntry? Entry => Name is null || !Labelled ? null : new(Name, Color, null, Marker);

    internal override ColorBar? Bar => Values is null ? null : ColorBars.Linear(Scale, Numbers.Extent(Values));

    internal override void WriteJson(Utf8JsonWriter json, TraceHome home)
    {
        if (Values is not null && Values.Length != X.Length)
            throw new ArgumentException($"A scatter needs one colour value per point, got {Values.Length} values for {X.Length} points.");
        json.WriteString("type", "scatter");
        json.WriteString("mode", "markers");
        json.WriteString("xaxis", home.XAxis);
        json.WriteString("yaxis", home.YAxis);
        json.Numbers("x", X);
        json.Numbers("y", Y);
        json.Marker(Marks.Plotly(Marker), MarkerSize, Color, Outlined, Values, Bar, home);
        if (Opacity < 1)
            json.WriteNumber("opacity", Opacity);
        if (Texts is not null)
        {
            json.Texts("text", Texts);
            json.WriteString("hoverinfo", "text");
        }
        else if (Name is null)
            json.WriteString("hoverinfo", "x+y");
    }

    internal override void Draw(Plot plot)
    {
        ColorBar? bar = Bar;
        for (int i = 0; i < X.Length; i++)
            if (plot.Inside(X[i], Y[i]))
            {
                string color = bar is null ? Color : Scale.Hex((Values![i] - bar.Min) / (bar.Max - bar.Min));
                plot.Canvas.Marker(plot.Px(X[i]), plot.Py(Y[i]), Marker, MarkerSize, color, Outlined, Opacity);
            }
    }
}
