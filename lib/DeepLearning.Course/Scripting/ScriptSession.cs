using System.Diagnostics;
using DeepLearning.Course.Scripting.Output;

namespace DeepLearning.Course.Scripting;

/// <summary>Runs C# cells one after another; each sees what the earlier ones declared.</summary>
public sealed class ScriptSession : IAsyncDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly SessionState _state;
    private readonly Lock _currentLock = new();
    private CellRun? _current;
    private int _executionCount;
    private bool _disposed;

    /// <param name="workingDirectory">
    /// Where relative paths of <c>#r</c>, <c>#load</c>, <c>#!import</c> and file access start: the notebook's folder.
    /// </param>
    public ScriptSession(string workingDirectory)
    {
        WorkingDirectory = Path.GetFullPath(workingDirectory);
        _state = new SessionState(WorkingDirectory);
        ConsoleRouter.Install();
    }

    public string WorkingDirectory { get; }

    /// <summary>
    /// Compiles and runs a cell. Cells queue: one runs at a time. Never throws for what the cell does; see <see cref="CellResult.Error"/>.
    /// </summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="output">Receives what it writes and shows while it runs; its last value is in the result instead.</param>
    /// <param name="cancellation">Interrupts this cell, also while it queues.</param>
    /// <param name="counts">False for code that is not a cell of the reader's: the count of cells stays as it is.</param>
    /// <exception cref="ObjectDisposedException">The session was closed.</exception>
    public async Task<CellResult> RunAsync(string code, IOutput output, CancellationToken cancellation = default, bool counts = true)
    {
        try
        {
            await _oneAtATime.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new CellResult(_executionCount, null, CellRun.InterruptedError("The cell was interrupted before it started."),
                TimeSpan.Zero);
        }
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var clock = Stopwatch.StartNew();
            int count = counts ? ++_executionCount : _executionCount;
            using var run = new CellRun(_state, counts ? $"cell {count}" : "code");
            using CancellationTokenRegistration registration = cancellation.UnsafeRegister(_ => run.Interrupt(), null);
            lock (_currentLock) _current = run;
            _state.Channel.Attach(output);
            (DisplayData? value, CellError? error) = await Task.Run(() => run.RunAsync(code), CancellationToken.None).ConfigureAwait(false);
            _state.Channel.Detach();
            return new CellResult(count, value, error, clock.Elapsed);
        }
        finally
        {
            lock (_currentLock) _current = null;
            _oneAtATime.Release();
        }
    }

    /// <summary>
    /// Compiles and runs something small in the background so that the first cell starts fast. A cell asked for meanwhile does not
    /// wait for it.
    /// </summary>
    public Task WarmUpAsync() => Task.Run(async () =>
    {
        _state.EnsureStarted();
        await WarmUpCode.RunOnceAsync().ConfigureAwait(false);
    });

    /// <summary>Stops the running cell; variables keep their values. Does nothing when none runs.</summary>
    public void Interrupt()
    {
        lock (_currentLock) _current?.Interrupt();
    }

    /// <summary>The names that can stand at <paramref name="position"/>, from the compiler's knowledge of the session.</summary>
    public Completions Complete(string code, int position) => SymbolQueries.Complete(_state, code, position);

    /// <summary>What the name at <paramref name="position"/> means; null if nothing is known.</summary>
    public Inspection? Inspect(string code, int position) => SymbolQueries.Inspect(_state, code, position);

    /// <summary>Stops the running cell and forgets the session's code and values.</summary>
    public async ValueTask DisposeAsync()
    {
        Interrupt();
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        if (!_disposed) _state.Dispose();
        _disposed = true;
        _oneAtATime.Release();
    }
}
