using Markdig;

namespace DeepLearning.Course.Page;

/// <summary>
/// Markdown to HTML: tables, footnotes, task lists, and <c>$…$</c> / <c>$$…$$</c> as elements of class <c>math</c> that hold TeX.
/// Raw HTML passes, since lessons use a little of it; the page strips what is not on its list (sanitize.js) before showing it.
/// </summary>
internal static class Markup
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    public static string ToHtml(string markdown) => Markdown.ToHtml(markdown, Pipeline);
}
