namespace DeepLearning;

/// <summary>How a host that runs somebody's code (a notebook engine, a test) asks long work in this library to stop.</summary>
public static class Interruption
{
    private static readonly AsyncLocal<CancellationToken?> s_scoped = new();
    private static volatile CancellationTokenSource s_source = new();

    /// <summary>Watched by every long loop of the library.</summary>
    public static CancellationToken Token => s_scoped.Value ?? s_source.Token;

    /// <summary>
    /// Makes <paramref name="token"/> the one watched by this flow of execution and all it starts; others are left alone.
    /// </summary>
    public static void Watch(CancellationToken token) => s_scoped.Value = token;

    /// <summary>
    /// Stops whatever long work is running outside a <see cref="Watch"/>; it throws <see cref="OperationCanceledException"/>.
    /// </summary>
    public static void Request() => s_source.Cancel();

    /// <summary>Forgets an earlier request, before new work starts.</summary>
    public static void Reset()
    {
        if (s_source.IsCancellationRequested) s_source = new CancellationTokenSource();
    }

    /// <summary>Throws if this work, or whatever runs here, was asked to stop.</summary>
    internal static void Check(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Token.ThrowIfCancellationRequested();
    }
}
