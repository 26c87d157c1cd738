namespace DeepLearning.Plotting;

/// <summary>A panel with everything decided: where it lies, which ranges it shows, where its words stand.</summary>
internal sealed class ResolvedPanel
{
    public required Panel Panel { get; init; }

    public required int Row { get; init; }

    public required int Column { get; init; }

    public required AxisScale X { get; set; }

    public required AxisScale Y { get; set; }

    public required AxisScale Z { get; set; }

    public bool ShowXText { get; set; } = true;

    public bool ShowYText { get; set; } = true;

    public Rect Cell { get; set; }

    public Rect Area { get; set; }

    public IReadOnlyList<string> TitleLines { get; set; } = [];

    public IReadOnlyList<IReadOnlyList<LegendEntry>> LegendRows { get; set; } = [];

    public IReadOnlyList<EndLabel> EndLabels { get; set; } = [];

    public ColorBar? Bar { get; set; }

    public bool TiltedX { get; set; }

    public double TitleSize { get; set; } = Theme.TitleSize;

    public double LegendTop => Area.Y - 8 - LegendRows.Count * FigureLayout.LegendLine;

    public double TitleTop => LegendTop - 2 - TitleLines.Count * (TitleSize + 6);
}

/// <summary>A name at the end of its line: the end, and how far the text is moved down so that names do not collide.</summary>
internal sealed record EndLabel(string Text, string Color, double X, double Y, double Down);

/// <summary>A figure with everything decided, in pixels.</summary>
internal sealed record ResolvedFigure(double Width, double Height, IReadOnlyList<string> TitleLines, Insets Page, IReadOnlyList<ResolvedPanel> Panels);

/// <summary>Decides sizes, ranges and places once; the still picture and the plotly figure both follow it.</summary>
internal static class FigureLayout
{
    public const double LegendLine = 24;

    private const double Gap = 14;

    /// <summary>A box seen from its corner is half as wide again as its sides.</summary>
    private const double WiderFor3d = 1.3;

    public static ResolvedFigure Resolve(Figure figure)
    {
        bool grid = figure.Rows * figure.Columns > 1;
        double width = figure.Width ?? (figure.Columns > 1 ? 1280 : 900);
        double height = figure.Height ?? (figure.Rows == 1 ? (grid ? 460 : 500) : 60 + 360 * figure.Rows);
        IReadOnlyList<string> title = grid ? TextMeasure.Wrap(figure.GridTitle, Theme.TitleSize, width - 40) : [];
        List<ResolvedPanel> panels = [.. figure.Panels.Select((p, i) => Ranges.Resolve(p, i / figure.Columns, i % figure.Columns))];
        Ranges.Share(panels, figure);
        foreach (ResolvedPanel panel in panels)
            panel.TitleSize = grid ? 18 : Theme.TitleSize;
        Place(panels, figure, width, height, title.Count == 0 ? 0 : 10 + title.Count * 28);
        var page = new Insets(
            panels.Min(p => p.Cell.X), panels.Min(p => p.Cell.Y),
            width - panels.Max(p => p.Cell.Right), height - panels.Max(p => p.Cell.Bottom), width, height);
        return new(width, height, title, page, panels);
    }

