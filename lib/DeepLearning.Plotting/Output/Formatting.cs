namespace DeepLearning.Plotting;

/// <summary>
/// Tells a notebook host, by its name alone, which class offers the formats of the type it stands on. Hosts look for an attribute called
/// <c>TypeFormatterSourceAttribute</c>; no reference to any of them is needed.
/// </summary>
/// <param name="formatterSourceType">A class with a parameterless constructor and a method <c>CreateTypeFormatters()</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The class that makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>Which of its formats to use when none is asked for, best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}

/// <summary>The formats of a <see cref="Figure"/>.</summary>
public sealed class FigureFormatterSource
{
    /// <summary>One formatter per format.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new FigureFormatter("text/html", f => f.ToHtml()),
        new FigureFormatter("application/vnd.plotly.v1+json", f => f.ToJson()),
        new FigureFormatter("image/svg+xml", f => f.ToSvg()),
        new FigureFormatter("text/plain", f => f.ToString()),
    ];
}

/// <summary>Writes a figure in one format.</summary>
/// <param name="mimeType">The format.</param>
/// <param name="write">Makes its text.</param>
public sealed class FigureFormatter(string mimeType, Func<Figure, string> write)
{
    /// <summary>The format.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the figure; false when the value is something else.</summary>
    /// <param name="instance">A <see cref="Figure"/>.</param>
    /// <param name="writer">Where to.</param>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not Figure figure)
            return false;
        writer.Write(write(figure));
        return true;
    }
}
