using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>
/// The spread of a sample: box from the lower to the upper quartile, a line at the median, whiskers to the last value within 1.5 box
/// lengths, a ring for each value beyond.
/// </summary>
public sealed record BoxTrace : Trace
{
    /// <summary>The sample's box.</summary>
    /// <param name="position">Where it stands on the x axis.</param>
    /// <param name="values">The sample, at least one finite value.</param>
    public BoxTrace(double position, double[] values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
            throw new ArgumentException($"A box needs at least one finite value, got {values.Length} values and none of them finite.");
        Position = position;
        Values = sorted;
        (Q1, Median, Q3) = (Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75));
        double reach = 1.5 * (Q3 - Q1);
        Low = sorted.First(v => v >= Q1 - reach);
        High = sorted.Last(v => v <= Q3 + reach);
        Outliers = [.. sorted.Where(v => v < Low || v > High)];
    }

    /// <summary>Where the box stands on the x axis.</summary>
    public double Position { get; }

    /// <summary>The sample, sorted.</summary>
    public double[] Values { get; }

    /// <summary>The lower quartile, by linear interpolation.</summary>
    public double Q1 { get; }

    /// <summary>The middle of the sample.</summary>
    public double Median { get; }

    /// <summary>The upper quartile, by linear interpolation.</summary>
    public double Q3 { get; }

    /// <summary>The end of the lower whisker.</summary>
    public double Low { get; }

    /// <summary>The end of the upper whisker.</summary>
    public double High { get; }

    /// <summary>The values beyond the whiskers.</summary>
    public double[] Outliers { get; }

    /// <summary>Colour of the box.</summary>
    public string Color { get; init; } = Theme.Blue;

    internal override string Kind => "box";

    internal override string Size => $"{Values.Length} values";

    internal override IEnumerable<double> Xs => [Position - 0.5, Position + 0.5];

    internal override IEnumerable<double> Ys => Values;

    internal override void WriteJson(Utf8JsonWriter json, TraceHome home)
    {
        json.WriteString("type", "box");
        json.WriteString("xaxis", home.XAxis);
        json.WriteString("yaxis", home.YAxis);
        json.Numbers("x", [Position]);
        json.Numbers("q1", [Q1]);
        json.Numbers("median", [Median]);
        json.Numbers("q3", [Q3]);
        json.Numbers("lowerfence", [Low]);
        json.Numbers("upperfence", [High]);
        if (Outliers.Length > 0)
        {
            json.WriteStartArray("y");
            json.NumberArray(Outliers);
            json.WriteEndArray();
            json.WriteString("boxpoints", "all");
        }
        json.WriteNumber("pointpos", 0);
        json.WriteNumber("jitter", 0);
        json.WriteNumber("width", 0.5);
        json.WriteString("fillcolor", "rgba(0,0,0,0)");
        json.WriteStartObject("line");
        json.WriteString("color", Color);
        json.WriteNumber("width", 2);
        json.WriteEndObject();
        json.Marker("circle-open", 7, Color);
    }

    internal override void Draw(Plot plot)
    {
        double left = plot.Px(Position - 0.25), right = plot.Px(Position + 0.25), middle = plot.Px(Position);
        double q1 = plot.Py(Q1), q3 = plot.Py(Q3), median = plot.Py(Median), low = plot.Py(Low), high = plot.Py(High);
        double cap = (right - left) / 4;
        string box = FormattableString.Invariant(
            $"M{left:0.#} {q1:0.#}H{right:0.#}V{q3:0.#}H{left:0.#}ZM{left:0.#} {median:0.#}H{right:0.#}");
        string whiskers = FormattableString.Invariant($"M{middle:0.#} {q1:0.#}V{low:0.#}M{middle:0.#} {q3:0.#}V{high:0.#}");
        string caps = FormattableString.Invariant(
            $"M{middle - cap:0.#} {low:0.#}h{2 * cap:0.#}M{middle - cap:0.#} {high:0.#}h{2 * cap:0.#}");
        plot.Canvas.Path(box + whiskers + caps, Color, 2);
        foreach (double v in Outliers)
            plot.Canvas.Marker(middle, plot.Py(v), Marker.CircleOpen, 7, Color);
    }

    private static double Quantile(double[] sorted, double p)
    {
        double at = p * (sorted.Length - 1);
        int low = (int)at;
        return low + 1 < sorted.Length ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]) : sorted[low];
    }
}
