using System.Collections.Concurrent;
using System.Numerics.Tensors;
using ILGPU;
using ILGPU.Runtime;

namespace DeepLearning;

// Blocks come from a pool, as on the CPU: asking a driver for memory takes longer than most kernels.
public sealed partial class GpuDevice
{
    private readonly Dictionary<int, Stack<GpuStorage>> _pool = [];
    private readonly ConcurrentQueue<MemoryBuffer1D<float, Stride1D.Dense>> _abandoned = new();
    private readonly HashSet<MemoryBuffer> _buffers = [];
    private readonly Lock _memory = new();
    private readonly long _memoryLimit;

    /// <summary>Bytes of the card's memory that this device holds: in tensors, or waiting to be used again.</summary>
    public long BytesHeld { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="InsufficientMemoryException">The card has no room; what is there stays usable.</exception>
    public override Storage Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        int capacity = StoragePool.Capacity(length);
        lock (_memory)
        {
            try
            {
                TakeBackAbandoned();
                return TryTake(capacity, length) ?? TryCreate(capacity, length) ?? AfterCleaning(capacity, length);
            }
            catch (Exception problem) when (Explain(problem) is { } explained)
            {
                throw explained;
            }
        }
    }

    /// <inheritdoc/>
    public override void Free(Storage storage)
    {
        var block = (GpuStorage)storage;
        lock (_memory) Waiting((int)block.Buffer.Length).Push(block);
    }

    /// <summary>How often the program waited for numbers.</summary>
    internal int Waits { get; private set; }

    internal void Abandon(MemoryBuffer1D<float, Stride1D.Dense> buffer) => _abandoned.Enqueue(buffer);

    private Stack<GpuStorage> Waiting(int capacity)
    {
        if (!_pool.TryGetValue(capacity, out Stack<GpuStorage>? waiting)) _pool.Add(capacity, waiting = new Stack<GpuStorage>());
        return waiting;
    }

    private void TakeBackAbandoned()
    {
        while (_abandoned.TryDequeue(out MemoryBuffer1D<float, Stride1D.Dense>? buffer))
            Waiting((int)buffer.Length).Push(new GpuStorage(this, buffer, 0));
    }

    private GpuStorage? TryTake(int capacity, int length)
    {
        if (!_pool.TryGetValue(capacity, out Stack<GpuStorage>? waiting) || !waiting.TryPop(out GpuStorage? block)) return null;
        (block.Length, block.Users, block.Whole) = (length, 0, null);
        return block;
    }

    private GpuStorage? TryCreate(int capacity, int length)
    {
        long bytes = capacity * (long)sizeof(float);
        if (bytes + BytesHeld > _memoryLimit) return null;
        try
        {
            MemoryBuffer1D<float, Stride1D.Dense> buffer = _accelerator.Allocate1D<float>(capacity);
            _buffers.Add(buffer);
            BytesHeld += bytes;
            return new GpuStorage(this, buffer, length);
        }
        catch (Exception problem) when (IsOutOfMemory(problem))
        {
            return null;
        }
    }

    // Tensors nobody refers to are found, and blocks that wait are given back, before it is said that there is no room.
    private GpuStorage AfterCleaning(int capacity, int length)
    {
        GpuStorage.ForgetStarted();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TakeBackAbandoned();
        if (TryTake(capacity, length) is { } found) return found;
        GiveBackWaiting();
        if (TryCreate(capacity, length) is { } made) return made;
        // There may be less than the card has: other programs use it, too.
        string others = BytesHeld + capacity * (long)sizeof(float) > _memoryLimit ? ""
            : ", and its driver has no more, since other programs use it, too";
        throw new InsufficientMemoryException(
            $"No room on {Name} for a tensor of {length:N0} numbers ({Megabytes(length * (long)sizeof(float))}): " +
            $"tensors in use hold {Megabytes(BytesHeld)} of {Megabytes(_memoryLimit)}{others}. Take a smaller batch or model, " +
            "or work inside `using (Tensor.Scope())`, which frees temporaries.");
    }

    /// <summary>Gives all blocks that no tensor uses back to the driver.</summary>
    internal void Trim()
    {
        GpuStorage.ForgetStarted();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        lock (_memory)
        {
            TakeBackAbandoned();
            GiveBackWaiting();
        }
    }

    private void GiveBackWaiting()
    {
        _accelerator.Synchronize();
        foreach (Stack<GpuStorage> waiting in _pool.Values)
        {
            foreach (GpuStorage block in waiting)
            {
                GC.SuppressFinalize(block);
                BytesHeld -= block.Buffer.LengthInBytes;
                _buffers.Remove(block.Buffer);
                block.Buffer.Dispose();
            }
        }
        _pool.Clear();
    }

    private static string Megabytes(long bytes) => $"{bytes / 1e6:N1} MB";

    /// <inheritdoc/>
    public override unsafe void Upload(ReadOnlySpan<float> source, Storage target)
    {
        if (source.IsEmpty) return;
        try
        {
            fixed (float* pinned = source)
            {
                // CUDA has taken ordinary memory over when this returns, and copies when its turn comes; OpenCL reads it only then.
                if (Kind == GpuKind.OpenCL) Write(target).CopyFromCPU(ref *pinned, source.Length);
                else Write(target).CopyFromCPUUnsafeAsync(ref *pinned, source.Length);
            }
        }
        catch (Exception problem) when (Explain(problem) is { } explained)
        {
            throw explained;
        }
        if (source.Length >= target.Length) ((GpuStorage)target).Whole = WholeRange(source);
    }

    /// <inheritdoc/>
    public override void Upload(ReadOnlySpan<double> source, Storage target)
    {
        float[] narrow = new float[source.Length];
        TensorPrimitives.ConvertTruncating(source, narrow.AsSpan());
        Upload((ReadOnlySpan<float>)narrow, target);
    }

    // The range of whole numbers, or null at the first that is none.
    private static (int, int)? WholeRange(ReadOnlySpan<float> source)
    {
        int low = int.MaxValue, high = int.MinValue;
        foreach (float value in source)
        {
            int whole = (int)value;
            if (whole != value || whole == int.MaxValue) return null;
            (low, high) = (Math.Min(low, whole), Math.Max(high, whole));
        }
        return (low, high);
    }

    /// <inheritdoc/>
    public override void Download(Storage source, Span<float> target)
    {
        if (!target.IsEmpty) Download(Read(source), target);
    }

    private unsafe void Download(ArrayView<float> source, Span<float> target)
    {
        Waits++;
        try
        {
            fixed (float* pinned = target) source.CopyToCPU(ref *pinned, target.Length);
        }
        catch (Exception problem) when (Explain(problem) is { } explained)
        {
            throw explained;
        }
    }

    /// <inheritdoc/>
    public override void Download(Storage source, Span<double> target)
    {
        float[] narrow = new float[target.Length];
        Download(source, narrow.AsSpan());
        TensorPrimitives.ConvertTruncating<float, double>(narrow, target);
    }
}
