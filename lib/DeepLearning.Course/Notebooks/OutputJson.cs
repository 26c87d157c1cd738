using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Notebooks;

/// <summary>The four kinds of output nbformat knows.</summary>
internal static partial class OutputJson
{
    public static JsonObject Stream(string name, string text) =>
        new() { ["name"] = name, ["output_type"] = "stream", ["text"] = MultilineText.Write(text) };

    public static JsonObject Display(DisplayData data) =>
        new() { ["data"] = Bundle(data), ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };

    public static JsonObject Result(DisplayData data, int executionCount) => new()
    {
        ["data"] = Bundle(data),
        ["execution_count"] = executionCount,
        ["metadata"] = new JsonObject(),
        ["output_type"] = "execute_result",
    };

    public static JsonObject Error(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. error.Trace.Select(line => (JsonNode)line)]),
    };

    /// <summary>Formats by MIME type; text as lines, JSON as it is.</summary>
    public static JsonObject Bundle(DisplayData data)
    {
        var bundle = new JsonObject();
        foreach ((string mimeType, JsonNode value) in data.Bundle)
            bundle[mimeType] = value.GetValueKind() == JsonValueKind.String
                ? MultilineText.Write(value.GetValue<string>())
                : value.DeepClone();
        return bundle;
    }

    /// <summary>What a terminal would still show of a recorded stream.</summary>
    public static string StreamText(JsonObject output) => TerminalText.Collapse(MultilineText.Read(output["text"]));

    /// <summary>The lines of a recorded error, without a terminal's colours.</summary>
    public static string ErrorTrace(JsonObject output) =>
        Escapes().Replace(string.Join('\n', output["traceback"]?.AsArray().Select(line => line?.ToString()) ?? []), "");

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Escapes();
}