    private static void Place(List<ResolvedPanel> panels, Figure figure, double width, double height, double head)
    {
        double guess = width / figure.Columns - 90;
        foreach (ResolvedPanel p in panels)
        {
            p.TitleLines = TextMeasure.Wrap(p.Panel.Title, p.TitleSize, guess + 40);
            p.LegendRows = LegendRows(p.Panel, guess);
            p.Bar = p.Panel.Traces.Select(t => t.Bar).LastOrDefault(b => b is not null);
            p.TiltedX = p.ShowXText && p.Panel.X.Categories is { Count: > 0 } names
                && names.Max(n => TextMeasure.Width(n, Theme.TickSize)) > guess / names.Count - 4;
        }
        double[] left = Need(panels, figure.Columns, p => p.Column, Left);
        double[] right = Need(panels, figure.Columns, p => p.Column, Right);
        double[] top = Need(panels, figure.Rows, p => p.Row, p => 12 + p.LegendRows.Count * LegendLine + p.TitleLines.Count * (p.TitleSize + 6) + 6);
        double[] bottom = Need(panels, figure.Rows, p => p.Row, Bottom);
        double[] shares = [.. Enumerable.Range(0, figure.Columns).Select(c => figure.Columns > 1 && panels.Where(p => p.Column == c).All(p => p.Panel.Is3d) ? WiderFor3d : 1)];
        double unit = (width - left.Sum() - right.Sum() - Gap * (figure.Columns - 1)) / shares.Sum();
        double plotHeight = (height - head - top.Sum() - bottom.Sum()) / figure.Rows;
        if (unit < 40 || plotHeight < 40)
            throw new InvalidOperationException($"A figure of {width:0} × {height:0} pixels has no room for its {figure.Rows} × {figure.Columns} plots and their words; make it larger with Size(width, height).");
        foreach (ResolvedPanel p in panels)
        {
            double x = left.Take(p.Column + 1).Sum() + right.Take(p.Column).Sum() + shares.Take(p.Column).Sum() * unit + p.Column * Gap;
            double y = head + top.Take(p.Row + 1).Sum() + bottom.Take(p.Row).Sum() + p.Row * plotHeight;
            p.Cell = new(x, y, shares[p.Column] * unit, plotHeight);
            p.Area = p.Panel.EqualAspect && !p.Panel.Is3d ? Equal(p) : p.Cell;
            p.EndLabels = EndLabels(p);
        }
    }

    private static double[] Need(List<ResolvedPanel> panels, int count, Func<ResolvedPanel, int> at, Func<ResolvedPanel, double> need) =>
        [.. Enumerable.Range(0, count).Select(i => panels.Where(p => at(p) == i).Select(need).DefaultIfEmpty(0).Max())];

    private static double Left(ResolvedPanel p)
    {
        if (p.Panel.Is3d || p.Panel.Y.Hidden)
            return 8;
        double ticks = p.ShowYText ? p.Y.Marks(p.Panel.Y, 300, 60).Concat(p.Y.Marks(p.Panel.Y, 600, 60)).Select(m => TextMeasure.Width(m.Text, Theme.TickSize)).DefaultIfEmpty(0).Max() + 12 : 8;
        return ticks + (p.ShowYText && p.Panel.Y.Title is not null ? 28 : 4);
    }

    private static double Bottom(ResolvedPanel p)
    {
        if (p.Panel.Is3d || p.Panel.X.Hidden)
            return 10;
        double ticks = !p.ShowXText ? 8 : p.TiltedX ? 16 + 0.6 * p.Panel.X.Categories!.Max(n => TextMeasure.Width(n, Theme.TickSize)) : 26;
        return ticks + (p.ShowXText && p.Panel.X.Title is not null ? 28 : 6);
    }

    private static double Right(ResolvedPanel p)
    {
        if (p.Bar is { } bar)
            return 30 + bar.Ticks.Select(t => TextMeasure.Width(t.Text, Theme.TickSize)).DefaultIfEmpty(0).Max() + (p.Panel.Z.Title is not null && !p.Panel.Is3d ? 30 : 8);
        double names = EndLabelled(p.Panel).Where(t => ReachesEnd(p, t)).Select(t => TextMeasure.Width(t.Name!, Theme.FontSize, bold: true) + 14).DefaultIfEmpty(0).Max();
        return Math.Max(p.Panel.Is3d || p.Panel.X.Hidden ? 8 : 22, names);
    }

    private static IEnumerable<LineTrace> EndLabelled(Panel panel) =>
        panel.Legend == Legend.AtLines ? panel.Traces.OfType<LineTrace>().Where(t => t.Name is not null && t.Labelled) : [];

