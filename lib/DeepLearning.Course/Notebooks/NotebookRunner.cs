using System.Text.Json.Nodes;
using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Notebooks;

/// <summary>How far a run is.</summary>
/// <param name="Number">1-based number of the code cell.</param>
/// <param name="Count">Code cells in all.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Result">How it ended; null when it is about to start.</param>
public sealed record CellProgress(int Number, int Count, NotebookCell Cell, CellResult? Result);

/// <summary>A cell that failed.</summary>
public sealed record CellFailure(int Number, NotebookCell Cell, CellError Error);

/// <summary>Runs a notebook's code cells from first to last and records their outputs in it; stops at the first error.</summary>
public sealed class NotebookRunner(ScriptSession session)
{
    /// <summary>How long one cell may take; null for as long as it needs.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>Called before and after each code cell.</summary>
    public Action<CellProgress>? Progress { get; init; }

    /// <returns>The failure it stopped at, or null.</returns>
    public async Task<CellFailure?> RunAsync(Notebook notebook, CancellationToken cancellation = default)
    {
        var displays = new DisplayRegistry();
        var cells = notebook.Cells.Where(cell => cell.Kind == CellKind.Code).ToList();
        foreach (NotebookCell cell in cells) (cell.Outputs, cell.ExecutionCount) = ([], null);
        for (int i = 0; i < cells.Count; i++)
        {
            Progress?.Invoke(new CellProgress(i + 1, cells.Count, cells[i], null));
            CellResult result = await RunCellAsync(cells[i], displays, cancellation).ConfigureAwait(false);
            Progress?.Invoke(new CellProgress(i + 1, cells.Count, cells[i], result));
            if (result.Error is { } error) return new CellFailure(i + 1, cells[i], error);
        }
        return null;
    }

    private async Task<CellResult> RunCellAsync(NotebookCell cell, DisplayRegistry displays, CancellationToken cancellation)
    {
        var outputs = new JsonArray();
        cell.Outputs = outputs;
        if (string.IsNullOrWhiteSpace(cell.Source)) return new CellResult(0, null, null, TimeSpan.Zero);
        var recorder = new OutputRecorder(outputs, displays);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (CellTimeout is { } timeout) limit.CancelAfter(timeout);
        CellResult result = await session.RunAsync(cell.Source, recorder, limit.Token).ConfigureAwait(false);
        if (result.Error is { Name: "Interrupted" } error && limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            string message = FormattableString.Invariant($"The cell took longer than {CellTimeout!.Value.TotalSeconds:0.###} s.");
            result = result with { Error = error with { Name = "Timeout", Message = message, Trace = [message, .. error.Trace.Skip(1)] } };
        }
        recorder.Finish(result);
        cell.ExecutionCount = result.ExecutionCount;
        return result;
    }
}
