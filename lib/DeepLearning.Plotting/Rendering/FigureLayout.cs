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

    /// <summary>Where the names of the lines stand; a legend above where a narrow plot has no room beside them.</summary>
    public Legend Legend { get; set; }

    /// <summary>
    /// The left end of title and legend: the plot's own, or its cell's where a plot of equal aspect is narrower than its words.
    /// </summary>
    public double WordsX { get; set; }

    public double LegendTop => Area.Y - 8 - LegendRows.Count * FigureLayout.LegendLine;

    public double TitleTop => LegendTop - 2 - TitleLines.Count * (TitleSize + 6);
}

/// <summary>A name at the end of its line: the end, and how far the text is moved down so that names do not collide.</summary>
internal sealed record EndLabel(string Text, string Color, double X, double Y, double Down);

/// <summary>A figure with everything decided, in pixels.</summary>
internal sealed record ResolvedFigure(double Width, double Height, IReadOnlyList<string> TitleLines, Insets Page,
    IReadOnlyList<ResolvedPanel> Panels)
{
    /// <summary>
    /// The legend of a plot too narrow for it, under the title and over all plots; empty where every plot carries its own.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<LegendEntry>> LegendRows { get; init; } = [];

    public double LegendTop => FigureLayout.TitleHeight(TitleLines) + 8;
}

/// <summary>Decides sizes, ranges and places once; the still picture and the plotly figure both follow it.</summary>
internal static class FigureLayout
{
    public const double LegendLine = 24;

    /// <summary>Where the figure's own title and legend begin.</summary>
    public const double HeadMargin = 16;

    private const double Gap = 14;

    /// <summary>A box seen from its corner is half as wide again as its sides.</summary>
    private const double WiderFor3d = 1.3;

    /// <summary>Room kept free at the right of the topmost line of words, where plotly.js shows its buttons.</summary>
    public const double ModeBar = 128;

    /// <summary>Below this width plots that stand side by side go under one another.</summary>
    private const double NarrowestCell = 260;

    /// <summary>
    /// The widths for which a figure is laid out, besides its own: half a projected page, a notebook beside its margins, a phone.
    /// </summary>
    private static readonly double[] s_widths = [960, 820, 640, 480, 350];

    /// <summary>The figure in its own size.</summary>
    public static ResolvedFigure Resolve(Figure figure) => Resolve(figure, NaturalWidth(figure), null)
        ?? throw new InvalidOperationException(
            $"A figure of {NaturalWidth(figure):0} × {NaturalHeight(figure):0} pixels has no room for its {figure.Rows} " +
            $"× {figure.Columns} plots and their words; make it larger with Size(width, height).");

    /// <summary>The figure in each of the narrower widths in which it can be read, from wide to narrow.</summary>
    public static IEnumerable<ResolvedFigure> Narrower(Figure figure)
    {
        double least = figure.Rows > 1 ? 200 * figure.Columns
            : figure.Panels.Any(p => p.Annotations.Count >= 8) ? 0.7 * NaturalWidth(figure) : 0;
        double natural = Resolve(figure).Panels[0].Cell.Height;
        return s_widths.Where(w => w < NaturalWidth(figure) - 12 && w >= least)
            .Select(w => Resolve(figure, w, natural)).OfType<ResolvedFigure>();
    }

    private static double NaturalWidth(Figure figure) => figure.Width ?? (figure.Columns > 1 ? 1280 : 900);

    private static double NaturalHeight(Figure figure) =>
        figure.Height ?? (figure.Rows > 1 ? 60 + 360 * figure.Rows : figure.Columns > 1 ? 460 : 500);

    /// <summary>
    /// How many plots stand side by side: all of them, or of a single row as many as find room, in full rows where that can be.
    /// </summary>
    private static int ColumnsAt(Figure figure, double width)
    {
        if (figure.Rows > 1 || width >= NaturalWidth(figure))
            return figure.Columns;
        int most = Math.Clamp((int)(width / NarrowestCell), 1, figure.Columns);
        int even = Enumerable.Range(1, most).Last(c => figure.Columns % c == 0);
        return even > 1 ? even : most;
    }

