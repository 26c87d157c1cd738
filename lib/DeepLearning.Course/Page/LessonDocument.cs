using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Page;

/// <summary>
/// The notebook behind an open lesson. The browser holds the text while it is edited; here are the cells as they were read, so
/// that saving keeps whatever the page does not know of. Cells are named by the notebook's ids, made unique where they are not.
/// </summary>
internal sealed class LessonDocument
{
    private readonly string _path;
    private readonly Notebook _notebook;
    private readonly Dictionary<string, NotebookCell> _cells = [];
    private readonly string _version;

    private LessonDocument(string path, string text)
    {
        (_path, _version) = (path, VersionOf(text));
        _notebook = Notebook.Parse(text, Path.GetFileName(path));
        foreach (NotebookCell cell in _notebook.Cells)
        {
            if (string.IsNullOrEmpty(cell.Id) || _cells.ContainsKey(cell.Id)) cell.Id = NotebookCell.NewId();
            _cells[cell.Id] = cell;
        }
    }

    public string Folder => Path.GetDirectoryName(_path)!;

    /// <exception cref="NotebookException">The file is not a notebook.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LessonDocument Load(string path) => new(path, File.ReadAllText(path));

    /// <summary>What the browser needs to show the lesson.</summary>
    public JsonObject ToMessage() => new()
    {
        ["type"] = "notebook",
        ["title"] = LessonList.TitleOf(_notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source))
            ?? Path.GetFileNameWithoutExtension(_path),
        ["version"] = _version,
        ["cells"] = new JsonArray([.. _notebook.Cells.Select(Describe)]),
    };

    /// <summary>Writes the notebook with the cells as the browser has them, whole or not at all.</summary>
    /// <param name="cells">Every cell in order: <c>id</c>, <c>type</c>, <c>source</c>.</param>
    /// <param name="version">Which version of the file the browser started from.</param>
    /// <param name="overwrite">Save even if the file has changed since.</param>
    /// <param name="outputs">The outputs of a cell that has run here, or null for one that has not; null strips all outputs.</param>
    /// <returns>The new version; null if the file has changed on disk and nothing was written.</returns>
    public string? Save(JsonArray cells, string? version, bool overwrite, Func<string, (JsonArray Outputs, int? Count)?>? outputs)
    {
        if (!overwrite && File.Exists(_path) && VersionOf(File.ReadAllText(_path)) != version) return null;
        List<NotebookCell> merged = [.. cells.Select(Merge)];
        foreach (NotebookCell cell in merged.Where(cell => cell.Kind == CellKind.Code))
        {
            if (outputs is null) (cell.Outputs, cell.ExecutionCount) = ([], null);
            else if (outputs(cell.Id!) is { } run) (cell.Outputs, cell.ExecutionCount) = run;
        }
        _notebook.Cells.Clear();
        _notebook.Cells.AddRange(merged);
        string[] ids = [.. merged.Select(cell => cell.Id!)];
        _notebook.Save(_path);
        // Files older than format 4.5 have no ids; the browser goes on using these.
        foreach ((NotebookCell cell, string id) in merged.Zip(ids)) cell.Id = id;
        return VersionOf(File.ReadAllText(_path));
    }

    /// <summary>Forgets the outputs read from the file.</summary>
    public void ClearOutputs()
    {
        foreach (NotebookCell cell in _notebook.Cells.Where(cell => cell.Kind == CellKind.Code))
            (cell.Outputs, cell.ExecutionCount) = ([], null);
    }

    private static JsonNode Describe(NotebookCell cell)
    {
        var content = new JsonObject { ["id"] = cell.Id, ["type"] = cell.Kind.ToString().ToLowerInvariant(), ["source"] = cell.Source };
        if (cell.Tags.Count > 0) content["tags"] = new JsonArray([.. cell.Tags.Select(tag => (JsonNode)tag)]);
        if (cell.Kind != CellKind.Code)
        {
            content["html"] = cell.Kind == CellKind.Markdown
                ? Markup.ToHtml(cell.Source)
                : $"<pre>{System.Net.WebUtility.HtmlEncode(cell.Source)}</pre>";
            return content;
        }
        content["outputs"] = cell.Outputs.DeepClone();
        content["executionCount"] = cell.ExecutionCount;
        content["sourceHidden"] = (cell.Metadata["jupyter"] as JsonObject)?["source_hidden"] is JsonValue hidden
            && hidden.TryGetValue(out bool isHidden) && isHidden;
        return content;
    }

    private NotebookCell Merge(JsonNode? node)
    {
        if (node is not JsonObject sent || (string?)sent["id"] is not { Length: > 0 } id || (string?)sent["source"] is not { } source)
            throw new FormatException("Every cell to save needs a text 'id' and a text 'source'.");
        if (!_cells.TryGetValue(id, out NotebookCell? cell))
            _cells[id] = cell = new NotebookCell((string?)sent["type"] == "code" ? CellKind.Code : CellKind.Markdown) { Id = id };
        if (cell.Source != source) cell.Source = source;
        return cell;
    }

    private static string VersionOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
