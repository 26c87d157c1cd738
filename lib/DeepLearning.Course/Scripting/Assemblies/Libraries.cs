namespace DeepLearning.Course.Scripting.Assemblies;

/// <summary>What a session's <c>#r</c> lines brought in.</summary>
internal sealed class Libraries(SessionLoadContext context, SubmissionCompiler compiler)
{
    private readonly Dictionary<string, string> _packages = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = [.. References.Initial.Select(r => Path.GetFileNameWithoutExtension(r.Display!))];

    /// <summary>References a file. One whose name the session has already, such as the course's own library, is there and stays.</summary>
    public void AddFile(Directive directive, string folder)
    {
        string path = Path.GetFullPath(Path.Combine(folder, directive.Argument));
        string name = Path.GetFileNameWithoutExtension(path);
        if (_names.Contains(name)) return;
        if (!File.Exists(path))
        {
            string hint = directive.Argument.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
                ? "build the project it belongs to first"
                : "give the path of a .dll, or \"nuget: name, version\"";
            throw new DirectiveException(directive.Line, $"#r found no file {path}; {hint}.");
        }
        foreach (string neighbour in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.dll")) Provide(neighbour);
        Refer(path);
    }

    /// <summary>References a package and all it depends on: <c>name, version</c>, or the newest version if none is given.</summary>
    public async Task AddPackageAsync(Directive directive, CancellationToken cancellation)
    {
        string[] parts = directive.Argument.Split(',', 2, StringSplitOptions.TrimEntries);
        if (parts[0] == "")
            throw new DirectiveException(directive.Line, "#r \"nuget: …\" needs a package: #r \"nuget: MathNet.Numerics, 5.0.0\"");
        string version = parts.Length > 1 && parts[1] != "" ? parts[1] : "*";
        if (_packages.TryGetValue(parts[0], out string? present) && (present == version || version == "*")) return;
        var wanted = new Dictionary<string, string>(_packages, StringComparer.OrdinalIgnoreCase) { [parts[0]] = version };
        RestoredPackages restored;
        try
        {
            restored = await NuGetRestore.RestoreAsync(wanted, cancellation);
        }
        catch (InvalidOperationException e)
        {
            throw new DirectiveException(directive.Line, e.Message, e);
        }
        _packages[parts[0]] = version;
        foreach (string path in restored.Managed) Provide(path);
        foreach (string path in restored.Native) context.AddNative(path);
        foreach (string path in restored.References) Refer(path);
    }

    private void Refer(string path)
    {
        string own = Path.Combine(References.OwnFolder, Path.GetFileName(path));
        if (_names.Add(Path.GetFileNameWithoutExtension(path))) compiler.AddReference(File.Exists(own) ? own : path);
    }

    private void Provide(string path)
    {
        if (!File.Exists(Path.Combine(References.OwnFolder, Path.GetFileName(path)))) context.AddManaged(path);
    }
}
