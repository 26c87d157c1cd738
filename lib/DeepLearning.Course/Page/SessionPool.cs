using DeepLearning.Course.Messages;

namespace DeepLearning.Course.Page;

/// <summary>
/// Starts sessions. The first is made and warmed up while the browser is still starting, since most of a first cell's time is the
/// compiler's own start; the first lesson opened takes it.
/// </summary>
internal sealed class SessionPool : IAsyncDisposable
{
    private readonly string _folder;
    private StartedSession? _spare;

    public SessionPool(string folder)
    {
        _folder = folder;
        _spare = new StartedSession(folder);
    }

    /// <summary>A session whose relative paths start in a folder; warming up, or ready.</summary>
    public StartedSession Take(string folder) =>
        folder == _folder && Interlocked.Exchange(ref _spare, null) is { } spare ? spare : new StartedSession(folder);

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _spare, null)?.Session.DisposeAsync() ?? ValueTask.CompletedTask;
}
