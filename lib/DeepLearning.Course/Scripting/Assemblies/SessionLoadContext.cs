using System.Reflection;
using System.Runtime.Loader;

namespace DeepLearning.Course.Scripting.Assemblies;

/// <summary>
/// Holds a session's compiled cells and the libraries it asked for. Not collectible: a thread that did not stop may still run its code
/// after the session is closed. What stays behind of a closed session is its code, not its values.
/// </summary>
internal sealed class SessionLoadContext() : AssemblyLoadContext("cells")
{
    private readonly Dictionary<string, Assembly> _submissions = [];
    private readonly Dictionary<string, string> _managed = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _native = new(StringComparer.OrdinalIgnoreCase);

    public Assembly LoadSubmission(string name, Stream image, Stream symbols) => _submissions[name] = LoadFromStream(image, symbols);

    /// <summary>Makes a library on disk known by its simple name; a name known already keeps its first file.</summary>
    public void AddManaged(string path) => _managed.TryAdd(Path.GetFileNameWithoutExtension(path), path);

    public void AddNative(string path) => _native.TryAdd(Path.GetFileNameWithoutExtension(path), path);

    protected override Assembly? Load(AssemblyName name)
    {
        if (_submissions.TryGetValue(name.Name!, out Assembly? submission)) return submission;
        return _managed.TryGetValue(name.Name!, out string? path) ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string name)
    {
        string plain = Path.GetFileNameWithoutExtension(name);
        return _native.TryGetValue(plain, out string? path) || _native.TryGetValue("lib" + plain, out path)
            ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
