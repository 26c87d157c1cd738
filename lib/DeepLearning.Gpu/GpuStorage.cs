using ILGPU;
using ILGPU.Runtime;

namespace DeepLearning;

/// <summary>A block of a card's memory. One that is forgotten rather than freed goes back to its device when the garbage collector finds it.</summary>
internal sealed class GpuStorage(GpuDevice device, MemoryBuffer1D<float, Stride1D.Dense> buffer, int length) : Storage(device, length)
{
    public MemoryBuffer1D<float, Stride1D.Dense> Buffer { get; } = buffer;

    public ArrayView<float> View { get; } = buffer.View.BaseView;

    /// <summary>
    /// What is known about all numbers: whole, and in this range. It is seen when numbers come from the host, so that labels and tokens need not come
    /// back to be checked. Null when nothing is known.
    /// </summary>
    public (int Low, int High)? Whole { get; set; }

    ~GpuStorage() => device.Abandon(Buffer);
}
