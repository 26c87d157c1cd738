using System.Runtime.CompilerServices;

namespace DeepLearning.Kernels;

/// <summary>
/// A thread's own room for what a piece of work lays out for itself. The next call on the same thread gets the same room.
/// </summary>
internal static class Scratch
{
    [ThreadStatic] private static float[]? s_room;

    /// <summary>Room for so many numbers, beginning on a cache line; pinned for good, so the address holds.</summary>
    public static unsafe float* Room(int size)
    {
        if (s_room is null || s_room.Length < size + 16) s_room = GC.AllocateUninitializedArray<float>(size + 16, pinned: true);
        return Aligned((float*)Unsafe.AsPointer(ref s_room[0]));
    }

    /// <summary>The first place in a block from which whole cache lines can be read; the block has 16 numbers more than needed.</summary>
    public static unsafe float* Aligned(float* block) => (float*)(((nint)block + 63) & ~63);
}
