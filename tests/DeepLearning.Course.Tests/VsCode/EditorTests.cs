using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Tests.VsCode;

/// <summary>The extension in the real editor.</summary>
public class EditorTests
{
    private const string First = "var learningRate = 0.1;\nConsole.WriteLine(\"hel\" + \"lo\");";

    private const string Animation = """
        var frames = Enumerable.Range(1, 12).Select(k => Figure.Line(Enumerable.Range(0, 12).Select(i => (double)i), Enumerable.Range(0, 12).Select(i => (double)i * k), "train").YAxis(min: 0, max: 132));
        Figure.Animate(frames)
        """;

    private const string Training = """
        var losses = new List<double> { 1 };
        var shown = Figure.Line(losses, "train").Display();
        for (var i = 1; i <= 30; i++) { losses.Add(losses[^1] * 0.9); shown.Update(Figure.Line(losses, "train")); Console.Write($"\rstep {i}"); await Task.Delay(20); }
        """;

    private static string Write(string folder, string name, params string[] sources)
    {
        Notebook notebook = Notebook.Create();
        foreach (string source in sources) notebook.Cells.Add(new NotebookCell(source.StartsWith("# ", StringComparison.Ordinal) ? CellKind.Markdown : CellKind.Code, source));
        notebook.Save(Path.Combine(folder, name));
        return name;
    }

    private static async Task ShootAsync(CodeServer editor, string name)
    {
        if (Environment.GetEnvironmentVariable("COURSE_SCREENSHOTS") is { } folder) await editor.Browser.ScreenshotAsync(Path.Combine(folder, name + ".png"));
    }

    [Fact]
    public async Task LessonIsOpenedRunInterruptedRestartedAndCompleted()
    {
        await using CodeServer editor = await CodeServer.OpenAsync(folder => Write(folder, "01-test.ipynb", "# 01 · Test", First, Animation, Training, "learningRate * 2"));
        await editor.Browser.WaitForTextAsync(".notebook-toolbar-container .kernel-label", "C# (Deep Learning)");

        // Everything runs, and what is shown moves.
        await editor.ClickToolbarAsync("Run All");
        await editor.WaitForOutputAsync("hello");
        await editor.WaitInsideAsync("page.querySelectorAll('.js-plotly-plot').length === 2");
        await editor.WaitForOutputAsync("step 30");
        await editor.WaitForOutputAsync("0.2");
        await editor.WaitUntilIdleAsync();
        await editor.WaitInsideAsync("[...page.querySelectorAll('.js-plotly-plot')].some(plot => plot.data[0].y.length === 31)");
        Assert.DoesNotContain("step 29", (string?)await editor.EvaluateInsideAsync("page.body.innerText"));
        await ShootAsync(editor, "light");

        // The animation follows its slider, and plays from the start when it stands at its end.
        const string animated = "page.querySelector('.dl-figure:has(.dl-controls)')";
        await editor.EvaluateInsideAsync($"(slider => {{ slider.value = 4; slider.dispatchEvent(new Event('input')); }})({animated}.querySelector('input'))");
        await editor.WaitInsideAsync($"{animated}?.querySelector('.js-plotly-plot').data[0].y.at(-1) === 55");
        await editor.EvaluateInsideAsync($"{animated}.querySelector('[aria-label=play]').click()");
        await editor.WaitInsideAsync($"{animated}?.dataset.frame === '11' && {animated}.querySelector('.js-plotly-plot').data[0].y.at(-1) === 132");

        // Names are completed, and say what they are.
        await editor.WriteLastCellAsync("learnin");
        await editor.Browser.PressAsync(" ", modifiers: 2);
        await editor.Browser.WaitForTextAsync(".suggest-widget .monaco-list-row", "learningRate");
        await ShootAsync(editor, "completion");
        await editor.Browser.PressAsync("Enter");
        await editor.Browser.WaitUntilAsync($"{CodeServer.LastCell}.querySelector('.view-lines').innerText.trim() === 'learningRate'");
        await editor.Browser.PressAsync("k", modifiers: 2);
        await editor.Browser.PressAsync("i", modifiers: 2);
        await editor.Browser.WaitForTextAsync(".monaco-hover", "double learningRate");
        await editor.Browser.PressAsync("Escape");

        // An earlier cell's display changes from a later cell, whose own run it does not disturb.
        await editor.RunLastCellAsync("shown.Update(Figure.Line([1, 2, 3], \"train\")); \"from afar\"");
        await editor.WaitForOutputAsync("from afar");
        await editor.WaitInsideAsync("[...page.querySelectorAll('.js-plotly-plot')].some(plot => plot.data[0].y.length === 3)");
        await editor.WaitUntilIdleAsync();

        // A loop is interrupted and variables live on; an error is underlined; a restart forgets.
        await editor.RunLastCellAsync("Console.WriteLine(\"loop\" + \"ing\"); while (true) { }");
        await editor.WaitForOutputAsync("looping");
        await editor.ClickToolbarAsync("Interrupt");
        await editor.WaitForOutputAsync("The cell was interrupted.");
        await editor.WaitUntilIdleAsync();
        await editor.RunLastCellAsync("$\"kept {learningRate * 3:0.0}\"");
        await editor.WaitForOutputAsync("kept 0.3");
        await editor.WaitUntilIdleAsync();
        await editor.RunLastCellAsync("int wrong = \"text\";");
        await editor.WaitForOutputAsync("error CS0029");
        await editor.Browser.WaitUntilAsync($"{CodeServer.LastCell}.querySelector('.squiggly-error')");
        await ShootAsync(editor, "error");
        await editor.ClickToolbarAsync("Restart");
        await editor.RunLastCellAsync("learningRate");
        await editor.WaitForOutputAsync("error CS0103");
    }
}
