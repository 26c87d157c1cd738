using System.Diagnostics;
using DeepLearning.Course.Book;
using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Commands;

/// <summary>Runs the lessons and makes a book of them.</summary>
internal sealed class BookRun(TextWriter console, bool isTerminal)
{
    private const int Failed = 1;

    /// <summary>Where the book goes.</summary>
    public required string Site { get; init; }

    /// <summary>The starts of the names of the lessons wanted, such as 06; all of them if there is none.</summary>
    public IReadOnlyList<string> Lessons { get; init; } = [];

    public TimeSpan? CellTimeout { get; init; }

    /// <summary>A folder of notebooks that have run already; null to run them now.</summary>
    public string? Executed { get; init; }

    /// <returns>The exit code: 0 if the book was written.</returns>
    public async Task<int> RunAsync(string notebooks, CancellationToken cancellation)
    {
        if (SiteFolder.Refusal(Site) is { } refusal) return Fail(refusal);
        string[] files = [.. Directory.EnumerateFiles(notebooks, "*.ipynb").Order(StringComparer.Ordinal)];
        if (Lessons.FirstOrDefault(start => !files.Any(file => StartsWith(file, start))) is { } missing)
            return Fail($"There is no lesson '{missing}' in {notebooks}; --lessons takes the starts of their names, such as 06,10.");
        if (Lessons.Count > 0) files = [.. files.Where(file => Lessons.Any(start => StartsWith(file, start)))];
        if (files.Length == 0) return Fail($"There is no notebook in {notebooks}.");

        var clock = Stopwatch.StartNew();
        var lessons = new List<BookLesson>();
        int exitCode = Executed is { } folder ? Read(files, folder, lessons) : await ExecuteAsync(files, lessons, cancellation);
        if (exitCode != 0) return exitCode;
        try
        {
            SiteFolder.Replace(Site, fresh => BookWriter.Write(lessons, fresh));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Fail($"The book cannot be written to '{Site}': {problem.Message}");
        }
        string first = Path.Combine(Path.GetFullPath(Site), "index.html");
        double megabytes = Directory.EnumerateFiles(Site, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1e6;
        console.WriteLine(FormattableString.Invariant(
            $"The book has {lessons.Count} lessons, {megabytes:0.0} MB, made in {clock.Elapsed.TotalSeconds:0} s; open {first}"));
        if (!BookAssets.IsComplete)
            console.WriteLine(
                "This build has no front-end packages, so plots are still pictures and formulas are shown as TeX; `course doctor` says " +
                "how to get them.");
        return 0;
    }

    private Task<int> ExecuteAsync(string[] files, List<BookLesson> lessons, CancellationToken cancellation) =>
        new HeadlessRun(console, isTerminal)
    {
        CellTimeout = CellTimeout,
        Executed = (notebook, file) => lessons.Add(new BookLesson(notebook, file)),
    }.RunAsync(files, cancellation);

    private int Read(string[] files, string folder, List<BookLesson> lessons)
    {
        int exitCode = 0;
        foreach (string file in files)
        {
            try
            {
                lessons.Add(new BookLesson(ExecutedNotebooks.Load(folder, Path.GetFileName(file)), file));
            }
            catch (NotebookException problem)
            {
                exitCode = Fail(problem.Message);
            }
        }
        return exitCode;
    }

    private static bool StartsWith(string file, string start) =>
        Path.GetFileName(file).StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private int Fail(string sentence)
    {
        console.WriteLine($"FAILED  {sentence}");
        return Failed;
    }
}
