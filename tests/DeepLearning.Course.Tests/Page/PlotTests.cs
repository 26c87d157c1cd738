using DeepLearning.Course.Page;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Page;

/// <summary>Figures in the page: live where plotly.js is in the build, a still picture where it is not.</summary>
[Collection(SessionTest.OneAtATime)]
public class PlotTests
{
    private const string Animation = """
        using DeepLearning.Plotting;
        var frames = Enumerable.Range(1, 12).Select(k => Figure.Line(Enumerable.Range(0, 12).Select(i => (double)i), Enumerable.Range(0, 12).Select(i => (double)i * k), "train").YAxis(min: 0, max: 132));
        Figure.Animate(frames)
        """;

    private static async Task<Chromium> RunAsync(OpenCourse course, string code)
    {
        course.Write("06-a.ipynb", "# 06 · A", code);
        Chromium browser = await Chromium.StartAsync();
        await browser.GoToAsync(course.Server.Link("06-a.ipynb"));
        await browser.ClickAsync("[data-cell=c1] .run");
        await browser.WaitUntilAsync("['done', 'failed'].includes(document.querySelector('[data-cell=c1]').dataset.state)");
        Assert.Equal("done", (string?)await browser.EvaluateAsync("document.querySelector('[data-cell=c1]').dataset.state"));
        return browser;
    }

    private static void RequirePlotly()
    {
        if (!FrontEnd.IsComplete) Assert.Skip("This build has no plotly.js; build it where npm reaches a registry.");
    }

    [Fact]
    public async Task AnimationIsDrawnLiveAndFollowsTheSlider()
    {
        RequirePlotly();
        await using OpenCourse course = await OpenCourse.StartAsync();
        await using Chromium browser = await RunAsync(course, Animation);
        await browser.WaitUntilAsync("document.querySelector('.js-plotly-plot .scatterlayer path.js-line')");
        Assert.Equal(132, (double?)await browser.EvaluateAsync("document.querySelector('.js-plotly-plot').data[0].y.at(-1)"));

        await browser.ClickAsync(".dl-controls input[type=range]");
        await browser.WaitUntilAsync("+document.querySelector('.dl-figure').dataset.frame < 11");
        await browser.WaitUntilAsync(
            "document.querySelector('.js-plotly-plot').data[0].y.at(-1) === 11 * (1 + " +
            "+document.querySelector('.dl-figure').dataset.frame)");
        int before = (int)(await browser.EvaluateAsync("+document.querySelector('.dl-figure').dataset.frame"))!;
        await browser.PressAsync("ArrowRight");
        await browser.WaitUntilAsync(
            $"document.querySelector('.dl-figure').dataset.frame == {before + 1} && " +
            $"document.querySelector('.js-plotly-plot').data[0].y.at(-1) === {11 * (before + 2)}");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task FigureFollowsThePagesTheme()
    {
        RequirePlotly();
        await using OpenCourse course = await OpenCourse.StartAsync();
        await using Chromium browser = await RunAsync(course, Animation);
        const string textColour = "getComputedStyle(document.querySelector('.js-plotly-plot .xtick text')).fill";
        await browser.WaitUntilAsync("document.querySelector('.js-plotly-plot .xtick text')");
        string? light = (string?)await browser.EvaluateAsync(textColour);
        await browser.EvaluateAsync("document.querySelector('[data-theme-toggle]').click()");
        await browser.WaitUntilAsync($"document.documentElement.dataset.theme === 'dark' && {textColour} !== {Chromium.Quote(light!)}");
    }

    [Fact]
    public async Task UpdatedFigureEndsWithTheLastState()
    {
        RequirePlotly();
        await using OpenCourse course = await OpenCourse.StartAsync();
        await using Chromium browser = await RunAsync(course, """
            using DeepLearning.Plotting;
            var losses = new List<double> { 1 };
            var shown = Figure.Line(losses, "train").Display();
            for (var i = 0; i < 30; i++) { losses.Add(losses[^1] * 0.9); shown.Update(Figure.Line(losses, "train")); await Task.Delay(10); }
            """);
        await browser.WaitUntilAsync("document.querySelector('.js-plotly-plot')?.data[0].y.length === 31");
        Assert.Equal(1, (int?)await browser.EvaluateAsync("document.querySelectorAll('.js-plotly-plot').length"));
    }

    [Fact]
    public async Task WithoutPlotlyTheStillPictureStands()
    {
        await using OpenCourse course = await OpenCourse.StartAsync(frontEnd: false);
        await using Chromium browser = await RunAsync(course, Animation);
        await browser.WaitUntilAsync("document.querySelector('.plot .dl-still')?.shadowRoot.querySelector('svg path')");
        Assert.Null(await browser.EvaluateAsync("window.Plotly ?? null"));
        const string colour = "getComputedStyle(document.querySelector('.plot .dl-still').shadowRoot.querySelector('svg text')).fill";
        string? light = (string?)await browser.EvaluateAsync(colour);
        await browser.EvaluateAsync("document.querySelector('[data-theme-toggle]').click()");
        await browser.WaitUntilAsync($"{colour} !== {Chromium.Quote(light!)}");
        Assert.Empty(browser.Complaints);
    }
}
