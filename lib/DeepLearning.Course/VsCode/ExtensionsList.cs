using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepLearning.Course.VsCode;

/// <summary>
/// What an editor keeps beside the extensions in their folder: <c>extensions.json</c>, the list of those it loads, and <c>.obsolete</c>,
/// those it will remove. An editor that has started once has the list, and passes over a folder that is not in it.
/// </summary>
internal static class ExtensionsList
{
    /// <summary>Enters an unpacked extension into the list of the folder it lies in, where there is a list.</summary>
    public static void Add(ExtensionContent content, string folder)
    {
        string extensions = Path.GetDirectoryName(folder)!, name = Path.GetFileName(folder);
        Change(Path.Combine(extensions, "extensions.json"), list =>
        {
            JsonArray entries = list.AsArray();
            entries.RemoveAll(entry => string.Equals((string?)entry?["identifier"]?["id"], content.Id, StringComparison.OrdinalIgnoreCase));
            string path = folder.Replace('\\', '/');
            entries.Add((JsonNode)new JsonObject
            {
                ["identifier"] = new JsonObject { ["id"] = content.Id },
                ["version"] = content["version"],
                ["location"] = new JsonObject { ["$mid"] = 1, ["path"] = path.StartsWith('/') ? path : "/" + path, ["scheme"] = "file" },
                ["relativeLocation"] = name,
            });
        });
        Change(Path.Combine(extensions, ".obsolete"), list => list.AsObject().Remove(name));
    }

    private static void Change(string file, Action<JsonNode> change)
    {
        if (!File.Exists(file)) return;
        try
        {
            JsonNode list = JsonNode.Parse(File.ReadAllText(file)) ?? throw new JsonException("it is null");
            change(list);
            File.WriteAllText(file, list.ToJsonString());
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException(
                $"{file} is not what an editor writes ({problem.Message}); remove it, and the editor makes it anew.");
        }
    }
}
