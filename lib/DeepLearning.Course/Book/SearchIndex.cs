using System.Text.Json.Nodes;

namespace DeepLearning.Course.Book;

/// <summary>Every section's words, as a script: a page read from a folder may load scripts, but no other files.</summary>
internal sealed class SearchIndex
{
    private readonly JsonArray _pages = [];
    private readonly JsonArray _sections = [];

    /// <summary>The sections of one lesson, in order.</summary>
    public void Add(BookLesson lesson, IEnumerable<BookSection> sections)
    {
        foreach (BookSection section in sections)
        {
            _sections.Add((JsonNode)new JsonObject
            {
                ["page"] = _pages.Count,
                ["anchor"] = section.Anchor,
                ["heading"] = section.Heading,
                ["text"] = section.Text.ToString().Trim(),
                ["code"] = section.Code.ToString().Trim(),
            });
        }
        _pages.Add(
            (JsonNode)new JsonObject { ["url"] = lesson.Page, ["number"] = lesson.Number?.ToString("00"), ["title"] = lesson.Title });
    }

    public string ToScript() =>
        $"window.bookIndex = {new JsonObject { ["pages"] = _pages.DeepClone(), ["sections"] = _sections.DeepClone() }.ToJsonString()};\n";
}
