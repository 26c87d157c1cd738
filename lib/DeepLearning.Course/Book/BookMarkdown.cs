using DeepLearning.Course.Page;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DeepLearning.Course.Book;

/// <summary>A heading in a lesson's text.</summary>
internal sealed record BookHeading(int Level, string Text, string Anchor);

/// <summary>
/// The text of one page: Markdown with headings that can be linked to, formulas as TeX for KaTeX to set, and coloured code.
/// </summary>
/// <param name="pageOf">The address of a notebook's page in the book, by the notebook's file name; null if it is not in the book.</param>
internal sealed class BookMarkdown(Func<string, string?> pageOf)
{
    private readonly HashSet<string> _anchors = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a text and makes its headings and links the book's.</summary>
    public MarkdownDocument Parse(string markdown)
    {
        MarkdownDocument document = Markup.Parse(markdown);
        foreach (HeadingBlock heading in document.Descendants<HeadingBlock>()) heading.GetAttributes().Id = Anchor(PlainText(heading));
        foreach (LinkInline link in document.Descendants<LinkInline>().Where(link => !link.IsImage).ToList()) Redirect(link);
        return document;
    }

    public static string ToHtml(MarkdownObject part)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Markup.Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlMathInlineRenderer>(new InlineFormula());
        renderer.ObjectRenderers.Replace<HtmlMathBlockRenderer>(new BlockFormula());
        renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new ColouredCode());
        renderer.Render(part);
        return writer.ToString();
    }

    /// <summary>The words of a block, without marks.</summary>
    public static string PlainText(LeafBlock block)
    {
        if (block.Inline is null) return block is FencedCodeBlock ? block.Lines.ToString() : "";
        return string.Concat(block.Inline.Descendants<LeafInline>().Select(inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            MathInline formula => formula.Content.ToString(),
            HtmlEntityInline entity => entity.Transcoded.ToString(),
            AutolinkInline link => link.Url,
            LineBreakInline => " ",
            _ => "",
        })).Trim();
    }

    private string Anchor(string heading)
    {
        string words = string.Join('-', heading.ToLowerInvariant()
            .Split([.. heading.ToLowerInvariant().Where(c => !char.IsLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries));
        string anchor = words.Length > 0 ? words : "section";
        for (int copy = 2; !_anchors.Add(anchor); copy++) anchor = $"{words}-{copy}";
        return anchor;
    }

    /// <summary>
    /// Other lessons become their pages; what lies beside the notebooks is not in the book, so of such a link the words remain.
    /// </summary>
    private void Redirect(LinkInline link)
    {
        string url = link.Url ?? "";
        if (url.StartsWith('#') || Uri.TryCreate(url, UriKind.Absolute, out Uri? absolute)
            && absolute.Scheme is "http" or "https" or "mailto")
            return;
        string[] parts = url.Split('#', 2);
        if (pageOf(Uri.UnescapeDataString(parts[0])) is { } page) link.Url = parts.Length > 1 ? $"{page}#{parts[1]}" : page;
        else link.ReplaceBy(new ContainerInline(), copyChildren: true);
    }

    private sealed class InlineFormula : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline formula)
        {
            formula.GetAttributes().AddClass("tex-source");
            renderer.Write("<span").WriteAttributes(formula).Write('>').WriteEscape(formula.Content.ToString().Trim()).Write("</span>");
        }
    }

    private sealed class BlockFormula : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock formula)
        {
            formula.GetAttributes().AddClass("tex-source");
            renderer.Write("<div").WriteAttributes(formula).Write('>').WriteEscape(formula.Lines.ToString().Trim()).WriteLine("</div>");
        }
    }

    private sealed class ColouredCode : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock block)
        {
            string code = block.Lines.ToString();
            bool isCSharp = block is FencedCodeBlock { Info: "csharp" or "cs" or "c#" or "C#" };
            renderer.Write("<pre><code>");
            if (isCSharp) renderer.Write(CodeColours.ToHtml(code));
            else renderer.WriteEscape(code);
            renderer.WriteLine("</code></pre>");
        }
    }
}
