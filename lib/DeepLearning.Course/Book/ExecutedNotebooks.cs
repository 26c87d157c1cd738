using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Book;

/// <summary>Notebooks that have run before, as <c>course run -o</c> writes them.</summary>
internal static class ExecutedNotebooks
{
    /// <exception cref="NotebookException">There is no such notebook, or not all of its cells ran to their end.</exception>
    public static Notebook Load(string folder, string name)
    {
        Notebook notebook = Notebook.Load(Path.Combine(folder, name));
        NotebookCell[] cells = [.. notebook.Cells.Where(cell => cell.Kind == CellKind.Code)];
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i].Outputs.OfType<JsonObject>().FirstOrDefault(output => (string?)output["output_type"] == "error") is { } error)
                throw new NotebookException($"{name} failed in cell {i + 1}: {error["ename"]}: {error["evalue"]}");
            if (cells[i].ExecutionCount is null && cells[i].Source.Trim().Length > 0)
                throw new NotebookException(
                    $"{name} was not run to its end: cell {i + 1} has no outputs; run it with: course run {name} -o {folder}");
        }
        return notebook;
    }
}
