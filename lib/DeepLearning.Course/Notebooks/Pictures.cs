using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeepLearning.Course.Notebooks;

/// <summary>The pictures a notebook's text shows.</summary>
internal static partial class Pictures
{
    /// <summary>Puts attached and neighbouring pictures into the page itself.</summary>
    /// <param name="html">What the cell's text became.</param>
    /// <param name="cell">The cell, whose attachments may be shown.</param>
    /// <param name="folder">Where pictures the text refers to lie.</param>
    public static string Embed(string html, NotebookCell cell, string folder) => ImageSource().Replace(html, match =>
    {
        string source = WebUtility.UrlDecode(WebUtility.HtmlDecode(match.Groups[2].Value));
        if (source.StartsWith("attachment:", StringComparison.Ordinal))
        {
            KeyValuePair<string, JsonNode?>? attached =
                (cell.Json["attachments"]?[source["attachment:".Length..]] as JsonObject)?.FirstOrDefault();
            return attached is { Value: { } content }
                ? $"{match.Groups[1].Value}data:{attached.Value.Key};base64,{MultilineText.Read(content)}\""
                : match.Value;
        }
        if (source.Contains(':') || !File.Exists(Path.Combine(folder, source))) return match.Value;
        string extension = Path.GetExtension(source).TrimStart('.').ToLowerInvariant();
        string type = extension switch { "svg" => "svg+xml", "jpg" => "jpeg", _ => extension };
        return $"{match.Groups[1].Value}data:image/{type};base64," +
            $"{Convert.ToBase64String(File.ReadAllBytes(Path.Combine(folder, source)))}\"";
    });

    [GeneratedRegex("(<img[^>]*\\ssrc=\")([^\"]*)\"")]
    private static partial Regex ImageSource();
}
