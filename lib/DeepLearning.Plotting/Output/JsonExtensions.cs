using System.Globalization;
using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>The pieces of plotly.js' schema that several traces share.</summary>
internal static class JsonExtensions
{
    /// <summary>Numbers with five significant digits of their spread; NaN and infinities become null, which plotly.js leaves out.</summary>
    public static void Numbers(this Utf8JsonWriter json, string name, double[] values)
    {
        json.WritePropertyName(name);
        json.NumberArray(values);
    }

    public static void NumberArray(this Utf8JsonWriter json, double[] values)
    {
        int digits = Digits(values);
        json.WriteStartArray();
        foreach (double v in values)
            json.Number(v, digits);
        json.WriteEndArray();
    }

    public static void Grid(this Utf8JsonWriter json, string name, double[,] z, int digits = 0)
    {
        if (digits == 0)
            digits = Digits(z.Cast<double>());
        json.WriteStartArray(name);
        for (int i = 0; i < z.GetLength(0); i++)
        {
            json.WriteStartArray();
            for (int j = 0; j < z.GetLength(1); j++)
                json.Number(z[i, j], digits);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(Text(text));
        json.WriteEndArray();
    }

    /// <summary>plotly.js reads some HTML in its texts; ours are plain, so what would be read as a tag is written as itself.</summary>
    public static string Text(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\n", "<br>");

    public static void Scale(this Utf8JsonWriter json, ColorScale scale)
    {
        json.WriteStartArray("colorscale");
        for (int i = 0; i < scale.StopCount; i++)
        {
            double share = (double)i / (scale.StopCount - 1);
            (byte r, byte g, byte b) = scale.At(share);
            json.WriteStartArray();
            json.Number(share, 5);
            json.WriteStringValue($"rgb({r},{g},{b})");
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    /// <summary>The scale beside the plot; call after <see cref="Scale"/>.</summary>
    public static void ColorBar(this Utf8JsonWriter json, ColorBar? bar, TraceHome home)
    {
        bool shown = bar is not null && ReferenceEquals(home.Panel.Bar?.Scale, bar.Scale);
        json.WriteBoolean("showscale", shown);
        if (!shown)
            return;
        json.WriteStartObject("colorbar");
        json.BarPlace(home);
        json.WriteString("xanchor", "left");
        json.WriteNumber("xpad", 10);
        json.WriteNumber("ypad", 0);
        json.WriteNumber("thickness", 14);
        json.WriteNumber("outlinewidth", 0);
        json.WriteStartObject("tickfont");
        json.WriteNumber("size", Theme.TickSize);
        json.WriteString("color", Theme.Muted);
        json.WriteEndObject();
        json.Numbers("tickvals", [.. bar!.Ticks.Select(t => t.At)]);
        json.Texts("ticktext", bar.Ticks.Select(t => t.Text));
        if (home.Panel.Panel.Z.Title is { } title && !home.Panel.Panel.Is3d)
        {
            json.WriteStartObject("title");
            json.WriteString("text", Text(title));
            json.WriteString("side", "right");
            json.WriteStartObject("font");
            json.WriteNumber("size", Theme.FontSize);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>Where the scale stands: right of its plot, as high as that.</summary>
    public static void BarPlace(this Utf8JsonWriter json, TraceHome home)
    {
        Rect area = home.Panel.Area;
        json.WriteNumber("x", Math.Round(home.Page.ShareX(area.Right), 4));
        json.WriteNumber("y", Math.Round(home.Page.ShareY(area.Y + area.Height / 2), 4));
        json.WriteNumber("len", Math.Round(area.Height / (home.Page.Height - home.Page.Top - home.Page.Bottom), 4));
    }

    public static void Marker(this Utf8JsonWriter json, string symbol, double size, string color, bool outlined = false,
        double[]? values = null, ColorBar? bar = null, TraceHome? home = null)
    {
        json.WriteStartObject("marker");
        json.WriteString("symbol", symbol);
        json.WriteNumber("size",
            symbol.StartsWith("triangle", StringComparison.Ordinal) || symbol == "star" ? Math.Round(1.3 * size, 1) : size);
        if (values is null)
            json.WriteString("color", color);
        else
        {
            json.Numbers("color", values);
            json.WriteNumber("cmin", bar!.Min);
            json.WriteNumber("cmax", bar.Max);
            json.Scale(bar.Scale);
            json.ColorBar(bar, home!);
        }
        json.WriteStartObject("line");
        json.WriteString("color", outlined ? Theme.Paper : color);
        json.WriteNumber("width", outlined || symbol.EndsWith("-open", StringComparison.Ordinal) ? 1.5 : 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static int Digits(IEnumerable<double> values)
    {
        (double min, double max) = Plotting.Numbers.Extent(values);
        double size = Math.Max(Math.Abs(min), Math.Abs(max)), span = max - min;
        return span > 0 && double.IsFinite(span) ? Math.Clamp(5 + (int)Math.Round(Math.Log10(size / span)), 5, 17) : 8;
    }

    private static void Number(this Utf8JsonWriter json, double v, int digits)
    {
        if (!double.IsFinite(v))
        {
            json.WriteNullValue();
            return;
        }
        Span<byte> text = stackalloc byte[32];
        v.TryFormat(text, out int count, FormatFor(digits), CultureInfo.InvariantCulture);
        json.WriteRawValue(text[..count], skipInputValidation: true);
    }

    private static string FormatFor(int digits) => digits switch { 3 => "G3", 5 => "G5", 6 => "G6", 8 => "G8", _ => $"G{digits}" };
}
