using System.Text.Json;

namespace DeepLearning.Plotting;

/// <summary>
/// A piece of HTML that stands anywhere: the still picture at once, and where plotly.js is at hand (as <c>window.Plotly</c>, or to be
/// loaded from <c>window.dlPlotlyUrl</c>) the live plot in its place. It asks nothing of the network.
/// </summary>
internal static class HtmlFragment
{
    /// <summary>The script that brings figures to life, as it stands in every fragment.</summary>
    public static string Script { get; } = ReadScript();

    public static string Write(Figure figure)
    {
        ResolvedFigure resolved = FigureLayout.Resolve(figure);
        return $"""
            <div class="dl-figure" style="max-width:{resolved.Width:0}px">
            <div class="dl-still">{SvgRenderer.Render(figure.AtStart(), standalone: false)}</div>
            <script type="application/json" class="dl-json">{PlotlyJson.Write(figure)}</script>
            <script>{Script}</script>
            </div>
            """;
    }

    public static string Page(Figure figure) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{SvgCanvas.Escape(figure.Caption)}</title>
        </head>
        <body style="margin:16px">
        {Write(figure)}
        </body>
        </html>

        """;

    /// <summary>The still picture in a fragment this class has written; null if the text is anything else.</summary>
    public static string? Still(string html)
    {
        const string open = "<div class=\"dl-still\">", data = "<script type=\"application/json\" class=\"dl-json\">";
        int start = html.IndexOf(open, StringComparison.Ordinal), end = html.IndexOf(data, StringComparison.Ordinal);
        if (start < 0 || end < start)
            return null;
        string still = html[(start + open.Length)..end].TrimEnd();
        return still.EndsWith("</div>", StringComparison.Ordinal) ? still[..^"</div>".Length] : null;
    }

    private static string ReadScript()
    {
        using Stream stream = typeof(HtmlFragment).Assembly.GetManifestResourceStream("figure.js")
            ?? throw new InvalidOperationException("figure.js is missing from the assembly; build the project again.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("/*DARK*/{}", JsonSerializer.Serialize(Theme.Dark));
    }
}
