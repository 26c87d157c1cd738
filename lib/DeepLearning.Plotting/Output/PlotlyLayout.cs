using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>Writes plotly.js' <c>layout</c>: axes, scenes, words, theme, animation controls.</summary>
internal static class PlotlyLayout
{
    /// <summary>Pixels under an animated figure for plotly's own slider, where no script of ours replaces it.</summary>
    public const int ControlHeight = 80;

    public static void Write(Utf8JsonWriter json, Figure figure, ResolvedFigure resolved)
    {
        bool moves = figure.Frames.Count > 0;
        json.WriteStartObject("layout");
        Template(json);
        json.WriteBoolean("autosize", true);
        Places(json, figure, resolved);
        json.WriteBoolean("showlegend", false);
        json.WriteString("hovermode", "closest");
        json.WriteString("uirevision", "keep");
        json.WriteString("barmode", "overlay");
        json.WriteStartObject("meta");
        json.WriteStartObject("dl");
        json.WriteNumber("width", resolved.Width);
        Fits(json, figure);
        if (moves)
            Animation(json, figure);
        json.WriteEndObject();
        json.WriteEndObject();
        if (moves)
            Controls(json, figure);
        json.WriteEndObject();
    }

    /// <summary>What depends on the figure's width: title, margins, axes, words.</summary>
    private static void Places(Utf8JsonWriter json, Figure figure, ResolvedFigure resolved)
    {
        Insets page = resolved.Page;
        int controls = figure.Frames.Count > 0 ? ControlHeight : 0;
        if (resolved.TitleLines.Count > 0)
            Title(json, resolved.TitleLines);
        json.WriteNumber("height", Math.Round(resolved.Height) + controls);
        json.WriteStartObject("margin");
        json.WriteNumber("l", Math.Round(page.Left));
        json.WriteNumber("r", Math.Round(page.Right));
        json.WriteNumber("t", Math.Round(page.Top));
        json.WriteNumber("b", Math.Round(page.Bottom) + controls);
        json.WriteNumber("pad", 0);
        json.WriteBoolean("autoexpand", false);
        json.WriteEndObject();
        for (int i = 0; i < resolved.Panels.Count; i++)
            if (resolved.Panels[i].Panel.Is3d)
                PlotlyScene.Write(json, resolved, i);
            else
            {
                Axis(json, figure, resolved, i, horizontal: true);
                Axis(json, figure, resolved, i, horizontal: false);
            }
        PlotlyNotes.Write(json, resolved);
    }

