using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>The area between two curves: the spread around a mean.</summary>
public sealed record BandTrace : Trace
{
    /// <summary>The area between lower(x) and upper(x).</summary>
    /// <param name="x">Positions along the x axis, rising.</param>
    /// <param name="lower">As many low ends.</param>
    /// <param name="upper">As many high ends.</param>
    public BandTrace(double[] x, double[] lower, double[] upper)
    {
        Numbers.SameLength(x, lower, "x", "lower", "A band");
        Numbers.SameLength(x, upper, "x", "upper", "A band");
        if (x.Concat(lower).Concat(upper).Any(v => !double.IsFinite(v)))
            throw new ArgumentException("A band takes finite numbers only; leave out the positions where the spread is not known.");
        (X, Lower, Upper) = (x, lower, upper);
    }

    /// <summary>Positions along the x axis.</summary>
    public double[] X { get; init; }

    /// <summary>The low ends.</summary>
    public double[] Lower { get; init; }

    /// <summary>The high ends.</summary>
    public double[] Upper { get; init; }

    /// <summary>Colour of the area.</summary>
    public string Color { get; init; } = Theme.Blue;

    /// <summary>1 covers what lies behind, 0 is invisible.</summary>
    public double Opacity { get; init; } = 0.2;

    internal override string Kind => "band";

    internal override string Size => $"{X.Length} points";

    internal override IEnumerable<double> Xs => X;

    internal override IEnumerable<double> Ys => Lower.Concat(Upper);

    internal override void WriteJson(Utf8JsonWriter json, TraceHome home)
    {
        json.WriteString("type", "scatter");
        json.WriteString("mode", "lines");
        json.WriteString("xaxis", home.XAxis);
        json.WriteString("yaxis", home.YAxis);
        json.Numbers("x", [.. X, .. X.Reverse()]);
        json.Numbers("y", [.. Upper, .. Lower.Reverse()]);
        json.WriteString("fill", "toself");
        json.WriteString("fillcolor", Color);
        json.WriteNumber("opacity", Opacity);
        json.WriteStartObject("line");
        json.WriteNumber("width", 0);
        json.WriteString("color", Color);
        json.WriteEndObject();
        json.WriteString("hoverinfo", "skip");
    }

    internal override void Draw(Plot plot) =>
        plot.Canvas.Area(plot.Polyline([.. X, .. X.Reverse()], [.. Upper, .. Lower.Reverse()]) + "Z", Color, Opacity);
}
