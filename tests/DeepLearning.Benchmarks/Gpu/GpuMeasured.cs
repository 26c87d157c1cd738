namespace DeepLearning.Benchmarks;

/// <summary>What was measured of one workload on one side; NaN stands for what nobody knows.</summary>
/// <param name="Seconds">How long the card takes for a call.</param>
/// <param name="HostSeconds">How long the program takes to tell the card of one.</param>
/// <param name="BytesHeld">The card's memory that was taken for it.</param>
/// <param name="Launches">Kernels started a call.</param>
/// <param name="Waits">How often a call waits for the card.</param>
internal sealed record GpuMeasured(double Seconds, double HostSeconds, double BytesHeld, double Launches = double.NaN,
    double Waits = double.NaN)
{
    /// <summary>How long the program takes to start one kernel.</summary>
    public double HostSecondsPerLaunch => HostSeconds / Launches;
}
