namespace DeepLearning.Tests.Gpu;

/// <summary>What a card's memory is asked for, and what happens when there is none left.</summary>
public abstract class MemoryTests(GpuKind kind)
{
    [Fact]
    public void NoRoomNamesTheSizesAndLeavesTheDeviceUsable()
    {
        GpuDevice device = Devices.New(kind, new(MemoryLimit: 1 << 20));
        Storage kept = device.Allocate(100_000);
        device.Fill(kept, 100_000, 3);
        InsufficientMemoryException error = Assert.Throws<InsufficientMemoryException>(() => device.Allocate(200_000));
        Assert.Contains("200,000 numbers (0.8 MB)", error.Message);
        Assert.Contains("of 1.0 MB", error.Message);
        Storage other = device.Allocate(100_000);
        device.Copy(kept, 0, [1], other, 0, [1], [100_000], add: false);
        float[] numbers = new float[100_000];
        device.Download(other, numbers);
        Assert.All(numbers, x => Assert.Equal(3, x));
    }

    [Fact]
    public void FreedBlocksAreUsedAgainAndMakeRoomForLargerOnes()
    {
        GpuDevice device = Devices.New(kind, new(MemoryLimit: 1 << 20));
        for (int i = 0; i < 10; i++) device.Free(device.Allocate(1000));
        Assert.InRange(device.BytesHeld, 1, 10_000);
        device.Free(device.Allocate(150_000));
        device.Free(device.Allocate(200_000));
        Assert.InRange(device.BytesHeld, 800_000, 1 << 20);
    }

    [Fact]
    public void ForgottenTensorsAreFoundWhenRoomIsShort()
    {
        GpuDevice device = Devices.New(kind, new(MemoryLimit: 1 << 20));
        for (int i = 0; i < 20; i++) Forget();

        void Forget() => device.Fill(device.Allocate(200_000), 200_000, 1);
    }

    [Fact]
    public void IndicesFromTheHostNeedNoAnswerFromTheCard()
    {
        GpuDevice device = Devices.Of(kind);
        var storage = (GpuStorage)device.Allocate(3);
        device.Upload((ReadOnlySpan<float>)[2, 0, 7], storage);
        Assert.Equal((0, 7), storage.Whole);
        var part = (GpuStorage)device.Allocate(2);
        device.Copy(storage, 1, [1], part, 0, [1], [2], add: false);
        Assert.Equal((0, 7), part.Whole);
        device.Unary(UnaryOp.Square, storage, storage, 3);
        Assert.Null(storage.Whole);
        device.Upload((ReadOnlySpan<float>)[2, 0.5f, 7], storage);
        Assert.Null(storage.Whole);
    }

    [Fact]
    public void TensorsOfTwoDevicesDoNotMix()
    {
        Tensor here = Tensor.From([1, 2], 2), there = here.To(Devices.Of(kind));
        Exception error = Assert.ThrowsAny<Exception>(() => here + there);
        Assert.Contains(Devices.Of(kind).Name, error.Message);
        Assert.Contains("cpu", error.Message);
    }
}

public sealed class MemoryOfTheProcessor() : MemoryTests(GpuKind.Cpu);

public sealed class MemoryOfCuda() : MemoryTests(GpuKind.Cuda);

public sealed class MemoryOfOpenCL() : MemoryTests(GpuKind.OpenCL);
