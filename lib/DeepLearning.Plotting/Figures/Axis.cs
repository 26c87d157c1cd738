namespace DeepLearning.Plotting;

/// <summary>One axis of a panel.</summary>
public sealed record Axis
{
    /// <summary>Name and symbol of the quantity, with its unit if it has one.</summary>
    public string? Title { get; init; }

    /// <summary>True where ratios matter; all data must then be above zero.</summary>
    public bool Log { get; init; }

    /// <summary>The low end; taken from the data when null.</summary>
    public double? Min { get; init; }

    /// <summary>The high end; taken from the data when null.</summary>
    public double? Max { get; init; }

    /// <summary>True to draw no line, ticks, grid or title.</summary>
    public bool Hidden { get; init; }

    /// <summary>True when values grow downwards (or to the left), as rows of a matrix do.</summary>
    public bool Reversed { get; init; }

    /// <summary>Words at the positions 0, 1, 2, … in place of numbers.</summary>
    public IReadOnlyList<string>? Categories { get; init; }
}

/// <summary>A note at a point of a panel.</summary>
/// <param name="X">Where, in the units of the x axis.</param>
/// <param name="Y">Where, in the units of the y axis.</param>
/// <param name="Text">One line, or several separated by <c>\n</c>.</param>
public sealed record Annotation(double X, double Y, string Text)
{
    /// <summary>The text's shift to the right of the point, in pixels.</summary>
    public double ShiftX { get; init; }

    /// <summary>The text's shift upwards from the point, in pixels.</summary>
    public double ShiftY { get; init; }

    /// <summary>True to draw an arrow from the text to the point.</summary>
    public bool Arrow { get; init; }

    /// <summary>True to put the page's colour behind the text, over lines that cross it.</summary>
    public bool Boxed { get; init; }

    /// <summary>The text's colour.</summary>
    public string Color { get; init; } = Theme.Ink;

    /// <summary>The text's size in pixels.</summary>
    public double Size { get; init; } = Theme.FontSize;

    /// <summary>"left", "center" or "right": the part of the text that stands at the point.</summary>
    public string Anchor { get; init; } = "center";

    /// <summary>True for heavy letters.</summary>
    public bool Bold { get; init; }
}

/// <summary>From where a 3-D panel is seen, in multiples of the box around the data.</summary>
/// <param name="X">Along the x axis.</param>
/// <param name="Y">Along the y axis.</param>
/// <param name="Z">Above the middle.</param>
public sealed record Camera(double X = -1.25, double Y = -1.45, double Z = 1.0);

/// <summary>One plot of a figure: traces in one pair of axes, or in one 3-D box.</summary>
public sealed class Panel
{
    internal List<Trace> TraceList { get; } = [];

    internal List<Annotation> AnnotationList { get; } = [];

    /// <summary>What is drawn, from back to front.</summary>
    public IReadOnlyList<Trace> Traces => TraceList;

    /// <summary>The notes on it.</summary>
    public IReadOnlyList<Annotation> Annotations => AnnotationList;

    /// <summary>The finding, in a few words.</summary>
    public string? Title { get; internal set; }

    /// <summary>The horizontal axis.</summary>
    public Axis X { get; internal set; } = new();

    /// <summary>The vertical axis, or in 3-D the one going back.</summary>
    public Axis Y { get; internal set; } = new();

    /// <summary>The height in 3-D; the colour in a heat map or contour plot.</summary>
    public Axis Z { get; internal set; } = new();

    /// <summary>True when one unit has the same length in both directions.</summary>
    public bool EqualAspect { get; internal set; }

    /// <summary>Where the names are written.</summary>
    public Legend Legend { get; internal set; } = Legend.AtLines;

    /// <summary>From where a 3-D panel is seen.</summary>
    public Camera Camera { get; internal set; } = new();

    internal bool Is3d => TraceList.Exists(t => t.Is3d);

    internal Panel Copy()
    {
        var copy = new Panel { Title = Title, X = X, Y = Y, Z = Z, EqualAspect = EqualAspect, Legend = Legend, Camera = Camera };
        copy.TraceList.AddRange(TraceList);
        copy.AnnotationList.AddRange(AnnotationList);
        return copy;
    }
}
