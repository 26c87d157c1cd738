using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeepLearning.Course.Notebooks;
using DeepLearning.Course.Scripting;
using DeepLearning.Course.Tests.Scripting;

namespace DeepLearning.Course.Tests.Lessons;

/// <summary>
/// A lesson run once from its first cell in a fresh session, which stays open to be asked for values. A class fixture for its tests.
/// </summary>
public abstract partial class LessonRun(string notebook) : IAsyncLifetime
{
    private static readonly string s_folder =
        System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "../../../../notebooks"));
    private readonly ScriptSession _session = new(System.IO.Path.GetDirectoryName(System.IO.Path.Combine(s_folder, notebook))!);

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(s_folder, notebook);

    /// <summary>As it is in the repository.</summary>
    public Notebook Committed { get; } = Notebook.Load(System.IO.Path.Combine(s_folder, notebook));

    /// <summary>With the outputs of this run.</summary>
    public Notebook Executed { get; } = Notebook.Load(System.IO.Path.Combine(s_folder, notebook));

    /// <summary>Where it stopped, or null.</summary>
    public CellFailure? Failure { get; private set; }

    /// <summary>What the exercises' checks said in the run, as text.</summary>
    public IReadOnlyList<string> Checks { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Failure = await new NotebookRunner(_session).RunAsync(Executed);
        Checks = (await Value<string>("string.Join(\"\\0\", Check.Results)")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs an answer in the session, and the cell that checks it; returns what that cell shows.</summary>
    /// <param name="answer">Code that gives the answer, as a student would write it.</param>
    /// <param name="exercise">A part of the check's source that no other check has.</param>
    public async Task<string> Checked(string answer, string exercise)
    {
        NotebookCell cell = Assert.Single(Committed.Cells, c => c.Tags.Contains("check") && c.Source.Contains(exercise));
        CellResult? result = null;
        foreach (string code in new[] { answer, cell.Source })
        {
            result = await _session.RunAsync(code, new RecordedOutput());
            Assert.True(result.Succeeded, result.Error is { } error ? string.Join("\n", error.Trace) : "");
        }
        return result!.Value!.Bundle["text/plain"].GetValue<string>();
    }

    /// <summary>The value of an expression in the session, after the run.</summary>
    public async Task<T> Value<T>(string expression)
    {
        CellResult result = await _session.RunAsync(
            $"System.Convert.ToString((object)({expression}), System.Globalization.CultureInfo.InvariantCulture)", new RecordedOutput());
        Assert.True(result.Succeeded, result.Error is { } error ? $"{expression}: {string.Join("\n", error.Trace)}" : "");
        return (T)Convert.ChangeType(result.Value!.Bundle["text/plain"].GetValue<string>(), typeof(T), CultureInfo.InvariantCulture);
    }

    /// <summary>What a cell showed, its streams and values as text.</summary>
    public static string Shown(NotebookCell cell) =>
        string.Join("\n", Outputs(cell).Select(output => MultilineText.Read(output["text"] ?? output["data"]?["text/plain"])));

    public static IEnumerable<JsonObject> Outputs(NotebookCell cell) => cell.Outputs.Select(output => output!.AsObject());

    /// <summary>All data bundles that hold a figure.</summary>
    public IEnumerable<JsonObject> Figures() => Executed.Cells.Where(cell => cell.Kind == CellKind.Code).SelectMany(Outputs)
        .Select(output => output["data"]?.AsObject()).OfType<JsonObject>()
        .Where(data => data.ContainsKey("application/vnd.plotly.v1+json"));

    /// <summary>How many checks the code of a notebook asks for.</summary>
    public static int ChecksAskedFor(Notebook notebook) =>
        CallsOfCheck().Count(string.Join("\n", notebook.Cells.Where(cell => cell.Kind == CellKind.Code).Select(cell => cell.Source)));

    [GeneratedRegex(@"(?<!\w)Check\.(Number|Array|Tensor|Function|Choice|Names|That)\(")]
    private static partial Regex CallsOfCheck();

    /// <summary>All text of Markdown cells.</summary>
    public string Markdown =>
        string.Join("\n\n", Committed.Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source));
}
