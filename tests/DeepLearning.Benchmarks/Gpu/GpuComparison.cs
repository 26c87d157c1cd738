namespace DeepLearning.Benchmarks;

/// <summary>The rounds of one workload.</summary>
internal sealed class GpuComparison(GpuWorkload workload)
{
    private readonly List<double> _ours = [], _theirs = [], _tf32 = [];

    public GpuWorkload Workload { get; } = workload;

    /// <summary>Ours in the last round, in calls.</summary>
    public GpuMeasured? OurCalls { get; private set; }

    /// <summary>PyTorch's in the last round, in calls.</summary>
    public GpuMeasured? TheirCalls { get; private set; }

    /// <summary>Why there is no figure of ours; null if there is.</summary>
    public string? Problem { get; set; }

    /// <summary>In the workload's unit: the median of the rounds, null without any.</summary>
    public double? Ours => Median(_ours);

    /// <inheritdoc cref="Ours"/>
    public double? Theirs => Median(_theirs);

    /// <inheritdoc cref="Ours"/>
    public double? Tf32 => Median(_tf32);

    /// <summary>How far the rounds of ours lie apart, as a share of their median.</summary>
    public double? Spread => Ours is { } median ? (_ours.Max() - _ours.Min()) / median : null;

    public void AddOurs(GpuMeasured measured, double perCall)
    {
        OurCalls = measured;
        _ours.Add(perCall / measured.Seconds);
    }

    /// <param name="value">In the workload's unit.</param>
    /// <param name="measured">The same in calls.</param>
    /// <param name="tf32">Whether factors were rounded to TF32.</param>
    public void AddTheirs(double value, GpuMeasured measured, bool tf32)
    {
        (tf32 ? _tf32 : _theirs).Add(value);
        if (!tf32) TheirCalls = measured;
    }

    private static double? Median(List<double> values) => values.Count > 0 ? Timing.Quantile([.. values], 0.5) : null;
}
