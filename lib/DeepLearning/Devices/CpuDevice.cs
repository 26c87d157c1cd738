namespace DeepLearning;

/// <summary>Float32 kernels on the processor's vector units and cores.</summary>
public sealed partial class CpuDevice : Device
{
    internal sealed class FloatStorage(Device device, float[] data, int length) : Storage(device, length)
    {
        public readonly float[] Data = data;
    }

    private static float[] Data(Storage storage) => ((FloatStorage)storage).Data;

    /// <inheritdoc/>
    public override string Name => "cpu";
}
