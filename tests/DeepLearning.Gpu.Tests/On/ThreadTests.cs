namespace DeepLearning.Tests.Gpu;

/// <summary>Several threads of a program use one device at once, each with numbers of its own.</summary>
public abstract class ThreadTests(GpuKind kind)
{
    [Fact]
    public void ThreadsDoNotDisturbEachOther()
    {
        GpuDevice device = Devices.Of(kind);
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, worker =>
        {
            const int N = 500;
            float[] ones = [.. Enumerable.Repeat(1f, N)], result = new float[N];
            for (int round = 0; round < 60; round++)
            {
                Storage x = device.Allocate(N), y = device.Allocate(N), sum = device.Allocate(1);
                device.Upload(ones, x);
                device.Fill(y, N, worker + 1);
                device.Binary(BinaryOp.Multiply, x, [1], y, [1], x, [N]);
                device.Unary(UnaryOp.Affine, x, y, N, 2, round);
                device.Reduce(ReduceOp.Sum, x, sum, 1, N, 1);
                device.Download(y, result.AsSpan());
                Assert.All(result, number => Assert.Equal(2 * (worker + 1) + round, number));
                device.Download(sum, result.AsSpan(0, 1));
                Assert.Equal(N * (worker + 1), result[0]);
                device.Free(x);
                device.Free(y);
                device.Free(sum);
            }
        });
    }

    // Between looking up where a kernel's numbers are and starting it, nothing but the kernel's arguments may know the block.
    [Fact]
    public async Task ABlockThatIsForgottenStaysItsKernels()
    {
        const int N = 2000;
        GpuDevice device = Devices.New(kind);
        float[] ones = [.. Enumerable.Repeat(1f, N)], result = new float[N];
        using CancellationTokenSource ended = new();
        Task others = Task.Run(() =>
        {
            while (!ended.IsCancellationRequested)
            {
                GC.Collect(1);
                GC.WaitForPendingFinalizers();
                device.Fill(device.Allocate(N), N, 7);
            }
        }, TestContext.Current.CancellationToken);
        for (int round = 0; round < 150; round++)
        {
            device.Download(Tripled(), result.AsSpan());
            Assert.All(result, number => Assert.Equal(3, number));
        }
        ended.Cancel();
        await others;

        Storage Tripled()
        {
            Storage x = device.Allocate(N), y = device.Allocate(N);
            device.Upload(ones, x);
            device.Unary(UnaryOp.Affine, x, y, N, 3);
            return y;
        }
    }
}

public sealed class ThreadsOnTheProcessor() : ThreadTests(GpuKind.Cpu);

public sealed class ThreadsOnCuda() : ThreadTests(GpuKind.Cuda);

public sealed class ThreadsOnOpenCL() : ThreadTests(GpuKind.OpenCL);
