using BenchmarkDotNet.Attributes;

namespace DeepLearning.Benchmarks;

/// <summary>Matrix products of the shapes that training meets: square, thin, and with either operand transposed.</summary>
public class MatMulBenchmarks
{
    private readonly Device _device = Device.Cpu;
    private Storage _a = null!, _b = null!, _c = null!;

    [Params("256x256x256", "1024x1024x1024", "64x784x256", "64x10x128", "1x2x2")]
    public string Shape { get; set; } = "";

    [Params(false, true)]
    public bool TransposeB { get; set; }

    private int M { get; set; }

    private int K { get; set; }

    private int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = [.. Shape.Split('x').Select(int.Parse)];
        (M, K, N) = (sizes[0], sizes[1], sizes[2]);
        (_a, _b, _c) = (_device.Allocate(M * K), _device.Allocate(K * N), _device.Allocate(M * N));
        _device.Random(RandomKind.Normal, 1, 0, 0, 1, _a, M * K);
        _device.Random(RandomKind.Normal, 2, 0, 0, 1, _b, K * N);
    }

    [Benchmark]
    public void MatMul() => _device.MatMul(new MatMulArgs(_a, _b, _c, M, N, K) { TransposeB = TransposeB });
}
