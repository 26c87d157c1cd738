using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>Writes a figure in plotly.js' published schema: data, layout, frames, config.</summary>
internal static class PlotlyJson
{
    // The default encoder writes < > & ' as \u00XX, so that the text may stand inside a script element.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Default, SkipValidation = true };

    /// <summary>What plotly.js offers and a lesson does not need; the rest fits in <see cref="FigureLayout.ModeBar"/>.</summary>
    private static readonly string[] s_buttons =
        ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "zoom3d", "pan3d", "orbitRotation", "tableRotation",
            "resetCameraLastSave3d", "hoverClosest3d"];

    public static string Write(Figure figure)
    {
        ResolvedFigure resolved = FigureLayout.Resolve(figure);
        var homes = new List<TraceHome>();
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            for (int i = 0; i < resolved.Panels.Count; i++)
                foreach (Trace trace in resolved.Panels[i].Panel.Traces)
                {
                    TraceHome home = Home(i, resolved);
                    homes.Add(home);
                    WriteTrace(json, trace, home);
                }
            json.WriteEndArray();
            PlotlyLayout.Write(json, figure, resolved);
            if (figure.Frames.Count > 0)
                Frames(json, figure, homes, [.. resolved.Panels.SelectMany(p => p.Panel.Traces)]);
            json.WriteStartObject("config");
            json.WriteBoolean("responsive", true);
            json.WriteBoolean("displaylogo", false);
            json.WriteBoolean("showSendToCloud", false); // nothing leaves the machine
            json.Texts("modeBarButtonsToRemove", s_buttons);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static string TraceText(Trace trace, TraceHome home)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
            WriteTrace(json, trace, home);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static TraceHome Home(int panel, ResolvedFigure resolved)
    {
        string number = panel == 0 ? "" : $"{panel + 1}";
        return new("x" + number, "y" + number, "scene" + number, resolved.Panels[panel], resolved.Page);
    }

    private static void WriteTrace(Utf8JsonWriter json, Trace trace, TraceHome home)
    {
        json.WriteStartObject();
        trace.WriteJson(json, home);
        if (trace.Name is { } name)
            json.WriteString("name", JsonExtensions.Text(name));
        json.WriteBoolean("showlegend", false);
        json.WriteEndObject();
    }

    /// <summary>
    /// Each frame carries only the traces that change. A trace that is revealed point by point is in the figure whole; its counts are in
    /// <c>layout.meta.dl.reveal</c>, and hosts that do not know them show the whole.
    /// </summary>
    private static void Frames(Utf8JsonWriter json, Figure figure, List<TraceHome> homes, Trace[] still)
    {
        json.WriteStartArray("frames");
        for (int k = 0; k < figure.Frames.Count; k++)
        {
            TraceChange[] changes = [.. figure.Frames[k].Changes.Where(c => c.Reveal is null)];
            json.WriteStartObject();
            json.WriteString("name", $"{k}");
            json.WriteStartArray("traces");
            foreach (TraceChange change in changes)
                json.WriteNumberValue(change.Trace);
            json.WriteEndArray();
            json.WriteStartArray("data");
            foreach (TraceChange change in changes)
                WriteChange(json, change.Data, still[change.Trace], homes[change.Trace]);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Only the points where nothing else changes, the whole trace otherwise.</summary>
    private static void WriteChange(Utf8JsonWriter json, Trace trace, Trace still, TraceHome home)
    {
        switch (trace)
        {
            case Path3dTrace path when still is Path3dTrace s && path with { X = s.X, Y = s.Y, Z = s.Z } == s:
                json.WriteStartObject();
                json.Numbers("x", path.X);
                json.Numbers("y", path.Y);
                json.Numbers("z", path.Z);
                json.WriteEndObject();
                break;
            case ScatterTrace points when still is ScatterTrace s && points with { X = s.X, Y = s.Y } == s:
                json.WriteStartObject();
                json.Numbers("x", points.X);
                json.Numbers("y", points.Y);
                json.WriteEndObject();
                break;
            case LineTrace line when still is LineTrace s && line with { X = s.X, Y = s.Y } == s:
                json.WriteStartObject();
                json.Numbers("x", line.X);
                json.Numbers("y", line.Y);
                json.WriteEndObject();
                break;
            default:
                WriteTrace(json, trace, home);
                break;
        }
    }
}
