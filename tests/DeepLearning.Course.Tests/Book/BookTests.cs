using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DeepLearning.Course.Book;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Book;

/// <summary>What <c>course book</c> writes.</summary>
[Collection(SessionTest.OneAtATime)]
public class BookTests(BookSite book) : IClassFixture<BookSite>
{
    private static readonly string[] s_pages = ["index.html", "06-first.html", "10-second.html", "11-third.html"];

    [Fact]
    public void EveryLessonIsAPageAndTheContentsListThemInGroups()
    {
        IHtmlDocument contents = book.Page("index.html");
        Assert.Equal(s_pages[1..], contents.QuerySelectorAll("a.card").Select(link => link.GetAttribute("href")));
        Assert.Equal(["First & \"best\" 1 < 2", "Second", "Third"],
            contents.QuerySelectorAll(".card-title").Select(title => title.TextContent));
        Assert.Equal("Which weight is to blame?", contents.QuerySelector(".card-question")!.TextContent);
        Assert.Equal(2, contents.QuerySelectorAll("main h2").Length);
        Assert.Contains("The book has 3 lessons", book.Console);
        Assert.Contains("ok      06-first.ipynb", book.Console);
    }

    [Fact]
    public void EveryAddressIsAFileOfTheBookOrAPlaceInIt()
    {
        int looked = 0;
        foreach (string page in s_pages)
        {
            IHtmlDocument document = book.Page(page);
            IEnumerable<IElement> nodes = document.All.Concat(document.QuerySelectorAll("template").Cast<IHtmlTemplateElement>()
                .SelectMany(template => template.Content.Descendants<IElement>()));
            IEnumerable<string?> addresses = nodes.SelectMany(node => new[] { node.GetAttribute("href"), node.GetAttribute("src") })
                .Concat(document.QuerySelectorAll("meta[name^=book-]").Select(meta => meta.GetAttribute("content")))
                .Concat(document.QuerySelectorAll("[data-figure]").Select(plot => $"figures/{plot.GetAttribute("data-figure")}.js"));
            foreach (string address in addresses.OfType<string>()
                .Where(address => !address.StartsWith("data:") && address != "https://example.org/"))
            {
                looked++;
                string[] parts = address.Split('#', 2);
                string file = parts[0].Length == 0 ? page : Uri.UnescapeDataString(parts[0]);
                Assert.True(File.Exists(book.PathOf(file)), $"{page} points at {address}");
                if (parts.Length > 1)
                    Assert.True(book.Page(file).GetElementById(parts[1]) is not null,
                        $"{page} points at {address}, where there is no such place");
            }
        }
        Assert.True(looked > 40);
    }

    [Fact]
    public void SharedFilesAreThereOnce()
    {
        string[] names = [.. Directory.EnumerateFiles(book.Site, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)!)];
        Assert.Equal(names.Distinct(), names);
        foreach (string page in s_pages[1..])
        {
            string html = File.ReadAllText(book.PathOf(page));
            Assert.DoesNotContain("dlFigures", html);
            Assert.DoesNotContain("<style>body", html);
        }
    }

    [Fact]
    public void LessonsFollowOneAnother()
    {
        string? Step(string page, string relation) => book.Page(page).QuerySelector($".neighbours [rel={relation}]")?.GetAttribute("href");
        Assert.Equal([null, "06-first.html", "10-second.html"], s_pages[1..].Select(page => Step(page, "prev")));
        Assert.Equal(["10-second.html", "11-third.html", null], s_pages[1..].Select(page => Step(page, "next")));
    }

    [Fact]
    public void TextCodeAndOutputsAreEncoded()
    {
        IHtmlDocument page = book.Page("06-first.html");
        Assert.Equal("06 · First & \"best\" 1 < 2", page.Title);
        Assert.Equal("<script>window.hacked = 1</script>42", page.QuerySelector(".stream-stdout pre")!.TextContent);
        Assert.Equal("// a comment with <angle> & ampersand", page.QuerySelector(".hl-comment")!.TextContent);
        Assert.All(page.QuerySelectorAll("script"), script => Assert.NotNull(script.GetAttribute("src")));
        Assert.Equal("a^2 < b", page.QuerySelector("span.math")!.TextContent);
        Assert.Equal(@"\frac{1}{2}", page.QuerySelector("div.math, .math-display")!.TextContent);
        Assert.Contains("a<b", ((IHtmlTemplateElement)page.QuerySelector(".html template")!).Content.TextContent);
    }

    [Fact]
    public void LinksToLessonsLeadToTheirPagesAndThoseOutOfTheBookAreWords()
    {
        IHtmlDocument page = book.Page("06-first.html");
        Assert.Equal(["10-second.html#the-end", "https://example.org/"],
            page.QuerySelectorAll(".text a").Select(link => link.GetAttribute("href")));
        Assert.Contains("second, code, web", page.QuerySelector("main")!.TextContent);
        Assert.StartsWith("data:image/png;base64,", page.QuerySelector("img[alt='a dot']")!.GetAttribute("src"));
    }

    [Fact]
    public void HeadingsHavePlacesOfTheirOwn()
    {
        IHtmlDocument page = book.Page("06-first.html");
        Assert.Equal(["#formulas", "#formulas-2"], page.QuerySelectorAll(".sections a").Select(link => link.GetAttribute("href")));
        Assert.Equal(["formulas", "formulas-2"], page.QuerySelectorAll("h2").Select(heading => heading.Id));
    }

    [Fact]
    public void PlotsStandAsPicturesWithWordsForThoseWhoDoNotSee()
    {
        IHtmlDocument page = book.Page("10-second.html");
        IElement[] stills = [.. page.QuerySelectorAll(".plot .dl-still svg[role=img]")];
        Assert.Equal(2, stills.Length);
        Assert.StartsWith("It doubles", stills[0].QuerySelector("title")!.TextContent);
        Assert.Equal(2, Directory.GetFiles(book.PathOf("figures")).Length);
        Assert.StartsWith("window.bookFigure(\"10-second-1\", {", File.ReadAllText(book.PathOf("figures/10-second-1.js")));
    }

    [Fact]
    public void IndexHoldsTextHeadingsAndCode()
    {
        string script = File.ReadAllText(book.PathOf("assets/search-index.js"));
        JsonNode index = JsonNode.Parse(script["window.bookIndex = ".Length..].TrimEnd('\n', ';'))!;
        JsonNode[] sections = [.. index["sections"]!.AsArray().Select(section => section!)];
        JsonNode found = Assert.Single(sections, section => ((string)section["text"]!).Contains("zanzibar"));
        Assert.Equal("Formulas", (string?)found["heading"]);
        Assert.Equal("formulas-2", (string?)found["anchor"]);
        Assert.Equal("06-first.html", (string?)index["pages"]![(int)found["page"]!]!["url"]);
        Assert.Contains("var inText", (string?)found["code"]);
        Assert.Contains(sections, section => ((string)section["code"]!).Contains("Math.PI"));
    }

    [Fact]
    public void TheSameLessonsGiveTheSameBook()
    {
        string again = Path.Combine(book.Site, "..", "again");
        string[] notebooks = [.. Directory.EnumerateFiles(book.Notebooks, "*.ipynb")];
        string[] Made()
        {
            SiteFolder.Replace(again,
                fresh => BookWriter.Write(notebooks.Select(file => new BookLesson(Course.Notebooks.Notebook.Load(file), file)), fresh));
            return [.. Directory.EnumerateFiles(again, "*.html").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        }
        Assert.Equal(Made(), Made());
    }
}
