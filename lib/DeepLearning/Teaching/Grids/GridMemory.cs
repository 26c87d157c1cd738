namespace DeepLearning;

/// <summary>
/// Numbers that the threads of a kernel read and write by <c>memory[i]</c>; on a <see cref="CountingGrid"/> every such access is counted.
/// Outside a launch it is an ordinary array, and nothing is counted.
/// </summary>
public sealed class GridMemory
{
    private readonly float[] _values;
    private MemoryWatch? _watch;

    /// <summary>Memory that holds these numbers.</summary>
    /// <param name="name">What messages and pictures call it.</param>
    /// <param name="values">The numbers; they are copied.</param>
    public GridMemory(string name, IEnumerable<float> values) : this(name, [.. values], isShared: false)
    {
    }

    /// <summary>Memory whose numbers are not set yet. They are NaN, so that it is seen if a kernel forgets one.</summary>
    /// <param name="name">What messages and pictures call it.</param>
    /// <param name="length">How many numbers, at least 1.</param>
    public GridMemory(string name, int length) : this(name, Unset(length), isShared: false)
    {
    }

    private GridMemory(string name, float[] values, bool isShared)
    {
        Name = name;
        _values = values;
        IsShared = isShared;
    }

    /// <summary>What messages and pictures call it.</summary>
    public string Name { get; }

    /// <summary>How many numbers it holds.</summary>
    public int Length => _values.Length;

    /// <summary>Whether it is the memory that the threads of one group share; else it is the card's, for all groups.</summary>
    public bool IsShared { get; }

    /// <summary>A number.</summary>
    /// <exception cref="KernelException">A thread asks for one that is not there, or two threads race for it.</exception>
    public float this[int index]
    {
        get
        {
            GridThread.Running?.Access(this, index, isStore: false);
            return _values[index];
        }
        set
        {
            GridThread.Running?.Access(this, index, isStore: true);
            _values[index] = value;
        }
    }

    /// <summary>A copy of all numbers.</summary>
    public float[] ToArray() => [.. _values];

    internal static GridMemory Shared(string name, int length) => new(name, Unset(length), isShared: true);

    // What is watched belongs to one launch.
    internal MemoryWatch WatchFor(GridLaunch launch) => _watch?.Launch == launch ? _watch : _watch = new MemoryWatch(launch, this);

    private static float[] Unset(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        float[] values = new float[length];
        Array.Fill(values, float.NaN);
        return values;
    }
}
