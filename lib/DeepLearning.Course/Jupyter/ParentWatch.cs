using System.Diagnostics;

namespace DeepLearning.Course.Jupyter;

/// <summary>Ends a kernel whose front end has died without a word. Jupyter names itself in <c>JPY_PARENT_PID</c>.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(2);

    /// <returns>The watch; null where there is no parent to watch.</returns>
    public static Timer? Start(Action orphaned)
    {
        if (OperatingSystem.IsWindows() || !int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), out int id) || id <= 1)
            return null;
        return new Timer(_ => { if (!Lives(id)) orphaned(); }, null, s_period, s_period);
    }

    private static bool Lives(int id)
    {
        try
        {
            using var parent = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
