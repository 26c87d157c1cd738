namespace DeepLearning.Plotting;

/// <summary>
/// A picture of one or more plots. Make one with
/// <see cref="Line{TX, TY}(IEnumerable{TX}, IEnumerable{TY}, string?, string?, Dash?, Marker?)"/> and its sisters, add to it, name its
/// axes; each call returns the same figure, so calls can be chained. The last expression of a notebook cell shows it.
/// </summary>
[TypeFormatterSource(typeof(FigureFormatterSource), PreferredMimeTypes = ["text/html", "application/vnd.plotly.v1+json"])]
public sealed partial class Figure
{
    private readonly List<Panel> _panels;

    /// <summary>An empty figure with one plot.</summary>
    public Figure() => _panels = [new Panel()];

    private Figure(List<Panel> panels, int rows, int columns) => (this._panels, Rows, Columns) = (panels, rows, columns);

    /// <summary>The plots, row by row.</summary>
    public IReadOnlyList<Panel> Panels => _panels;

    /// <summary>Rows of plots.</summary>
    public int Rows { get; } = 1;

    /// <summary>Plots in a row.</summary>
    public int Columns { get; } = 1;

    /// <summary>The animation's pictures; empty when nothing moves.</summary>
    public IReadOnlyList<Frame> Frames { get; private set; } = [];

    /// <summary>The frame shown at rest.</summary>
    public int StartFrame { get; private set; }

    /// <summary>How long one frame stands while playing.</summary>
    public int FrameMilliseconds { get; private set; } = 100;

    /// <summary>Width in pixels; null for 900, or 1280 where plots stand side by side.</summary>
    public double? Width { get; private set; }

    /// <summary>Height in pixels; null to follow from the rows.</summary>
    public double? Height { get; private set; }

    internal bool SharedX { get; private set; }

    internal bool SharedY { get; private set; }

    internal string? GridTitle { get; private set; }

    internal string Caption => GridTitle ?? _panels[0].Title ?? "Figure";

    private Panel Only => _panels.Count == 1
        ? _panels[0]
        : throw new InvalidOperationException(
            $"This figure is a grid of {_panels.Count} plots; change the figures before they go into Figure.Grid.");

    /// <summary>Says what the figure shows: the finding.</summary>
    /// <param name="text">A short sentence.</param>
    public Figure Title(string text)
    {
        if (_panels.Count > 1)
            GridTitle = text;
        else
            _panels[0].Title = text;
        return this;
    }

    /// <summary>Names the horizontal axis and sets its kind.</summary>
    /// <param name="title">Name and symbol, for example "step t".</param>
    /// <param name="log">True where ratios matter; all x must be above zero.</param>
    /// <param name="min">The low end, or null to follow the data.</param>
    /// <param name="max">The high end, or null to follow the data.</param>
    /// <param name="hidden">True to draw no axis.</param>
    /// <param name="reversed">True to grow leftwards.</param>
    /// <param name="categories">Words at 0, 1, 2, … instead of numbers.</param>
    public Figure XAxis(string? title = null, bool log = false, double? min = null, double? max = null, bool hidden = false,
        bool reversed = false, IEnumerable<string>? categories = null)
    {
        Only.X = new()
        {
            Title = title, Log = log, Min = min, Max = max, Hidden = hidden, Reversed = reversed,
            Categories = categories?.ToList() ?? Only.X.Categories,
        };
        return this;
    }

    /// <summary>Names the vertical axis and sets its kind.</summary>
    /// <param name="title">Name and symbol, for example "loss L".</param>
    /// <param name="log">True where ratios matter; all y must be above zero.</param>
    /// <param name="min">The low end, or null to follow the data.</param>
    /// <param name="max">The high end, or null to follow the data.</param>
    /// <param name="hidden">True to draw no axis.</param>
    /// <param name="reversed">True to grow downwards, as matrix rows do.</param>
    /// <param name="categories">Words at 0, 1, 2, … instead of numbers.</param>
    public Figure YAxis(string? title = null, bool log = false, double? min = null, double? max = null, bool hidden = false,
        bool reversed = false, IEnumerable<string>? categories = null)
    {
        Only.Y = new()
        {
            Title = title, Log = log, Min = min, Max = max, Hidden = hidden, Reversed = reversed,
            Categories = categories?.ToList() ?? Only.Y.Categories,
        };
        return this;
    }

    /// <summary>Names the height of a 3-D plot, or what the colour of a heat map or contour plot means.</summary>
    /// <param name="title">Name and symbol.</param>
    /// <param name="log">True for a logarithmic height; all z must be above zero. Colours have their own switch.</param>
    /// <param name="min">The low end, or null to follow the data.</param>
    /// <param name="max">The high end, or null to follow the data.</param>
    public Figure ZAxis(string? title = null, bool log = false, double? min = null, double? max = null)
    {
        Only.Z = new() { Title = title, Log = log, Min = min, Max = max };
        return this;
    }

    /// <summary>Draws no axes at all.</summary>
    public Figure NoAxes()
    {
        (Only.X, Only.Y) = (Only.X with { Hidden = true }, Only.Y with { Hidden = true });
        return this;
    }

    /// <summary>Gives one unit the same length in both directions, where geometry matters.</summary>
    public Figure EqualAspect()
    {
        Only.EqualAspect = true;
        return this;
    }

    /// <summary>Says where the names of the traces stand; at the lines when not called.</summary>
    /// <param name="place">The place.</param>
    public Figure Legend(Legend place)
    {
        _panels.ForEach(p => p.Legend = place);
        return this;
    }

    /// <summary>Says from where a 3-D plot is seen.</summary>
    /// <param name="x">Along x, in multiples of the box; negative is the side of small x.</param>
    /// <param name="y">Along y.</param>
    /// <param name="z">Height above the middle.</param>
    public Figure Camera(double x, double y, double z)
    {
        Only.Camera = new(x, y, z);
        return this;
    }

    /// <summary>Sets the size.</summary>
    /// <param name="width">Pixels; the figure becomes narrower where the page is.</param>
    /// <param name="height">Pixels.</param>
    public Figure Size(double width, double height)
    {
        if (!(width >= 100 && height >= 100 && width <= 10_000 && height <= 10_000))
            throw new ArgumentException($"A figure's sides are 100 to 10000 pixels, got {width} × {height}.");
        (Width, Height) = (width, height);
        return this;
    }

    /// <summary>Writes a note at a point.</summary>
    /// <param name="x">Where, in the units of the x axis.</param>
    /// <param name="y">Where, in the units of the y axis.</param>
    /// <param name="text">The note.</param>
    /// <param name="shiftX">Pixels to the right of the point.</param>
    /// <param name="shiftY">Pixels above the point.</param>
    /// <param name="arrow">True to draw an arrow from the note to the point.</param>
    /// <param name="color">The text's colour; ink when null.</param>
    public Figure Annotate(double x, double y, string text, double shiftX = 0, double shiftY = 0, bool arrow = false,
        string? color = null) =>
        Annotate(new Annotation(x, y, text) { ShiftX = shiftX, ShiftY = shiftY, Arrow = arrow, Color = color ?? Theme.Ink });

    /// <summary>Writes a note.</summary>
    /// <param name="note">The note.</param>
    public Figure Annotate(Annotation note)
    {
        Only.AnnotationList.Add(note);
        return this;
    }

    /// <summary>Puts any trace into the plot, over what is there.</summary>
    /// <param name="trace">The trace.</param>
    public Figure Add(Trace trace)
    {
        Only.TraceList.Add(Only.TraceList.OfType<HeatmapTrace>().Any() ? trace.OverColors() : trace);
        return this;
    }
}
