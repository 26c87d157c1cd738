using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using Markdig.Syntax;

namespace DeepLearning.Course.Book;

/// <summary>
/// A lesson's cells as HTML, with what the page's other parts need of them: headings, sections to search, the data of the plots.
/// </summary>
internal sealed class LessonBody
{
    private readonly StringBuilder _html = new();
    private readonly BookMarkdown _markdown;
    private readonly BookOutputs _outputs;
    private readonly BookLesson _lesson;
    private int _number;

    public LessonBody(BookLesson lesson, Func<string, string?> pageOf)
    {
        (_lesson, _markdown, _outputs) = (lesson, new BookMarkdown(pageOf), new BookOutputs(lesson.Name));
        Sections.Add(new BookSection(lesson.Title, "content"));
        foreach (NotebookCell cell in lesson.Notebook.Cells)
        {
            _number++;
            if (cell.Source.Trim().Length == 0) continue;
            if (cell.Kind == CellKind.Markdown) AddText(cell);
            else if (cell.Kind == CellKind.Code) AddCode(cell);
            else Add(cell, $"<pre>{WebUtility.HtmlEncode(cell.Source)}</pre>");
        }
    }

    public string Html => _html.ToString();

    /// <summary>For the table of contents: parts and their parts, not the title.</summary>
    public List<BookHeading> Headings { get; } = [];

    public List<BookSection> Sections { get; } = [];

    public IReadOnlyDictionary<string, string> Figures => _outputs.Figures;

    private void AddText(NotebookCell cell)
    {
        MarkdownDocument document = _markdown.Parse(cell.Source);
        foreach (LeafBlock block in document.Descendants<LeafBlock>())
        {
            string text = BookMarkdown.PlainText(block);
            if (text.Length == 0) continue;
            if (block is HeadingBlock heading) AddHeading(heading, text);
            else if (block is FencedCodeBlock) Sections[^1].Code.AppendLine(text);
            else Sections[^1].Text.Append(text).Append('\n');
        }
        Add(cell, $"<div class=\"text\">{Pictures.Embed(BookMarkdown.ToHtml(document), cell, _lesson.Folder)}</div>");
    }

    private void AddHeading(HeadingBlock heading, string text)
    {
        string anchor = Markdig.Renderers.Html.HtmlAttributesExtensions.GetAttributes(heading).Id!;
        if (heading.Level is 2 or 3) Headings.Add(new BookHeading(heading.Level, text, anchor));
        Sections.Add(new BookSection(text, anchor));
    }

    private void AddCode(NotebookCell cell)
    {
        Sections[^1].Code.AppendLine(cell.Source);
        string code =
            "<div class=\"editor-box\"><pre class=\"still-code\" " +
            $"tabindex=\"0\"><code>{CodeColours.ToHtml(cell.Source.TrimEnd())}</code></pre></div>";
        if (IsSourceHidden(cell)) code = $"<details class=\"hidden-code\"><summary>Code</summary>{code}</details>";
        string outputs = string.Concat(cell.Outputs.OfType<JsonObject>().Select(_outputs.ToHtml));
        Add(cell, $"{code}\n<div class=\"outputs\">{outputs}</div>");
    }

    private void Add(NotebookCell cell, string html)
    {
        string tags = string.Concat(cell.Tags.Where(tag => tag.All(char.IsAsciiLetterOrDigit)).Select(tag => $" tag-{tag}"));
        _html.Append($"<div class=\"cell cell-{cell.Kind.ToString().ToLowerInvariant()}{tags}\" id=\"cell-{_number}\">\n{html}\n</div>\n");
    }

    private static bool IsSourceHidden(NotebookCell cell) =>
        cell.Metadata["jupyter"] is JsonObject marks && marks["source_hidden"] is JsonValue hidden
            && hidden.TryGetValue(out bool value) && value;
}
