using DeepLearning.Course.Page;
using DeepLearning.Course.Tests.Page;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Book;

/// <summary>The book as a reader meets it: opened from its folder in a headless Chromium that has no network.</summary>
[Collection(SessionTest.OneAtATime)]
public class BookBrowserTests(BookSite book) : IClassFixture<BookSite>
{
    private const string Live = "[...document.querySelectorAll('.plot .js-plotly-plot .scatterlayer path.js-line')].length";

    private async Task<Chromium> OpenAsync(string page, int width = 1280, int height = 720, bool dark = false)
    {
        Chromium browser = await Chromium.StartAsync(width, height, dark, offline: true);
        await browser.GoToAsync(book.Address(page));
        return browser;
    }

    private static void RequireFrontEnd()
    {
        if (!FrontEnd.IsComplete) Assert.Skip("This build has no front-end packages; build it where npm reaches a registry.");
    }

    [Fact]
    public async Task PlotsComeAliveAndAnimationsMove()
    {
        RequireFrontEnd();
        await using Chromium browser = await OpenAsync("10-second.html");
        await browser.WaitUntilAsync($"{Live} >= 2");
        await browser.ClickAsync(".dl-controls button[aria-label='one step back']");
        await browser.WaitUntilAsync("document.querySelectorAll('.js-plotly-plot')[1].data[0].y.at(-1) === 6");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task FormulasAreSet()
    {
        RequireFrontEnd();
        await using Chromium browser = await OpenAsync("06-first.html");
        await browser.WaitUntilAsync(
            "document.querySelectorAll('.math .katex').length === 2 && document.querySelector('.katex-display .mfrac')");
        await browser.WaitUntilAsync("document.fonts.status === 'loaded' && document.fonts.check('16px KaTeX_Main')");
        Assert.Null(await browser.EvaluateAsync("window.hacked ?? null"));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task SearchFindsAWordAndLeadsToIt()
    {
        await using Chromium browser = await OpenAsync("index.html");
        await browser.ClickAsync("#search");
        await browser.TypeAsync("ZANZI");
        await browser.WaitForTextAsync("#found mark", "zanzi");
        Assert.Equal(1, (int?)await browser.EvaluateAsync("document.querySelectorAll('#found a').length"));
        await browser.PressAsync("Enter");
        await browser.WaitUntilAsync("location.pathname.endsWith('/06-first.html') && location.hash === '#formulas-2'");
        await browser.ClickAsync("#search");
        await browser.TypeAsync("nowhere to be found");
        await browser.WaitForTextAsync("#found", "Nothing in the book");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task ThemeIsRememberedFromPageToPage()
    {
        const string paper = "getComputedStyle(document.body).backgroundColor";
        await using Chromium browser = await OpenAsync("index.html");
        string? light = (string?)await browser.EvaluateAsync(paper);
        await browser.ClickAsync("[data-theme-toggle]");
        await browser.WaitUntilAsync($"{paper} !== {Chromium.Quote(light!)}");
        await browser.ClickAsync("a.card");
        await browser.WaitUntilAsync("location.pathname.endsWith('/06-first.html')");
        await browser.WaitUntilAsync($"document.documentElement.dataset.theme === 'dark' && {paper} !== {Chromium.Quote(light!)}");
        Assert.Empty(browser.Complaints);
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("06-first.html")]
    [InlineData("10-second.html")]
    public async Task PagesFitAPhone(string page)
    {
        await using Chromium browser = await OpenAsync(page, 390, 844);
        if (FrontEnd.IsComplete && page == "10-second.html") await browser.WaitUntilAsync($"{Live} >= 1");
        Assert.True((bool?)await browser.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task PaperHasThePicturesAndNoButtons()
    {
        await using Chromium browser = await OpenAsync("10-second.html", dark: true);
        if (FrontEnd.IsComplete) await browser.WaitUntilAsync($"{Live} >= 2");
        await browser.PretendPaperAsync();
        Assert.Equal(2, (int?)await browser.EvaluateAsync(
            "[...document.querySelectorAll('.dl-still svg')].filter(still => still.getBoundingClientRect().height > 100).length"));
        Assert.Equal(0, (int?)await browser.EvaluateAsync(
            "[...document.querySelectorAll('.bar, .sections, .dl-plot, .dl-controls, button, input')].filter(node => " +
            "node.getBoundingClientRect().height > 0).length"));
        Assert.Equal("rgb(255, 255, 254)", (string?)await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor"));
        string file = Path.Combine(Path.GetTempPath(), $"course-book-{Guid.NewGuid():N}.pdf");
        try
        {
            await browser.PrintAsync(file);
            Assert.True(new FileInfo(file).Length > 10_000);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task WithoutScriptsThePicturesAndTexStand()
    {
        await using Chromium browser = await Chromium.StartAsync(offline: true);
        await browser.StopScriptsAsync();
        await browser.GoToAsync(book.Address("10-second.html"));
        Assert.Null(await browser.EvaluateAsync("window.bookFigure ?? null"));
        Assert.Equal(2, (int?)await browser.EvaluateAsync(
            "[...document.querySelectorAll('.dl-still svg')].filter(still => still.getBoundingClientRect().height > 100).length"));
        Assert.Equal(0, (int?)await browser.EvaluateAsync(
            "[...document.querySelectorAll('button, input')].filter(node => node.getBoundingClientRect().height > 0).length"));
        await browser.GoToAsync(book.Address("06-first.html"));
        Assert.Equal("a^2 < b", (string?)await browser.EvaluateAsync("document.querySelector('.math').textContent"));
        Assert.Contains("a<b", (string?)await browser.EvaluateAsync("document.querySelector('.html').shadowRoot.textContent"));
    }
}
