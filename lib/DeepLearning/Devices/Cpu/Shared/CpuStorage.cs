namespace DeepLearning.Kernels;

/// <summary>A block of the processor's memory; the array may be longer than the block (see <see cref="StoragePool"/>).</summary>
internal sealed class CpuStorage(Device device, float[] array, int length) : Storage(device, length)
{
    public readonly float[] Array = array;

    /// <summary>The array behind a block of this device.</summary>
    public static float[] Data(Storage storage) => ((CpuStorage)storage).Array;

    /// <summary>The array behind a block that may be left out.</summary>
    public static float[]? DataOrNull(Storage? storage) => storage is null ? null : Data(storage);
}
