namespace DeepLearning.Tests.Devices.Cpu;

public class CpuDeviceTests
{
    [Theory]
    [InlineData(0, 16)]
    [InlineData(16, 3)]
    [InlineData(1000, 900)]
    [InlineData(1_000_000, 950_000)]
    public void AFreedBlockIsHandedOutAgain(int first, int second)
    {
        var device = new CpuDevice();
        Storage block = device.Allocate(first);
        block.Users = 3;
        device.Free(block);
        Storage again = device.Allocate(second);
        Assert.Same(block, again);
        Assert.Equal(second, again.Length);
        Assert.Equal(0, again.Users);
        Assert.NotSame(block, device.Allocate(second));
    }

    [Fact]
    public void BlocksAreLargeEnoughAndNotMuchLarger()
    {
        var device = new CpuDevice();
        for (int length = 0; length < 70_000; length = length + 1 + length / 7)
        {
            var block = (CpuStorage)device.Allocate(length);
            Assert.InRange(block.Array.Length, length, Math.Max(16, length + length / 4 + 1));
            device.Free(block);
            Assert.Same(block, device.Allocate(length));
        }
    }

    [Fact]
    public void BlocksFreedOnAnotherThreadAreNotLost()
    {
        var device = new CpuDevice();
        Storage block = device.Allocate(1 << 20);
        var thread = new Thread(() => device.Free(block));
        thread.Start();
        thread.Join();
        Assert.Same(block, device.Allocate(1 << 20));
    }

    [Fact]
    public void ThePoolHoldsUnderManyThreads()
    {
        var device = new CpuDevice();
        Parallel.For(0, 64, i =>
        {
            for (int round = 0; round < 200; round++)
            {
                Storage small = device.Allocate(10 + i), large = device.Allocate(100_000 + i);
                device.Fill(small, 10 + i, i);
                device.Fill(large, 1000, i);
                float[] back = new float[10 + i], backLarge = new float[1000];
                device.Download(small, back);
                device.Download(large, backLarge);
                Assert.All(back, v => Assert.Equal(i, v));
                Assert.All(backLarge, v => Assert.Equal(i, v));
                device.Free(large);
                device.Free(small);
            }
        });
    }

    [Fact]
    public void ANegativeLengthIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new CpuDevice().Allocate(-1));

    [Fact]
    public void MaxThreadsIsAtLeastOne()
    {
        var device = new CpuDevice();
        Assert.Equal(Environment.ProcessorCount, device.MaxThreads);
        Assert.Throws<ArgumentOutOfRangeException>(() => device.MaxThreads = 0);
    }

    [Fact]
    public void ResultsDoNotDependOnTheNumberOfThreads()
    {
        float[] x = new float[512 * 700];
        for (int i = 0; i < x.Length; i++) x[i] = MathF.Sin(i);
        float[]? first = null;
        foreach (int threads in (int[])[1, 2, 3, 8])
        {
            var device = new CpuDevice { MaxThreads = threads };
            Storage a = device.Allocate(x.Length), c = device.Allocate(512 * 512), sums = device.Allocate(700);
            device.Upload((ReadOnlySpan<float>)x, a);
            device.MatMul(new MatMulArgs(a, a, c, 512, 512, 700) { TransposeB = true });
            device.Reduce(ReduceOp.Sum, a, sums, 1, 512, 700);
            float[] result = new float[512 * 512 + 700];
            device.Download(c, result.AsSpan(0, 512 * 512));
            device.Download(sums, result.AsSpan(512 * 512));
            first ??= result;
            Assert.Equal(first, result);
        }
    }

    [Theory]
    [InlineData(5000, 50, 40)]
    [InlineData(300, 3, 1000)]
    [InlineData(100_000, 1000, 1)]
    public void ScatteredSumsDoNotDependOnTheNumberOfThreads(int n, int rows, int width)
    {
        float[] x = [.. Enumerable.Range(0, n * width).Select(i => MathF.Sin(i))],
            index = [.. Enumerable.Range(0, n).Select(i => (float)(i * 7L % rows))];
        float[]? first = null;
        foreach (int threads in (int[])[1, 2, 3, 8])
        {
            var device = new CpuDevice { MaxThreads = threads };
            Storage from = device.Allocate(x.Length), at = device.Allocate(n), sums = device.Allocate(rows * width);
            device.Upload((ReadOnlySpan<float>)x, from);
            device.Upload((ReadOnlySpan<float>)index, at);
            device.Fill(sums, rows * width, 0);
            device.ScatterAdd(from, at, n, sums, rows, width);
            float[] result = new float[rows * width];
            device.Download(sums, result);
            first ??= result;
            Assert.Equal(first, result);
        }
    }

    [Fact]
    public void AWarmKernelAllocatesNothing()
    {
        var device = new CpuDevice { MaxThreads = 1 };
        Storage x = device.Allocate(4096), y = device.Allocate(4096), z = device.Allocate(4096);
        device.Fill(x, 4096, 0.5);
        device.Fill(y, 4096, 2);
        for (int i = 0; i < 50; i++) Kernels();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) Kernels();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Kernels()
        {
            device.Free(device.Allocate(1000));
            device.Unary(UnaryOp.Tanh, x, z, 4096, 0, 0);
            device.UnaryGradient(UnaryOp.Tanh, x, z, y, z, 4096, 0, 0);
            device.Binary(BinaryOp.Add, x, [64, 1], y, [0, 1], z, [64, 64]);
            device.Copy(x, 0, [1, 64], z, 0, [64, 1], [64, 64], false);
            device.Reduce(ReduceOp.Sum, x, z, 1, 64, 64);
            device.Softmax(x, z, 64, 64, false);
            device.MatMul(new MatMulArgs(x, y, z, 64, 64, 64));
            device.Random(RandomKind.Normal, 1, 2, 0, 1, z, 4096);
        }
    }
}
