using System.Net;
using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Plotting;

namespace DeepLearning.Course.Book;

/// <summary>
/// What cells have produced, as HTML. A plot is its still picture; its data goes to a file of its own, which the page loads when the
/// plot comes near.
/// </summary>
/// <param name="lesson">The lesson's name, which names the files of its plots.</param>
internal sealed class BookOutputs(string lesson)
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    private readonly Dictionary<string, string> _figures = [];

    /// <summary>The data of each plot, by name.</summary>
    public IReadOnlyDictionary<string, string> Figures => _figures;

    public string ToHtml(JsonObject output) => (string?)output["output_type"] switch
    {
        "stream" =>
            $"<div class=\"stream-{((string?)output["name"] == "stderr" ? "stderr" : "stdout")}\">" +
            $"{Pre(OutputJson.StreamText(output))}</div>\n",
        "error" =>
            $"<div class=\"error\"><p><strong>{Encode((string?)output["ename"])}</strong> {Encode((string?)output["evalue"])}</p>" +
            $"{Pre(OutputJson.ErrorTrace(output))}</div>\n",
        _ => output["data"] is JsonObject data ? $"<div class=\"display\">{Richest(data)}</div>\n" : "",
    };

    private string Richest(JsonObject data)
    {
        if (data[Plotly] is { } figure) return Plot(figure, data);
        if (data["text/html"] is { } html) return Isolated(MultilineText.Read(html));
        if (data["image/svg+xml"] is { } svg) return Isolated(MultilineText.Read(svg));
        foreach (string type in (string[])["image/png", "image/jpeg", "image/gif"])
            if (data[type] is { } image)
                return $"<img alt=\"{Encode(MultilineText.Read(data["text/plain"]))}\" " +
                    $"src=\"data:{type};base64,{MultilineText.Read(image).ReplaceLineEndings("")}\">";
        if (data["text/markdown"] is { } markdown)
            return $"<div class=\"text\">{BookMarkdown.ToHtml(Page.Markup.Parse(MultilineText.Read(markdown)))}</div>";
        if (data["text/latex"] is { } latex)
            return $"<div class=\"math tex-source\">{Encode(MultilineText.Read(latex).Trim().Trim('$'))}</div>";
        return Pre(MultilineText.Read(data["text/plain"]));
    }

    private string Plot(JsonNode figure, JsonObject data)
    {
        string name = $"{lesson}-{_figures.Count + 1}", html = MultilineText.Read(data["text/html"]);
        _figures.Add(name, figure is JsonObject ? figure.ToJsonString() : MultilineText.Read(figure));
        string still = HtmlFragment.Still(html)
            ?? (data["image/svg+xml"] is { } svg ? MultilineText.Read(svg) : Pre(MultilineText.Read(data["text/plain"])));
        return $"<div class=\"plot dl-figure\" data-figure=\"{Encode(name)}\"><div class=\"dl-still\">{still}</div></div>";
    }

    /// <summary>In a shadow root, so that an output's style sheet styles that output and not the page.</summary>
    private static string Isolated(string html) =>
        "<div class=\"html\"><template shadowrootmode=\"open\"><link rel=\"stylesheet\" " +
        $"href=\"{BookAssets.Folder}/output.css\">{html}</template></div>";

    private static string Pre(string text) => $"<pre>{Encode(text.TrimEnd('\n'))}</pre>";

    private static string Encode(string? text) => WebUtility.HtmlEncode(text ?? "");
}
