using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace DeepLearning.Course.Page;

/// <summary>
/// Markdown to HTML: tables, footnotes, task lists, and <c>$…$</c> / <c>$$…$$</c> as elements of class <c>math</c> that hold TeX.
/// Raw HTML passes, since lessons use a little of it; the page strips what is not on its list (sanitize.js) before showing it.
/// </summary>
internal static class Markup
{
    /// <summary>The extensions every text of the course is read and written with.</summary>
    internal static MarkdownPipeline Pipeline { get; } = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    public static string ToHtml(string markdown) => Parse(markdown).ToHtml(Pipeline);

    internal static MarkdownDocument Parse(string markdown)
    {
        MarkdownDocument document = Markdown.Parse(markdown, Pipeline);
        // A formula between $$ on one line is set off as well, as in Jupyter.
        foreach (MathInline formula in document.Descendants<MathInline>().Where(formula => formula.DelimiterCount == 2))
            formula.GetAttributes().AddClass("math-display");
        return document;
    }
}
