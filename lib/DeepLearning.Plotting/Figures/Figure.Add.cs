using System.Numerics;

namespace DeepLearning.Plotting;

public sealed partial class Figure
{
    /// <summary>
    /// Joins the points (x, y) by a line. NaN leaves a gap. A name that has a meaning in the course ("train", "Adam") brings its look.
    /// </summary>
    /// <param name="x">Positions along the x axis.</param>
    /// <param name="y">As many values.</param>
    /// <param name="name">Written at the line's end.</param>
    /// <param name="color">A colour of <see cref="Theme"/>; by the name, or the next one, when null.</param>
    /// <param name="dash">How the line is broken; by the name, or the next one, when null.</param>
    /// <param name="marker">A mark at each point, or null.</param>
    public Figure AddLine<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string? name = null, string? color = null,
        Dash? dash = null, Marker? marker = null)
        where TX : INumber<TX>
        where TY : INumber<TY>
    {
        Meaning look = Look(name);
        return Add(new LineTrace(Numbers.From(x, nameof(x)), Numbers.From(y, nameof(y)))
        {
            Name = name,
            Color = color ?? look.Color,
            Dash = dash ?? (color is null ? look.Dash : Dash.Solid),
            Marker = marker,
        });
    }

    /// <summary>Joins the values at 0, 1, 2, … by a line.</summary>
    /// <param name="y">The values; NaN leaves a gap.</param>
    /// <param name="name">Written at the line's end.</param>
    /// <param name="color">A colour of <see cref="Theme"/>, or null.</param>
    /// <param name="dash">How the line is broken, or null.</param>
    /// <param name="marker">A mark at each point, or null.</param>
    public Figure AddLine<T>(IEnumerable<T> y, string? name = null, string? color = null, Dash? dash = null, Marker? marker = null)
        where T : INumber<T>
    {
        double[] values = Numbers.From(y, nameof(y));
        return AddLine(Numbers.Index(values.Length), values, name, color, dash, marker);
    }

    /// <summary>Draws a function of one variable.</summary>
    /// <param name="f">The function; NaN leaves a gap.</param>
    /// <param name="range">The lowest and highest x.</param>
    /// <param name="name">Written at the line's end.</param>
    /// <param name="color">A colour of <see cref="Theme"/>, or null.</param>
    /// <param name="dash">How the line is broken, or null.</param>
    /// <param name="points">How many points are computed.</param>
    public Figure AddLine(Func<double, double> f, (double Min, double Max) range, string? name = null, string? color = null,
        Dash? dash = null, int points = 401)
    {
        double[] x = Numbers.Space(range, points, "x");
        return AddLine(x, x.Select(f), name, color, dash);
    }

    /// <summary>Draws the points (x, y), each on its own.</summary>
    /// <param name="x">Positions along the x axis.</param>
    /// <param name="y">As many positions along the y axis.</param>
    /// <param name="name">Written in the row above the plot.</param>
    /// <param name="color">A colour of <see cref="Theme"/>, or null.</param>
    /// <param name="marker">The points' shape; by the name, or the next one, when null.</param>
    /// <param name="size">Pixels.</param>
    /// <param name="values">One value per point, shown as its colour; null for one colour.</param>
    public Figure AddScatter<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string? name = null, string? color = null, Marker? marker = null,
        double size = 8, IEnumerable<double>? values = null)
        where TX : INumber<TX>
        where TY : INumber<TY>
    {
        Meaning look = Look(name);
        return Add(new ScatterTrace(Numbers.From(x, nameof(x)), Numbers.From(y, nameof(y)))
        {
            Name = name,
            Color = color ?? look.Color,
            Marker = marker ?? (color is null ? look.Marker : Marker.Circle),
            MarkerSize = size,
            Values = values?.ToArray(),
        });
    }

    /// <summary>Shades the spread around a mean, in the mean line's colour.</summary>
    /// <param name="x">Positions along the x axis, rising.</param>
    /// <param name="lower">The low ends, for example mean − standard deviation.</param>
    /// <param name="upper">The high ends.</param>
    /// <param name="color">The colour of the line it belongs to.</param>
    public Figure AddBand<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> lower, IEnumerable<TY> upper, string? color = null)
        where TX : INumber<TX>
        where TY : INumber<TY> =>
        Add(new BandTrace(Numbers.From(x, nameof(x)), Numbers.From(lower, nameof(lower)), Numbers.From(upper, nameof(upper)))
        {
            Color = color ?? Look(null).Color,
        });

    /// <summary>
    /// Draws several runs of one quantity: the mean as a line, mean ± standard deviation as a band, the single runs thin behind.
    /// </summary>
    /// <param name="x">Positions along the x axis.</param>
    /// <param name="runs">For each run as many values as there are positions; at least one run.</param>
    /// <param name="name">Written at the line's end.</param>
    /// <param name="color">A colour of <see cref="Theme"/>, or null.</param>
    /// <param name="showRuns">False to leave the single runs out.</param>
    public Figure AddRuns(IEnumerable<double> x, IEnumerable<IReadOnlyList<double>> runs, string? name = null, string? color = null,
        bool showRuns = true)
    {
        double[] at = [.. x];
        double[][] all = [.. runs.Select(r => r.ToArray())];
        if (all.Length == 0)
            throw new ArgumentException("A mean over runs needs at least one run, got none.", nameof(runs));
        foreach (double[] run in all)
            Numbers.SameLength(at, run, "x", "y", "A run");
        Meaning look = Look(name);
        string paint = color ?? look.Color;
        double[] mean = [.. at.Select((_, i) => all.Average(r => r[i]))];
        double[] spread = [.. at.Select((_, i) => Math.Sqrt(all.Sum(r => Math.Pow(r[i] - mean[i], 2)) / Math.Max(1, all.Length - 1)))];
        Add(new BandTrace(at, [.. mean.Zip(spread, (m, s) => m - s)], [.. mean.Zip(spread, (m, s) => m + s)]) { Color = paint });
        if (showRuns)
            foreach (double[] run in all)
                Add(new LineTrace(at, run) { Color = paint, Width = 1, Opacity = 0.35 });
        return Add(new LineTrace(at, mean) { Name = name, Color = paint, Dash = color is null ? look.Dash : Dash.Solid, Width = 3 });
    }

    /// <summary>Draws one bar per value; a second call stands its bars beside the first ones.</summary>
    /// <param name="labels">A word under each bar.</param>
    /// <param name="heights">As many heights.</param>
    /// <param name="name">Written in the row above the plot.</param>
    /// <param name="color">A colour of <see cref="Theme"/>, or null.</param>
    /// <param name="spread">Half the length of each error bar, or null.</param>
    public Figure AddBar<T>(IEnumerable<string> labels, IEnumerable<T> heights, string? name = null, string? color = null,
        IEnumerable<double>? spread = null)
        where T : INumber<T>
    {
        string[] words = [.. labels];
        double[] values = Numbers.From(heights, nameof(heights));
        if (words.Length != values.Length)
            throw new ArgumentException($"A bar plot needs one label per height, got {words.Length} labels and {values.Length} heights.");
        Only.X = Only.X with { Categories = words };
        return Add(new BarTrace(Numbers.Index(values.Length), values)
        {
            Name = name, Color = color ?? Look(name).Color, Spread = spread?.ToArray(),
        });
    }

    /// <summary>Draws how often values fall into each of some equal intervals.</summary>
    /// <param name="values">The sample.</param>
    /// <param name="bins">How many intervals.</param>
    /// <param name="name">Written in the row above the plot.</param>
    /// <param name="color">A colour of <see cref="Theme"/>, or null.</param>
    /// <param name="density">True to make the bars' area 1, so that samples of different sizes compare.</param>
    /// <param name="range">The lowest and highest edge; by the sample when null. Values outside are not counted.</param>
    public Figure AddHistogram<T>(IEnumerable<T> values, int bins = 30, string? name = null, string? color = null, bool density = false,
        (double Min, double Max)? range = null)
        where T : INumber<T>
    {
        if (bins < 1)
            throw new ArgumentOutOfRangeException(nameof(bins), $"A histogram needs at least one bin, got {bins}.");
        double[] sample = [.. Numbers.From(values, nameof(values)).Where(double.IsFinite)];
        if (sample.Length == 0)
            throw new ArgumentException("A histogram needs at least one finite value, got none.", nameof(values));
        (double low, double high) = range ?? (sample.Min(), sample.Max());
        if (high <= low)
            (low, high) = (low - 0.5, low + 0.5);
        double width = (high - low) / bins;
        double[] counts = new double[bins];
        foreach (double v in sample)
            if (v >= low && v <= high)
                counts[Math.Min((int)((v - low) / width), bins - 1)]++;
        if (density)
            counts = [.. counts.Select(c => c / (sample.Length * width))];
        bool second = Only.TraceList.OfType<BarTrace>().Any();
        return Add(new BarTrace([.. Enumerable.Range(0, bins).Select(i => low + (i + 0.5) * width)], counts)
        {
            Name = name,
            Color = color ?? Look(name).Color,
            Width = width,
            Overlaid = true,
            Opacity = second ? 0.6 : 1,
        });
    }

    /// <summary>Draws the spread of a sample as a box at the next free place of the x axis.</summary>
    /// <param name="name">The word under the box.</param>
    /// <param name="values">The sample.</param>
    /// <param name="color">A colour of <see cref="Theme"/>, or null.</param>
    public Figure AddBox<T>(string name, IEnumerable<T> values, string? color = null) where T : INumber<T>
    {
        int position = Only.TraceList.OfType<BoxTrace>().Count();
        Only.X = Only.X with { Categories = [.. Only.X.Categories ?? [], name] };
        return Add(new BoxTrace(position, Numbers.From(values, nameof(values))) { Name = name, Color = color ?? Look(name).Color });
    }

    /// <summary>Draws a matrix as coloured cells, the first row at the bottom unless the y axis is reversed.</summary>
    /// <param name="z">Values <c>z[row, column]</c>; NaN cells stay empty.</param>
    /// <param name="x">The middle of each column; 0, 1, 2, … when null.</param>
    /// <param name="y">The middle of each row; 0, 1, 2, … when null.</param>
    /// <param name="scale">Colours; cividis when null, or the diverging scale with <paramref name="signed"/>.</param>
    /// <param name="signed">True for values around zero: the scale is centred there.</param>
    /// <param name="showValues">True to write each value into its cell.</param>
    /// <param name="range">The values of the scale's ends, to compare pictures; by the values when null.</param>
    /// <param name="opacity">Less than 1 lets the page shine through, and lines on it stand out.</param>
    public Figure AddHeatmap(double[,] z, IEnumerable<double>? x = null, IEnumerable<double>? y = null, ColorScale? scale = null,
        bool signed = false, bool showValues = false, (double Min, double Max)? range = null, double opacity = 1)
    {
        ArgumentNullException.ThrowIfNull(z);
        double reach = Numbers.Finite(z).Select(Math.Abs).DefaultIfEmpty(1).Max();
        const int few = 20;
        if (x is null && z.GetLength(1) <= few)
            Only.X = Only.X with { Categories = Only.X.Categories ?? CountUp(z.GetLength(1)) };
        if (y is null && z.GetLength(0) <= few)
            Only.Y = Only.Y with { Categories = Only.Y.Categories ?? CountUp(z.GetLength(0)) };
        return Add(new HeatmapTrace(z, x?.ToArray() ?? Numbers.Index(z.GetLength(1)), y?.ToArray() ?? Numbers.Index(z.GetLength(0)))
        {
            Scale = scale ?? (signed ? ColorScale.Diverging : ColorScale.Cividis),
            Min = range?.Min ?? (signed ? -reach : null),
            Max = range?.Max ?? (signed ? reach : null),
            ShowValues = showValues,
            Opacity = opacity,
        });
    }

    /// <inheritdoc cref="AddHeatmap(double[,], IEnumerable{double}?, IEnumerable{double}?, ColorScale?, bool, bool, ValueTuple{double,
    /// double}?, double)"/>
    public Figure AddHeatmap(float[,] z, IEnumerable<double>? x = null, IEnumerable<double>? y = null, ColorScale? scale = null,
        bool signed = false, bool showValues = false, (double Min, double Max)? range = null, double opacity = 1) =>
        AddHeatmap(Numbers.From(z), x, y, scale, signed, showValues, range, opacity);

    /// <summary>Draws a function of two variables as coloured cells.</summary>
    /// <param name="f">The function of x and y; NaN leaves a cell empty.</param>
    /// <param name="xRange">The lowest and highest x.</param>
    /// <param name="yRange">The lowest and highest y.</param>
    /// <param name="scale">Colours; cividis when null, or the diverging scale with <paramref name="signed"/>.</param>
    /// <param name="signed">True for values around zero: the scale is centred there.</param>
    /// <param name="range">The values of the scale's ends, to compare pictures; by the values when null.</param>
    /// <param name="opacity">Less than 1 lets the page shine through, and lines on it stand out.</param>
    /// <param name="points">Samples along each axis.</param>
    public Figure AddHeatmap(Func<double, double, double> f, (double Min, double Max) xRange, (double Min, double Max) yRange,
        ColorScale? scale = null, bool signed = false, (double Min, double Max)? range = null, double opacity = 1, int points = 120)
    {
        double[] x = Numbers.Space(xRange, points, "x"), y = Numbers.Space(yRange, points, "y");
        return AddHeatmap(Numbers.Sample(f, x, y), x, y, scale, signed, range: range, opacity: opacity);
    }

    /// <summary>Draws lines of equal value.</summary>
    /// <param name="z">Values <c>z[row, column]</c>.</param>
    /// <param name="x">The position of each column.</param>
    /// <param name="y">The position of each row.</param>
    /// <param name="log">True to space the levels by ratios above the lowest value, as losses want it.</param>
    /// <param name="levels">About how many.</param>
    /// <param name="filled">False to leave the bands between the lines uncoloured.</param>
    /// <param name="opacity">Less than 1 lets paths on it stand out.</param>
    public Figure AddContour(double[,] z, IEnumerable<double> x, IEnumerable<double> y, bool log = false, int levels = 12,
        bool filled = true, double opacity = 1) =>
        Add(new ContourTrace(z, [.. x], [.. y]) { Log = log, Levels = levels, Filled = filled, Opacity = opacity });

    /// <summary>Draws lines of equal value of a function.</summary>
    /// <param name="f">The function of x and y.</param>
    /// <param name="xRange">The lowest and highest x.</param>
    /// <param name="yRange">The lowest and highest y.</param>
    /// <param name="log">True to space the levels by ratios above the lowest value, as losses want it.</param>
    /// <param name="levels">About how many.</param>
    /// <param name="filled">False to leave the bands between the lines uncoloured.</param>
    /// <param name="opacity">Less than 1 lets paths on it stand out.</param>
    /// <param name="points">Samples along each axis.</param>
    public Figure AddContour(Func<double, double, double> f, (double Min, double Max) xRange, (double Min, double Max) yRange,
        bool log = false, int levels = 12, bool filled = true, double opacity = 1, int points = 80)
    {
        double[] x = Numbers.Space(xRange, points, "x"), y = Numbers.Space(yRange, points, "y");
        return AddContour(Numbers.Sample(f, x, y), x, y, log, levels, filled, opacity);
    }

    /// <summary>Draws a surface in 3-D.</summary>
    /// <param name="z">Heights <c>z[row, column]</c>.</param>
    /// <param name="x">The position of each column.</param>
    /// <param name="y">The position of each row.</param>
    /// <param name="logColor">True to colour by ratios above the lowest value.</param>
    /// <param name="opacity">Less than 1 lets paths behind show through.</param>
    public Figure AddSurface(double[,] z, IEnumerable<double> x, IEnumerable<double> y, bool logColor = false, double opacity = 1) =>
        Add(new SurfaceTrace(z, [.. x], [.. y]) { LogColor = logColor, Opacity = opacity });

    /// <summary>Draws a function of two variables as a surface in 3-D.</summary>
    /// <param name="f">The function of x and y.</param>
    /// <param name="xRange">The lowest and highest x.</param>
    /// <param name="yRange">The lowest and highest y.</param>
    /// <param name="logColor">True to colour by ratios above the lowest value.</param>
    /// <param name="opacity">Less than 1 lets paths behind show through.</param>
    /// <param name="points">Samples along each axis.</param>
    public Figure AddSurface(Func<double, double, double> f, (double Min, double Max) xRange, (double Min, double Max) yRange,
        bool logColor = false, double opacity = 1, int points = 60)
    {
        double[] x = Numbers.Space(xRange, points, "x"), y = Numbers.Space(yRange, points, "y");
        return AddSurface(Numbers.Sample(f, x, y), x, y, logColor, opacity);
    }

    /// <summary>Draws a curve in 3-D.</summary>
    /// <param name="x">Positions along the x axis.</param>
    /// <param name="y">As many positions along the y axis.</param>
    /// <param name="z">As many heights.</param>
    /// <param name="name">Written in the row above the plot.</param>
    /// <param name="color">A colour of <see cref="Theme"/>, or null.</param>
    /// <param name="marker">A mark at each point, or null.</param>
    public Figure AddPath3d<T>(IEnumerable<T> x, IEnumerable<T> y, IEnumerable<T> z, string? name = null,
        string? color = null, Marker? marker = null)
        where T : INumber<T>
    {
        Meaning look = Look(name);
        return Add(new Path3dTrace(Numbers.From(x, nameof(x)), Numbers.From(y, nameof(y)), Numbers.From(z, nameof(z)))
        {
            Name = name,
            Color = color ?? look.Color,
            Dash = color is null ? look.Dash : Dash.Solid,
            Marker = marker,
        });
    }

    /// <summary>Draws points in 3-D, each on its own.</summary>
    /// <param name="x">Positions along the x axis.</param>
    /// <param name="y">As many positions along the y axis.</param>
    /// <param name="z">As many heights.</param>
    /// <param name="name">Written in the row above the plot.</param>
    /// <param name="color">A colour of <see cref="Theme"/>, or null.</param>
    /// <param name="marker">The points' shape, or null.</param>
    /// <param name="size">Pixels.</param>
    public Figure AddScatter3d<T>(IEnumerable<T> x, IEnumerable<T> y, IEnumerable<T> z, string? name = null, string? color = null,
        Marker? marker = null, double size = 5)
        where T : INumber<T>
    {
        Meaning look = Look(name);
        return Add(new Path3dTrace(Numbers.From(x, nameof(x)), Numbers.From(y, nameof(y)), Numbers.From(z, nameof(z)))
        {
            Name = name,
            Color = color ?? look.Color,
            Marker = marker ?? look.Marker,
            MarkerSize = size,
            Width = 0,
        });
    }

    private static string[] CountUp(int count) => [.. Enumerable.Range(0, count).Select(i => $"{i}")];

    private Meaning Look(string? name) => CoursePalette.Find(name)
        ?? CoursePalette.Category(Only.TraceList.Count(t => t is not BandTrace && !t.Tight && t is not SurfaceTrace));
}
