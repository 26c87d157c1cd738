using System.Diagnostics;

namespace DeepLearning.Course.Scripting;

/// <summary>
/// Stops a running submission, gently first: the flag its loops watch and the token the library watches; waking it if it sleeps or waits;
/// leaving the thread behind. Its thread is never aborted: that ends the process now and then. Whatever happens, the session and its
/// variables live on.
/// </summary>
internal static class Interrupter
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_wakeAfter = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_giveUpAfter = TimeSpan.FromMilliseconds(900);

    /// <summary>Call after the flag and the token are set: they come first.</summary>
    public static async Task StopAsync(CellThread thread)
    {
        TimeSpan waited = TimeSpan.Zero;
        for (long last = Stopwatch.GetTimestamp(); !thread.Completion.IsCompleted; last = Stopwatch.GetTimestamp())
        {
            if (waited >= s_giveUpAfter)
            {
                thread.GiveUp();
                return;
            }
            if (waited >= s_wakeAfter && thread.IsBlocked) thread.Wake();
            await Task.WhenAny(thread.Completion, Task.Delay(s_step)).ConfigureAwait(false);
            waited += Smaller(Stopwatch.GetElapsedTime(last), 2 * s_step);
        }
    }

    // On a busy machine this method is as late as the thread it waits for; what it slept too long does not count against the thread.
    private static TimeSpan Smaller(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
