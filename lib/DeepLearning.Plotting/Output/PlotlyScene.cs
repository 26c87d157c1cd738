using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>Writes the box of a 3-D panel.</summary>
internal static class PlotlyScene
{
    /// <summary>
    /// Without perspective the distance of the eye only sets the size, as a share of the panel's height; this one fills the panel and
    /// leaves room for the words, also where the panel is narrow.
    /// </summary>
    private static double Nearness(Rect area) => 0.62 * Math.Max(1, 2.1 * area.Height / area.Width);

    /// <summary>Pixels by which a scene may reach into the gap beside it, with the words on its left.</summary>
    private const double Overhang = 22;

    public static void Write(Utf8JsonWriter json, ResolvedFigure resolved, int index)
    {
        ResolvedPanel panel = resolved.Panels[index];
        Insets page = resolved.Page;
        Rect area = panel.Area;
        json.WriteStartObject("scene" + (index == 0 ? "" : $"{index + 1}"));
        json.WriteStartObject("domain");
        json.Numbers("x", [Math.Max(0, page.ShareX(area.X - Overhang)), Math.Min(1, page.ShareX(area.Right + Overhang))]);
        json.Numbers("y", [Math.Max(0, page.ShareY(area.Bottom)), Math.Min(1, page.ShareY(area.Y))]);
        json.WriteEndObject();
        json.WriteString("aspectmode", "manual");
        json.WriteStartObject("aspectratio");
        json.WriteNumber("x", 1);
        json.WriteNumber("y", 1);
        json.WriteNumber("z", 0.75);
        json.WriteEndObject();
        Camera eye = panel.Panel.Camera;
        double near = Nearness(area);
        json.WriteStartObject("camera");
        json.WriteStartObject("eye");
        json.WriteNumber("x", Math.Round(near * eye.X, 4));
        json.WriteNumber("y", Math.Round(near * eye.Y, 4));
        json.WriteNumber("z", Math.Round(near * eye.Z, 4));
        json.WriteEndObject();
        json.WriteStartObject("center");
        json.WriteNumber("x", 0);
        json.WriteNumber("y", 0);
        json.WriteNumber("z", -0.1);
        json.WriteEndObject();
        json.WriteStartObject("projection");
        json.WriteString("type", "orthographic");
        json.WriteEndObject();
        json.WriteEndObject();
        Axis(json, "xaxis", panel.Panel.X, panel.X);
        Axis(json, "yaxis", panel.Panel.Y, panel.Y);
        Axis(json, "zaxis", panel.Panel.Z, panel.Z);
        json.WriteEndObject();
    }

    private static void Axis(Utf8JsonWriter json, string name, Axis axis, AxisScale scale)
    {
        json.WriteStartObject(name);
        json.WriteString("type", axis.Log ? "log" : "linear");
        json.Numbers("range", [scale.Plotly(scale.Reversed ? scale.Max : scale.Min), scale.Plotly(scale.Reversed ? scale.Min : scale.Max)]);
        if (axis.Hidden)
            json.WriteBoolean("visible", false);
        json.WriteString("gridcolor", Theme.Grid);
        json.WriteBoolean("showbackground", false);
        json.WriteBoolean("zeroline", false);
        json.WriteBoolean("showspikes", false);
        json.WriteNumber("nticks", 6);
        json.WriteString("exponentformat", "power");
        json.WriteStartObject("tickfont");
        json.WriteNumber("size", 12);
        json.WriteString("color", Theme.Muted);
        json.WriteEndObject();
        json.WriteStartObject("title");
        json.WriteString("text", JsonExtensions.Text(axis.Title ?? ""));
        json.WriteStartObject("font");
        json.WriteNumber("size", 15);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
