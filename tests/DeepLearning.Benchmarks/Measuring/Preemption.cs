using System.Runtime.InteropServices;

namespace DeepLearning.Benchmarks;

/// <summary>How often the system has taken a processor away from a thread of this process; a block of work during which it did is not counted.</summary>
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
