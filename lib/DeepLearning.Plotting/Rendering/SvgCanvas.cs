using System.Globalization;
using System.Text;

namespace DeepLearning.Plotting;

/// <summary>Writes the elements of a still picture.</summary>
internal sealed class SvgCanvas
{
    private readonly StringBuilder _svg = new();

    public static string N(double v) => double.IsFinite(v) ? (Math.Round(v, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture) : "0";

    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (char c in text)
            safe.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                < ' ' and not ('\t' or '\n') => " ",
                _ => c.ToString(),
            });
        return safe.ToString();
    }

    public void Raw(string element) => _svg.Append(element).Append('\n');

    public void Path(string d, string stroke, double width, string? dash = null, double opacity = 1)
    {
        if (d.Length == 0 || width <= 0)
            return;
        _svg.Append($"<path d=\"{d}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{N(width)}\" stroke-linejoin=\"round\"");
        if (dash is not null)
            _svg.Append($" stroke-dasharray=\"{dash}\"");
        Opacity(opacity);
        Raw("/>");
    }

    public void Area(string d, string fill, double opacity)
    {
        _svg.Append($"<path d=\"{d}\" fill=\"{fill}\"");
        Opacity(opacity);
        Raw("/>");
    }

    public void Bar(double x, double y, double width, double height, string fill, double opacity, bool outlined)
    {
        _svg.Append($"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" fill=\"{fill}\"");
        if (outlined)
            _svg.Append($" stroke=\"{Theme.Paper}\" stroke-width=\"1\"");
        Opacity(opacity);
        Raw("/>");
    }

    public void Image(double x, double y, double width, double height, string uri, double opacity, bool pixelated)
    {
        _svg.Append(
            $"<image x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" preserveAspectRatio=\"none\" href=\"{uri}\"");
        if (pixelated)
            _svg.Append(" style=\"image-rendering:pixelated\"");
        Opacity(opacity);
        Raw("/>");
    }

    public void Text(double x, double y, string text, double size, string color = Theme.Ink, string anchor = "start", bool bold = false,
        double angle = 0, bool boxed = false)
    {
        string[] lines = text.Split('\n');
        if (boxed)
        {
            double w = TextMeasure.Width(text, size) * 0.94 + 4, h = lines.Length * size * 1.25;
            double left = anchor switch { "middle" => x - w / 2, "end" => x - w + 2, _ => x - 2 };
            Raw($"<rect x=\"{N(left)}\" y=\"{N(y - size)}\" width=\"{N(w)}\" height=\"{N(h)}\" rx=\"3\" fill=\"{Theme.Paper}\" " +
                "opacity=\"0.9\"/>");
        }
        _svg.Append($"<text x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{N(size)}\" fill=\"{color}\" text-anchor=\"{anchor}\"");
        if (bold)
            _svg.Append(" font-weight=\"600\"");
        if (angle != 0)
            _svg.Append($" transform=\"rotate({N(angle)} {N(x)} {N(y)})\"");
        _svg.Append('>');
        if (lines.Length == 1)
            _svg.Append(Escape(text));
        else
            for (int i = 0; i < lines.Length; i++)
                _svg.Append($"<tspan x=\"{N(x)}\" dy=\"{(i == 0 ? "0" : N(size * 1.25))}\">{Escape(lines[i])}</tspan>");
        Raw("</text>");
    }

    public void Marker(double x, double y, Marker marker, double size, string color, bool outlined = false, double opacity = 1)
    {
        double r = size / 2, s = r * 0.9;
        string d = marker switch
        {
            Plotting.Marker.Square or Plotting.Marker.SquareOpen => $"M{N(x - s)} {N(y - s)}h{N(2 * s)}v{N(2 * s)}h{N(-2 * s)}z",
            Plotting.Marker.Diamond or Plotting.Marker.DiamondOpen =>
                $"M{N(x)} {N(y - 1.3 * r)}l{N(1.3 * r)} {N(1.3 * r)}l{N(-1.3 * r)} {N(1.3 * r)}l{N(-1.3 * r)} {N(-1.3 * r)}z",
            Plotting.Marker.TriangleUp => $"M{N(x)} {N(y - 1.2 * r)}l{N(1.2 * r)} {N(2 * r)}h{N(-2.4 * r)}z",
            Plotting.Marker.TriangleDown => $"M{N(x)} {N(y + 1.2 * r)}l{N(1.2 * r)} {N(-2 * r)}h{N(-2.4 * r)}z",
            Plotting.Marker.Cross => $"M{N(x - r)} {N(y)}h{N(size)}M{N(x)} {N(y - r)}v{N(size)}",
            Plotting.Marker.X => $"M{N(x - s)} {N(y - s)}l{N(2 * s)} {N(2 * s)}M{N(x - s)} {N(y + s)}l{N(2 * s)} {N(-2 * s)}",
            Plotting.Marker.Star => StarPath(x, y, r * 1.4),
            _ => $"M{N(x - r)} {N(y)}a{N(r)} {N(r)} 0 1 0 {N(size)} 0a{N(r)} {N(r)} 0 1 0 {N(-size)} 0z",
        };
        bool stroked = marker is Plotting.Marker.Cross or Plotting.Marker.X;
        bool open = marker is Plotting.Marker.CircleOpen or Plotting.Marker.SquareOpen or Plotting.Marker.DiamondOpen;
        if (stroked && outlined)
            Path(d, Theme.Paper, size / 3 + 2.5);
        _svg.Append($"<path d=\"{d}\"");
        if (stroked)
            _svg.Append($" fill=\"none\" stroke=\"{color}\" stroke-width=\"{N(size / 3)}\"");
        else if (open)
            _svg.Append($" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"");
        else
            _svg.Append($" fill=\"{color}\"").Append(outlined ? $" stroke=\"{Theme.Paper}\" stroke-width=\"1.5\"" : "");
        Opacity(opacity);
        Raw("/>");
    }

    public override string ToString() => _svg.ToString();

    private void Opacity(double opacity)
    {
        if (opacity < 1)
            _svg.Append($" opacity=\"{opacity.ToString("0.##", CultureInfo.InvariantCulture)}\"");
    }

    private static string StarPath(double x, double y, double r)
    {
        var d = new StringBuilder();
        for (int i = 0; i < 10; i++)
        {
            double angle = Math.PI * (i / 5.0 - 0.5), reach = i % 2 == 0 ? r : r * 0.42;
            d.Append(i == 0 ? 'M' : 'L').Append(N(x + reach * Math.Cos(angle))).Append(' ').Append(N(y + reach * Math.Sin(angle)));
        }
        return d.Append('z').ToString();
    }
}
