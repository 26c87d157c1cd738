using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.Scripting.Formatters;

/// <summary>Names of formats, and how text of each is put in a bundle.</summary>
internal static class Mime
{
    public const string Plain = "text/plain";
    public const string Html = "text/html";
    public const string Markdown = "text/markdown";

    public static bool IsJson(string mimeType) =>
        mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>JSON formats as JSON, all others as a string.</summary>
    public static JsonNode ToNode(string mimeType, string text)
    {
        if (!IsJson(mimeType)) return JsonValue.Create(text);
        try
        {
            return JsonNode.Parse(text) ?? JsonValue.Create(text);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The formatter for {mimeType} wrote text that is not JSON: {e.Message}", e);
        }
    }
}
