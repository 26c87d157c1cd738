namespace DeepLearning.Benchmarks;

/// <summary>What is measured on a card; names, units and work are those of torch_gpu.py.</summary>
/// <param name="Name">Such as <c>gemm_1024</c>.</param>
/// <param name="Group">Which part of the benchmark it belongs to: one of the constants here.</param>
/// <param name="Goal">What it should reach; null if nobody has said.</param>
/// <param name="Build">Makes its tensors on <see cref="Device.Current"/>.</param>
internal sealed record GpuWorkload(string Name, string Group, GpuGoal? Goal, Func<GpuSizes, GpuWork> Build)
{
    public const string Products = "products", Memory = "memory", Steps = "steps";

    /// <summary>The name of the one whose bandwidth the others on memory are shares of.</summary>
    public const string Copy = "copy";

    public string Unit => Group switch { Products => "TFLOP/s", Memory => "GB/s", _ => "steps/s" };
}

/// <summary>A thing to do again and again.</summary>
/// <param name="Call">Does it once; returns when the card has been told, not when it is done.</param>
/// <param name="PerCall">How much of the workload's unit one call is.</param>
internal sealed record GpuWork(Action Call, double PerCall);

/// <summary>What a figure should reach.</summary>
/// <param name="OfCopy">Whether the share of the bandwidth of a copy counts rather than the ratio to PyTorch.</param>
/// <param name="AtLeast">The least.</param>
/// <param name="Toward">What seems possible; null if not said.</param>
internal sealed record GpuGoal(bool OfCopy, double AtLeast, double? Toward);
