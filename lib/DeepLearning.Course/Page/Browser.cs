using System.ComponentModel;
using System.Diagnostics;

namespace DeepLearning.Course.Page;

/// <summary>The user's own web browser.</summary>
internal static class Browser
{
    /// <summary>Asks the system to show a page; false if there is nothing to show it with.</summary>
    public static bool TryOpen(string url)
    {
        try
        {
            ProcessStartInfo start = OperatingSystem.IsWindows() ? new ProcessStartInfo(url) { UseShellExecute = true }
                : OperatingSystem.IsMacOS() ? new ProcessStartInfo("open", [url])
                : new ProcessStartInfo("xdg-open", [url]);
            // A launcher's chatter does not belong in our terminal.
            if (!OperatingSystem.IsWindows()) start.RedirectStandardOutput = start.RedirectStandardError = true;
            using Process? launcher = Process.Start(start);
            // xdg-open without a display ends at once with an error; one that is still at work after a moment has found a browser.
            return launcher is null || !launcher.WaitForExit(1500) || launcher.ExitCode == 0;
        }
        catch (Exception problem) when (problem is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
