namespace DeepLearning.Kernels;

/// <summary>Work cut into pieces that may run in any order, on any thread.</summary>
internal interface IPieces
{
    /// <summary>Does piece number <paramref name="i"/>.</summary>
    void Run(int i);
}

/// <summary>
/// Runs pieces on this thread and on helpers from the thread pool, which take the next piece as they become free: helpers that come late,
/// or never because the machine is busy, cost nothing. Unlike <see cref="Parallel"/> it allocates nothing once warm.
/// </summary>
internal sealed class ForkJoin<T> : IThreadPoolWorkItem where T : struct, IPieces
{
    [ThreadStatic] private static ForkJoin<T>? s_idle;

    private readonly Lock _lock = new();
    private T _work;
    private int _next, _count, _active, _called;
    private Exception? _error;

    public static void Run(in T work, int count, int threads)
    {
        if (count <= 1 || threads <= 1)
        {
            for (int i = 0; i < count; i++) work.Run(i);
            return;
        }
        ForkJoin<T> job = s_idle ?? new ForkJoin<T>();
        s_idle = null;
        job.Start(work, count, Math.Min(threads, count) - 1);
        job.Work();
        job.Join();
        s_idle = job;
    }

    private void Start(in T work, int count, int helpers)
    {
        int missing;
        lock (_lock)
        {
            (_work, _next, _count, _error) = (work, 0, count, null);
            // A helper called for an earlier piece of work that has not come yet will do for this one.
            missing = helpers - _called;
            _called = Math.Max(_called, helpers);
        }
        for (int i = 0; i < missing; i++) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        lock (_lock) _called--;
        Work();
    }

    private void Work()
    {
        while (true)
        {
            T work;
            int i;
            lock (_lock)
            {
                if (_next >= _count) return;
                i = _next++;
                _active++;
                work = _work;
            }
            Exception? error = null;
            try { work.Run(i); }
            catch (Exception e) { error = e; }
            lock (_lock)
            {
                _active--;
                _error ??= error;
            }
        }
    }

    private void Join()
    {
        var wait = new SpinWait();
        while (Volatile.Read(ref _active) != 0) wait.SpinOnce(sleep1Threshold: -1);
        lock (_lock) _work = default;
        if (_error is { } error) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
    }
}
