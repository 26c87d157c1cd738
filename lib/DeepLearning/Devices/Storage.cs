namespace DeepLearning.Kernels;

/// <summary>A block of numbers on a device. Tensors that are reshapes of one another share one.</summary>
public abstract class Storage(Device device, int length)
{
    /// <summary>The device whose memory this is.</summary>
    public Device Device { get; internal set; } = device;

    /// <summary>How many numbers it holds.</summary>
    public int Length { get; internal set; } = length;

    /// <summary>How many tensors use it; at zero a pooled block may be handed out again.</summary>
    internal int Users;

    /// <summary>One user less: the last one gives the block back.</summary>
    internal void Release()
    {
        if (--Users == 0) Device.Free(this);
    }
}
