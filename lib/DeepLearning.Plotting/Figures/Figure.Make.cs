using System.Numerics;

namespace DeepLearning.Plotting;

public sealed partial class Figure
{
    /// <inheritdoc cref="AddLine{TX, TY}(IEnumerable{TX}, IEnumerable{TY}, string?, string?, Dash?, Marker?)"/>
    public static Figure Line<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string? name = null, string? color = null,
        Dash? dash = null, Marker? marker = null)
        where TX : INumber<TX>
        where TY : INumber<TY> => new Figure().AddLine(x, y, name, color, dash, marker);

    /// <inheritdoc cref="AddLine{T}(IEnumerable{T}, string?, string?, Dash?, Marker?)"/>
    public static Figure Line<T>(IEnumerable<T> y, string? name = null, string? color = null, Dash? dash = null, Marker? marker = null)
        where T : INumber<T> =>
        new Figure().AddLine(y, name, color, dash, marker);

    /// <inheritdoc cref="AddLine(Func{double, double}, ValueTuple{double, double}, string?, string?, Dash?, int)"/>
    public static Figure Line(Func<double, double> f, (double Min, double Max) range, string? name = null, string? color = null,
        Dash? dash = null, int points = 401) =>
        new Figure().AddLine(f, range, name, color, dash, points);

    /// <inheritdoc cref="AddScatter{TX, TY}"/>
    public static Figure Scatter<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string? name = null, string? color = null,
        Marker? marker = null, double size = 8, IEnumerable<double>? values = null)
        where TX : INumber<TX>
        where TY : INumber<TY> => new Figure().AddScatter(x, y, name, color, marker, size, values);

    /// <inheritdoc cref="AddBar{T}"/>
    public static Figure Bar<T>(IEnumerable<string> labels, IEnumerable<T> heights, string? name = null, string? color = null,
        IEnumerable<double>? spread = null)
        where T : INumber<T> =>
        new Figure().AddBar(labels, heights, name, color, spread);

    /// <inheritdoc cref="AddHistogram{T}"/>
    public static Figure Histogram<T>(IEnumerable<T> values, int bins = 30, string? name = null, string? color = null, bool density = false,
        (double Min, double Max)? range = null)
        where T : INumber<T> => new Figure().AddHistogram(values, bins, name, color, density, range).YAxis(density ? "density" : "count");

    /// <summary>Draws the spread of some samples, a box each.</summary>
    /// <param name="samples">A name and values for each box.</param>
    public static Figure Box<T>(params IEnumerable<(string Name, IEnumerable<T> Values)> samples) where T : INumber<T>
    {
        var figure = new Figure();
        foreach ((string name, IEnumerable<T> values) in samples)
            figure.AddBox(name, values);
        return figure;
    }

    /// <inheritdoc cref="AddHeatmap(double[,], IEnumerable{double}?, IEnumerable{double}?, ColorScale?, bool, bool, ValueTuple{double,
    /// double}?, double)"/>
    public static Figure Heatmap(double[,] z, IEnumerable<double>? x = null, IEnumerable<double>? y = null, ColorScale? scale = null,
        bool signed = false, bool showValues = false, (double Min, double Max)? range = null, double opacity = 1) =>
        new Figure().AddHeatmap(z, x, y, scale, signed, showValues, range, opacity);

    /// <inheritdoc cref="AddHeatmap(double[,], IEnumerable{double}?, IEnumerable{double}?, ColorScale?, bool, bool, ValueTuple{double,
    /// double}?, double)"/>
    public static Figure Heatmap(float[,] z, IEnumerable<double>? x = null, IEnumerable<double>? y = null, ColorScale? scale = null,
        bool signed = false, bool showValues = false, (double Min, double Max)? range = null, double opacity = 1) =>
        new Figure().AddHeatmap(z, x, y, scale, signed, showValues, range, opacity);

    /// <inheritdoc cref="AddHeatmap(Func{double, double, double}, ValueTuple{double, double}, ValueTuple{double, double}, ColorScale?,
    /// bool, ValueTuple{double, double}?, double, int)"/>
    public static Figure Heatmap(Func<double, double, double> f, (double Min, double Max) xRange, (double Min, double Max) yRange,
        ColorScale? scale = null, bool signed = false, (double Min, double Max)? range = null, double opacity = 1, int points = 120) =>
        new Figure().AddHeatmap(f, xRange, yRange, scale, signed, range, opacity, points);

    /// <inheritdoc cref="AddContour(double[,], IEnumerable{double}, IEnumerable{double}, bool, int, bool, double)"/>
    public static Figure Contour(double[,] z, IEnumerable<double> x, IEnumerable<double> y, bool log = false, int levels = 12,
        bool filled = true, double opacity = 1) =>
        new Figure().AddContour(z, x, y, log, levels, filled, opacity);

    /// <inheritdoc cref="AddContour(Func{double, double, double}, ValueTuple{double, double}, ValueTuple{double, double}, bool, int,
    /// bool, double, int)"/>
    public static Figure Contour(Func<double, double, double> f, (double Min, double Max) xRange, (double Min, double Max) yRange,
        bool log = false, int levels = 12, bool filled = true, double opacity = 1, int points = 80) =>
        new Figure().AddContour(f, xRange, yRange, log, levels, filled, opacity, points);

    /// <inheritdoc cref="AddSurface(double[,], IEnumerable{double}, IEnumerable{double}, bool, double)"/>
    public static Figure Surface(double[,] z, IEnumerable<double> x, IEnumerable<double> y, bool logColor = false, double opacity = 1) =>
        new Figure().AddSurface(z, x, y, logColor, opacity);

    /// <inheritdoc cref="AddSurface(Func{double, double, double}, ValueTuple{double, double}, ValueTuple{double, double}, bool, double,
    /// int)"/>
    public static Figure Surface(Func<double, double, double> f, (double Min, double Max) xRange, (double Min, double Max) yRange,
        bool logColor = false, double opacity = 1, int points = 60) =>
        new Figure().AddSurface(f, xRange, yRange, logColor, opacity, points);

    /// <summary>Puts figures side by side, row by row.</summary>
    /// <param name="rows">Rows of plots.</param>
    /// <param name="columns">Plots in a row.</param>
    /// <param name="figures">One plot each, at most <paramref name="rows"/> × <paramref name="columns"/> of them.</param>
    /// <param name="sharedX">True to give all the same x range, with numbers under the lowest only.</param>
    /// <param name="sharedY">True to give all the same y range, with numbers left of the first only.</param>
    public static Figure Grid(int rows, int columns, IEnumerable<Figure> figures, bool sharedX = false, bool sharedY = false)
    {
        Figure[] all = [.. figures];
        if (rows < 1 || columns < 1 || all.Length == 0 || all.Length > rows * columns)
            throw new ArgumentException(
                $"A grid of {rows} × {columns} holds 1 to {Math.Max(0, rows * columns)} figures, got {all.Length}.");
        if (Array.Find(all, f => f._panels.Count > 1 || f.Frames.Count > 0) is not null)
            throw new ArgumentException(
                "A grid is made of single still plots; one of the figures is itself a grid or an animation. Animate the finished grids " +
                "with Figure.Animate.");
        return new([.. all.Select(f => f.Only.Copy())], rows, columns) { SharedX = sharedX, SharedY = sharedY };
    }

    /// <summary>
    /// Makes an animation of figures that have the same plots and traces; only traces that change are kept for each frame.
    /// </summary>
    /// <param name="figures">
    /// One figure per frame, grids included. Axes reach over all frames; titles and notes are those of the start frame.
    /// </param>
    /// <param name="labels">What the slider says at each frame; the frame's number when null.</param>
    /// <param name="start">The frame shown at rest, the most telling one; the last when null.</param>
    /// <param name="milliseconds">How long one frame stands while playing.</param>
    public static Figure Animate(IEnumerable<Figure> figures, IEnumerable<string>? labels = null, int? start = null, int milliseconds = 100)
    {
        Figure[] all = [.. figures];
        string[] words = labels?.ToArray() ?? [.. all.Select((_, k) => $"{k}")];
        if (all.Length < 2)
            throw new ArgumentException($"An animation needs at least two figures, got {all.Length}.", nameof(figures));
        if (words.Length != all.Length)
            throw new ArgumentException($"An animation of {all.Length} figures needs as many labels, got {words.Length}.", nameof(labels));
        if (Array.Exists(all, f => f._panels.Count != all[0]._panels.Count))
            throw new ArgumentException("All frames must have the same plots; some are grids of another size.", nameof(figures));
        Trace[][] traces = [.. all.Select(f => f._panels.SelectMany(p => p.TraceList).ToArray())];
        for (int k = 1; k < all.Length; k++)
            if (!traces[k].Select(t => t.GetType()).SequenceEqual(traces[0].Select(t => t.GetType())))
                throw new ArgumentException(
                    $"All frames must have the same traces in the same order; frame {k} has {traces[k].Length} " +
                    $"({string.Join(", ", traces[k].Select(t => t.Kind))}), frame 0 has {traces[0].Length}.");
        int rest = start ?? all.Length - 1;
        CheckStart(rest, all.Length);
        Figure still = all[rest];
        ResolvedFigure resolved = FigureLayout.Resolve(still);
        TraceHome[] homes = [.. still._panels.SelectMany((p, i) => p.TraceList.Select(_ => PlotlyJson.Home(i, resolved)))];
        int[] moving = [.. Enumerable.Range(0, homes.Length).Where(t => Changes(t))];
        return new([.. still._panels.Select((p, i) => Ranges.Over(p, all.Select(f => f._panels[i])))], still.Rows, still.Columns)
        {
            SharedX = still.SharedX,
            SharedY = still.SharedY,
            GridTitle = still.GridTitle,
            Width = still.Width,
            Height = still.Height,
            Frames = [.. all.Select((_, k) => new Frame(words[k], [.. moving.Select(t => new TraceChange(t, traces[k][t]))]))],
            StartFrame = rest,
            FrameMilliseconds = milliseconds,
        };

        bool Changes(int t)
        {
            if (traces.All(frame => ReferenceEquals(frame[t], traces[0][t])))
                return false;
            string first = PlotlyJson.TraceText(traces[0][t], homes[t]);
            return traces.Any(frame => PlotlyJson.TraceText(frame[t], homes[t]) != first);
        }
    }

    /// <summary>Makes this figure move by frames built by hand; its own traces stay as they are where a frame names none.</summary>
    /// <param name="frames">The frames, in order.</param>
    /// <param name="start">The frame shown at rest; the last when null.</param>
    /// <param name="milliseconds">How long one frame stands while playing.</param>
    public Figure WithFrames(IEnumerable<Frame> frames, int? start = null, int milliseconds = 100)
    {
        Frame[] all = [.. frames];
        int traces = _panels.Sum(p => p.TraceList.Count);
        foreach (Frame frame in all)
            if (frame.Changes.FirstOrDefault(c => c.Trace < 0 || c.Trace >= traces) is { } wrong)
                throw new ArgumentException(
                    $"Frame '{frame.Label}' changes trace {wrong.Trace}, but this figure has the traces 0 to {traces - 1}.",
                    nameof(frames));
        CheckStart(start ?? all.Length - 1, all.Length);
        (Frames, StartFrame, FrameMilliseconds) = (all, start ?? all.Length - 1, milliseconds);
        return this;
    }

    private static void CheckStart(int start, int count)
    {
        if (start < 0 || start >= count)
            throw new ArgumentOutOfRangeException(nameof(start), $"The start frame must be one of 0 to {count - 1}, got {start}.");
    }
}