    /// <param name="figure">The figure.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="tallest">Null in its own size; else the height of its plots there.</param>
    /// <returns>Null where there is no room.</returns>
    private static ResolvedFigure? Resolve(Figure figure, double width, double? tallest)
    {
        bool grid = figure.Rows * figure.Columns > 1;
        int columns = ColumnsAt(figure, width), rows = (figure.Panels.Count + columns - 1) / columns;
        IReadOnlyList<string> title = grid ? TextMeasure.Wrap(figure.GridTitle, Theme.TitleSize, width - 24 - ModeBarAt(width)) : [];
        double head = TitleHeight(title);
        List<ResolvedPanel> panels = [.. figure.Panels.Select((p, i) => Ranges.Resolve(p, i / columns, i % columns))];
        Ranges.Share(panels, figure);
        foreach (ResolvedPanel panel in panels)
        {
            panel.TitleSize = grid ? 18 : Theme.TitleSize;
            panel.Legend = panel.Panel.Legend == Legend.AtLines && tallest is not null && NamesWidth(panel) > 0.22 * width / columns
                ? Legend.Row
                : panel.Panel.Legend;
        }
        if (!PlaceAcross(panels, columns, width, tallest is null ? 40 : 120, head == 0))
            return null;
        List<IReadOnlyList<LegendEntry>> legend = LiftLegend(panels, columns, width - 2 * HeadMargin - (head == 0 ? ModeBarAt(width) : 0));
        if (legend.Count > 0) head += 8 + legend.Count * LegendLine;
        double words = head + Words(panels, rows);
        double plotHeight = tallest is { } most ? Math.Min(most, panels.Max(Tallest)) : (NaturalHeight(figure) - words) / rows;
        if (plotHeight < 40 || (tallest is not null && panels.Exists(TooTightForItsValues)))
            return null;
        PlaceDown(panels, rows, head, plotHeight);
        double height = words + rows * plotHeight;
        var page = new Insets(
            panels.Min(p => p.Cell.X), panels.Min(p => p.Cell.Y),
            width - panels.Max(p => p.Cell.Right), height - panels.Max(p => p.Cell.Bottom), width, height);
        return new(width, height, title, page, panels) { LegendRows = legend };
    }

    public static double TitleHeight(IReadOnlyList<string> lines) => lines.Count == 0 ? 0 : 10 + lines.Count * 28;

    /// <summary>Of plots side by side, one with many names would push all others down; its legend gets the width of the figure.</summary>
    private static List<IReadOnlyList<LegendEntry>> LiftLegend(List<ResolvedPanel> panels, int columns, double width)
    {
        ResolvedPanel[] tall = [.. panels.Where(p => p.LegendRows.Count > 2)];
        if (columns == 1 || tall.Length != 1)
            return [];
        tall[0].LegendRows = [];
        return LegendRows(tall[0], width);
    }

    /// <summary>Buttons show where there is a mouse.</summary>
    private static double ModeBarAt(double width) => width < 480 ? 0 : ModeBar;

    private static bool PlaceAcross(List<ResolvedPanel> panels, int columns, double width, double narrowest, bool modeBar)
    {
        foreach (ResolvedPanel p in panels)
            p.Bar = p.Panel.Traces.Select(t => t.Bar).LastOrDefault(b => b is not null);
        double[] left = Need(panels, columns, p => p.Column, Left);
        double[] right = Need(panels, columns, p => p.Column, Right);
        double[] shares = [.. Enumerable.Range(0, columns)
            .Select(c => columns > 1 && panels.Where(p => p.Column == c).All(p => p.Panel.Is3d) ? WiderFor3d : 1)];
        double unit = (width - left.Sum() - right.Sum() - Gap * (columns - 1)) / shares.Sum();
        if (unit < narrowest)
            return false;
        foreach (ResolvedPanel p in panels)
        {
            int c = p.Column;
            double x = left.Take(c + 1).Sum() + right.Take(c).Sum() + shares.Take(c).Sum() * unit + c * Gap;
            p.Cell = new(x, 0, shares[c] * unit, 0);
            p.WordsX = x;
            double room = Math.Min(p.Cell.Right + right[c], width - 8) - x;
            p.TitleLines = TextMeasure.Wrap(p.Panel.Title, p.TitleSize,
                modeBar && p.Row == 0 && c == columns - 1 ? Math.Max(120, room - ModeBarAt(width)) : room);
            p.LegendRows = LegendRows(p, room);
            p.TiltedX = p.ShowXText && p.Panel.X.Categories is { Count: > 0 } names
                && names.Max(n => TextMeasure.Width(n, Theme.TickSize)) > p.Cell.Width / names.Count - 4;
        }
        return true;
    }

    private static double Words(List<ResolvedPanel> panels, int rows) =>
        Need(panels, rows, p => p.Row, Top).Sum() + Need(panels, rows, p => p.Row, Bottom).Sum();

    private static double Top(ResolvedPanel p) => 12 + p.LegendRows.Count * LegendLine + p.TitleLines.Count * (p.TitleSize + 6) + 6;

    /// <summary>A plot narrower than it was meant is not taller than wide, and one of equal aspect no taller than its data.</summary>
    private static double Tallest(ResolvedPanel p) =>
        p.Panel.EqualAspect && !p.Panel.Is3d ? p.Cell.Width * (p.Y.Max - p.Y.Min) / (p.X.Max - p.X.Min)
        : Math.Max(0.95 * p.Cell.Width, (Theme.TickSize + 8) * (p.Panel.Y.Categories?.Count ?? 0));

