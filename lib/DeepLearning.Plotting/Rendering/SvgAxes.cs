namespace DeepLearning.Plotting;

/// <summary>Grid, ticks and axis titles of a flat panel in the still picture.</summary>
internal static class SvgAxes
{
    public static void Grid(Plot plot, ResolvedPanel panel)
    {
        Rect area = panel.Area;
        if (!panel.Panel.X.Hidden && panel.Panel.X.Categories is null)
            foreach ((double at, _) in panel.X.Marks(panel.Panel.X, area.Width, 90))
                plot.Canvas.Path($"M{SvgCanvas.N(plot.Px(at))} {SvgCanvas.N(area.Y)}v{SvgCanvas.N(area.Height)}", Theme.Grid, 1);
        if (!panel.Panel.Y.Hidden && panel.Panel.Y.Categories is null)
            foreach ((double at, _) in panel.Y.Marks(panel.Panel.Y, area.Height, 60))
                plot.Canvas.Path($"M{SvgCanvas.N(area.X)} {SvgCanvas.N(plot.Py(at))}h{SvgCanvas.N(area.Width)}", Theme.Grid, 1);
    }

    public static void Words(Plot plot, ResolvedPanel panel)
    {
        Rect area = panel.Area;
        if (!panel.Panel.X.Hidden)
        {
            plot.Canvas.Path($"M{SvgCanvas.N(area.X)} {SvgCanvas.N(area.Bottom)}h{SvgCanvas.N(area.Width)}", Theme.Muted, 1);
            if (panel.ShowXText)
                XWords(plot, panel);
        }
        if (!panel.Panel.Y.Hidden)
        {
            plot.Canvas.Path($"M{SvgCanvas.N(area.X)} {SvgCanvas.N(area.Y)}v{SvgCanvas.N(area.Height)}", Theme.Muted, 1);
            if (panel.ShowYText)
                YWords(plot, panel);
        }
    }

    private static void XWords(Plot plot, ResolvedPanel panel)
    {
        Rect area = panel.Area;
        double deepest = 20;
        foreach ((double at, string text) in panel.X.Marks(panel.Panel.X, area.Width, 90))
            if (panel.X.Share(at) is >= 0 and <= 1)
            {
                plot.Canvas.Text(plot.Px(at), area.Bottom + 20, text, Theme.TickSize, Theme.Muted, panel.TiltedX ? "end" : "middle",
                    angle: panel.TiltedX ? -35 : 0);
                if (panel.TiltedX)
                    deepest = Math.Max(deepest, 16 + 0.6 * TextMeasure.Width(text, Theme.TickSize));
            }
        if (panel.Panel.X.Title is { } title)
            plot.Canvas.Text(area.X + area.Width / 2, area.Bottom + deepest + 26, title, Theme.FontSize, anchor: "middle");
    }

    private static void YWords(Plot plot, ResolvedPanel panel)
    {
        Rect area = panel.Area;
        double widest = 0;
        foreach ((double at, string text) in panel.Y.Marks(panel.Panel.Y, area.Height, 60))
            if (panel.Y.Share(at) is >= 0 and <= 1)
            {
                plot.Canvas.Text(area.X - 8, plot.Py(at) + 5, text, Theme.TickSize, Theme.Muted, "end");
                widest = Math.Max(widest, TextMeasure.Width(text, Theme.TickSize));
            }
        if (panel.Panel.Y.Title is { } title)
            plot.Canvas.Text(area.X - widest - 20, area.Y + area.Height / 2, title, Theme.FontSize, anchor: "middle", angle: -90);
    }
}
