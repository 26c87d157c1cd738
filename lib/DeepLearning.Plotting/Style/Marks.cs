namespace DeepLearning.Plotting;

/// <summary>How a line is broken; repeats what its colour says.</summary>
public enum Dash
{
    /// <summary>Unbroken.</summary>
    Solid,

    /// <summary>Short strokes.</summary>
    Dash,

    /// <summary>Dots.</summary>
    Dot,

    /// <summary>Stroke and dot in turn.</summary>
    DashDot,

    /// <summary>Long strokes.</summary>
    LongDash,
}

/// <summary>The shape of a point; repeats what its colour says.</summary>
public enum Marker
{
    /// <summary>Filled disc.</summary>
    Circle,

    /// <summary>Filled square.</summary>
    Square,

    /// <summary>Filled diamond.</summary>
    Diamond,

    /// <summary>Upright cross.</summary>
    Cross,

    /// <summary>Diagonal cross.</summary>
    X,

    /// <summary>Triangle pointing up.</summary>
    TriangleUp,

    /// <summary>Triangle pointing down.</summary>
    TriangleDown,

    /// <summary>Five-pointed star.</summary>
    Star,

    /// <summary>Ring.</summary>
    CircleOpen,

    /// <summary>Empty square.</summary>
    SquareOpen,

    /// <summary>Empty diamond.</summary>
    DiamondOpen,
}

/// <summary>Where the names of a panel's traces are written.</summary>
public enum Legend
{
    /// <summary>At the end of each line; points and bars in a row above the plot.</summary>
    AtLines,

    /// <summary>All in a row above the plot.</summary>
    Row,

    /// <summary>Nowhere.</summary>
    None,
}

internal static class Marks
{
    public static string Plotly(Dash dash) => dash switch
    {
        Dash.Dash => "dash",
        Dash.Dot => "dot",
        Dash.DashDot => "dashdot",
        Dash.LongDash => "longdash",
        _ => "solid",
    };

    /// <summary>The dash as an SVG <c>stroke-dasharray</c>, or null for a solid line.</summary>
    public static string? Svg(Dash dash, double width) => dash switch
    {
        Dash.Dash => $"{3 * width:0.#} {2 * width:0.#}",
        Dash.Dot => $"{width:0.#} {1.6 * width:0.#}",
        Dash.DashDot => $"{4 * width:0.#} {1.6 * width:0.#} {width:0.#} {1.6 * width:0.#}",
        Dash.LongDash => $"{6 * width:0.#} {2.5 * width:0.#}",
        _ => null,
    };

    public static string Plotly(Marker marker) => marker switch
    {
        Marker.Square => "square",
        Marker.Diamond => "diamond",
        Marker.Cross => "cross",
        Marker.X => "x",
        Marker.TriangleUp => "triangle-up",
        Marker.TriangleDown => "triangle-down",
        Marker.Star => "star",
        Marker.CircleOpen => "circle-open",
        Marker.SquareOpen => "square-open",
        Marker.DiamondOpen => "diamond-open",
        _ => "circle",
    };

    /// <summary>plotly.js draws only eight symbols in 3-D; the others take the nearest of them.</summary>
    public static string Plotly3d(Marker marker) => marker switch
    {
        Marker.TriangleUp => "diamond",
        Marker.TriangleDown => "square",
        Marker.Star => "cross",
        _ => Plotly(marker),
    };

    public static string Glyph(Marker marker) => marker switch
    {
        Marker.Square => "■",
        Marker.Diamond => "◆",
        Marker.Cross => "✚",
        Marker.X => "✖",
        Marker.TriangleUp => "▲",
        Marker.TriangleDown => "▼",
        Marker.Star => "★",
        Marker.CircleOpen => "○",
        Marker.SquareOpen => "□",
        Marker.DiamondOpen => "◇",
        _ => "●",
    };

    public static string Glyph(Dash dash) => dash switch
    {
        Dash.Dash => "━ ━",
        Dash.Dot => "•••",
        Dash.DashDot => "━ •",
        Dash.LongDash => "━━ ━",
        _ => "━━",
    };
}
