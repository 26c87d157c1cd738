using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using DeepLearning.Course.Commands;
using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Tests.Book;

/// <summary>A book of three small lessons, made once for all tests of a class.</summary>
public sealed class BookSite : IAsyncLifetime
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private readonly string _folder = Directory.CreateTempSubdirectory("course-book-").FullName;

    public string Notebooks => Path.Combine(_folder, "notebooks");

    public string Site => Path.Combine(_folder, "site");

    public string Console { get; private set; } = "";

    public string PathOf(string file) => Path.Combine(Site, file);

    public string Address(string page) => new Uri(PathOf(page)).AbsoluteUri;

    /// <summary>The page as a tree; shadow roots are left the templates they are written as.</summary>
    public IHtmlDocument Page(string page) =>
        new HtmlParser().ParseDocument(File.ReadAllText(PathOf(page)).Replace("shadowrootmode=", "data-mode="));

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Notebooks);
        File.WriteAllBytes(Path.Combine(Notebooks, "dot.png"), Convert.FromBase64String(Pixel));
        Write("06-first.ipynb",
            Text("# 06 · First & \"best\" 1 < 2\n\nWhich weight is to blame?\n\n![a dot](dot.png)"),
            Code("#load \"setup.csx\""),
            Text(
                "## Formulas\n\nInline $a^2 < b$ and\n\n$$\\frac{1}{2}$$\n\nNext: [second](10-second.ipynb#the-end), " +
                "[code](../lib/Adam.cs), [web](https://example.org/)"),
            Code(
                "// a comment with <angle> & ampersand\nvar answer = $\"{6 * 7}\";\nConsole.WriteLine(\"<script>window.hacked = " +
                "1</script>\" + answer);"),
            Text("## Formulas\n\nThe word zanzibar stands here.\n\n```csharp\nvar inText = new List<int>();\n```"),
            Code("new[] { (\"a<b\", 1), (\"c\", 2) }"));
        Write("10-second.ipynb",
            Text("# 10 · Second\n\n## Plots"),
            Code("using DeepLearning.Plotting;\nFigure.Line([1.0, 2, 4, 8], \"doubling\").Title(\"It doubles\")"),
            Code("Figure.Animate(Enumerable.Range(1, 4).Select(k => Figure.Line([0.0, k, 2 * k], \"slope\")))"),
            Text("filler\n\n" + string.Join("\n\n", Enumerable.Repeat("…", 60)) + "\n\n## The end"));
        Write("11-third.ipynb", Text("# 11 · Third"), Code("Console.WriteLine(Math.PI > 3)"));
        using var console = new StringWriter { NewLine = "\n" };
        int exitCode = await new BookRun(console, isTerminal: false) { Site = Site }.RunAsync(Notebooks, CancellationToken.None);
        Console = console.ToString();
        Assert.True(exitCode == 0, Console);
    }

    public ValueTask DisposeAsync()
    {
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal static NotebookCell Text(string source) => new(CellKind.Markdown, source);

    internal static NotebookCell Code(string source) => new(CellKind.Code, source);

    private void Write(string name, params NotebookCell[] cells)
    {
        Notebook notebook = Notebook.Create();
        notebook.Cells.AddRange(cells);
        notebook.Save(Path.Combine(Notebooks, name));
        File.WriteAllText(Path.Combine(Notebooks, "setup.csx"), "");
    }
}
