using System.Text;

namespace DeepLearning.Plotting;

/// <summary>Draws a figure as a still picture: what shows where no script runs, and what is printed.</summary>
internal static class SvgRenderer
{
    private const string ClipMark = "dl-clip-id-";
    private static readonly string s_style = MakeStyle();

    public static string Render(Figure figure, bool standalone)
    {
        ResolvedFigure resolved = FigureLayout.Resolve(figure);
        var canvas = new SvgCanvas();
        string title = figure.Describe();
        canvas.Raw(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {resolved.Width:0} {resolved.Height:0}\" " +
            $"width=\"{resolved.Width:0}\" height=\"{resolved.Height:0}\" role=\"img\" " +
            $"font-family=\"{Theme.FontFamily}\"{(standalone ? "" : " style=\"max-width:100%;height:auto\"")}>");
        canvas.Raw($"<title>{SvgCanvas.Escape(title)}</title>");
        canvas.Raw($"<style>{s_style}</style>");
        canvas.Raw("<g class=\"dl-svg\">");
        for (int i = 0; i < resolved.TitleLines.Count; i++)
            canvas.Text(FigureLayout.HeadMargin, 28 + i * 28, resolved.TitleLines[i], Theme.TitleSize, bold: true);
        Legend(canvas, resolved.LegendRows, FigureLayout.HeadMargin, resolved.LegendTop);
        foreach (ResolvedPanel panel in resolved.Panels)
            Draw(canvas, panel);
        canvas.Raw("</g>");
        canvas.Raw("</svg>");
        string drawing = canvas.ToString();
        return drawing.Replace(ClipMark, $"dl-clip-{Hash(drawing):x8}-");
    }

    /// <summary>FNV-1a: the same figure has the same ids in every run, and two figures on one page have different ones.</summary>
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));

    private static void Draw(SvgCanvas canvas, ResolvedPanel panel)
    {
        for (int i = 0; i < panel.TitleLines.Count; i++)
            canvas.Text(panel.WordsX, panel.TitleTop + (i + 1) * (panel.TitleSize + 6) - 8, panel.TitleLines[i],
                panel.TitleSize, bold: true);
        Legend(canvas, panel.LegendRows, panel.WordsX + (panel.Panel.Is3d ? 8 : 0), panel.LegendTop);
        if (panel.Panel.Is3d)
        {
            var scene = new Scene(canvas, panel);
            foreach (Trace trace in panel.Panel.Traces)
                trace.Draw3d(scene);
            scene.Paint();
        }
        else
            Flat(canvas, panel);
        if (panel.Bar is { } bar)
            Bar(canvas, panel, bar);
    }

    private static void Flat(SvgCanvas canvas, ResolvedPanel panel)
    {
        var plot = new Plot(canvas, panel);
        Rect area = panel.Area;
        SvgAxes.Grid(plot, panel);
        string clip = $"{ClipMark}{panel.Row}-{panel.Column}";
        canvas.Raw(
            $"<clipPath id=\"{clip}\"><rect x=\"{SvgCanvas.N(area.X - 1)}\" y=\"{SvgCanvas.N(area.Y - 1)}\" " +
            $"width=\"{SvgCanvas.N(area.Width + 2)}\" height=\"{SvgCanvas.N(area.Height + 2)}\"/></clipPath>");
        canvas.Raw($"<g clip-path=\"url(#{clip})\">");
        foreach (Trace trace in panel.Panel.Traces)
            trace.Draw(plot);
        canvas.Raw("</g>");
        foreach (HeatmapTrace map in panel.Panel.Traces.OfType<HeatmapTrace>().Where(m => m.ShowValues))
            foreach ((double x, double y, string text, bool onDark) in map.CellTexts())
                canvas.Text(plot.Px(x), plot.Py(y) + 5, text, Theme.TickSize, onDark ? "white" : "black", "middle");
        SvgAxes.Words(plot, panel);
        foreach (Annotation note in panel.Panel.Annotations)
            Note(plot, note);
        foreach (EndLabel label in panel.EndLabels)
            canvas.Text(plot.Px(label.X) + 8, plot.Py(label.Y) + label.Down + 5.5, label.Text, Theme.FontSize, label.Color, bold: true);
    }

    private static void Note(Plot plot, Annotation note)
    {
        double px = plot.Px(note.X), py = plot.Py(note.Y), x = px + note.ShiftX, y = py - note.ShiftY;
        if (!double.IsFinite(px + py))
            return;
        int lines = note.Text.Split('\n').Length;
        if (note.Arrow)
            Arrow(plot.Canvas, x, y, px, py, note.Color);
        string anchor = note.Anchor switch { "left" => "start", "right" => "end", _ => "middle" };
        double top = y + note.Size * 0.36 - (lines - 1) * note.Size * 0.625;
        plot.Canvas.Text(x, top, note.Text, note.Size, note.Color, anchor, note.Bold, boxed: note.Boxed || note.Arrow);
    }

    private static void Arrow(SvgCanvas canvas, double x, double y, double px, double py, string color)
    {
        double length = Math.Max(1, Math.Sqrt((px - x) * (px - x) + (py - y) * (py - y)));
        double ux = (px - x) / length, uy = (py - y) / length, tx = px - 3 * ux, ty = py - 3 * uy;
        canvas.Path(FormattableString.Invariant(
            $"M{x:0.#} {y:0.#}L{tx:0.#} {ty:0.#}M{tx - 8 * ux - 4 * uy:0.#} {ty - 8 * uy + 4 * ux:0.#}") + FormattableString.Invariant(
            $"L{tx:0.#} {ty:0.#}L{tx - 8 * ux + 4 * uy:0.#} {ty - 8 * uy - 4 * ux:0.#}"),
            color, 1.5);
    }

    private static void Legend(SvgCanvas canvas, IReadOnlyList<IReadOnlyList<LegendEntry>> rows, double left, double top)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            double x = left, y = top + row * FigureLayout.LegendLine + 13;
            foreach (LegendEntry entry in rows[row])
            {
                double sample = entry.Dash is null ? 12 : 36;
                if (entry.Dash is { } dash)
                    canvas.Path($"M{SvgCanvas.N(x)} {SvgCanvas.N(y)}h{sample}", entry.Color, 3, Marks.Svg(dash, 3));
                if (entry.Marker is { } marker)
                    canvas.Marker(x + sample / 2, y, marker, entry.Dash is null ? 11 : 9, entry.Color);
                canvas.Text(x + sample + 6, y + 5.5, entry.Name, Theme.FontSize, Theme.TextShade(entry.Color));
                x += FigureLayout.EntryWidth(entry);
            }
        }
    }

    private static void Bar(SvgCanvas canvas, ResolvedPanel panel, ColorBar bar)
    {
        Rect area = panel.Area;
        double x = area.Right + 10, top = area.Y, height = area.Height;
        const int steps = 256;
        byte[] rgba = new byte[steps * 4];
        for (int i = 0; i < steps; i++)
        {
            double share = 1 - (i + 0.5) / steps;
            if (bar.Bands > 1)
                share = Math.Min(Math.Floor(share * bar.Bands), bar.Bands - 1) / (bar.Bands - 1);
            (rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]) = bar.Scale.At(share);
            rgba[4 * i + 3] = 255;
        }
        canvas.Image(x, top, 14, height, Png.DataUri(1, steps, rgba), 1, pixelated: false);
        foreach ((double at, string text) in bar.Ticks)
            canvas.Text(x + 20, top + height * (1 - (at - bar.Min) / (bar.Max - bar.Min)) + 5, text, Theme.TickSize, Theme.Muted);
        if (panel.Panel.Z.Title is { } title && !panel.Panel.Is3d)
        {
            double right = x + 36 + bar.Ticks.Select(t => TextMeasure.Width(t.Text, Theme.TickSize)).DefaultIfEmpty(0).Max();
            canvas.Text(right, top + height / 2, title, Theme.FontSize, anchor: "middle", angle: -90);
        }
    }

    private static string MakeStyle()
    {
        var css = new StringBuilder();
        string dark = string.Concat(Theme.Dark.Select((c, i) => $"--dl{i}:{c.Value};"));
        string light = string.Concat(Theme.Dark.Select((c, i) => $"--dl{i}:{c.Key};"));
        int n = 0;
        foreach (string color in Theme.Dark.Keys)
            css.Append(
                $".dl-svg [fill=\"{color}\"]{{fill:var(--dl{n},{color})}}.dl-svg [stroke=\"{color}\"]{{stroke:var(--dl{n++},{color})}}");
        css.Append($"@media (prefers-color-scheme:dark){{:root .dl-svg{{{dark}}}}}");
        css.Append(
            ":root[data-theme=light] .dl-svg,body.vscode-light .dl-svg,body[data-jp-theme-light=true] .dl-svg,#notebook-container " +
            $".dl-svg{{{light}}}");
        css.Append($":root[data-theme=dark] .dl-svg,body.vscode-dark .dl-svg,body[data-jp-theme-light=false] .dl-svg{{{dark}}}");
        css.Append($"@media print{{:root .dl-svg.dl-svg{{{light}}}}}");
        return css.ToString();
    }
}
