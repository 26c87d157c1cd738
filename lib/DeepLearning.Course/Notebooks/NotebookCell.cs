using System.Text.Json.Nodes;

namespace DeepLearning.Course.Notebooks;

public enum CellKind { Code, Markdown, Raw }

/// <summary>One cell; a thin view of its JSON, so that whatever else stands there is kept.</summary>
public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json) => Json = json;

    /// <summary>A new cell with an id of its own.</summary>
    public NotebookCell(CellKind kind, string source = "")
    {
        Json = new JsonObject { ["cell_type"] = kind.ToString().ToLowerInvariant(), ["id"] = NewId(), ["metadata"] = new JsonObject() };
        if (kind == CellKind.Code)
        {
            Json["execution_count"] = null;
            Json["outputs"] = new JsonArray();
        }
        Source = source;
    }

    /// <summary>The cell as it stands in the file.</summary>
    public JsonObject Json { get; }

    public CellKind Kind => (string?)Json["cell_type"] switch
    {
        "code" => CellKind.Code,
        "markdown" => CellKind.Markdown,
        _ => CellKind.Raw,
    };

    /// <summary>Names the cell; null in files older than nbformat 4.5.</summary>
    public string? Id
    {
        get => (string?)Json["id"];
        set => Json["id"] = value;
    }

    public string Source
    {
        get => MultilineText.Read(Json["source"]);
        set => Json["source"] = MultilineText.Write(value);
    }

    /// <summary>Remarks on the cell; created when first asked for.</summary>
    public JsonObject Metadata
    {
        get
        {
            if (Json["metadata"] is JsonObject metadata) return metadata;
            metadata = [];
            Json["metadata"] = metadata;
            return metadata;
        }
    }

    /// <summary>The words under <c>tags</c> in the metadata.</summary>
    public IReadOnlyList<string> Tags =>
        Json["metadata"]?["tags"] is JsonArray tags ? [.. tags.OfType<JsonValue>().Select(t => t.ToString())] : [];

    /// <summary>The outputs of a code cell, as nbformat has them; other cells have none.</summary>
    public JsonArray Outputs
    {
        get
        {
            if (Json["outputs"] is JsonArray outputs) return outputs;
            outputs = [];
            if (Kind == CellKind.Code) Json["outputs"] = outputs;
            return outputs;
        }
        set => Json["outputs"] = value;
    }

    /// <summary>The number of the run the outputs come from; null if the cell has not run.</summary>
    public int? ExecutionCount
    {
        get => Json["execution_count"] is JsonValue value && value.TryGetValue(out int count) ? count : null;
        set => Json["execution_count"] = value;
    }

    internal static string NewId() => Guid.NewGuid().ToString("N")[..8];
}
