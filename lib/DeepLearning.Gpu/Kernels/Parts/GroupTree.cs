using ILGPU;

namespace DeepLearning;

/// <summary>
/// Combines one number of each thread of a group, in a tree whose shape depends on the group's size alone. Every thread gets the result.
/// </summary>
internal static class GroupTree
{
    public const int MaxLanes = 256;

    public static ArrayView<float> Shared() => SharedMemory.Allocate<float>(MaxLanes);

    public static float Sum(ArrayView<float> shared, float value) => Reduce<ReduceMath.Sum>(shared, value);

    public static float Max(ArrayView<float> shared, float value) => Reduce<ReduceMath.Max>(shared, value);

    public static float Reduce<T>(ArrayView<float> shared, float value) where T : struct, IReduction
    {
        float result = Reduce<T>(shared, value, 1);
        Group.Barrier();
        return result;
    }

    /// <summary>
    /// The threads of a group as a table of so many columns, a power of two: each column by itself. Behind a barrier the memory may
    /// be used again.
    /// </summary>
    public static float Reduce<T>(ArrayView<float> shared, float value, int columns) where T : struct, IReduction
    {
        T op = default;
        int lane = Group.IdxX;
        shared[lane] = value;
        Group.Barrier();
        for (int half = Group.DimX >> 1; half >= columns; half >>= 1)
        {
            if (lane < half) shared[lane] = op.Combine(shared[lane], shared[lane + half]);
            Group.Barrier();
        }
        return shared[lane & (columns - 1)];
    }
}
