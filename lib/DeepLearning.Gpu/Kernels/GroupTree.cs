using ILGPU;

namespace DeepLearning;

/// <summary>Combines one number of each thread of a group, in a tree whose shape depends on the group's size alone. Every thread gets the result.</summary>
internal static class GroupTree
{
    public const int MaxLanes = 256;

    public static ArrayView<float> Shared() => SharedMemory.Allocate<float>(MaxLanes);

    public static float Sum(ArrayView<float> shared, float value) => Reduce(shared, ReduceOp.Sum, value);

    public static float Max(ArrayView<float> shared, float value) => Reduce(shared, ReduceOp.Max, value);

    public static float Reduce(ArrayView<float> shared, ReduceOp op, float value)
    {
        int lane = Group.IdxX;
        shared[lane] = value;
        Group.Barrier();
        for (int half = Group.DimX >> 1; half > 0; half >>= 1)
        {
            if (lane < half) shared[lane] = ReduceMath.Combine(op, shared[lane], shared[lane + half]);
            Group.Barrier();
        }
        float result = shared[0];
        Group.Barrier();
        return result;
    }
}
