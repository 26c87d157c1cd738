namespace DeepLearning.Plotting;

internal readonly record struct Rect(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public bool Overlaps(Rect other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;
}

/// <summary>The size of a figure and the margins around all its plots, in pixels.</summary>
internal sealed record Insets(double Left, double Top, double Right, double Bottom, double Width, double Height)
{
    public double ShareX(double px) => (px - Left) / (Width - Left - Right);

    public double ShareY(double py) => 1 - (py - Top) / (Height - Top - Bottom);
}

/// <summary>Maps an axis' values to 0 … 1 and back.</summary>
internal sealed record AxisScale(double Min, double Max, bool Log, bool Reversed)
{
    public double Share(double v)
    {
        if (Log && v <= 0)
            return double.NaN;
        double share = Log ? Math.Log(v / Min) / Math.Log(Max / Min) : (v - Min) / (Max - Min);
        return Reversed ? 1 - share : share;
    }

    public double Invert(double share)
    {
        double s = Reversed ? 1 - share : share;
        return Log ? Min * Math.Pow(Max / Min, s) : Min + s * (Max - Min);
    }

    /// <summary>The value as plotly.js wants it in ranges and annotations: the exponent on a logarithmic axis.</summary>
    public double Plotly(double v) => Log ? Math.Log10(v) : v;

    public IReadOnlyList<(double At, string Text)> Marks(Axis axis, double pixels, double spacing) =>
        axis.Categories is { } names
            ? [.. names.Select((name, i) => ((double)i, name))]
            : [.. (Log
                ? Ticks.Log(Min, Max, Math.Max(2, (int)(pixels / spacing))) : Ticks.Linear(Min, Max, Math.Max(2, (int)(pixels / spacing))))
                .Select(t => (t, Numbers.Short(t)))];
}

internal static class TextMeasure
{
    /// <summary>A safe guess of a text's width in pixels; fonts differ, so it is on the wide side.</summary>
    public static double Width(string text, double size, bool bold = false) =>
        (bold ? 1.12 : 1) * text.Split('\n').Max(line => line.Sum(c => c switch
        {
            'i' or 'l' or 'j' or '.' or ',' or ':' or ';' or '|' or '\'' or '!' => 0.3,
            'f' or 't' or 'r' or ' ' or '(' or ')' or '[' or ']' or '-' or 'I' => 0.4,
            'm' or 'w' or 'M' or 'W' or '—' or '━' or '✚' or '✖' => 0.92,
            >= 'A' and <= 'Z' => 0.7,
            >= '⁰' and <= '₟' or '²' or '³' or '¹' => 0.42,
            _ => 0.6,
        })) * size;

    /// <summary>A title's lines, of heavy letters, none wider than the room unless a single word is.</summary>
    public static IReadOnlyList<string> Wrap(string? text, double size, double width)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        var lines = new List<string>();
        foreach (string paragraph in text.Split('\n'))
        {
            string line = "";
            foreach (string word in paragraph.Split(' '))
            {
                string longer = line.Length == 0 ? word : line + " " + word;
                if (line.Length > 0 && Width(longer, size, bold: true) > width)
                {
                    lines.Add(line);
                    line = word;
                }
                else
                    line = longer;
            }
            lines.Add(line);
        }
        return lines;
    }
}
