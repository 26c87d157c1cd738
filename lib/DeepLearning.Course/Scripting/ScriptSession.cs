namespace DeepLearning.Course.Scripting;

/// <summary>Runs C# cells one after another; each sees what the earlier ones declared.</summary>
public sealed class ScriptSession : IAsyncDisposable
{
    /// <param name="workingDirectory">Where relative paths of <c>#r</c>, <c>#load</c>, <c>#!import</c> and file access start: the notebook's folder.</param>
    public ScriptSession(string workingDirectory) => WorkingDirectory = workingDirectory;

    public string WorkingDirectory { get; }

    /// <summary>Compiles and runs a cell. Cells queue: one runs at a time. Never throws for what the cell does; see <see cref="CellResult.Error"/>.</summary>
    public Task<CellResult> RunAsync(string code, IOutput output, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Compiles something small in the background so that the first cell starts fast.</summary>
    public Task WarmUpAsync() => throw new NotImplementedException();

    /// <summary>Stops the running cell; variables keep their values. Does nothing when none runs.</summary>
    public void Interrupt() => throw new NotImplementedException();

    public Completions Complete(string code, int position) => throw new NotImplementedException();

    public Inspection? Inspect(string code, int position) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
