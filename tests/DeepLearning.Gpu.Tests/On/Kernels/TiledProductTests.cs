using ILGPU.Runtime.Cuda;

namespace DeepLearning.Tests.Gpu;

/// <summary>
/// Products in tiles, and sums cut into parts, as a card makes them. On the processor barriers are dear, so there tiles are small and sizes
/// few; on an OpenCL device the tiles of a card are run.
/// </summary>
public class TiledProductTests
{
    private static readonly GpuDevice s_tiles = GpuDevice.Create(GpuKind.Cpu, new(UseTiles: true, WantedGroups: 6));

    private static readonly Dictionary<int, Lazy<GpuDevice>> s_cards = new()
    {
        [64] = new(() => GpuDevice.Create(GpuKind.OpenCL, new(TileLines: 64, WantedGroups: 8))),
        [128] = new(() => GpuDevice.Create(GpuKind.OpenCL, new(TileLines: 128, WantedGroups: 8))),
    };

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(16, 16, 4)]
    [InlineData(17, 15, 5)]
    [InlineData(32, 36, 8)]
    [InlineData(3, 33, 18)]
    [InlineData(40, 7, 1)]
    [InlineData(5, 6, 300)]
    [InlineData(8, 4, 260)]
    [InlineData(18, 3, 513)]
    [InlineData(4, 4, 0)]
    [InlineData(1, 7, 256)]
    [InlineData(6, 1, 260)]
    [InlineData(3, 5, 300)]
    [InlineData(9, 4, 264)]
    public void MatMul(int m, int n, int k) => EveryProduct(s_tiles, m, n, k);

    public static TheoryData<int, int, int, int> Edges
    {
        get
        {
            var data = new TheoryData<int, int, int, int>();
            foreach (int lines in (int[])[64, 128])
            {
                foreach (int k in (int[])[0, 1, 4, 7, 8, 9, 12, 16, 20, 33, 100]) data.Add(lines, lines, lines, k);
                foreach (int m in (int[])[1, lines - 4, lines - 1, lines + 1, lines + 4, 3 * lines]) data.Add(lines, m, lines + 2, 24);
                foreach (int n in (int[])[1, lines - 4, lines - 1, lines + 1, lines + 4, 3 * lines]) data.Add(lines, lines - 3, n, 36);
                foreach ((int m, int n, int k) in ((int, int, int)[])[(64, 256, 784), (10, 128, 1001), (5, 3, 2500),
                    (1, 130, 1028), (300, 260, 516)])
                    data.Add(lines, m, n, k);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Edges))]
    public void MatMulInTilesOfACard(int lines, int m, int n, int k) => EveryProduct(Card(lines), m, n, k);

    private static GpuDevice Card(int lines)
    {
        _ = Devices.OpenCL;
        return s_cards[lines].Value;
    }

    private static void EveryProduct(GpuDevice device, int m, int n, int k)
    {
        foreach (bool transposeA in (bool[])[false, true])
        foreach (bool transposeB in (bool[])[false, true])
        foreach (bool more in (bool[])[false, true])
            Same(device, (d, s) => d.MatMul(new MatMulArgs(s[0], s[1], s[2], m, n, k)
            {
                TransposeA = transposeA, TransposeB = transposeB, Bias = more ? s[3] : null, Accumulate = more,
            }), 2, m * k, k * n, m * n, n);
    }

    [Fact]
    public void Batches()
    {
        EveryBatch(s_tiles, 5, 18, 260, 2);
        EveryBatch(s_tiles, 2, 7, 260, 2);
        EveryBatch(s_tiles, 7, 1, 264, 2);
    }

    [Theory]
    [InlineData(64, 12, 68, 32, 5)]
    [InlineData(64, 65, 63, 9, 3)]
    [InlineData(128, 130, 132, 12, 3)]
    [InlineData(128, 127, 5, 200, 2)]
    public void BatchesInTilesOfACard(int lines, int m, int n, int k, int batch) => EveryBatch(Card(lines), m, n, k, batch);

    // With a matrix for each product, with one A or one B for all, and with matrices that do not lie one behind the other.
    private static void EveryBatch(GpuDevice device, int m, int n, int k, int batch)
    {
        foreach ((int a, int b) in ((int, int)[])[(m * k, k * n), (0, k * n), (m * k, 0), (m * k + 1, k * n + 4)])
        foreach (bool transpose in (bool[])[false, true])
            Same(device, (d, s) => d.MatMul(new MatMulArgs(s[0], s[1], s[2], m, n, k)
            {
                Batch = batch, StrideA = a, StrideB = b, TransposeA = !transpose, TransposeB = transpose,
            }),
                2, batch * (m * k + 1), batch * (k * n + 4), batch * m * n);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(1, 1, 3)]
    public void Convolutions(int groups, int stride, int dilation) => EveryConvolution(s_tiles, 2, 6, 9, 8, 12, groups, stride, dilation);

    [Theory]
    [InlineData(64, 3, 8, 12, 12, 16, 1, 1, 1)]
    [InlineData(64, 4, 3, 15, 13, 70, 1, 2, 1)]
    [InlineData(128, 5, 6, 11, 10, 132, 2, 1, 2)]
    [InlineData(128, 2, 130, 9, 8, 20, 1, 1, 3)]
    [InlineData(128, 9, 16, 16, 16, 32, 1, 2, 1)]
    public void ConvolutionsInTilesOfACard(int lines, int images, int channels, int height, int width, int filters, int groups,
        int stride, int dilation) =>
        EveryConvolution(Card(lines), images, channels, height, width, filters, groups, stride, dilation);

    private static void EveryConvolution(GpuDevice device, int images, int channels, int height, int width, int filters, int groups,
        int stride, int dilation)
    {
        ConvArgs p = new(images, channels, height, width, filters, (height + 2 - 2 * dilation - 1) / stride + 1,
            (width + 2 - 2 * dilation - 1) / stride + 1)
        {
            KernelH = 3, KernelW = 3, StrideH = stride, StrideW = stride, PadH = 1, PadW = 1, DilationH = dilation, DilationW = dilation,
            Groups = groups,
        };
        int x = images * channels * height * width, w = filters * p.Taps, y = images * filters * p.OutH * p.OutW;
        Same(device, (d, s) => d.Conv(p, s[0], s[1], s[3], s[2]), 2, x, w, y, filters);
        Same(device, (d, s) => d.ConvInputGradient(p, s[0], s[1], s[2]), 2, y, w, x);
        Same(device, (d, s) => d.ConvWeightGradient(p, s[0], s[1], s[2], s[3]), 2, x, y, w, filters);
    }

    [Fact]
    public void TheSameNumbersEachTime()
    {
        double[] first = Run(s_tiles, Product, 2, [5 * 300, 300 * 6, 30]);
        for (int i = 0; i < 3; i++) Assert.Equal(first, Run(s_tiles, Product, 2, [5 * 300, 300 * 6, 30]));

        static void Product(Device d, Storage[] s) => d.MatMul(new MatMulArgs(s[0], s[1], s[2], 5, 6, 300));
    }

    [Fact]
    public void AProductTooLargeToCountSaysSo()
    {
        Storage one = s_tiles.Allocate(1);
        NotSupportedException error =
            Assert.Throws<NotSupportedException>(() => s_tiles.MatMul(new MatMulArgs(one, one, one, 1, int.MaxValue, 1)));
        Assert.Contains("1 × 2,147,483,647", error.Message);
    }

    // What a card's code is worth: sums in registers, shared memory read four numbers at a time.
    [Theory]
    [InlineData("No, Yes", "No, Yes")]
    [InlineData("No, Yes", "Yes, Yes")]
    [InlineData("Yes, Yes", "No, Yes")]
    public void LargeTilesStayInRegisters(string a, string b)
    {
        string ptx = KernelCompilationTests.Ptx($"ProductKernels.Tiled<StridedMatrix<{a}>, StridedMatrix<{b}>, MatrixTarget, Tile128>",
            CudaArchitecture.SM_90, CudaInstructionSet.ISA_80);
        Assert.DoesNotContain(".local", ptx);
        Assert.DoesNotContain("ld.shared.f32", ptx);
        Assert.Equal(32, ptx.Split("ld.shared.v4.f32").Length - 1);
        Assert.Contains(".minnctapersm 2", ptx);
    }

    // Runs on blocks of these sizes, filled with numbers, and compares what is then in one of them.
    private static void Same(GpuDevice device, Action<Device, Storage[]> run, int output, params int[] sizes) =>
        Golden.Close(Run(Device.Reference, run, output, sizes), Run(device, run, output, sizes), 4e-5);

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
