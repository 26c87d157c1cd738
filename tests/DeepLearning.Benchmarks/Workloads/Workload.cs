namespace DeepLearning.Benchmarks;

/// <summary>What is measured; names, units and work are those of torch_baseline.py.</summary>
/// <param name="Name">Such as <c>mlp_b64</c>.</param>
/// <param name="Unit">Such as <c>steps/s</c>; for a time, less is better.</param>
/// <param name="AtLeast">The least that ours / PyTorch should be.</param>
/// <param name="Possible">What seems possible.</param>
/// <param name="Run">Measures.</param>
internal sealed record Workload(string Name, string Unit, double? AtLeast, double? Possible, Func<Timing, Result> Run)
{
    public bool LessIsBetter => Unit.StartsWith("ms");
}

/// <summary>What came out.</summary>
/// <param name="Value">In the workload's unit.</param>
/// <param name="Measured">How it was measured; null where nothing was timed.</param>
/// <param name="Gigaflops">Multiply-adds done, two flop each, in GFLOP/s; null where that means little.</param>
internal sealed record Result(double Value, Measured? Measured = null, double? Gigaflops = null);
