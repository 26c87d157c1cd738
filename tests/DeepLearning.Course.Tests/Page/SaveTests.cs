using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Page;

[Collection(SessionTest.OneAtATime)]
public class SaveTests
{
    private static object Cell(string id, string source, string type = "code") => new { id, type, source };

    [Fact]
    public async Task SavesTheCellsAsTheyStandKeepingWhatThePageDoesNotKnow()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        string file = course.Write("01-a.ipynb", "# Title", "1 + 1", "2 + 2");
        Notebook prepared = Notebook.Load(file);
        prepared.Cells[1].Metadata["tags"] = new JsonArray("check");
        prepared.Metadata["author"] = "somebody";
        prepared.Save(file);

        using LessonClient lesson = await LessonClient.OpenAsync(course, "01-a.ipynb");
        string? version = (string?)(await lesson.WaitForAsync("notebook"))["version"];
        await lesson.SendAsync(new { type = "run", cell = "c1", code = "3 + 3" });
        await lesson.WaitForAsync("done", "c1");
        await lesson.SendAsync(new { type = "save", id = 1, version,
            cells = new[] { Cell("c2", "2 + 2"), Cell("c1", "3 + 3"), Cell("new1", "text", "markdown") } });
        JsonObject saved = await lesson.WaitForAsync("saved", id: 1);

        Notebook after = Notebook.Load(file);
        Assert.Equal(["2 + 2", "3 + 3", "text"], after.Cells.Select(cell => cell.Source));
        Assert.Equal(CellKind.Markdown, after.Cells[2].Kind);
        Assert.Equal(["check"], after.Cells[1].Tags);
        Assert.Equal("somebody", (string?)after.Metadata["author"]);
        Assert.All(after.Cells, cell => Assert.Empty(cell.Outputs));

        await lesson.SendAsync(
            new { type = "save", id = 2, version = (string?)saved["version"], keepOutputs = true, cells = new[] { Cell("c1", "3 + 3") } });
        await lesson.WaitForAsync("saved", id: 2);
        NotebookCell kept = Assert.Single(Notebook.Load(file).Cells);
        Assert.Equal("6", MultilineText.Read(kept.Outputs[0]!["data"]!["text/plain"]));
        Assert.Equal(1, kept.ExecutionCount);
    }

    [Fact]
    public async Task AsksBeforeSavingOverAFileThatChanged()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        string file = course.Write("01-a.ipynb", "1");
        using LessonClient lesson = await LessonClient.OpenAsync(course, "01-a.ipynb");
        string? version = (string?)(await lesson.WaitForAsync("notebook"))["version"];
        course.Write("01-a.ipynb", "somebody else's");
        await lesson.SendAsync(new { type = "save", id = 1, version, cells = new[] { Cell("c0", "mine") } });
        await lesson.WaitForAsync("conflict", id: 1);
        Assert.Equal("somebody else's", Notebook.Load(file).Cells[0].Source);

        await lesson.SendAsync(new { type = "save", id = 2, version, overwrite = true, cells = new[] { Cell("c0", "mine") } });
        await lesson.WaitForAsync("saved", id: 2);
        Assert.Equal("mine", Notebook.Load(file).Cells[0].Source);
    }

    [Fact]
    public async Task SavesANotebookOfAnOlderFormatWithoutIdsTwice()
    {
        await using OpenCourse course = await OpenCourse.StartAsync();
        string file = Path.Combine(course.Folder, "01-old.ipynb");
        File.WriteAllText(file,
            """{"cells":[{"cell_type":"code","source":["1"],"metadata":{},"outputs":[],"execution_count":null}]""" +
            ""","metadata":{},"nbformat":4,"nbformat_minor":4}""");
        using LessonClient lesson = await LessonClient.OpenAsync(course, "01-old.ipynb");
        JsonObject notebook = await lesson.WaitForAsync("notebook");
        string id = (string)notebook["cells"]![0]!["id"]!;
        string? version = (string?)notebook["version"];
        for (int round = 1; round <= 2; round++)
        {
            await lesson.SendAsync(new { type = "save", id = round, version, cells = new[] { Cell(id, $"{round}") } });
            version = (string?)(await lesson.WaitForAsync("saved", id: round))["version"];
        }
        NotebookCell cell = Assert.Single(Notebook.Load(file).Cells);
        Assert.Equal("2", cell.Source);
        Assert.Null(cell.Id);
    }
}
