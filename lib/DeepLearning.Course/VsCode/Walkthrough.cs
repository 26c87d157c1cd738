using System.Text;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.VsCode;

/// <summary>The welcome's steps that list the lessons: one for each group of the syllabus.</summary>
internal static class Walkthrough
{
    /// <param name="groups">As <see cref="Page.LessonList"/> gives them.</param>
    /// <param name="folder">Where the pages beside the steps are to lie in the extension, ending in a slash.</param>
    public static IEnumerable<(JsonObject Step, string Page, string Text)> Steps(JsonArray groups, string folder)
    {
        int number = 0;
        foreach (JsonNode? group in groups)
        {
            string page = $"{folder}lessons-{++number}.md";
            var links = new StringBuilder();
            var text = new StringBuilder($"## {group!["title"]}\n\n");
            foreach (JsonNode? lesson in group["lessons"]!.AsArray())
            {
                string title = Plain((string)lesson!["title"]!), shown = lesson["number"] is { } of ? $"{of} · " : "";
                links.Append($"{shown}[{title}]({OpenLink((string)lesson["path"]!)})\n");
                text.Append($"**{shown}{title}**\n\n{(string?)lesson["question"]}\n\n");
            }
            var step = new JsonObject
            {
                ["id"] = $"lessons-{number}",
                ["title"] = (string?)group["title"],
                ["description"] = links.ToString().TrimEnd(),
                ["media"] = new JsonObject { ["markdown"] = page },
            };
            yield return (step, page, text.ToString());
        }
    }

    private static string OpenLink(string lesson) =>
        $"command:deeplearning.openLesson?{Uri.EscapeDataString(new JsonArray(lesson).ToJsonString())}";

    // Brackets would end the link.
    private static string Plain(string title) =>
        title.Replace("[", "(", StringComparison.Ordinal).Replace("]", ")", StringComparison.Ordinal);
}
