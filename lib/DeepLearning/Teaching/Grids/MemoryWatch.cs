namespace DeepLearning;

/// <summary>Follows the accesses to one memory during one launch: counts them, puts those of a warp together, and finds races.</summary>
internal sealed class MemoryWatch
{
    private const int Banks = 32;

    private readonly Cell[] _cells;
    private readonly WarpTraffic _loads, _stores;

    public MemoryWatch(GridLaunch launch, GridMemory memory)
    {
        (Launch, Memory) = (launch, memory);
        _cells = new Cell[memory.Length];
        LoadsOfCells = new int[memory.Length];
        (_loads, _stores) = (new WarpTraffic(launch), new WarpTraffic(launch));
        launch.Watch(this);
    }

    public GridLaunch Launch { get; }

    public GridMemory Memory { get; }

    public int[] LoadsOfCells { get; }

    public void Access(GridThread thread, int index, bool isStore)
    {
        int id = thread.Group.Number * Launch.Threads.Count + thread.Lane + 1, time = thread.Group.Barriers;
        if (Conflict(_cells[index], id, time, isStore) is var (other, wrote))
            Launch.Found(Describe(thread, index, isStore, other, wrote));
        Remember(ref _cells[index], id, time, isStore);
        Count(index, isStore);
        int place = Memory.IsShared ? index : index / (GridLaunch.SectorSize / sizeof(float));
        (isStore ? _stores : _loads).Add(thread.Lane, place);
        Launch.Note(new GridAccess(Memory, index, isStore, thread.Group.Number, thread.Lane, time));
    }

    public void EndGroup()
    {
        foreach (List<int> places in _loads.Take().Concat(_stores.Take()))
        {
            if (Memory.IsShared) Launch.BankConflicts += places.GroupBy(place => place % Banks).Max(bank => bank.Count()) - 1;
            else Launch.Sectors += places.Count;
        }
    }

    private void Count(int index, bool isStore)
    {
        if (!isStore) LoadsOfCells[index]++;
        if (Memory.IsShared && isStore) Launch.SharedStores++;
        else if (Memory.IsShared) Launch.SharedLoads++;
        else if (isStore) Launch.Stores++;
        else Launch.Loads++;
    }

    // Who has used a number. Threads are counted through the launch from 1; 0 is nobody. Groups run one after another, so of those before
    // the present one it is enough to know one reader; of the present one, the last reader and the last one before that was another thread.
    private struct Cell
    {
        public int Writer, WrittenAt, Reader, ReadAt, ReaderBefore, ReadBeforeAt, EarlierReader;
    }

    // Two threads that no barrier keeps apart, of which one writes.
    private (int Other, bool Wrote)? Conflict(in Cell cell, int id, int time, bool isStore)
    {
        if (Together(cell.Writer, cell.WrittenAt)) return (cell.Writer, true);
        if (!isStore) return null;
        if (Together(cell.Reader, cell.ReadAt)) return (cell.Reader, false);
        if (Together(cell.ReaderBefore, cell.ReadBeforeAt)) return (cell.ReaderBefore, false);
        return Together(cell.EarlierReader, -1) ? (cell.EarlierReader, false) : null;

        bool Together(int other, int at) => other != 0 && other != id && (GroupOf(other) != GroupOf(id) || at == time);
    }

    private void Remember(ref Cell cell, int id, int time, bool isStore)
    {
        if (isStore) (cell.Writer, cell.WrittenAt) = (id, time);
        else if (cell.Reader != id)
        {
            if (cell.Reader != 0 && GroupOf(cell.Reader) != GroupOf(id)) (cell.EarlierReader, cell.ReaderBefore) = (cell.Reader, 0);
            else (cell.ReaderBefore, cell.ReadBeforeAt) = (cell.Reader, cell.ReadAt);
            (cell.Reader, cell.ReadAt) = (id, time);
        }
        else cell.ReadAt = time;
    }

    private int GroupOf(int id) => (id - 1) / Launch.Threads.Count;

    private string Describe(GridThread thread, int index, bool isStore, int other, bool wrote)
    {
        bool sameGroup = GroupOf(other) == thread.Group.Number;
        GridThread otherThread = new(sameGroup ? thread.Group : new GridGroup(Launch, GroupOf(other)), (other - 1) % Launch.Threads.Count);
        string who = sameGroup
            ? $"thread {otherThread.OfLane()} of the same group"
            : $"thread {otherThread.OfLane()} of group {otherThread.Group}";
        return $"A race: {thread} {(isStore ? "writes" : "reads")} {Memory.Name}[{index}], which {who} {(wrote ? "writes" : "reads")}, "
            + (sameGroup ? "and no barrier stands between the two: which comes first is chance."
                : "and groups run in no promised order: which comes first is chance.");
    }
}

/// <summary>What the warps of a group ask of one memory: the k-th access of each of a warp's threads is one instruction.</summary>
internal sealed class WarpTraffic(GridLaunch launch)
{
    private readonly int[] _asked = new int[launch.Threads.Count];
    private readonly List<List<int>>[] _warps = [.. Enumerable.Range(0, launch.WarpsOfGroup).Select(_ => new List<List<int>>())];

    public void Add(int lane, int place)
    {
        List<List<int>> instructions = _warps[lane / GridLaunch.WarpSize];
        int k = _asked[lane]++;
        if (k == instructions.Count) instructions.Add([]);
        if (!instructions[k].Contains(place)) instructions[k].Add(place);
    }

    /// <summary>The different places of each instruction; the next group begins anew.</summary>
    public List<int>[] Take()
    {
        List<int>[] all = [.. _warps.SelectMany(instructions => instructions)];
        foreach (List<List<int>> instructions in _warps) instructions.Clear();
        Array.Clear(_asked);
        return all;
    }
}
