using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DeepLearning.Kernels;

/// <summary>
/// Float32 kernels on the processor's vector units and cores. The device itself is a name, memory and a number of threads: each kernel is
/// in a static class of its own, which is handed the arrays and the threads it may use.
/// </summary>
/// <remarks>
/// The folders beside this file are kinds of kernels. All use <c>Shared/</c>, which uses none of them; of one another, only the
/// normalizations use the sums of <c>Axes/</c> and recurrent layers the products of <c>MatMul/</c>. All are built the same way: a small
/// struct says what happens to one vector of numbers, a generic loop applies it, and the compiler makes one tight loop of the two.
/// <see cref="Vector{T}"/> is as wide as the processor's registers, so the same source runs on every one; only the matrix product and the
/// convolution name widths.
/// </remarks>
public sealed partial class CpuDevice : Device
{
    private readonly StoragePool _pool;
    private int _maxThreads = Environment.ProcessorCount;

    /// <summary>
    /// A device with memory of its own and as many threads as there are processors; <see cref="Device.Cpu"/> is the usual one.
    /// </summary>
    public CpuDevice() => _pool = new StoragePool(this);

    /// <inheritdoc/>
    public override string Name => "cpu";

    /// <summary>Its vector unit, its cores, and the memory that the program may use.</summary>
    public override string Description =>
        $"{VectorUnit}, {Environment.ProcessorCount} {(Environment.ProcessorCount == 1 ? "core" : "cores")}, " +
        $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30):0.#} GiB";

    private static string VectorUnit
    {
        get
        {
            if (Vector512.IsHardwareAccelerated) return "AVX-512, 16 floats at a time";
            if (!Vector.IsHardwareAccelerated) return "no vector unit";
            string unit = AdvSimd.IsSupported ? "NEON" : Avx2.IsSupported ? "AVX2" : "vectors";
            return $"{unit}, {Vector<float>.Count} floats at a time";
        }
    }

    /// <summary>How many threads one kernel may use; the number of processors unless set. Results do not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxThreads
    {
        get => _maxThreads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxThreads = value;
        }
    }

    private Workers Workers => new(_maxThreads);

    private static float[] Data(Storage storage) => CpuStorage.Data(storage);

    private static float[]? DataOrNull(Storage? storage) => CpuStorage.DataOrNull(storage);

    // Memory

    /// <summary>
    /// The numbers of a block of this device, to be read and written in place: with it a kernel of one's own is an ordinary loop. Gradient
    /// checks run on <see cref="Device.Reference"/>, whose numbers are doubles: see <see cref="ReferenceDevice.Span"/>.
    /// </summary>
    /// <param name="storage">A block, such as <see cref="Tensor.Storage"/>.</param>
    /// <exception cref="ArgumentException">The block is on another device.</exception>
    /// <example><code>
    /// using DeepLearning.Kernels;
    ///
    /// Tensor x = Tensor.From([1.0, 2, 3]);
    /// foreach (ref float value in CpuDevice.Span(x.Storage)) value *= 2;
    /// </code></example>
    public static Span<float> Span(Storage storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        if (storage is CpuStorage block) return block.Array.AsSpan(0, block.Length);
        throw new ArgumentException(
            $"A span of floats is of memory on the CPU, and this is on {storage.Device}; move it: x.To(Device.Cpu).");
    }

    /// <inheritdoc/>
    public override Storage Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return _pool.Take(length);
    }

    /// <inheritdoc/>
    public override void Free(Storage storage) => _pool.Return((CpuStorage)storage);

    /// <inheritdoc/>
    public override void Upload(ReadOnlySpan<float> source, Storage target) => source.CopyTo(Data(target));

    /// <inheritdoc/>
    public override void Upload(ReadOnlySpan<double> source, Storage target) =>
        TensorPrimitives.ConvertTruncating(source, Data(target).AsSpan());

    /// <inheritdoc/>
    public override void Download(Storage source, Span<float> target) => Data(source).AsSpan(0, target.Length).CopyTo(target);

    /// <inheritdoc/>
    public override void Download(Storage source, Span<double> target) =>
        TensorPrimitives.ConvertTruncating<float, double>(Data(source).AsSpan(0, target.Length), target);
}
