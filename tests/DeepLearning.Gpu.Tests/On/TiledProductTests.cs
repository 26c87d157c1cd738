namespace DeepLearning.Tests.Gpu;

/// <summary>
/// Products in tiles, and sums cut into parts, as a card makes them: with barriers that the processor pays dearly for, so on few sizes, on both sides
/// of a tile's 16 and of a part's 128.
/// </summary>
public class TiledProductTests
{
    private static readonly GpuDevice s_tiles = GpuDevice.Create(GpuKind.Cpu, new(UseTiles: true, WantedGroups: 6));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(16, 16, 4)]
    [InlineData(17, 15, 5)]
    [InlineData(3, 33, 18)]
    [InlineData(40, 7, 1)]
    [InlineData(5, 6, 300)]
    [InlineData(18, 3, 513)]
    [InlineData(4, 4, 0)]
    public void MatMul(int m, int n, int k)
    {
        foreach (bool transposeA in (bool[])[false, true])
        foreach (bool transposeB in (bool[])[false, true])
        foreach (bool more in (bool[])[false, true])
            Same((d, s) => d.MatMul(new MatMulArgs(s[0], s[1], s[2], m, n, k)
            {
                TransposeA = transposeA, TransposeB = transposeB, Bias = more ? s[3] : null, Accumulate = more,
            }), 2, m * k, k * n, m * n, n);
    }

    [Fact]
    public void Batches()
    {
        const int M = 5, N = 18, K = 260, Batch = 2;
        foreach (var (a, b) in ((int, int)[])[(M * K, K * N), (0, K * N), (M * K, 0)])
            Same((d, s) => d.MatMul(new MatMulArgs(s[0], s[1], s[2], M, N, K) { Batch = Batch, StrideA = a, StrideB = b, TransposeB = true }),
                2, Batch * M * K, Batch * K * N, Batch * M * N);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(1, 1, 3)]
    public void Convolutions(int groups, int stride, int dilation)
    {
        ConvArgs p = new(2, 6, 9, 8, 12, (9 + 2 - 2 * dilation - 1) / stride + 1, (8 + 2 - 2 * dilation - 1) / stride + 1)
        {
            KernelH = 3, KernelW = 3, StrideH = stride, StrideW = stride, PadH = 1, PadW = 1, DilationH = dilation, DilationW = dilation, Groups = groups,
        };
        int x = 2 * 6 * 72, w = 12 * p.Taps, y = 2 * 12 * p.OutH * p.OutW;
        Same((d, s) => d.Conv(p, s[0], s[1], s[3], s[2]), 2, x, w, y, 12);
        Same((d, s) => d.ConvInputGradient(p, s[0], s[1], s[2]), 2, y, w, x);
        Same((d, s) => d.ConvWeightGradient(p, s[0], s[1], s[2], s[3]), 2, x, y, w, 12);
    }

    [Fact]
    public void TheSameNumbersEachTime()
    {
        double[] first = Run(s_tiles, Product, 2, [5 * 300, 300 * 6, 30]);
        for (int i = 0; i < 3; i++) Assert.Equal(first, Run(s_tiles, Product, 2, [5 * 300, 300 * 6, 30]));

        static void Product(Device d, Storage[] s) => d.MatMul(new MatMulArgs(s[0], s[1], s[2], 5, 6, 300));
    }

    // Runs on blocks of these sizes, filled with numbers, and compares what is then in one of them.
    private static void Same(Action<Device, Storage[]> run, int output, params int[] sizes) =>
        Golden.Close(Run(Device.Reference, run, output, sizes), Run(s_tiles, run, output, sizes), 2e-5);

    private static double[] Run(Device device, Action<Device, Storage[]> run, int output, int[] sizes)
    {
        Random random = new(1);
        Storage[] blocks = [.. sizes.Select(size =>
        {
            Storage block = device.Allocate(size);
            device.Upload((ReadOnlySpan<float>)[.. Enumerable.Range(0, size).Select(_ => 2 * random.NextSingle() - 1)], block);
            return block;
        })];
        run(device, blocks);
        double[] result = new double[sizes[output]];
        device.Download(blocks[output], result);
        return result;
    }
}
