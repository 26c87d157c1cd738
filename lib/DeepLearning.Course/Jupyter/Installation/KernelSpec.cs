using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;

namespace DeepLearning.Course.Jupyter.Installation;

/// <summary>The entry by which Jupyter, and VS Code's Jupyter extension, find the kernel: a folder with <c>kernel.json</c>.</summary>
/// <param name="kernels">The folder of kernels it goes to.</param>
internal sealed class KernelSpec(string kernels)
{
    public const string Name = "deeplearning-csharp";
    public const string DisplayName = "C# (Deep Learning)";

    /// <summary>The name notebooks of the course carry, which .NET Interactive introduced.</summary>
    public const string NotebookName = ".net-csharp";

    private const string PlotlyFile = "plotly.min.js";
    private const string Mark = "installed_by", Owner = "DeepLearning.Course";

    public string Folder => Path.Combine(kernels, Name);

    /// <summary>Where the program that the entry starts lies.</summary>
    public string Program => Path.Combine(Folder, "program");

    /// <summary>Writes the entry under its own name, and under the notebooks' unless somebody else has that.</summary>
    /// <param name="command">Starts the program.</param>
    /// <param name="searched">All folders in which Jupyter looks for kernels.</param>
    /// <returns>The folders written.</returns>
    public IReadOnlyList<string> Write(IEnumerable<string> command, IEnumerable<string> searched)
    {
        List<string> names = [Name];
        IEnumerable<string> others = searched.Append(kernels).Select(folder => Path.Combine(folder, NotebookName)).Where(Directory.Exists);
        if (others.All(IsOurs)) names.Add(NotebookName);
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.Combine(kernels, name));
            File.WriteAllText(Path.Combine(kernels, name, "kernel.json"), JupyterJson.Write(ToJson(command, name)));
        }
        return [.. names.Select(name => Path.Combine(kernels, name))];
    }

    /// <summary>
    /// Puts plotly.js beside the entry. Jupyter's servers offer the files there to their pages, which then show live plots
    /// without a network.
    /// </summary>
    /// <returns>False if there is none in <paramref name="frontEnd"/>.</returns>
    public bool AddPlotly(string frontEnd)
    {
        string source = Path.Combine(frontEnd, "vendor", PlotlyFile);
        if (!File.Exists(source)) return false;
        File.Copy(source, Path.Combine(Folder, PlotlyFile), overwrite: true);
        return true;
    }

    /// <summary>Removes what <see cref="Write"/> wrote; folders of the same name that it did not write stay.</summary>
    /// <returns>The folders removed.</returns>
    public IReadOnlyList<string> Remove()
    {
        var ours = new[] { Name, NotebookName }.Select(name => Path.Combine(kernels, name)).Where(IsOurs).ToList();
        foreach (string folder in ours) Directory.Delete(folder, recursive: true);
        return ours;
    }

    private static JsonObject ToJson(IEnumerable<string> command, string name) => new()
    {
        ["argv"] = new JsonArray(
            [.. command.Concat(["kernel", "start", "--connection-file", "{connection_file}"]).Select(word => (JsonNode)word)]),
        ["display_name"] = name == Name ? DisplayName : ".NET (C#, Deep Learning)",
        ["language"] = "C#",
        ["interrupt_mode"] = "message",
        ["metadata"] = new JsonObject { [Mark] = Owner },
    };

    private static bool IsOurs(string folder)
    {
        try
        {
            return (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "kernel.json")))?["metadata"]?[Mark] == Owner;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
