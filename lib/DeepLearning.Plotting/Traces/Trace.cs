using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>One set of data drawn in one way.</summary>
public abstract record Trace
{
    /// <summary>The word written at it, or null.</summary>
    public string? Name { get; init; }

    internal virtual bool Is3d => false;

    /// <summary>True when the trace fills its panel to the edge, so that axes leave no margin.</summary>
    internal virtual bool Tight => false;

    /// <summary>True when zero belongs on the y axis.</summary>
    internal virtual bool FromZero => false;

    internal abstract string Kind { get; }

    internal abstract string Size { get; }

    internal abstract IEnumerable<double> Xs { get; }

    internal abstract IEnumerable<double> Ys { get; }

    internal virtual IEnumerable<double> Zs => [];

    internal virtual ColorBar? Bar => null;

    /// <summary>This trace as it is drawn over a heat map, where ink stays dark.</summary>
    internal virtual Trace OverColors() => this;

    internal virtual LegendEntry? Entry => null;

    internal abstract void WriteJson(Utf8JsonWriter json, TraceHome home);

    internal virtual void Draw(Plot plot)
    {
    }

    internal virtual void Draw3d(Scene scene)
    {
    }
}

/// <summary>A name with the mark it explains.</summary>
internal sealed record LegendEntry(string Name, string Color, Dash? Dash, Marker? Marker)
{
    /// <summary>A legend stands on the page, also where its trace is drawn over a heat map.</summary>
    public string Color { get; } = Color == Theme.InkOnColors ? Theme.Ink : Color;
}

/// <summary>The scale beside a coloured panel: values to positions, ticks in the data's own units.</summary>
internal sealed record ColorBar(ColorScale Scale, double Min, double Max, IReadOnlyList<(double At, string Text)> Ticks, int Bands = 0);

/// <summary>Where in the plotly figure a trace lives.</summary>
internal sealed record TraceHome(string XAxis, string YAxis, string Scene, ResolvedPanel Panel, Insets Page);