    /// <summary>
    /// The figure's places in narrower widths, from which our script takes the one for the page; other hosts use the figure's own.
    /// </summary>
    private static void Fits(Utf8JsonWriter json, Figure figure)
    {
        json.WriteStartArray("fits");
        foreach (ResolvedFigure narrow in FigureLayout.Narrower(figure))
        {
            json.WriteStartObject();
            json.WriteNumber("width", narrow.Width);
            json.WriteStartObject("layout");
            Places(json, figure, narrow);
            json.WriteEndObject();
            json.WriteStartObject("bars");
            int trace = 0;
            for (int i = 0; i < narrow.Panels.Count; i++)
                foreach (Trace drawn in narrow.Panels[i].Panel.Traces)
                {
                    if (drawn.Bar is { } bar && ReferenceEquals(narrow.Panels[i].Bar?.Scale, bar.Scale))
                    {
                        json.WriteStartObject($"{trace}");
                        json.BarPlace(PlotlyJson.Home(i, narrow));
                        json.WriteEndObject();
                    }
                    trace++;
                }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Template(Utf8JsonWriter json)
    {
        json.WriteStartObject("template");
        json.WriteStartObject("layout");
        json.WriteStartObject("font");
        json.WriteString("family", Theme.FontFamily);
        json.WriteNumber("size", Theme.FontSize);
        json.WriteString("color", Theme.Ink);
        json.WriteEndObject();
        json.WriteStartArray("colorway");
        for (int i = 0; i < 8; i++)
            json.WriteStringValue(CoursePalette.Category(i).Color);
        json.WriteEndArray();
        json.WriteStartObject("hoverlabel");
        json.WriteStartObject("font");
        json.WriteNumber("size", 14);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("modebar");
        json.WriteString("bgcolor", "rgba(0,0,0,0)");
        json.WriteString("color", Theme.Muted);
        json.WriteString("activecolor", Theme.Ink);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Title(Utf8JsonWriter json, IReadOnlyList<string> lines)
    {
        json.WriteStartObject("title");
        json.WriteString("text", "<b>" + string.Join("<br>", lines.Select(JsonExtensions.Text)) + "</b>");
        json.WriteNumber("x", 0);
        json.WriteString("xref", "container");
        json.WriteString("xanchor", "left");
        json.WriteNumber("y", 1);
        json.WriteString("yref", "container");
        json.WriteString("yanchor", "top");
        json.WriteStartObject("pad");
        json.WriteNumber("l", 16);
        json.WriteNumber("t", lines.Count > 1 ? 10 + Math.Round(0.7 * Theme.TitleSize)
            : 10); // plotly.js sets several lines higher by the height of a capital
        json.WriteEndObject();
        json.WriteStartObject("font");
        json.WriteNumber("size", Theme.TitleSize);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Axis(Utf8JsonWriter json, Figure figure, ResolvedFigure resolved, int index, bool horizontal)
    {
        ResolvedPanel panel = resolved.Panels[index];
        Axis axis = horizontal ? panel.Panel.X : panel.Panel.Y;
        AxisScale scale = horizontal ? panel.X : panel.Y;
        bool words = horizontal ? panel.ShowXText : panel.ShowYText;
        string number = index == 0 ? "" : $"{index + 1}";
        Insets page = resolved.Page;
        Rect area = panel.Area;
        json.WriteStartObject((horizontal ? "xaxis" : "yaxis") + number);
        json.WriteString("anchor", (horizontal ? "y" : "x") + number);
        json.WriteString("type", axis.Log ? "log" : "linear");
        json.WriteStartArray("domain");
        json.WriteNumberValue(Math.Round(Math.Max(0, horizontal ? page.ShareX(area.X) : page.ShareY(area.Bottom)), 4));
        json.WriteNumberValue(Math.Round(Math.Min(1, horizontal ? page.ShareX(area.Right) : page.ShareY(area.Y)), 4));
        json.WriteEndArray();
        json.WriteStartArray("range");
        json.WriteNumberValue(scale.Plotly(scale.Reversed ? scale.Max : scale.Min));
        json.WriteNumberValue(scale.Plotly(scale.Reversed ? scale.Min : scale.Max));
        json.WriteEndArray();
        if (panel.Panel.EqualAspect)
        {
            json.WriteString("constrain", "domain");
            if (!horizontal)
            {
                json.WriteString("scaleanchor", "x" + number);
                json.WriteNumber("scaleratio", 1);
            }
        }
        if (index > 0 && (horizontal ? figure.SharedX : figure.SharedY))
            json.WriteString("matches", horizontal ? "x" : "y");
        if (axis.Hidden)
            json.WriteBoolean("visible", false);
        else
            Look(json, panel, axis, scale, words, horizontal);
        json.WriteEndObject();
    }

    private static void Look(Utf8JsonWriter json, ResolvedPanel panel, Axis axis, AxisScale scale, bool words, bool horizontal)
    {
        json.WriteBoolean("automargin", false);
        json.WriteBoolean("zeroline", false);
        json.WriteString("ticks", "");
        json.WriteBoolean("showgrid", axis.Categories is null);
        json.WriteString("gridcolor", Theme.Grid);
        json.WriteBoolean("showline", true);
        json.WriteString("linecolor", Theme.Muted);
        json.WriteBoolean("showticklabels", words);
        json.WriteString("exponentformat", "power");
        json.WriteStartObject("tickfont");
        json.WriteNumber("size", Theme.TickSize);
        json.WriteString("color", Theme.Muted);
        json.WriteEndObject();
        double pixels = horizontal ? panel.Area.Width : panel.Area.Height, spacing = horizontal ? 90 : 60;
        if (axis.Categories is not null || axis.Log)
        {
            IReadOnlyList<(double At, string Text)> marks = scale.Marks(axis, pixels, spacing);
            json.Numbers("tickvals", [.. marks.Select(m => m.At)]);
            json.Texts("ticktext", marks.Select(m => m.Text));
        }
        else
            json.WriteNumber("dtick", Ticks.NiceStep((scale.Max - scale.Min) / Math.Max(2, (int)(pixels / spacing))));
        json.WriteNumber("tickangle", horizontal && panel.TiltedX ? -35 : 0);
        if (words && axis.Title is { } title)
        {
            json.WriteStartObject("title");
            json.WriteString("text", JsonExtensions.Text(title));
            json.WriteNumber("standoff", 8);
            json.WriteStartObject("font");
            json.WriteNumber("size", Theme.FontSize);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void Animation(Utf8JsonWriter json, Figure figure)
    {
        json.WriteNumber("start", figure.StartFrame);
        json.WriteNumber("controls", ControlHeight);
        json.WriteNumber("milliseconds", figure.FrameMilliseconds);
        json.Texts("labels", figure.Frames.Select(f => f.Label));
        json.WriteStartObject("reveal");
        foreach (int trace in figure.Frames.SelectMany(f => f.Changes).Where(c => c.Reveal is not null).Select(c => c.Trace).Distinct())
        {
            json.WriteStartArray($"{trace}");
            foreach (Frame frame in figure.Frames)
                json.WriteNumberValue(frame.Changes.First(c => c.Trace == trace).Reveal!.Value);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>plotly's own buttons and slider; our script replaces them by ones that also step.</summary>
    private static void Controls(Utf8JsonWriter json, Figure figure)
    {
        string animate =
            $"{{\"mode\":\"immediate\",\"fromcurrent\":true,\"frame\":{{\"duration\":{figure.FrameMilliseconds},\"redraw\":true}}," +
            $"\"transition\":{{\"duration\":0}}}}";
        string stop = "{\"mode\":\"immediate\",\"frame\":{\"duration\":0,\"redraw\":true},\"transition\":{\"duration\":0}}";
        json.WritePropertyName("updatemenus");
        json.WriteRawValue(
            $"[{{\"type\":\"buttons\",\"direction\":\"left\",\"showactive\":false,\"x\":0,\"xanchor\":\"left\",\"y\":0," +
            $"\"yanchor\":\"top\",\"pad\":{{\"t\":58,\"r\":10}},\"buttons\":[{{\"label\":\"▶\",\"method\":\"animate\",\"args\":[null," +
            $"{animate}]}},{{\"label\":\"❚❚\",\"method\":\"animate\",\"args\":[[null],{stop}]}}]}}]");
        json.WriteStartArray("sliders");
        json.WriteStartObject();
        json.WriteNumber("active", figure.StartFrame);
        json.WriteNumber("x", 0.14);
        json.WriteNumber("len", 0.86);
        json.WriteNumber("y", 0);
        json.WriteStartObject("pad");
        json.WriteNumber("t", 40);
        json.WriteEndObject();
        json.WriteStartArray("steps");
        for (int k = 0; k < figure.Frames.Count; k++)
        {
            json.WriteStartObject();
            json.WriteString("label", JsonExtensions.Text(figure.Frames[k].Label));
            json.WriteString("method", "animate");
            json.WritePropertyName("args");
            json.WriteRawValue($"[[\"{k}\"],{stop}]");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
