using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.VsCode;

namespace DeepLearning.Course.Tests.VsCode;

/// <summary>What <c>course vscode install</c> writes.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-vscode-").FullName;
    private readonly string _notebooks;
    private readonly string _plotly;

    public PackageTests()
    {
        _notebooks = Directory.CreateDirectory(Path.Combine(_folder, "notebooks")).FullName;
        _plotly = Path.Combine(_folder, "plotly.min.js");
        File.WriteAllText(_plotly, "window.Plotly = {};");
        Notebook lesson = Notebook.Create();
        lesson.Cells.Add(new NotebookCell(CellKind.Markdown, "# 06 · Back [and] forth\n\nWho is to blame?"));
        lesson.Save(Path.Combine(_notebooks, "06-back propagation.ipynb"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ExtensionContent Collect(bool plotly = true) =>
        ExtensionContent.Collect(_notebooks, plotly ? _plotly : Path.Combine(_folder, "none"));

    private static JsonNode Manifest(ExtensionContent content) => JsonNode.Parse(content.Files["package.json"])!;

    [Fact]
    public void EveryFileItNamesIsInIt()
    {
        ExtensionContent content = Collect();
        JsonNode contributes = Manifest(content)["contributes"]!;
        string[] named =
        [
            (string)Manifest(content)["main"]!, (string)contributes["notebookRenderer"]![0]!["entrypoint"]!,
            "renderer/plotly.min.js", "renderer/figure.js",
            .. contributes["walkthroughs"]![0]!["steps"]!.AsArray().Select(step => (string)step!["media"]!["markdown"]!),
        ];
        Assert.All(named, name => Assert.Contains(name.Replace("./", "", StringComparison.Ordinal), content.Files.Keys));
        foreach ((string name, byte[] bytes) in content.Files.Where(file => file.Key.StartsWith("src/", StringComparison.Ordinal)))
        {
            foreach (System.Text.RegularExpressions.Match required in
                System.Text.RegularExpressions.Regex.Matches(Encoding.UTF8.GetString(bytes), "require\\(\"\\./(\\w+)\"\\)"))
                Assert.Contains($"src/{required.Groups[1].Value}.js", content.Files.Keys);
        }
        Assert.DoesNotContain(content.Files.Keys, name => name.StartsWith("test/", StringComparison.Ordinal));
        Assert.DoesNotContain("/*DARK*/{}", Encoding.UTF8.GetString(content.Files["renderer/figure.js"]));
    }

    [Fact]
    public void WelcomeListsTheLessonsWithTheirQuestions()
    {
        ExtensionContent content = Collect();
        JsonNode step = Manifest(content)["contributes"]!["walkthroughs"]![0]!["steps"]!.AsArray().Last()!;
        Assert.Equal("Foundations: from one neuron to a network", (string?)step["title"]);
        Assert.Equal("06 · [Back (and) forth](command:deeplearning.openLesson?%5B%2206-back%20propagation.ipynb%22%5D)",
            (string?)step["description"]);
        Assert.Contains("Who is to blame?", Encoding.UTF8.GetString(content.Files[(string)step["media"]!["markdown"]!]));
        Assert.Equal(_folder, (string?)JsonNode.Parse(content.Files["course.json"])!["folder"]);
    }

    [Fact]
    public void WithoutPlotlyThereIsNoRendererSoThatStillsAreShown()
    {
        ExtensionContent content = Collect(plotly: false);
        Assert.False(content.HasPlotly);
        Assert.Null(Manifest(content)["contributes"]!["notebookRenderer"]);
        Assert.DoesNotContain(content.Files.Keys, name => name.StartsWith("renderer/", StringComparison.Ordinal));
    }

    [Fact]
    public void VsixHoldsTheManifestsAndTheFilesAndIsTheSameEachTime()
    {
        ExtensionContent content = Collect();
        string path = Path.Combine(_folder, "new", "course.vsix");
        ExtensionPackage.WriteVsix(content, path);
        byte[] first = File.ReadAllBytes(path);
        using (ZipArchive archive = ZipFile.OpenRead(path))
        {
            string[] names = [.. archive.Entries.Select(entry => entry.FullName)];
            Assert.Equal(["[Content_Types].xml", "extension.vsixmanifest"], names[..2]);
            Assert.Equal(content.Files.Keys.Select(name => "extension/" + name), names[2..]);
            using var reader = new StreamReader(archive.GetEntry("extension.vsixmanifest")!.Open());
            string manifest = reader.ReadToEnd();
            Assert.Contains("Publisher=\"deeplearning-notebooks\"", manifest);
            Assert.Contains("Id=\"deeplearning-csharp\"", manifest);
        }
        ExtensionPackage.WriteVsix(content, path);
        Assert.Equal(first, File.ReadAllBytes(path));
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void UnpackingReplacesAnEarlierVersionAndLeavesOthersAlone()
    {
        ExtensionContent content = Collect();
        string extensions = Directory.CreateDirectory(Path.Combine(_folder, "extensions")).FullName;
        Directory.CreateDirectory(Path.Combine(extensions, content.Id + "-0.0.1"));
        Directory.CreateDirectory(Path.Combine(extensions, "somebody.else-1.0.0"));
        string folder = ExtensionPackage.Unpack(content, extensions);
        Assert.Equal(folder, ExtensionPackage.Unpack(content, extensions));
        Assert.Equal(content.Files["package.json"], File.ReadAllBytes(Path.Combine(folder, "package.json")));
        Assert.Equal([Path.GetFileName(folder), "somebody.else-1.0.0"],
            Directory.EnumerateFileSystemEntries(extensions).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void UnpackingEntersItInTheEditorsListAndTakesItOffTheOneOfWhatIsToGo()
    {
        ExtensionContent content = Collect();
        string extensions = Directory.CreateDirectory(Path.Combine(_folder, "extensions")).FullName,
            list = Path.Combine(extensions, "extensions.json"), obsolete = Path.Combine(extensions, ".obsolete");
        File.WriteAllText(list,
            """[{"identifier":{"id":"somebody.else"},"version":"1.0.0","location":"x"},""" +
            """{"identifier":{"id":"Deeplearning-Notebooks.deeplearning-csharp"},"version":"0.0.1","location":"y"}]""");
        string name = $"{content.Id}-{content["version"]}";
        File.WriteAllText(obsolete, $$"""{"{{name}}":true,"somebody.else-0.9.0":true}""");
        ExtensionPackage.Unpack(content, extensions);
        JsonArray entries = JsonNode.Parse(File.ReadAllText(list))!.AsArray();
        Assert.Equal(["somebody.else", content.Id], entries.Select(entry => (string?)entry!["identifier"]!["id"]));
        Assert.Equal(name, (string?)entries[1]!["relativeLocation"]);
        Assert.Equal(content["version"], (string?)entries[1]!["version"]);
        Assert.Equal("""{"somebody.else-0.9.0":true}""", File.ReadAllText(obsolete));

        File.WriteAllText(list, "{ broken");
        Assert.Contains("extensions.json", Assert.Throws<InvalidDataException>(() => ExtensionPackage.Unpack(content, extensions)).Message);
    }

    [Fact]
    public void ANotebookThatIsNoNotebookIsListedWithWhatIsWrongWithIt()
    {
        File.WriteAllText(Path.Combine(_notebooks, "07-broken.ipynb"), "{ \"cells\": [");
        ExtensionContent content = Collect();
        JsonNode step = Manifest(content)["contributes"]!["walkthroughs"]![0]!["steps"]!.AsArray().Last()!;
        Assert.Contains("07 · [07-broken]", (string?)step["description"]);
        Assert.Contains("07-broken.ipynb", Encoding.UTF8.GetString(content.Files[(string)step["media"]!["markdown"]!]));
    }

    [Fact]
    public void WhatCannotBeWrittenLeavesNothingBehind()
    {
        string path = Directory.CreateDirectory(Path.Combine(_folder, "taken.vsix")).FullName;
        Assert.ThrowsAny<Exception>(() => ExtensionPackage.WriteVsix(Collect(), path));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.tmp"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(path));
    }
}
