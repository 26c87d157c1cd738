using System.Net;
using System.Text;

namespace DeepLearning.Course.Book;

/// <summary>The book's pages around what the lessons hold.</summary>
/// <param name="lessons">All of the book, in order.</param>
/// <param name="nonce">The word by which a page knows its own scripts; no other runs.</param>
internal sealed class BookPages(IReadOnlyList<BookLesson> lessons, string nonce)
{
    private const string CourseTitle = "Deep learning in C#";

    public string Contents()
    {
        var html = new StringBuilder(
            Head(CourseTitle, "A course on deep learning, every number and picture in it computed by C#.", "list-page"));
        html.Append($"""
            <header class="hero">
            <div class="tools">{ThemeToggle}</div>
            <h1><img src="{BookAssets.Folder}/icon.svg" alt="">{CourseTitle}</h1>
            <p>The lessons as a book: every number and picture in it was computed by the code beside it. To change a number and run it again, open the course.</p>
            {Search}
            </header>
            <main id="content">

            """);
        foreach (IGrouping<string, BookLesson> group in lessons.GroupBy(lesson => lesson.Group))
        {
            html.Append($"<section aria-label=\"{Encode(group.Key)}\">\n<h2>{Encode(group.Key)}</h2>\n<div class=\"cards\">\n");
            foreach (BookLesson lesson in group)
            {
                html.Append($"""
                    <a class="card" href="{lesson.Page}"><span class="card-number" aria-hidden="true">{NumberOf(lesson) ?? "·"}</span><span class="card-text"><span class="card-title">{Encode(lesson.Title)}</span><span class="card-question">{Encode(lesson.Question)}</span></span></a>

                    """);
            }
            html.Append("</div>\n</section>\n");
        }
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    public string Lesson(int at, LessonBody body)
    {
        BookLesson lesson = lessons[at];
        BookLesson? previous = at > 0 ? lessons[at - 1] : null, next = at + 1 < lessons.Count ? lessons[at + 1] : null;
        string title = NumberOf(lesson) is { } number ? $"{number} · {lesson.Title}" : lesson.Title;
        return $"""
            {Head(title, lesson.Question ?? title, "lesson-page")}
            <header class="bar">
            <a class="back" href="index.html">‹ Contents</a>
            <span class="bar-title">{Encode(title)}</span>
            {Search}
            <nav class="bar-buttons" aria-label="Neighbouring lessons">{Arrow(previous, "‹", "prev", "Previous")}{Arrow(next, "›", "next", "Next")}</nav>
            <div class="bar-buttons tools"><button type="button" data-font-step="-1" aria-label="Smaller text">A−</button><button type="button" data-font-step="1" aria-label="Larger text">A+</button>{ThemeToggle}</div>
            </header>
            <div class="book">
            {Sections(body)}
            <main id="content" tabindex="-1">
            <div id="cells">
            {body.Html}</div>
            <p class="run-it">To change this lesson and run it, type in the course's folder: <code>dotnet run --project lib/DeepLearning.Course -- open {Encode(NumberOf(lesson) ?? lesson.Name)}</code></p>
            <nav class="neighbours" aria-label="Previous and next lesson">{Neighbour(previous, "prev", "Previous")}{Neighbour(next, "next", "Next")}</nav>
            </main>
            </div>
            </body>
            </html>

            """;
    }

    private const string ThemeToggle = "<button type=\"button\" data-theme-toggle></button>";

    private const string Search = """
        <search class="search"><input type="search" id="search" placeholder="Search" aria-label="Search the book" autocomplete="off" spellcheck="false"><div id="found" role="region" aria-live="polite" aria-label="Found" hidden></div></search>
        """;

    private string Head(string title, string description, string kind)
    {
        string assets = BookAssets.Folder;
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="script-src 'nonce-{nonce}' 'strict-dynamic'; object-src 'none'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="{SiteFolder.Mark}">
            <meta name="description" content="{Encode(description)}">
            <title>{Encode(title)}</title>
            <link rel="icon" href="{assets}/icon.svg">
            <link rel="stylesheet" href="{assets}/style.css">
            <link rel="stylesheet" href="{assets}/book.css">
            <script nonce="{nonce}" src="{assets}/theme.js"></script>
            {string.Concat(BookAssets.Vendor.Select(part => $"<meta name=\"book-{part.Name}\" content=\"{assets}/{part.Path}\">"))}
            <script nonce="{nonce}" src="{assets}/book.js" defer></script>
            <script nonce="{nonce}" src="{assets}/search.js" defer></script>
            </head>
            <body class="{kind}">
            <a class="skip" href="#content">Skip to the text</a>

            """;
    }

    private static string Sections(LessonBody body)
    {
        if (body.Headings.Count == 0) return "";
        var html = new StringBuilder(
            "<details class=\"sections\"><summary>On this page</summary>\n<nav aria-label=\"On this page\"><ul>\n");
        foreach (BookHeading heading in body.Headings)
            html.Append($"<li class=\"level-{heading.Level}\"><a href=\"#{heading.Anchor}\">{Encode(heading.Text)}</a></li>\n");
        return html.Append("</ul></nav></details>").ToString();
    }

    private static string Arrow(BookLesson? lesson, string sign, string relation, string word) =>
        lesson is null ? ""
            : $"<a class=\"step\" rel=\"{relation}\" href=\"{lesson.Page}\" title=\"{Encode(lesson.Title)}\" " +
                $"aria-label=\"{word}: {Encode(lesson.Title)}\">{sign}</a>";

    private static string Neighbour(BookLesson? lesson, string relation, string word) =>
        lesson is null ? ""
            : $"<a class=\"{relation}\" rel=\"{relation}\" href=\"{lesson.Page}\"><small>{word}</small>{Encode(lesson.Title)}</a>";

    private static string? NumberOf(BookLesson lesson) => lesson.Number?.ToString("00");

    private static string Encode(string? text) => WebUtility.HtmlEncode(text ?? "");
}
