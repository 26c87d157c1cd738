using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Markdig;

namespace DeepLearning.Course.Notebooks;

/// <summary>A notebook as one readable web page that needs no other file.</summary>
public static class HtmlPage
{
    private const string Style = """
        body { font: 17px/1.6 system-ui, sans-serif; color: #222; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        pre, code { font-family: ui-monospace, "Cascadia Mono", Consolas, Menlo, monospace; font-size: .9em; }
        pre { overflow-x: auto; margin: .4rem 0; padding: .6rem .8rem; }
        pre.code { background: #f4f6f8; border-left: 3px solid #0072b2; }
        pre.error { background: #fdf0ec; border-left: 3px solid #d55e00; }
        pre.stderr { color: #8a3b00; }
        .output { margin: .3rem 0 1rem; }
        table { border-collapse: collapse; } td, th { border: 1px solid #ccc; padding: .2rem .6rem; text-align: left; }
        img, svg { max-width: 100%; }
        @media (prefers-color-scheme: dark) {
          body { color: #ddd; background: #181a1b; } pre.code { background: #24282b; } pre.error { background: #3a231b; } pre.stderr { color: #ffb68a; }
          td, th { border-color: #555; } a { color: #56b4e9; }
        }
        @media print { body { max-width: none; } pre { white-space: pre-wrap; } }
        """;

    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    /// <param name="notebook">What to show.</param>
    /// <param name="folder">Where pictures the text refers to lie; they are put into the page.</param>
    /// <param name="title">The page's title.</param>
    public static string Render(Notebook notebook, string folder, string title)
    {
        var html = new StringBuilder($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <style>
            {Style}
            </style></head><body>

            """);
        foreach (NotebookCell cell in notebook.Cells)
        {
            if (cell.Kind == CellKind.Markdown) html.AppendLine(Pictures.Embed(Markdown.ToHtml(cell.Source, s_pipeline), cell, folder));
            if (cell.Kind != CellKind.Code) continue;
            if (cell.Source.Trim() != "") html.AppendLine(Pre("code", cell.Source));
            foreach (JsonObject output in cell.Outputs.OfType<JsonObject>())
                html.AppendLine($"<div class=\"output\">{Output(output)}</div>");
        }
        return html.AppendLine("</body></html>").ToString();
    }

    private static string Output(JsonObject output) => (string?)output["output_type"] switch
    {
        "stream" => Pre((string?)output["name"] ?? "stdout", OutputJson.StreamText(output)),
        "error" => Pre("error", OutputJson.ErrorTrace(output)),
        _ => output["data"] is JsonObject data ? Data(data) : "",
    };

    /// <summary>The richest format a page can show without a program of its own.</summary>
    private static string Data(JsonObject data)
    {
        if (data["text/html"] is { } html) return MultilineText.Read(html);
        if (data["image/svg+xml"] is { } svg) return MultilineText.Read(svg);
        foreach (string type in (string[])["image/png", "image/jpeg", "image/gif"])
            if (data[type] is { } image)
                return $"<img alt=\"\" src=\"data:{type};base64,{MultilineText.Read(image).ReplaceLineEndings("")}\">";
        if (data["text/markdown"] is { } markdown) return Markdown.ToHtml(MultilineText.Read(markdown), s_pipeline);
        return Pre("value", MultilineText.Read(data["text/plain"]));
    }

    private static string Pre(string kind, string text) => $"<pre class=\"{kind}\">{WebUtility.HtmlEncode(text.TrimEnd('\n'))}</pre>";
}
