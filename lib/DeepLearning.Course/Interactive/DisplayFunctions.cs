using DeepLearning.Course.Scripting.Formatters;
using DeepLearning.Course.Scripting.Output;

namespace DeepLearning.Course.Interactive;

/// <summary>What a cell can call by its bare name.</summary>
public static class DisplayFunctions
{
    /// <inheritdoc cref="DisplayExtensions.Display"/>
#pragma warning disable IDE1006 // The name notebooks know it by.
    public static DisplayedValue display(object? value, params string[] mimeTypes) => value.Display(mimeTypes);
#pragma warning restore IDE1006

    /// <summary>HTML to be shown as such: <c>HTML("&lt;b&gt;bold&lt;/b&gt;")</c>.</summary>
    public static Formatted HTML(string html) => new(html, Mime.Html);

    /// <summary>Markdown to be shown as such.</summary>
    public static Formatted Markdown(string markdown) => new(markdown, Mime.Markdown);

    /// <summary>Empties this cell's output, at once or, with <paramref name="wait"/>, when the next output comes.</summary>
    public static void ClearOutput(bool wait = false) => CellScope.Current?.Channel?.Clear(wait);
}