    private static bool TooTightForItsValues(ResolvedPanel p) => p.Panel.Traces.OfType<HeatmapTrace>().Where(map => map.ShowValues)
        .Any(map => map.CellTexts().Select(cell => TextMeasure.Width(cell.Text, Theme.TickSize)).DefaultIfEmpty(0).Max()
            > p.Cell.Width / map.Z.GetLength(1));

    private static void PlaceDown(List<ResolvedPanel> panels, int rows, double head, double plotHeight)
    {
        double[] top = Need(panels, rows, p => p.Row, Top);
        double[] bottom = Need(panels, rows, p => p.Row, Bottom);
        foreach (ResolvedPanel p in panels)
        {
            double y = head + top.Take(p.Row + 1).Sum() + bottom.Take(p.Row).Sum() + p.Row * plotHeight;
            p.Cell = p.Cell with { Y = y, Height = plotHeight };
            p.Area = p.Panel.EqualAspect && !p.Panel.Is3d ? Equal(p) : p.Cell;
            double widest = p.TitleLines.Select(line => TextMeasure.Width(line, p.TitleSize, bold: true))
                .Concat(p.LegendRows.Select(row => row.Sum(EntryWidth))).DefaultIfEmpty(0).Max();
            p.WordsX = Math.Max(p.Cell.X, Math.Min(p.Area.X, p.Cell.Right - widest));
            p.EndLabels = EndLabels(p);
        }
    }

    private static double[] Need(List<ResolvedPanel> panels, int count, Func<ResolvedPanel, int> at, Func<ResolvedPanel, double> need) =>
        [.. Enumerable.Range(0, count).Select(i => panels.Where(p => at(p) == i).Select(need).DefaultIfEmpty(0).Max())];

    private static double Left(ResolvedPanel p)
    {
        if (p.Panel.Is3d || p.Panel.Y.Hidden)
            return 8;
        double ticks = p.ShowYText ? p.Y.Marks(p.Panel.Y, 300, 60).Concat(p.Y.Marks(p.Panel.Y, 600, 60))
            .Select(m => TextMeasure.Width(m.Text, Theme.TickSize)).DefaultIfEmpty(0).Max() + 12 : 8;
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
            return 30 + bar.Ticks.Select(t => TextMeasure.Width(t.Text, Theme.TickSize)).DefaultIfEmpty(0).Max()
                + (p.Panel.Z.Title is not null && !p.Panel.Is3d ? 30 : 8);
        return Math.Max(p.Panel.Is3d || p.Panel.X.Hidden ? 8 : 22, p.Legend == Legend.AtLines ? NamesWidth(p) : 0);
    }

    private static double NamesWidth(ResolvedPanel p) =>
        Named(p).Where(t => ReachesEnd(p, t))
            .Select(t => TextMeasure.Width(t.Name!, Theme.FontSize, bold: true) + 14).DefaultIfEmpty(0).Max();

    private static IEnumerable<LineTrace> Named(ResolvedPanel p) =>
        p.Panel.Traces.OfType<LineTrace>().Where(t => t.Name is not null && t.Labelled);

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
        var ends = (p.Legend == Legend.AtLines ? Named(p) : []).Select(t => (Trace: t, At: End(p, t))).Where(e => double.IsFinite(e.At.X))
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

    private static List<IReadOnlyList<LegendEntry>> LegendRows(ResolvedPanel panel, double width)
    {
        var rows = new List<IReadOnlyList<LegendEntry>>();
        if (panel.Legend == Legend.None)
            return rows;
        var row = new List<LegendEntry>();
        double used = 0;
        foreach (LegendEntry entry in panel.Panel.Traces.Where(t => panel.Legend == Legend.Row || t is not LineTrace).Select(t => t.Entry)
            .OfType<LegendEntry>().DistinctBy(e => e.Name))
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

    public static double EntryWidth(LegendEntry entry) =>
        (entry.Dash is null ? 18 : 42) + TextMeasure.Width(entry.Name, Theme.FontSize) + 18;

    private static Rect Equal(ResolvedPanel p)
    {
        if (p.X.Log || p.Y.Log)
            throw new InvalidOperationException("Equal aspect needs two linear axes; one of these is logarithmic.");
        double unit = Math.Min(p.Cell.Width / (p.X.Max - p.X.Min), p.Cell.Height / (p.Y.Max - p.Y.Min));
        double w = unit * (p.X.Max - p.X.Min), h = unit * (p.Y.Max - p.Y.Min);
        return new(p.Cell.X + (p.Cell.Width - w) / 2, p.Cell.Y + (p.Cell.Height - h) / 2, w, h);
    }
}
