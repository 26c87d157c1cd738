using System.Diagnostics;

namespace DeepLearning.Course.Scripting;

/// <summary>
/// Stops a running submission, gently first: the flag its loops watch and the token the library watches; waking it if it sleeps or waits;
/// leaving the thread behind. Its thread is never aborted: that ends the process now and then. Whatever happens, the session and its variables live on.
/// </summary>
internal static class Interrupter
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan WakeAfter = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMilliseconds(900);

    /// <summary>Call after the flag and the token are set: they come first.</summary>
    public static async Task StopAsync(CellThread thread)
    {
        var waited = TimeSpan.Zero;
        for (var last = Stopwatch.GetTimestamp(); !thread.Completion.IsCompleted; last = Stopwatch.GetTimestamp())
        {
            if (waited >= GiveUpAfter)
            {
                thread.GiveUp();
                return;
            }
            if (waited >= WakeAfter && thread.IsBlocked) thread.Wake();
            await Task.WhenAny(thread.Completion, Task.Delay(Step)).ConfigureAwait(false);
            waited += Smaller(Stopwatch.GetElapsedTime(last), 2 * Step);
        }
    }

    // On a busy machine this method is as late as the thread it waits for; what it slept too long does not count against the thread.
    private static TimeSpan Smaller(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
