namespace DeepLearning;

/// <summary>The threads of one group, and the memory they share.</summary>
internal sealed class GridGroup(GridLaunch launch, int number)
{
    private const int Room = 48 * 1024 / sizeof(float);

    private readonly Dictionary<string, GridMemory> _shared = [];

    public GridLaunch Launch => launch;

    public int Number => number;

    public int X => number % launch.Groups.X;

    public int Y => number / launch.Groups.X;

    /// <summary>How many barriers its threads have passed.</summary>
    public int Barriers { get; private set; }

    public void Run(Func<GridThread, IEnumerable<GroupBarrier>> kernel, Generator? order)
    {
        GridThread[] threads = [.. Enumerable.Range(0, launch.Threads.Count).Select(lane => new GridThread(this, lane))];
        IEnumerator<GroupBarrier>[] runs = [.. threads.Select(thread => kernel(thread).GetEnumerator())];
        while (true)
        {
            GridThread? waiting = null, ended = null;
            foreach (int lane in CountingGrid.Order(threads.Length, order))
            {
                GridThread.Running = threads[lane];
                if (runs[lane].MoveNext()) waiting = threads[lane];
                else ended = threads[lane];
            }
            if (waiting is null) break;
            if (ended is not null)
                throw new KernelException(
                    $"A barrier that not all reach: of group {this}, thread {waiting.OfLane()} waits at barrier {Barriers + 1}, " +
                    $"which thread {ended.OfLane()} never does; it must stand where all threads of the group come by, not inside an if " +
                    "or after a return.");
            Barriers++;
        }
        launch.Barriers += Barriers;
        launch.EndGroup();
    }

    public GridMemory Shared(GridThread thread, string name, int length)
    {
        if (!_shared.TryGetValue(name, out GridMemory? memory))
        {
            int used = _shared.Values.Sum(m => m.Length);
            if (length > Room - used)
                throw new KernelException(
                    $"Too little shared memory: {thread} asks for {length} numbers as {name}; of a group's 12,288 (48 KiB) there " +
                    $"are {Room - used} left.");
            _shared.Add(name, memory = GridMemory.Shared(name, length));
        }
        if (memory.Length != length)
            throw new KernelException(
                $"Two sizes of one shared memory: {thread} asks for {length} numbers as {name}, another thread of its group " +
                $"for {memory.Length}: all must ask for the same.");
        return memory;
    }

    public override string ToString() => launch.Groups.Y == 1 ? $"{X}" : $"({X}, {Y})";
}