    private static (double X, double Y) End(ResolvedPanel p, LineTrace line)
    {
        for (int i = line.X.Length - 1; i >= 0; i--)
            if (double.IsFinite(p.X.Share(line.X[i])) && double.IsFinite(p.Y.Share(line.Y[i])))
                return (line.X[i], line.Y[i]);
        return (double.NaN, double.NaN);
    }

    private static bool ReachesEnd(ResolvedPanel p, LineTrace line) => p.X.Share(End(p, line).X) > 0.75;

    private static List<EndLabel> EndLabels(ResolvedPanel p)
    {
        const double line = Theme.FontSize + 4;
        var ends = EndLabelled(p.Panel).Select(t => (Trace: t, At: End(p, t))).Where(e => double.IsFinite(e.At.X))
            .Select(e => (e.Trace, e.At, Py: p.Area.Bottom - Math.Clamp(p.Y.Share(e.At.Y), 0, 1) * p.Area.Height))
            .OrderBy(e => e.Py).ToList();
        double[] y = Spread([.. ends.Select(e => e.Py)], line, p.Area.Y + 6, p.Area.Bottom - 8);
        return [.. ends.Select((e, i) => new EndLabel(
            e.Trace.Name!, Theme.TextShade(e.Trace.Color), e.At.X,
            p.Y.Invert(Math.Clamp(p.Y.Share(e.At.Y), 0, 1)), y[i] - e.Py))];
    }

    /// <summary>Moves sorted positions apart to at least one gap, as little as possible, within the ends.</summary>
    internal static double[] Spread(double[] sorted, double gap, double low, double high)
    {
        double[] y = [.. sorted];
        for (int round = 0; round < 200; round++)
        {
            bool moved = false;
            for (int i = 0; i + 1 < y.Length; i++)
                if (y[i + 1] - y[i] < gap - 0.01)
                {
                    double push = (gap - (y[i + 1] - y[i])) / 2;
                    (y[i], y[i + 1], moved) = (y[i] - push, y[i + 1] + push, true);
                }
            if (!moved)
                break;
        }
        // What hangs over an end is pushed back, and pushes its neighbours.
        for (int i = 0; i < y.Length; i++)
            y[i] = Math.Max(y[i], i == 0 ? low : y[i - 1] + gap);
        for (int i = y.Length - 1; i >= 0; i--)
            y[i] = Math.Min(y[i], i == y.Length - 1 ? high : y[i + 1] - gap);
        return y;
    }

    private static List<IReadOnlyList<LegendEntry>> LegendRows(Panel panel, double width)
    {
        var rows = new List<IReadOnlyList<LegendEntry>>();
        if (panel.Legend == Legend.None)
            return rows;
        var row = new List<LegendEntry>();
        double used = 0;
        foreach (LegendEntry entry in panel.Traces.Where(t => panel.Legend == Legend.Row || t is not LineTrace).Select(t => t.Entry).OfType<LegendEntry>().DistinctBy(e => e.Name))
        {
            double needs = EntryWidth(entry);
            if (used + needs > width && row.Count > 0)
            {
                rows.Add(row);
                (row, used) = ([], 0);
            }
            row.Add(entry);
            used += needs;
        }
        if (row.Count > 0)
            rows.Add(row);
        return rows;
    }

    public static double EntryWidth(LegendEntry entry) => (entry.Dash is null ? 18 : 42) + TextMeasure.Width(entry.Name, Theme.FontSize) + 18;

    private static Rect Equal(ResolvedPanel p)
    {
        if (p.X.Log || p.Y.Log)
            throw new InvalidOperationException("Equal aspect needs two linear axes; one of these is logarithmic.");
        double unit = Math.Min(p.Cell.Width / (p.X.Max - p.X.Min), p.Cell.Height / (p.Y.Max - p.Y.Min));
        double w = unit * (p.X.Max - p.X.Min), h = unit * (p.Y.Max - p.Y.Min);
        return new(p.Cell.X + (p.Cell.Width - w) / 2, p.Cell.Y + (p.Cell.Height - h) / 2, w, h);
    }
}
