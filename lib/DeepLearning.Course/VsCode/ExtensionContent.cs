using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepLearning.Course.Page;
using DeepLearning.Plotting;

namespace DeepLearning.Course.VsCode;

/// <summary>
/// The extension's files: its own, from <c>environment/vscode/</c>, and what is made elsewhere: plotly.js from the page's front end, the
/// plotting library's script, where the course is, and the welcome's list of lessons.
/// </summary>
internal sealed class ExtensionContent
{
    private const string Renderer = "renderer/", Welcome = "walkthrough/";

    private readonly JsonObject _manifest;

    private ExtensionContent(SortedDictionary<string, byte[]> files, JsonObject manifest, bool hasPlotly) =>
        (Files, _manifest, HasPlotly) = (files, manifest, hasPlotly);

    /// <summary>Path within the extension → content.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>Whether plots will be live; without plotly.js the editor shows their still pictures.</summary>
    public bool HasPlotly { get; }

    /// <summary>Publisher and name, as the editor knows the extension.</summary>
    public string Id => $"{this["publisher"]}.{this["name"]}";

    /// <summary>A text of its <c>package.json</c>.</summary>
    public string this[string field] =>
        (string?)_manifest[field] ?? throw new InvalidDataException($"The extension's package.json has no text '{field}'.");

    public string Engine => (string)_manifest["engines"]!["vscode"]!;

    /// <param name="notebooks">The course's notebooks folder, or null if there is none here.</param>
    /// <param name="plotly">plotly.js; nothing if the file is not there.</param>
    /// <exception cref="IOException">The extension's own files are missing.</exception>
    public static ExtensionContent Collect(string? notebooks, string? plotly = null)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "vscode");
        plotly ??= Path.Combine(FrontEnd.Folder, "vendor", "plotly.min.js");
        bool hasPlotly = File.Exists(plotly);
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            files[Path.GetRelativePath(source, file).Replace('\\', '/')] = File.ReadAllBytes(file);

        JsonObject manifest = JsonNode.Parse(files["package.json"])!.AsObject();
        JsonObject contributes = manifest["contributes"]!.AsObject();
        if (hasPlotly)
        {
            files[Renderer + "plotly.min.js"] = File.ReadAllBytes(plotly);
            files[Renderer + "figure.js"] = Encoding.UTF8.GetBytes(HtmlFragment.Script);
        }
        else
        {
            contributes.Remove("notebookRenderer");
            foreach (string part in files.Keys.Where(path => path.StartsWith(Renderer, StringComparison.Ordinal)).ToList())
                files.Remove(part);
        }
        if (notebooks is not null)
        {
            files["course.json"] = Bytes(new JsonObject { ["folder"] = Path.GetDirectoryName(Path.GetFullPath(notebooks)) });
            JsonArray steps = contributes["walkthroughs"]![0]!["steps"]!.AsArray();
            foreach ((JsonObject step, string page, string text) in Walkthrough.Steps(LessonList.Read(notebooks), Welcome))
            {
                steps.Add((JsonNode)step);
                files[page] = Encoding.UTF8.GetBytes(text);
            }
        }
        files["package.json"] = Bytes(manifest);
        return new ExtensionContent(files, manifest, hasPlotly);
    }

    private static byte[] Bytes(JsonObject json) =>
        Encoding.UTF8.GetBytes(json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
}
