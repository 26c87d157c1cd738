using System.Diagnostics;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Commands;

/// <summary>Runs notebooks one after another and tells how it goes: one line a notebook, and on a terminal the cell it is at.</summary>
internal sealed class HeadlessRun(TextWriter console, bool isTerminal)
{
    private const int Failed = 1;
    private const int Interrupted = 130;
    private int _statusLength;

    public string? OutputFolder { get; init => field = value is null ? null : Path.GetFullPath(value); }

    public bool WritesHtml { get; init; }

    public TimeSpan? CellTimeout { get; init; }

    /// <summary>Given every notebook that ran to its end, and its file.</summary>
    public Action<Notebook, string>? Executed { get; init; }

    /// <returns>The exit code: 0 if every notebook ran to its end.</returns>
    public async Task<int> RunAsync(IEnumerable<string> paths, CancellationToken cancellation)
    {
        int exitCode = 0;
        int count = 0;
        // Found before the first one runs: a session works in its notebook's folder.
        foreach ((string path, List<(string File, string Name)> found) in
            paths.Select(path => (path, NotebookFiles.Find(path).ToList())).ToList())
        {
            if (found.Count == 0)
            {
                Line($"FAILED  {path}: there is no such notebook, and no folder with notebooks.");
                exitCode = Failed;
            }
            foreach ((string file, string name) in found)
            {
                count++;
                if (!await RunOneAsync(file, name, cancellation)) exitCode = Failed;
                if (!cancellation.IsCancellationRequested) continue;
                Line("Stopped.");
                return Interrupted;
            }
        }
        if (count > 1) Line(exitCode == 0 ? $"All {count} notebooks ran." : $"Not all of {count} notebooks ran.");
        return exitCode;
    }

    private async Task<bool> RunOneAsync(string file, string name, CancellationToken cancellation)
    {
        Notebook notebook;
        try
        {
            notebook = Notebook.Load(file);
        }
        catch (NotebookException e)
        {
            Line($"FAILED  {name}: {e.Message}");
            return false;
        }
        var clock = Stopwatch.StartNew();
        CellFailure? failure = await ExecuteAsync(notebook, file, name, cancellation);
        if (OutputFolder is not null) Write(notebook, file, name);
        if (failure is null)
        {
            Executed?.Invoke(notebook, file);
            int cells = notebook.Cells.Count(cell => cell.Kind == CellKind.Code);
            Line(FormattableString.Invariant($"ok      {name}  {cells} cells, {clock.Elapsed.TotalSeconds:0.0} s"));
            return true;
        }
        string place = failure.Error.Line is { } line ? $"cell {failure.Number}, line {line}" : $"cell {failure.Number}";
        Line($"FAILED  {name}  {place}: {failure.Error.Name}: {failure.Error.Message}");
        foreach (string trace in failure.Error.Trace) Line("        " + trace);
        return false;
    }

    private async Task<CellFailure?> ExecuteAsync(Notebook notebook, string file, string name, CancellationToken cancellation)
    {
        await using var session = new ScriptSession(Path.GetDirectoryName(file)!);
        var runner = new NotebookRunner(session)
        {
            CellTimeout = CellTimeout,
            Progress = at =>
            {
                if (at.Result is null) Status($"        {name}  cell {at.Number} of {at.Count}");
            },
        };
        return await runner.RunAsync(notebook, cancellation);
    }

    private void Write(Notebook notebook, string file, string name)
    {
        string target = Path.Combine(OutputFolder!, name);
        notebook.Save(target);
        if (WritesHtml)
            File.WriteAllText(Path.ChangeExtension(target, ".html"),
                HtmlPage.Render(notebook, Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(name)));
    }

    /// <summary>A line that the next one writes over; only where somebody watches.</summary>
    private void Status(string text)
    {
        if (!isTerminal) return;
        console.Write('\r' + text.PadRight(_statusLength));
        console.Flush();
        _statusLength = text.Length;
    }

    private void Line(string text)
    {
        if (_statusLength > 0) Status("");
        console.WriteLine((_statusLength > 0 ? "\r" : "") + text);
        _statusLength = 0;
    }
}
