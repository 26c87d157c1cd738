namespace DeepLearning;

/// <summary>How a host that runs somebody's code (a notebook engine, a test) asks long work in this library to stop.</summary>
public static class Interruption
{
    private static volatile CancellationTokenSource _source = new();

    /// <summary>Watched by every long loop of the library.</summary>
    public static CancellationToken Token => _source.Token;

    /// <summary>Stops whatever long work is running; it throws <see cref="OperationCanceledException"/>.</summary>
    public static void Request() => _source.Cancel();

    /// <summary>Forgets an earlier request, before new work starts.</summary>
    public static void Reset()
    {
        if (_source.IsCancellationRequested) _source = new CancellationTokenSource();
    }
}
