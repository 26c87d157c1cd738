using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Page;
using DeepLearning.Course.Tests.Page;

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
        foreach (string source in sources)
            notebook.Cells.Add(
                new NotebookCell(source.StartsWith("# ", StringComparison.Ordinal) ? CellKind.Markdown : CellKind.Code, source));
        notebook.Save(Path.Combine(folder, name));
        return name;
    }

    private static async Task ShootAsync(CodeServer editor, string name)
    {
        if (Environment.GetEnvironmentVariable("COURSE_SCREENSHOTS") is { } folder)
            await editor.Browser.ScreenshotAsync(Path.Combine(folder, name + ".png"));
    }

    [Fact]
    public async Task LessonIsOpenedRunInterruptedRestartedAndCompleted()
    {
        await using CodeServer editor = await CodeServer.OpenAsync(
            folder => Write(folder, "01-test.ipynb", "# 01 · Test", First, Animation, Training, "learningRate * 2"));

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
        await editor.EvaluateInsideAsync(
            $"(slider => {{ slider.value = 4; slider.dispatchEvent(new Event('input')); }})({animated}.querySelector('input'))");
        await editor.WaitInsideAsync($"{animated}?.querySelector('.js-plotly-plot').data[0].y.at(-1) === 55");
        await editor.EvaluateInsideAsync($"{animated}.querySelector('[aria-label=play]').click()");
        await editor.WaitInsideAsync(
            $"{animated}?.dataset.frame === '11' && {animated}.querySelector('.js-plotly-plot').data[0].y.at(-1) === 132");

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

    [Fact]
    public async Task FiguresFollowTheEditorsTheme()
    {
        await using CodeServer editor = await CodeServer.OpenAsync(folder => Write(folder, "01-test.ipynb", "# 01 · Test", Animation));
        await editor.ClickToolbarAsync("Run All");
        const string text = "page.querySelector('.js-plotly-plot .xtick text')", colour = $"getComputedStyle({text}).fill";
        await editor.WaitInsideAsync(text);
        string light = (string)(await editor.EvaluateInsideAsync(colour))!;
        foreach (string theme in new[] { "Default Dark Modern", "Default High Contrast" })
        {
            editor.ChangeSettings(new() { ["workbench.colorTheme"] = theme });
            await editor.WaitInsideAsync($"{text} && {colour} !== {Chromium.Quote(light)}");
            await ShootAsync(editor, theme);
            editor.ChangeSettings(new() { ["workbench.colorTheme"] = "Default Light Modern" });
            await editor.WaitInsideAsync($"{text} && {colour} === {Chromium.Quote(light)}");
        }
    }

    [Theory]
    [InlineData("06")]
    [InlineData("10")]
    public async Task LessonRunsFromTheTopAndItsFiguresMove(string number)
    {
        string name = Path.GetFileName(Directory.EnumerateFiles(Path.Combine(CodeServer.Root, "notebooks"), number + "-*.ipynb").Single());
        await using CodeServer editor = await CodeServer.OpenAsync(folder =>
        {
            foreach (string file in new[] { name, "setup.csx" })
                File.Copy(Path.Combine(CodeServer.Root, "notebooks", file), Path.Combine(folder, file));
            return name;
        });
        await editor.ClickToolbarAsync("Run All");
        await editor.WaitForToolbarAsync("Interrupt");
        await editor.WaitUntilIdleAsync();

        // Outputs are drawn when they come into view. Each figure with a slider is sent to its other end, and must show
        // something else there.
        await editor.ScrollToTheEndAsync(() => editor.WaitInsideAsync("""
            [...page.querySelectorAll('.dl-figure:has(.dl-controls)')].every(box => {
              const slider = box.querySelector('input'), shown = () => JSON.stringify(box.querySelector('.js-plotly-plot').data);
              if (!box.before) {
                box.before = shown();
                slider.value = slider.value === slider.max ? 0 : slider.max;
                slider.dispatchEvent(new Event('input'));
              }
              return box.moved ||= shown() !== box.before;
            })
            """));
        Notebook saved = await editor.SaveAsync(name);
        Assert.All(saved.Cells.Where(cell => cell.Kind == CellKind.Code), cell =>
        {
            Assert.NotNull(cell.ExecutionCount);
            Assert.DoesNotContain(cell.Outputs, output => (string?)output!["output_type"] == "error");
        });
        JsonNode[] figures = [.. saved.Cells.SelectMany(cell => cell.Outputs)
            .Select(output => output!["data"]?["application/vnd.plotly.v1+json"]).OfType<JsonNode>()];
        Assert.Equal(figures.Length,
            (int?)await editor.EvaluateInsideAsync("page.querySelectorAll('.dl-figure .js-plotly-plot .main-svg:first-child').length"));
        int moving = figures.Count(figure => figure["frames"] is not null);
        Assert.True(moving > 0);
        Assert.Equal(moving,
            (int?)await editor.EvaluateInsideAsync("[...page.querySelectorAll('.dl-figure')].filter(box => box.moved).length"));
    }

    [Fact]
    public async Task WelcomeListsTheLessonsAndOpensThem()
    {
        string notebooks = Path.Combine(CodeServer.Root, "notebooks");
        await using CodeServer editor = await CodeServer.OpenAsync(folder =>
        {
            File.WriteAllText(Path.Combine(folder, "DeepLearning.Notebooks.sln"), "");
            string copies = Directory.CreateDirectory(Path.Combine(folder, "notebooks")).FullName;
            foreach (string lesson in Directory.EnumerateFiles(notebooks, "*.ipynb"))
                File.Copy(lesson, Path.Combine(copies, Path.GetFileName(lesson)));
            return "";
        }, height: 1000, settings: new() { ["deeplearning.courseFolder"] = "" });

        // It comes by itself where the course is opened. Each group of lessons is a step that unfolds.
        await editor.Browser.WaitForTextAsync(".getting-started .category-title", "Deep Learning in C#");
        JsonNode[] groups = [.. LessonList.Read(notebooks).OfType<JsonNode>()];
        for (int group = 1; group <= groups.Length; group++)
        {
            string step = $"[data-step-id$='#lessons-{group}']";
            await editor.Browser.ClickAsync(step, scroll: false);
            foreach (JsonNode? lesson in groups[group - 1]["lessons"]!.AsArray())
                await editor.Browser.WaitForTextAsync($"{step} a", (string)lesson!["title"]!);
        }
        await ShootAsync(editor, "welcome");
        await editor.Browser.ClickAsync($"[data-step-id$='#lessons-{groups.Length}'] a", scroll: false);
        await editor.Browser.WaitUntilAsync(
            $"document.querySelector('.tab.active[data-resource-name={Chromium.Quote((string)groups[^1]["lessons"]![0]!["path"]!)}]')");
        await editor.Browser.WaitForTextAsync(".notebook-toolbar-container .kernel-label", "C# (Deep Learning)");
    }

    [Fact]
    public async Task WhatIsMissingIsSaidAndHelped()
    {
        // A course that is not built, and in the place of the SDK a script that builds when told to.
        string dotnet = "";
        await using CodeServer editor = await CodeServer.OpenAsync(folder =>
        {
            dotnet = StandIn(folder);
            return Write(folder, "01-test.ipynb", "# 01 · Test", First, "learningRate * 2");
        }, settings: new() { ["deeplearning.dotnetPath"] = "/nowhere/dotnet", ["deeplearning.courseFolder"] = "/nowhere/course" });

        await editor.RunAllUntilNotifiedAsync("The course is not in /nowhere/course");
        editor.ChangeSettings(new() { ["deeplearning.courseFolder"] = Path.Combine(editor.Workspace, "course") });
        await editor.RunAllUntilNotifiedAsync("There is no .NET SDK at /nowhere/dotnet");
        await ShootAsync(editor, "sdk");

        editor.ChangeSettings(new() { ["deeplearning.dotnetPath"] = dotnet });
        await editor.RunAllUntilNotifiedAsync("Building the deep learning library");
        await ShootAsync(editor, "building");
        File.WriteAllText(Path.Combine(editor.Workspace, "course", "wrong"), "");
        await editor.WaitForNotificationAsync("Tensor.cs(3,7): error CS1002");
        File.WriteAllText(Path.Combine(editor.Workspace, "course", "right"), "");
        await editor.ClickToolbarAsync("Run All");
        await editor.WaitForOutputAsync("hello");
        await editor.WaitForOutputAsync("0.2");
        await editor.WaitUntilIdleAsync();

        // The engine ends in the middle of a cell: the cell says so, and the next run has a new one.
        await editor.RunLastCellAsync("Console.WriteLine(\"good\" + \"bye\"); Environment.Exit(3);");
        await editor.WaitForOutputAsync("The engine ended by itself (exit code 3)");
        await editor.WaitForNotificationAsync("The engine ended by itself (exit code 3)");
        await ShootAsync(editor, "ended");
        await editor.WaitUntilIdleAsync();
        await editor.RunLastCellAsync("learningRate");
        await editor.WaitForOutputAsync("error CS0103");
        await editor.WaitUntilIdleAsync();
        await editor.ClickToolbarAsync("Restart");
        await editor.RunLastCellAsync("\"here \" + \"again\"");
        await editor.WaitForOutputAsync("here again");
    }

    private static string StandIn(string folder)
    {
        string course = Path.Combine(folder, "course"),
            source = Path.Combine(Directory.CreateDirectory(Path.Combine(course, "lib")).FullName, "Tensor.cs"),
            dotnet = Path.Combine(folder, "dotnet");
        File.WriteAllText(Path.Combine(course, "DeepLearning.Notebooks.sln"), "");
        File.WriteAllText(source, "");
        File.SetLastWriteTimeUtc(source, DateTime.UnixEpoch);
        File.WriteAllText(dotnet, $$"""
            #!/bin/sh
            case "$1" in
              --list-sdks) echo "10.0.100 [/nowhere]" ;;
              build)
                echo "  DeepLearning -> DeepLearning.dll"
                while [ ! -f wrong ]; do sleep 0.1; done
                if [ ! -f right ]; then echo "Tensor.cs(3,7): error CS1002: ; expected [DeepLearning.csproj]"; exit 1; fi
                mkdir -p artifacts/bin/DeepLearning.Course
                ln -s "{{Path.Combine(CodeServer.Root, "artifacts", "bin", "DeepLearning.Course", "release")}}" artifacts/bin/DeepLearning.Course/release ;;
              *) exec dotnet "$@" ;;
            esac
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return dotnet;
    }
}
