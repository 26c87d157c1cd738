using System.Globalization;
using System.Runtime.InteropServices;

namespace DeepLearning.Benchmarks;

/// <summary>
/// What a busy machine does to this process: takes a processor away from a thread, or lets one that could run wait for a processor.
/// A block of work during which it did is not counted.
/// </summary>
internal static partial class Preemption
{
    private const int Self = 0;

    /// <summary>So far; 0 on systems that do not say.</summary>
    public static long Count
    {
        get
        {
            if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return 0;
            return getrusage(Self, out Usage usage) == 0 ? usage.InvoluntarySwitches : 0;
        }
    }

    /// <summary>For how many seconds its threads have waited for a processor; 0 on systems that do not say.</summary>
    public static double Waited
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return 0;
            double nanoseconds = 0;
            foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
            {
                try
                {
                    // Time on a processor, time waiting for one, and turns.
                    nanoseconds += double.Parse(File.ReadAllText(thread + "/schedstat").Split(' ')[1], CultureInfo.InvariantCulture);
                }
                catch (IOException)
                {
                    // The thread has ended meanwhile, or the system keeps no account.
                }
            }
            return nanoseconds / 1e9;
        }
    }

    [LibraryImport("libc")]
    private static partial int getrusage(int who, out Usage usage);

    // struct rusage: two times of two words each, then fourteen words, of which this is the last.
    [StructLayout(LayoutKind.Explicit, Size = 18 * 8)]
    private struct Usage
    {
        [FieldOffset(17 * 8)]
        public long InvoluntarySwitches;
    }
}
