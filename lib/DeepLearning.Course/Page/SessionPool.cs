using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Page;

/// <summary>
/// Starts sessions. The first is made and warmed up while the browser is still starting, since most of a first cell's time is the
/// compiler's own start; the first lesson opened takes it.
/// </summary>
internal sealed class SessionPool : IAsyncDisposable
{
    private readonly string _folder;
    private Started? _spare;

    public SessionPool(string folder)
    {
        _folder = folder;
        _spare = new Started(folder);
    }

    /// <summary>A session whose relative paths start in a folder; warming up, or ready.</summary>
    public Started Take(string folder) => folder == _folder && Interlocked.Exchange(ref _spare, null) is { } spare ? spare : new Started(folder);

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _spare, null)?.Session.DisposeAsync() ?? ValueTask.CompletedTask;

    internal sealed class Started
    {
        public Started(string folder)
        {
            Session = new ScriptSession(folder);
            Ready = Session.WarmUpAsync();
        }

        public ScriptSession Session { get; }

        /// <summary>Ends when the session is warm.</summary>
        public Task Ready { get; }
    }
}
