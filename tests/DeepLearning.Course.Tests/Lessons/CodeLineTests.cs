using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Tests.Lessons;

/// <summary>Code that is read without scrolling sideways, in every lesson and every solved one.</summary>
public sealed class CodeLineTests
{
    // What a cell of the page shows in a window of 1024 pixels, and so do the book and the classic notebook.
    private const int Longest = 88;

    private static readonly string s_folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../notebooks"));

    public static TheoryData<string> Notebooks => [.. NotebookFiles.Find(s_folder).Select(found => found.Name)];

    [Theory, MemberData(nameof(Notebooks))]
    public void EveryCodeLineFitsItsCell(string name)
    {
        string[] tooLong = [.. TooLong(Notebook.Load(Path.Combine(s_folder, name)))];
        Assert.True(tooLong.Length == 0,
            $"{name}, code lines of more than {Longest} characters, to be broken where a thought ends:\n{string.Join("\n", tooLong)}");
    }

    [Fact]
    public void ALineTooLongIsNamedByItsCellAndNumber()
    {
        Notebook notebook = Notebook.Create();
        notebook.Cells.Add(new(CellKind.Markdown, new string('m', Longest + 1)));
        notebook.Cells.Add(new(CellKind.Code, $"{new string('a', Longest)}\n{new string('b', Longest + 1)}\nc"));
        Assert.Equal([$"cell 2 ({notebook.Cells[1].Id}), line 2, {Longest + 1} characters: {new string('b', Longest + 1)}"],
            TooLong(notebook));
    }

    private static IEnumerable<string> TooLong(Notebook notebook) => notebook.Cells.Index().Where(at => at.Item.Kind == CellKind.Code)
        .SelectMany(at => at.Item.Source.Split('\n').Index().Where(line => line.Item.Length > Longest)
            .Select(line => $"cell {at.Index + 1} ({at.Item.Id}), line {line.Index + 1}, {line.Item.Length} characters: {line.Item}"));
}
