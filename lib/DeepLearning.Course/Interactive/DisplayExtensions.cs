using DeepLearning.Course.Scripting;
using DeepLearning.Course.Scripting.Formatters;
using DeepLearning.Course.Scripting.Output;

namespace DeepLearning.Course.Interactive;

/// <summary>Showing values in a cell's output, under the names .NET Interactive gives them.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value now; the result can update it. Outside a cell nothing is shown.</summary>
    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">Only in these formats; in all that fit if none is given.</param>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes)
    {
        string id = Guid.NewGuid().ToString("N");
        CellScope.Current?.Channel?.Display(new DisplayData(ValueFormatter.Format(value, mimeTypes), id));
        return new DisplayedValue(id, mimeTypes);
    }

    /// <summary>Shows text that is already in a format, such as <c>text/markdown</c> or <c>image/svg+xml</c>.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => new Formatted(value, mimeType).Display();
}
