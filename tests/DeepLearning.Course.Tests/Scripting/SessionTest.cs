using DeepLearning.Course.Scripting;
using DeepLearning.Course.Scripting.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepLearning.Course.Tests.Scripting;

/// <summary>A session per test, and short ways to run cells in it.</summary>
public abstract class SessionTest : IAsyncLifetime
{
    /// <summary>The console and the current folder belong to the whole process.</summary>
    public const string OneAtATime = "cells";

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private ScriptSession? _session;

    protected string Folder => _folder;

    protected ScriptSession Session => _session ??= new ScriptSession(_folder);

    internal RecordedOutput Output { get; private set; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A library loaded from it may still be open.
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a cell whatever becomes of it.</summary>
    protected Task<CellResult> Try(string code)
    {
        Output = new RecordedOutput();
        return Session.RunAsync(code, Output);
    }

    /// <summary>Runs a cell that must succeed; returns its value as text.</summary>
    protected async Task<string?> Run(string code)
    {
        CellResult result = await Try(code);
        Assert.True(result.Succeeded, result.Error is { } error ? string.Join("\n", error.Trace) : "");
        return result.Value?.Bundle["text/plain"].GetValue<string>();
    }

    protected async Task<CellError> Fail(string code)
    {
        CellResult result = await Try(code);
        Assert.NotNull(result.Error);
        Assert.Null(result.Value);
        return result.Error;
    }

    /// <summary>Compiles a library of its own, as a student's project would.</summary>
    protected void BuildLibrary(string name, string code)
    {
        string path = Write(name, "");
        var compilation = CSharpCompilation.Create(Path.GetFileNameWithoutExtension(name), [CSharpSyntaxTree.ParseText(code)],
            References.Initial, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(compilation.Emit(path).Success);
    }

    protected string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
