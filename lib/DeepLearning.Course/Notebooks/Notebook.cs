using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.Notebooks;

/// <summary>A Jupyter notebook (nbformat 4) in C#. What this program does not know of is kept as it was.</summary>
public sealed class Notebook
{
    private readonly JsonObject _json;

    private Notebook(JsonObject json, IEnumerable<NotebookCell> cells)
    {
        _json = json;
        Cells = [.. cells];
    }

    /// <summary>The cells in order; add, remove and move them here.</summary>
    public List<NotebookCell> Cells { get; }

    /// <summary>Remarks on the whole notebook: its kernel and language among them.</summary>
    public JsonObject Metadata => _json["metadata"]!.AsObject();

    /// <summary>An empty notebook with the metadata that opens well everywhere.</summary>
    public static Notebook Create() => new(new JsonObject
    {
        ["cells"] = new JsonArray(),
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
            ["language_info"] = new JsonObject
            {
                ["file_extension"] = ".cs",
                ["mimetype"] = "text/x-csharp",
                ["name"] = "C#",
                ["pygments_lexer"] = "csharp",
            },
            ["polyglot_notebook"] = new JsonObject
            {
                ["kernelInfo"] = new JsonObject
                {
                    ["defaultKernelName"] = "csharp",
                    ["items"] = new JsonArray(
                        new JsonObject { ["aliases"] = new JsonArray(), ["languageName"] = "csharp", ["name"] = "csharp" }),
                },
            },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    }, []);

    /// <exception cref="NotebookException">The file is missing, or is not a notebook this program reads.</exception>
    public static Notebook Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException($"{Path.GetFileName(path)} cannot be read: {e.Message}", e);
        }
        return Parse(text, Path.GetFileName(path));
    }

    /// <param name="text">The content of the file.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="NotebookException">The text is not a notebook this program reads.</exception>
    public static Notebook Parse(string text, string name)
    {
        if (ParseJson(text, name) is not JsonObject json || (!json.ContainsKey("nbformat") && !json.ContainsKey("cells")))
            throw new NotebookException($"{name} is JSON but not a notebook: it has neither \"nbformat\" nor \"cells\".");
        RequireVersion(json, name);
        if (json["cells"] is not JsonArray array)
            throw new NotebookException($"{name} is not a notebook: its \"cells\" are missing or not a list.");
        if (json["metadata"] is not JsonObject metadata) json["metadata"] = metadata = [];
        RequireCSharp(metadata, name);
        var cells = new List<NotebookCell>(array.Count);
        for (int i = 0; i < array.Count; i++)
        {
            if (array[i] is not JsonObject cell || (string?)(cell["cell_type"] as JsonValue) is not ("code" or "markdown" or "raw"))
                throw new NotebookException($"Cell {i + 1} of {name} is not a cell: its \"cell_type\" must be code, markdown or raw.");
            cells.Add(new NotebookCell(cell));
        }
        return new Notebook(json, cells);
    }

    /// <summary>The file's content, as Jupyter writes it.</summary>
    public string ToJson()
    {
        JsonArray array = _json["cells"]!.AsArray();
        array.Clear();
        foreach (NotebookCell cell in Cells)
        {
            if (HasIds) cell.Id ??= NotebookCell.NewId();
            else cell.Json.Remove("id");
            array.Add((JsonNode)cell.Json);
        }
        return JupyterJson.Write(_json);
    }

    /// <summary>Writes the notebook whole or not at all: a reader, or a crash, never meets half a file.</summary>
    public void Save(string path)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{NotebookCell.NewId()}.tmp");
        try
        {
            File.WriteAllText(temporary, ToJson(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private bool HasIds => (int)_json["nbformat_minor"]! >= 5;

    private static JsonNode? ParseJson(string text, string name)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new NotebookException($"{name} is empty; restore it from where it came.");
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 256 });
        }
        catch (JsonException e)
        {
            (long line, long column) = (e.LineNumber + 1 ?? 1, e.BytePositionInLine + 1 ?? 1);
            string inner = e.Message.Split(" Path:")[0].Split(" LineNumber:")[0].TrimEnd('.');
            if (IsCutOff(text))
                throw new NotebookException($"{name} is cut off at line {line}, column {column}; restore it from where it came.", e);
            throw new NotebookException($"{name} is not JSON: line {line}, column {column}: {inner}.", e);
        }
    }

    /// <summary>The text is a beginning of JSON: its reader ran out of bytes, and met no other mistake.</summary>
    private static bool IsCutOff(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), isFinalBlock: false, default);
        try
        {
            while (reader.Read()) { }
            return reader.CurrentDepth > 0 || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void RequireVersion(JsonObject json, string name)
    {
        int? version = json["nbformat"] is JsonValue value && value.TryGetValue(out int number) ? number : (int?)null;
        if (version is null) throw new NotebookException($"{name} is not a notebook: its \"nbformat\" is missing or not a number.");
        if (version < 4)
            throw new NotebookException(
                $"{name} has notebook format {version}, but format 4 is needed; convert it with: jupyter nbconvert --to notebook {name}");
        if (version > 4)
            throw new NotebookException(
                $"{name} has notebook format {version}, newer than the format 4 this program reads; save it as format 4.");
        if (json["nbformat_minor"] is not JsonValue minor || !minor.TryGetValue(out int _)) json["nbformat_minor"] = 5;
    }

    private static void RequireCSharp(JsonObject metadata, string name)
    {
        JsonNode? language = (metadata["kernelspec"] as JsonObject)?["language"] ?? (metadata["language_info"] as JsonObject)?["name"];
        if (language is null || language.ToString().ToLowerInvariant() is "c#" or "csharp" or ".net" or "polyglot-notebook") return;
        throw new NotebookException($"{name} is a notebook in {language}, but this program runs C#.");
    }
}
