using System.Diagnostics;

namespace DeepLearning.Course.Scripting;

/// <summary>
/// Stops a running submission, gently first: the flag its loops watch and the token the library watches; waking it if it sleeps or waits;
/// aborting its thread; leaving the thread behind. Whatever happens, the session and its variables live on.
/// </summary>
internal static class Interrupter
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan WakeAfter = TimeSpan.FromMilliseconds(100);

    // An abort that meets a thread which is stopping already can end the process, so it waits until a gentle stop has surely had its chance.
    private static readonly TimeSpan AbortAfter = TimeSpan.FromMilliseconds(850);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(3);

    /// <summary>Call after the flag and the token are set: they come first.</summary>
    public static async Task StopAsync(CellThread thread)
    {
        var aborted = false;
        var waited = TimeSpan.Zero;
        for (var last = Stopwatch.GetTimestamp(); !thread.Completion.IsCompleted; last = Stopwatch.GetTimestamp())
        {
            if (waited >= GiveUpAfter)
            {
                thread.GiveUp();
                return;
            }
            if (waited >= AbortAfter && !aborted)
            {
                thread.Abort();
                aborted = true;
            }
            if (waited >= WakeAfter && thread.IsBlocked) thread.Wake();
            await Task.WhenAny(thread.Completion, Task.Delay(Step)).ConfigureAwait(false);
            waited += Smaller(Stopwatch.GetElapsedTime(last), 2 * Step);
        }
    }

    // On a busy machine this method is as late as the thread it waits for; what it slept too long does not count against the thread.
    private static TimeSpan Smaller(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
