using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace DeepLearning;

/// <summary>Prepares batches on a thread of its own while earlier ones are used.</summary>
internal static class Prefetch
{
    /// <summary>
    /// The batches that <paramref name="prepare"/> makes, in the same order, up to <paramref name="ahead"/> of them waiting.
    /// </summary>
    /// <remarks>
    /// What fails there is thrown here, after the batches before it. When the caller leaves the loop, the thread has ended.
    /// </remarks>
    public static IEnumerable<Func<(Tensor X, Tensor Y)>> Run(IEnumerable<Func<(Tensor X, Tensor Y)>> prepare, int ahead)
    {
        using CancellationTokenSource stop = new();
        using BlockingCollection<(Tensor X, Tensor Y)> ready = new(ahead);
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                foreach (Func<(Tensor X, Tensor Y)> next in prepare)
                {
                    (Tensor X, Tensor Y) batch = Prepare(next);
                    if (!TryAdd(ready, batch, stop.Token)) return;
                }
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                ready.CompleteAdding();
            }
        }) { IsBackground = true, Name = "Prefetch" };
        thread.Start();
        try
        {
            foreach ((Tensor x, Tensor y) in ready.GetConsumingEnumerable(Interruption.Token)) yield return () => (x.Unkeep(), y.Unkeep());
            failure?.Throw();
        }
        finally
        {
            stop.Cancel();
            thread.Join();
            while (ready.TryTake(out (Tensor X, Tensor Y) left)) Dispose(left);
        }
    }

    private static (Tensor X, Tensor Y) Prepare(Func<(Tensor X, Tensor Y)> next)
    {
        using TensorScope _ = Tensor.Scope();
        (Tensor x, Tensor y) = next();
        return (x.Keep(), y.Keep());
    }

    private static bool TryAdd(BlockingCollection<(Tensor X, Tensor Y)> ready, (Tensor X, Tensor Y) batch, CancellationToken stop)
    {
        try
        {
            ready.Add(batch, stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            Dispose(batch);
            return false;
        }
    }

    private static void Dispose((Tensor X, Tensor Y) batch)
    {
        batch.X.Dispose();
        batch.Y.Dispose();
    }
}
