using System.Globalization;

namespace DeepLearning;

/// <summary>What was counted while a kernel ran on a <see cref="CountingGrid"/>.</summary>
public sealed class GridLaunch
{
    /// <summary>How many threads walk in step, as on NVIDIA's cards: lanes 0 … 31 of a group, 32 … 63, and so on.</summary>
    public const int WarpSize = 32;

    /// <summary>The card's memory moves in sectors of so many bytes: eight numbers, of which all are paid for if one is wanted.</summary>
    public const int SectorSize = 32;

    private readonly Dictionary<GridMemory, MemoryWatch> _watches = [];
    private readonly bool _allowRaces;
    private readonly List<GridAccess>? _trace;

    internal GridLaunch(GridSize groups, GridSize threads, bool allowRaces, bool trace)
    {
        (Groups, Threads, _allowRaces) = (groups, threads, allowRaces);
        if (trace) _trace = [];
    }

    /// <summary>How many groups ran.</summary>
    public GridSize Groups { get; }

    /// <summary>How many threads each had.</summary>
    public GridSize Threads { get; }

    /// <summary>How many warps ran.</summary>
    public int Warps => Groups.Count * WarpsOfGroup;

    /// <summary>Numbers read from the card's memory, each time a thread asked for one.</summary>
    public long Loads { get; internal set; }

    /// <summary>Numbers written to the card's memory.</summary>
    public long Stores { get; internal set; }

    /// <summary>Bytes asked of the card's memory: four for each load and store.</summary>
    public long Bytes => sizeof(float) * (Loads + Stores);

    /// <summary>
    /// Sectors that moved. The k-th load of an array by each thread of a warp is one instruction, and it moves every sector that one of its
    /// threads wants, once; so with stores. No cache is between: on a card, caches catch part of this.
    /// </summary>
    public long Sectors { get; internal set; }

    /// <summary>Bytes that moved: 32 a sector.</summary>
    public long SectorBytes => SectorSize * Sectors;

    /// <summary>Numbers read from the memory that a group shares.</summary>
    public long SharedLoads { get; internal set; }

    /// <summary>Numbers written to it.</summary>
    public long SharedStores { get; internal set; }

    /// <summary>
    /// How many times a warp had to come again: shared memory has 32 banks, number i in bank i mod 32, and a bank hands out one number at
    /// a time (one and the same to as many threads as want it).
    /// </summary>
    public long BankConflicts { get; internal set; }

    /// <summary>Barriers passed, added up over the groups.</summary>
    public long Barriers { get; internal set; }

    /// <summary>Operations: what went through <see cref="GridThread.MultiplyAdd"/> (two each) and <see cref="GridThread.Add"/>.</summary>
    public long Flops { get; internal set; }

    /// <summary>The arithmetic intensity I: operations for each byte asked of the card's memory.</summary>
    public double Intensity => (double)Flops / Bytes;

    /// <summary>The first race, if they were allowed; null if there was none.</summary>
    public string? Race { get; private set; }

    /// <summary>Every access in the order it was made, if it was asked for; else empty.</summary>
    public IReadOnlyList<GridAccess> Trace => _trace ?? (IReadOnlyList<GridAccess>)[];

    internal int WarpsOfGroup => (Threads.Count + WarpSize - 1) / WarpSize;

    /// <summary>How often each number of a memory was loaded.</summary>
    /// <param name="memory">Memory of the card that the kernel used.</param>
    public int[] LoadsOf(GridMemory memory) =>
        _watches.TryGetValue(memory, out MemoryWatch? watch) ? [.. watch.LoadsOfCells] : new int[memory.Length];

    internal void Watch(MemoryWatch watch) => _watches.Add(watch.Memory, watch);

    internal void Note(GridAccess access) => _trace?.Add(access);

    internal void Found(string race)
    {
        if (!_allowRaces) throw new KernelException(race);
        Race ??= race;
    }

    // Warps and shared memory end with their group.
    internal void EndGroup()
    {
        foreach (MemoryWatch watch in _watches.Values) watch.EndGroup();
        foreach (GridMemory memory in _watches.Keys.Where(memory => memory.IsShared).ToArray()) _watches.Remove(memory);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Groups} groups of {Threads} threads, {Warps} warps
        card's memory:   {Loads} loads, {Stores} stores, {Bytes} bytes asked for, {Sectors} sectors moved
        shared memory:   {SharedLoads} loads, {SharedStores} stores, {BankConflicts} bank conflicts, {Barriers} barriers
        arithmetic:      {Flops} operations, {Intensity:0.###} for each byte asked for
        """);
}

/// <summary>One access to memory, as <see cref="GridLaunch.Trace"/> keeps it.</summary>
/// <param name="Memory">Which memory.</param>
/// <param name="Index">Which number of it.</param>
/// <param name="IsStore">Whether it was written.</param>
/// <param name="Group">Which group, GroupY·groups along x + GroupX.</param>
/// <param name="Lane">Which thread of the group.</param>
/// <param name="Barriers">How many barriers the group had passed.</param>
public readonly record struct GridAccess(GridMemory Memory, int Index, bool IsStore, int Group, int Lane, int Barriers);
