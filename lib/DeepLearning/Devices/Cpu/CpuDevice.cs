using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DeepLearning.Kernels;

/// <summary>
/// Float32 kernels on the processor's vector units and cores. One file for each family of kernels; all of them are built the same way:
/// a small struct says what happens to one vector of numbers, a generic loop applies it, and the compiler makes one tight loop of the two.
/// <see cref="System.Numerics.Vector{T}"/> is as wide as the processor's registers, so the same source runs on every one; only the matrix product names widths.
/// </summary>
public sealed partial class CpuDevice : Device
{
    // From here on, work is worth sharing: a busy core does this many simple steps in about 8 µs; getting a helper going takes 2.
    private const int WorthSharing = 1 << 16;

    private int _maxThreads = Environment.ProcessorCount;

    internal sealed class FloatStorage(Device device, float[] data, int length) : Storage(device, length)
    {
        public readonly float[] Data = data;
    }

    private static float[] Data(Storage storage) => ((FloatStorage)storage).Data;

    /// <inheritdoc/>
    public override string Name => "cpu";

    /// <summary>Its vector unit, its cores, and the memory that the program may use.</summary>
    public override string Description =>
        $"{VectorUnit}, {Environment.ProcessorCount} {(Environment.ProcessorCount == 1 ? "core" : "cores")}, " +
        $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30):0.#} GiB";

    private static string VectorUnit => Vector512.IsHardwareAccelerated ? "AVX-512, 16 floats at a time"
        : Vector.IsHardwareAccelerated ? $"{(AdvSimd.IsSupported ? "NEON" : Avx2.IsSupported ? "AVX2" : "vectors")}, {Vector<float>.Count} floats at a time" : "no vector unit";

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

    // Into how many pieces to cut work of so many simple steps: one, or two for each thread so that a late helper costs little.
    private int Pieces(long steps) => steps < WorthSharing || _maxThreads == 1 ? 1 : (int)Math.Min(2 * _maxThreads, steps / (WorthSharing / 4));

    // Where piece i of n begins when 0 … length is cut at multiples of grain.
    private static int Cut(int length, int i, int n, int grain) =>
        i == n ? length : (int)((long)(length / grain) * i / n) * grain;

    // Into how many pieces to cut a block [outer, length, inner] along which something runs: whole rows where there are many, else columns.
    private int BlockPieces(long steps, int outer, int inner) => Math.Min(Pieces(steps), Math.Max(1, Math.Max(outer, inner / 16)));

    private static (int RowFrom, int RowTo, int From, int To) CutBlock(int outer, int inner, int i, int n) => outer >= n
        ? (Cut(outer, i, n, 1), Cut(outer, i + 1, n, 1), 0, inner)
        : (0, outer, Cut(inner, i, n, 16), Cut(inner, i + 1, n, 16));
}
