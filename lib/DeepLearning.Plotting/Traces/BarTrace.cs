using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>One bar per value. Several bar traces in one panel stand side by side.</summary>
public sealed record BarTrace : Trace
{
    /// <summary>Bars of these heights.</summary>
    /// <param name="x">The middle of each bar; 0, 1, 2, … for named bars.</param>
    /// <param name="height">As many heights.</param>
    public BarTrace(double[] x, double[] height)
    {
        Numbers.SameLength(x, height, "x", "height", "A bar plot");
        (X, Height) = (x, height);
    }

    /// <summary>The middle of each bar.</summary>
    public double[] X { get; init; }

    /// <summary>The height of each bar.</summary>
    public double[] Height { get; init; }

    /// <summary>Half the length of each error bar, or null for none.</summary>
    public double[]? Spread { get; init; }

    /// <summary>Colour of the bars.</summary>
    public string Color { get; init; } = Theme.Blue;

    /// <summary>Width of a bar in units of x; a group of several shares it.</summary>
    public double Width { get; init; } = 0.8;

    /// <summary>1 covers what lies behind, 0 is invisible.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>True to lie over other bars instead of beside them, as histograms do.</summary>
    public bool Overlaid { get; init; }

    internal override bool FromZero => true;

    internal override string Kind => Overlaid ? "histogram" : "bar";

    internal override string Size => $"{X.Length} bars";

    internal override IEnumerable<double> Xs => X.SelectMany(x => (double[])[x - Width / 2, x + Width / 2]);

    internal override IEnumerable<double> Ys =>
        Spread is null ? Height : Height.Concat(Height.Select((h, i) => h + Spread[i])).Concat(Height.Select((h, i) => h - Spread[i]));

    internal override LegendEntry? Entry => Name is null ? null : new(Name, Color, null, Marker.Square);

    internal override void WriteJson(Utf8JsonWriter json, TraceHome home)
    {
        (double offset, double width) = Place(home.Panel.Panel);
        json.WriteString("type", "bar");
        json.WriteString("xaxis", home.XAxis);
        json.WriteString("yaxis", home.YAxis);
        json.Numbers("x", X);
        json.Numbers("y", Height);
        json.WriteNumber("width", width);
        json.WriteNumber("offset", offset);
        json.WriteStartObject("marker");
        json.WriteString("color", Color);
        json.WriteStartObject("line");
        json.WriteString("color", Theme.Paper);
        json.WriteNumber("width", Overlaid ? 1 : 0);
        json.WriteEndObject();
        json.WriteEndObject();
        if (Opacity < 1)
            json.WriteNumber("opacity", Opacity);
        if (Spread is not null)
        {
            json.WriteStartObject("error_y");
            json.WriteString("type", "data");
            json.Numbers("array", Spread);
            json.WriteString("color", Theme.Ink);
            json.WriteNumber("thickness", 1.5);
            json.WriteEndObject();
        }
    }

    internal override void Draw(Plot plot)
    {
        (double offset, double width) = Place(plot.Panel);
        double floor = plot.Y.Log ? plot.Y.Min : Math.Clamp(0, plot.Y.Min, plot.Y.Max);
        for (int i = 0; i < X.Length; i++)
        {
            if (!double.IsFinite(Height[i]))
                continue;
            double left = plot.Px(X[i] + offset), right = plot.Px(X[i] + offset + width);
            double a = plot.Py(floor), b = plot.Py(Height[i]);
            plot.Canvas.Bar(left, Math.Min(a, b), right - left, Math.Abs(a - b), Color, Opacity, Overlaid);
            if (Spread is not null)
            {
                double middle = (left + right) / 2, top = plot.Py(Height[i] + Spread[i]);
                double bottom = plot.Py(plot.Y.Log ? Math.Max(Height[i] - Spread[i], plot.Y.Min) : Height[i] - Spread[i]);
                plot.Canvas.Path(FormattableString.Invariant(
                    $"M{middle:0.#} {top:0.#}V{bottom:0.#}M{middle - 5:0.#} {top:0.#}h10M{middle - 5:0.#} {bottom:0.#}h10"),
                    Theme.Ink, 1.5);
            }
        }
    }

    private (double Offset, double Width) Place(Panel panel)
    {
        List<BarTrace> group = [.. panel.Traces.OfType<BarTrace>().Where(t => !t.Overlaid)];
        int index = group.FindIndex(t => ReferenceEquals(t, this) || t.Name == Name && t.Color == Color);
        if (Overlaid || group.Count < 2 || index < 0)
            return (-Width / 2, Width);
        double each = Width / group.Count;
        return (-Width / 2 + index * each, each);
    }
}
