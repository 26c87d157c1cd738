using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>Writes every word that stands on or beside the plots as plotly.js annotations.</summary>
internal static class PlotlyNotes
{
    public static void Write(Utf8JsonWriter json, ResolvedFigure resolved)
    {
        json.WriteStartArray("annotations");
        for (int row = 0; row < resolved.LegendRows.Count; row++)
            Above(json, resolved.Page, FigureLayout.HeadMargin, resolved.Panels[0].Area.Y,
                resolved.LegendTop + row * FigureLayout.LegendLine, Names(resolved.LegendRows[row]), Theme.FontSize);
        for (int i = 0; i < resolved.Panels.Count; i++)
        {
            ResolvedPanel panel = resolved.Panels[i];
            string number = i == 0 ? "" : $"{i + 1}";
            for (int line = 0; line < panel.TitleLines.Count; line++)
                Above(json, resolved.Page, panel.WordsX, panel.Area.Y, panel.TitleTop + line * (panel.TitleSize + 6),
                    $"<b>{JsonExtensions.Text(panel.TitleLines[line])}</b>", panel.TitleSize);
            for (int row = 0; row < panel.LegendRows.Count; row++)
                Above(json, resolved.Page, panel.WordsX, panel.Area.Y, panel.LegendTop + row * FigureLayout.LegendLine,
                    Names(panel.LegendRows[row]), Theme.FontSize);
            foreach (EndLabel label in panel.EndLabels)
                End(json, panel, label, number);
            foreach (HeatmapTrace map in panel.Panel.Traces.OfType<HeatmapTrace>().Where(m => m.ShowValues))
                foreach ((double x, double y, string text, bool onDark) in map.CellTexts())
                    Note(json, panel, new(x, y, text) { Size = Theme.TickSize, Color = onDark ? "white" : "black" }, number);
            if (!panel.Panel.Is3d)
                foreach (Annotation note in panel.Panel.Annotations)
                    Note(json, panel, note, number);
        }
        json.WriteEndArray();
    }

    private static string Names(IEnumerable<LegendEntry> row) => string.Join("  \u2002", row.Select(Entry));

    private static string Entry(LegendEntry entry)
    {
        string mark = (entry.Dash is { } dash ? Marks.Glyph(dash) : "") + (entry.Marker is { } marker ? Marks.Glyph(marker) : "");
        return $"<span style=\"color:{entry.Color}\">{mark}</span> <span " +
            $"style=\"color:{Theme.TextShade(entry.Color)}\">{JsonExtensions.Text(entry.Name)}</span>";
    }

    private static void Above(Utf8JsonWriter json, Insets page, double left, double from, double top, string text, double size)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteString("xref", "paper");
        json.WriteString("yref", "paper");
        json.WriteNumber("x", Math.Round(page.ShareX(left), 4));
        json.WriteNumber("y", Math.Round(page.ShareY(from), 4));
        json.WriteString("xanchor", "left");
        json.WriteString("yanchor", "top");
        json.WriteNumber("yshift", Math.Round(from - top, 1));
        json.WriteBoolean("showarrow", false);
        json.WriteString("align", "left");
        json.WriteNumber("borderpad", 0);
        Font(json, size, Theme.Ink);
        json.WriteEndObject();
    }

    private static void End(Utf8JsonWriter json, ResolvedPanel panel, EndLabel label, string number)
    {
        json.WriteStartObject();
        json.WriteString("text", $"<b>{JsonExtensions.Text(label.Text)}</b>");
        Place(json, panel, label.X, label.Y, number);
        json.WriteString("xanchor", "left");
        json.WriteString("yanchor", "middle");
        json.WriteNumber("xshift", 7);
        json.WriteNumber("yshift", Math.Round(-label.Down, 1));
        json.WriteBoolean("showarrow", false);
        Font(json, Theme.FontSize, label.Color);
        json.WriteEndObject();
    }

    private static void Note(Utf8JsonWriter json, ResolvedPanel panel, Annotation note, string number)
    {
        if (!double.IsFinite(panel.X.Share(note.X) + panel.Y.Share(note.Y)))
            return;
        json.WriteStartObject();
        string text = JsonExtensions.Text(note.Text);
        json.WriteString("text", note.Bold ? $"<b>{text}</b>" : text);
        Place(json, panel, note.X, note.Y, number);
        json.WriteBoolean("showarrow", note.Arrow);
        if (note.Arrow)
        {
            json.WriteNumber("ax", note.ShiftX);
            json.WriteNumber("ay", -note.ShiftY);
            json.WriteNumber("arrowhead", 2);
            json.WriteNumber("arrowwidth", 1.5);
            json.WriteString("arrowcolor", note.Color);
            json.WriteNumber("standoff", 3);
        }
        else
        {
            json.WriteNumber("xshift", note.ShiftX);
            json.WriteNumber("yshift", note.ShiftY);
        }
        json.WriteString("xanchor", note.Anchor);
        json.WriteString("yanchor", "middle");
        json.WriteString("align", "center");
        json.WriteNumber("borderpad", 1);
        if (note.Boxed || note.Arrow)
            json.WriteString("bgcolor", Theme.Paper);
        Font(json, note.Size, note.Color);
        json.WriteEndObject();
    }

    private static void Place(Utf8JsonWriter json, ResolvedPanel panel, double x, double y, string number)
    {
        json.WriteString("xref", "x" + number);
        json.WriteString("yref", "y" + number);
        json.WriteNumber("x", panel.X.Plotly(x));
        json.WriteNumber("y", panel.Y.Plotly(y));
    }

    private static void Font(Utf8JsonWriter json, double size, string color)
    {
        json.WriteStartObject("font");
        json.WriteNumber("size", size);
        json.WriteString("color", color);
        json.WriteEndObject();
    }
}
