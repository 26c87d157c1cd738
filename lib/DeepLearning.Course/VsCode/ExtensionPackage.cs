using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace DeepLearning.Course.VsCode;

/// <summary>Writes the extension: as a <c>.vsix</c> file, or unpacked into a folder of extensions. Whole, or not at all.</summary>
internal static class ExtensionPackage
{
    // The same files give the same package.
    private static readonly DateTimeOffset s_stamp = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, string> s_types = new()
    {
        [".vsixmanifest"] = "text/xml", [".json"] = "application/json", [".js"] = "application/javascript", [".md"] = "text/markdown",
    };

    public static void WriteVsix(ExtensionContent content, string path) => AtomicFile.Write(path, stream =>
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "[Content_Types].xml", Encoding.UTF8.GetBytes(ContentTypes().ToString()));
        Add(archive, "extension.vsixmanifest", Encoding.UTF8.GetBytes(Manifest(content).ToString()));
        foreach ((string name, byte[] bytes) in content.Files) Add(archive, "extension/" + name, bytes);
    });

    /// <summary>Unpacks the extension into a folder of its own, in the place of this or an earlier version's.</summary>
    /// <returns>That folder.</returns>
    public static string Unpack(ExtensionContent content, string extensions)
    {
        string folder = Path.Combine(Path.GetFullPath(extensions), $"{content.Id}-{content["version"]}"),
            unfinished = $"{folder}.{Guid.NewGuid():N}.tmp";
        try
        {
            foreach ((string name, byte[] bytes) in content.Files)
            {
                string file = Path.Combine(unfinished, name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, bytes);
            }
            foreach (string earlier in Directory.EnumerateDirectories(extensions, content.Id + "-*")
                .Where(earlier => earlier != unfinished))
                Directory.Delete(earlier, recursive: true);
            Directory.Move(unfinished, folder);
            ExtensionsList.Add(content, folder);
        }
        finally
        {
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        }
        return folder;
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name);
        entry.LastWriteTime = s_stamp;
        using Stream stream = entry.Open();
        stream.Write(bytes);
    }

    private static XElement ContentTypes()
    {
        XNamespace ns = "http://schemas.openxmlformats.org/package/2006/content-types";
        return new XElement(ns + "Types", s_types.Select(
            type => new XElement(ns + "Default", new XAttribute("Extension", type.Key), new XAttribute("ContentType", type.Value))));
    }

    private static XElement Manifest(ExtensionContent content)
    {
        XNamespace ns = "http://schemas.microsoft.com/developer/vsx-schema/2011";
        XElement Property(string id, string value) => new(ns + "Property", new XAttribute("Id", id), new XAttribute("Value", value));
        XElement Asset(string type, string path) =>
            new(ns + "Asset", new XAttribute("Type", type), new XAttribute("Path", path), new XAttribute("Addressable", "true"));
        return new XElement(ns + "PackageManifest", new XAttribute("Version", "2.0.0"),
            new XElement(ns + "Metadata",
                new XElement(ns + "Identity", new XAttribute("Language", "en-US"), new XAttribute("Id", content["name"]),
                    new XAttribute("Version", content["version"]), new XAttribute("Publisher", content["publisher"])),
                new XElement(ns + "DisplayName", content["displayName"]),
                new XElement(ns + "Description", content["description"]), new XElement(ns + "Categories", "Notebooks"),
                new XElement(ns + "Properties", Property("Microsoft.VisualStudio.Code.Engine", content.Engine),
                    Property("Microsoft.VisualStudio.Code.ExtensionKind", "workspace"))),
            new XElement(ns + "Installation", new XElement(ns + "InstallationTarget", new XAttribute("Id", "Microsoft.VisualStudio.Code"))),
            new XElement(ns + "Dependencies"),
            new XElement(ns + "Assets", Asset("Microsoft.VisualStudio.Code.Manifest", "extension/package.json"),
                Asset("Microsoft.VisualStudio.Services.Content.Details", "extension/README.md")));
    }
}
