using System.CommandLine;

namespace DeepLearning.Benchmarks;

/// <summary>The options that several commands take.</summary>
internal static class CommonOptions
{
    public static Option<string?> Only() =>
        new("--only") { Description = "Names of workloads, with commas between them; all of them unless given." };

    public static Option<int> Threads() => new("--threads")
    {
        Description = "How many threads a kernel may use.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public static Option<double> Seconds(double unlessGiven) => new("--seconds")
    {
        Description = "How long to measure each workload.",
        DefaultValueFactory = _ => unlessGiven,
    };

    /// <summary>Lets the kernels of the processor use so many threads.</summary>
    public static void UseThreads(int threads) => ((CpuDevice)Device.Cpu).MaxThreads = threads;
}
