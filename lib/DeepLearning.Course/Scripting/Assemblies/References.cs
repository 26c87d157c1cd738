using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace DeepLearning.Course.Scripting.Assemblies;

/// <summary>The assemblies a cell can use without asking: the framework, the course's library and Math.NET.</summary>
internal static class References
{
    private static readonly string[] s_ownAssemblies =
        ["DeepLearning", "DeepLearning.Plotting", "DeepLearning.Gpu", "DeepLearning.Course", "MathNet.Numerics", "System.Numerics.Tensors"];

    private static readonly Lazy<ImmutableArray<MetadataReference>> s_files = new(
        () => [.. Paths().Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>Shared by all sessions, so that each file is read once.</summary>
    public static ImmutableArray<MetadataReference> Initial => s_files.Value;

    /// <summary>The folder of the program, where its own assemblies lie.</summary>
    public static string OwnFolder => AppContext.BaseDirectory;

    private static IEnumerable<string> Paths()
    {
        IEnumerable<string> framework = Directory.EnumerateFiles(FrameworkFolder(), "*.dll").Where(IsManaged);
        IEnumerable<string> own = s_ownAssemblies.Select(name => Path.Combine(OwnFolder, name + ".dll")).Where(File.Exists);
        return framework.Concat(own).DistinctBy(Path.GetFileName);
    }

    /// <summary>The SDK's reference assemblies, which have the documentation beside them; else the running framework itself.</summary>
    private static string FrameworkFolder()
    {
        string running = RuntimeEnvironment.GetRuntimeDirectory();
        string packs = Path.GetFullPath(Path.Combine(running, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        Version version = Environment.Version;
        string? pack = !Directory.Exists(packs) ? null : Directory.EnumerateDirectories(packs)
            .Select(folder => (Folder: Path.Combine(folder, "ref", $"net{version.Major}.{version.Minor}"), Version: VersionOf(folder)))
            .Where(found => found.Version?.Major == version.Major && Directory.Exists(found.Folder))
            .OrderByDescending(found => found.Version).FirstOrDefault().Folder;
        return pack ?? running;
    }

    private static Version? VersionOf(string folder) => Version.TryParse(Path.GetFileName(folder), out Version? version) ? version : null;

    private static bool IsManaged(string path)
    {
        string name = Path.GetFileName(path);
        if (!name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.", StringComparison.Ordinal)
            && name is not ("mscorlib.dll" or "netstandard.dll" or "WindowsBase.dll")) return false;
        return !name.Contains(".Native.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.DiaSym", StringComparison.Ordinal);
    }
}
