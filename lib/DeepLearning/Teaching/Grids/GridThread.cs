namespace DeepLearning;

/// <summary>What a kernel yields where the threads of a group wait for one another: <c>yield return t.Barrier;</c></summary>
public readonly record struct GroupBarrier;

/// <summary>One thread of a launch, handed to the kernel: where it stands, and what it can do besides reading and writing memory.</summary>
public sealed class GridThread
{
    [ThreadStatic] internal static GridThread? Running;

    private readonly GridGroup _group;

    internal GridThread(GridGroup group, int lane)
    {
        _group = group;
        Lane = lane;
        LaneX = lane % ThreadsX;
        LaneY = lane / ThreadsX;
    }

    /// <summary>Which group this thread is in, along x.</summary>
    public int GroupX => _group.X;

    /// <summary>Which group this thread is in, along y.</summary>
    public int GroupY => _group.Y;

    /// <summary>Which thread of its group it is, along x.</summary>
    public int LaneX { get; }

    /// <summary>Which thread of its group it is, along y.</summary>
    public int LaneY { get; }

    /// <summary>LaneY·ThreadsX + LaneX: the threads of a group in a row. 32 neighbours in it walk in step, as a warp.</summary>
    public int Lane { get; }

    /// <summary>How many threads a group has along x.</summary>
    public int ThreadsX => _group.Launch.Threads.X;

    /// <summary>How many threads a group has along y.</summary>
    public int ThreadsY => _group.Launch.Threads.Y;

    /// <summary>GroupX·ThreadsX + LaneX: which thread of the whole launch it is, along x.</summary>
    public int X => GroupX * ThreadsX + LaneX;

    /// <summary>GroupY·ThreadsY + LaneY: which thread of the whole launch it is, along y.</summary>
    public int Y => GroupY * ThreadsY + LaneY;

    /// <summary>Yielded by a kernel: no thread of the group goes on before all have come here.</summary>
    public GroupBarrier Barrier => default;

    /// <summary>Memory that the threads of this group share. It begins with unspecified numbers: NaN here.</summary>
    /// <param name="name">All threads of the group that say the same name get the same memory.</param>
    /// <param name="length">How many numbers; a group has 48 KiB in all, 12,288 numbers.</param>
    /// <exception cref="KernelException">The group has no room for it, or another thread gave the name another length.</exception>
    public GridMemory Shared(string name, int length) => _group.Shared(this, name, length);

    /// <summary>x·y + sum, which is one instruction of a card; counted as two operations.</summary>
    public float MultiplyAdd(float x, float y, float sum)
    {
        _group.Launch.Flops += 2;
        return MathF.FusedMultiplyAdd(x, y, sum);
    }

    /// <summary>x + y; counted as one operation.</summary>
    public float Add(float x, float y)
    {
        _group.Launch.Flops++;
        return x + y;
    }

    internal GridGroup Group => _group;

    internal void Access(GridMemory memory, int index, bool isStore)
    {
        if ((uint)index >= (uint)memory.Length)
            throw new KernelException(
                $"An index outside its memory: {this} {(isStore ? "writes" : "reads")} {memory.Name}[{index}], but {memory.Name} goes " +
                $"from 0 to {memory.Length - 1}.");
        memory.WatchFor(_group.Launch).Access(this, index, isStore);
    }

    /// <summary>How messages name it.</summary>
    public override string ToString() => $"thread {OfLane()} of group {_group}";

    internal string OfLane() => ThreadsY == 1 ? $"{LaneX}" : $"({LaneX}, {LaneY})";
}
