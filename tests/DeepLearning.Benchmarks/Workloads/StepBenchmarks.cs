using BenchmarkDotNet.Attributes;

namespace DeepLearning.Benchmarks;

/// <summary>A training step of dense networks, small and large.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private Action _step = null!;

    [Params("2-2-2", "64-64-10", "784-256-128-10")]
    public string Widths { get; set; } = "";

    [Params(1, 64)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup() => _step = Catalogue.MlpStep(Batch, [.. Widths.Split('-').Select(int.Parse)]);

    [Benchmark]
    public void Step() => _step();
}
