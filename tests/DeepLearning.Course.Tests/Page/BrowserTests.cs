using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Page;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Page;

/// <summary>The page as a reader meets it, in a headless Chromium, with and without what npm provides.</summary>
[Collection(SessionTest.OneAtATime)]
public class BrowserTests
{
    private static readonly string[] s_lesson =
    [
        "# 06 · Backpropagation\n\nFormula $a^2$ and\n\n$$\\frac{1}{2}$$", "var x = 20;\nConsole.WriteLine(\"hello\");\nx + 1",
        "while (true) { }", "x * 2",
    ];

    private static async Task<Chromium> OpenAsync(OpenCourse course, string? notebook)
    {
        Chromium browser = await Chromium.StartAsync();
        await browser.GoToAsync(course.Server.Link(notebook));
        await browser.WaitUntilAsync("document.querySelector('main:not([aria-busy])')");
        return browser;
    }

    private static void RequireFrontEnd()
    {
        if (!FrontEnd.IsComplete) Assert.Skip("This build has no front-end packages; build it where npm reaches a registry.");
    }

    [Fact]
    public async Task WithoutTheTokenNothingIsShown()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("06-a.ipynb", s_lesson);
        await using Chromium browser = await Chromium.StartAsync();
        await browser.GoToAsync($"{course.Server.Address}");
        await browser.WaitForTextAsync("body", "token");
        Assert.Equal(0, (int?)await browser.EvaluateAsync("document.querySelectorAll('a').length"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ListLeadsToALessonWhoseCellsRun(bool frontEnd)
    {
        if (frontEnd) RequireFrontEnd();
        await using OpenCourse course = await OpenCourse.StartAsync(frontEnd);
        course.Write("06-a.ipynb", s_lesson);
        await using Chromium browser = await OpenAsync(course, null);
        Assert.DoesNotContain("token", (string?)await browser.EvaluateAsync("location.href"));
        await browser.ClickAsync("a.card");
        await browser.WaitForTextAsync("#cells h1", "Backpropagation");

        await browser.ClickAsync("[data-cell=c1] .still-code, [data-cell=c1] .editor");
        await browser.PressAsync("Enter", modifiers: 8);
        await browser.WaitForTextAsync("[data-cell=c1] .outputs", "21");
        await browser.WaitForTextAsync("[data-cell=c1] .stream-stdout", "hello");
        await browser.WaitForTextAsync("[data-cell=c1] .count", "[1]");
        await browser.WaitUntilAsync("document.activeElement.closest('[data-cell=c2]')");
        Assert.Equal(frontEnd, (bool?)await browser.EvaluateAsync("!!document.querySelector('.cm-editor')"));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task InterruptStopsALoopAndKeepsVariables()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("06-a.ipynb", s_lesson);
        await using Chromium browser = await OpenAsync(course, "06-a.ipynb");
        await browser.ClickAsync("#run-all");
        await browser.WaitUntilAsync(
            "document.querySelector('[data-cell=c2][data-state=running]') && !document.querySelector('#interrupt').disabled");
        await browser.ClickAsync("#interrupt");
        await browser.WaitUntilAsync(
            "document.querySelector('[data-cell=c2][data-state=failed]') && document.querySelector('[data-cell=c3][data-state=idle]')");
        await browser.ClickAsync("[data-cell=c3] .run");
        await browser.WaitForTextAsync("[data-cell=c3] .outputs", "40");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FormulasAreSetOrShownAsTex(bool frontEnd)
    {
        if (frontEnd) RequireFrontEnd();
        await using OpenCourse course = await OpenCourse.StartAsync(frontEnd);
        course.Write("06-a.ipynb", s_lesson);
        await using Chromium browser = await OpenAsync(course, "06-a.ipynb");
        await browser.WaitUntilAsync(
            frontEnd ? "document.querySelectorAll('.math .katex').length === 2" : "document.querySelectorAll('.tex-source').length === 2");
        if (!frontEnd) await browser.WaitForTextAsync(".math-display.tex-source", "\\frac{1}{2}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EditingCompletingAndSaving(bool frontEnd)
    {
        if (frontEnd) RequireFrontEnd();
        await using OpenCourse course = await OpenCourse.StartAsync(frontEnd);
        string file = course.Write("06-a.ipynb", "# 06 · A", "var total = 3;");
        await using Chromium browser = await OpenAsync(course, "06-a.ipynb");
        await browser.WaitUntilAsync("document.querySelector('[data-cell=c1] :is(.cm-content, textarea)')");
        await browser.ClickAsync("[data-cell=c1] :is(.cm-content, textarea)");
        await browser.PressAsync("End");
        await browser.TypeAsync(" Math.Sqr");
        await browser.PressAsync(" ", modifiers: 2);
        await browser.WaitForTextAsync(".cm-tooltip-autocomplete, .completion", "Sqrt");
        await Task.Delay(200); // CodeMirror takes no Enter for a completion that has only just appeared.
        await browser.PressAsync("Enter");
        await browser.TypeAsync("(total)");
        await browser.WaitForTextAsync("#save", "•");
        Assert.Equal("var total = 3;", Notebook.Load(file).Cells[1].Source);

        await browser.PressAsync("s", modifiers: 2);
        await browser.WaitUntilAsync("!document.querySelector('#save.unsaved')");
        Assert.Equal("var total = 3; Math.Sqrt(total)", Notebook.Load(file).Cells[1].Source);
    }

    [Fact]
    public async Task ErrorMarksItsLine()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("06-a.ipynb", "// fine\nint y = \"text\";");
        await using Chromium browser = await OpenAsync(course, "06-a.ipynb");
        await browser.ClickAsync("[data-cell=c0] .run");
        await browser.WaitForTextAsync("[data-cell=c0] .error", "CS0029");
        await browser.WaitUntilAsync("document.querySelector('[data-cell=c0] .error-line')");
    }

    [Fact]
    public async Task TextIsEditedInPlace()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        course.Write("06-a.ipynb", "# 06 · A", "1");
        await using Chromium browser = await OpenAsync(course, "06-a.ipynb");
        await browser.ClickAsync("[data-cell=c0] .text h1", times: 2);
        await browser.WaitUntilAsync("document.activeElement.closest('[data-cell=c0] .editor-box')");
        await browser.PressAsync("End");
        await browser.TypeAsync(" *new*");
        await browser.PressAsync("Enter", modifiers: 8);
        await browser.WaitForTextAsync("[data-cell=c0] .text em", "new");
    }

    [Fact]
    public async Task SavedOutputsAndTextOfAForeignNotebookRunNothing()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        string file = course.Write("06-a.ipynb",
            "text:<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'><form action='/'><input></form><a id=bad " +
            "href='javascript:window.hacked = 3'>go</a><b id=fine>fine</b>",
            "1");
        Notebook notebook = Notebook.Load(file);
        notebook.Cells[1].Outputs.Add(System.Text.Json.Nodes.JsonNode.Parse("""
            {"output_type":"display_data","metadata":{},"data":{"text/html":"<p class=shown>shown</p><script>window.hacked = 4</script><svg onload='window.hacked = 5'><script>window.hacked = 6</script></svg><iframe srcdoc='<script>top.hacked = 7</script>'></iframe><meta http-equiv=refresh content='0;url=http://evil.example'>"}}
            """));
        notebook.Save(file);
        await using Chromium browser = await OpenAsync(course, "06-a.ipynb");
        await browser.WaitForTextAsync("#fine", "fine");
        await browser.WaitUntilAsync("document.querySelector('.html').shadowRoot.querySelector('.shown')");
        await browser.ClickAsync("#bad");
        await Task.Delay(300);
        Assert.Null(await browser.EvaluateAsync("window.hacked ?? null"));
        Assert.Equal(0, (int?)await browser.EvaluateAsync("document.querySelectorAll('#cells form, #cells script, #cells iframe').length"));
        Assert.Contains("/lesson/06-a.ipynb", (string?)await browser.EvaluateAsync("location.href"));
    }
}
