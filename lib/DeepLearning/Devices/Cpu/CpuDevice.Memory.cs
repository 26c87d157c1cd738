using System.Numerics.Tensors;

namespace DeepLearning.Kernels;

// Blocks come from a pool, so that a training step allocates nothing: the garbage collector never runs and the caches stay warm.
public sealed partial class CpuDevice
{
    private readonly StoragePool _pool = new();

    /// <inheritdoc/>
    public override Storage Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (_pool.TryTake(length) is { } recycled)
        {
            recycled.Length = length;
            recycled.Users = 0;
            return recycled;
        }
        return new FloatStorage(this, GC.AllocateUninitializedArray<float>(StoragePool.Capacity(length)), length);
    }

    /// <inheritdoc/>
    public override void Free(Storage storage) => _pool.Return((FloatStorage)storage);

    /// <inheritdoc/>
    public override void Upload(ReadOnlySpan<float> source, Storage target) => source.CopyTo(Data(target));

    /// <inheritdoc/>
    public override void Upload(ReadOnlySpan<double> source, Storage target) => TensorPrimitives.ConvertTruncating(source, Data(target).AsSpan());

    /// <inheritdoc/>
    public override void Download(Storage source, Span<float> target) => Data(source).AsSpan(0, target.Length).CopyTo(target);

    /// <inheritdoc/>
    public override void Download(Storage source, Span<double> target) =>
        TensorPrimitives.ConvertTruncating<float, double>(Data(source).AsSpan(0, target.Length), target);

    /// <inheritdoc/>
    public override void Fill(Storage y, int n, double value) => Data(y).AsSpan(0, n).Fill((float)value);
}
