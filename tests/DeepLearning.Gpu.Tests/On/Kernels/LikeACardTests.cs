namespace DeepLearning.Tests.Gpu;

/// <summary>
/// Groups of 256 threads, as on a card: what differs there from the small groups that the other tests run on the processor.
/// </summary>
public class LikeACardTests
{
    private static readonly GpuDevice s_card = GpuDevice.Create(GpuKind.Cpu, new(LikeACard: true, WantedGroups: 12));

    private static readonly GpuDevice s_largeTiles = GpuDevice.Create(GpuKind.Cpu, new(LikeACard: true, WantedGroups: 12, TileLines: 128));

    [Theory]
    [InlineData(70, 66, 20, false)]
    [InlineData(3, 65, 300, true)]
    public void MatMul(int m, int n, int k, bool transpose) =>
        Same((d, x, y) => d.MatMul(Product(x, y, m, n, k, transpose)), Math.Max(m, n) * k, m * n);

    [Theory]
    [InlineData(130, 132, 12, false)]
    [InlineData(70, 129, 17, true)]
    public void MatMulInLargeTiles(int m, int n, int k, bool transpose) =>
        Same((d, x, y) => d.MatMul(Product(x, y, m, n, k, transpose)), Math.Max(m, n) * k, m * n, s_largeTiles);

    private static MatMulArgs Product(Storage x, Storage y, int m, int n, int k, bool transpose) =>
        new(x, x, y, m, n, k) { TransposeA = transpose, TransposeB = transpose, Bias = x };

    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(3, 300)]
    [InlineData(5, 40)]
    public void Sums(int outer, int length) => Same((d, x, y) => d.Reduce(ReduceOp.Sum, x, y, outer, length, 1), outer * length, outer);

    [Theory]
    [InlineData(1, 300, 40)]
    [InlineData(2, 600, 3)]
    public void SumsOfColumns(int outer, int length, int inner) =>
        Same((d, x, y) => d.Reduce(ReduceOp.Sum, x, y, outer, length, inner), outer * length * inner, outer * inner);

    [Theory]
    [InlineData(2, 300, 1)]
    [InlineData(1, 20, 40)]
    public void Places(int outer, int length, int inner) =>
        Same((d, x, y) => d.ArgReduce(true, x, y, outer, length, inner), outer * length * inner, outer * inner);

    [Fact]
    public void Transpose() => Same((d, x, y) => d.Copy(x, 0, [1, 33], y, 0, [40, 1], [33, 40], add: false), 33 * 40, 33 * 40);

    [Theory]
    [InlineData(2, 300)]
    [InlineData(3, 10)]
    public void Softmax(int rows, int columns) =>
        Same((d, x, y) => d.Softmax(x, y, rows, columns, log: false), rows * columns, rows * columns);

    // By rows of 32 channels, and cut into pieces.
    [Fact]
    public void BatchNormOfFeatures() =>
        Same((d, x, y) => d.BatchNorm(new BatchNormArgs(x, d.Allocate(35), d.Allocate(35), 300, 35, 1, 1e-5), null, y), 10500, 10500);

    [Fact]
    public void BatchNorm() =>
        Same((d, x, y) => d.BatchNorm(new BatchNormArgs(x, d.Allocate(3), d.Allocate(3), 10, 3, 40, 1e-5), null, y), 1200, 1200);

    [Fact]
    public void Convolution()
    {
        ConvArgs p = new(2, 3, 9, 9, 5, 9, 9) { KernelH = 3, KernelW = 3, PadH = 1, PadW = 1 };
        Same((d, x, y) => d.Conv(p, x, x, null, y), 2 * 3 * 81, 2 * 5 * 81);
    }

    private static void Same(Action<Device, Storage, Storage> run, int inputs, int outputs, GpuDevice? card = null)
    {
        Golden.Close(Run(Device.Reference), Run(card ?? s_card), 3e-5);

        double[] Run(Device device)
        {
            Storage x = device.Allocate(inputs), y = device.Allocate(outputs);
            device.Upload((ReadOnlySpan<float>)[.. Enumerable.Range(0, inputs).Select(i => MathF.Sin(0.7f * i))], x);
            run(device, x, y);
            double[] result = new double[outputs];
            device.Download(y, result);
            return result;
        }
    }
}
