namespace DeepLearning;

/// <summary>
/// Runs kernels by the rules of a graphics card, on the processor and thread by thread, and counts what they do. Not quick, but exact:
/// same launch, same counts. It is stricter than a card, which lets a race pass and is wrong only sometimes.
/// </summary>
/// <remarks>
/// A kernel is the body of a loop, run once for each thread. Threads come in groups; those of one group have a
/// <see cref="GridThread.Shared"/> memory and can wait for one another at a <see cref="GridThread.Barrier"/>. Between barriers the order
/// of threads is promised to nobody, nor is that of groups.
/// </remarks>
/// <example><code>
/// GridMemory a = new("a", [1, 2, 3, 4]), c = new("c", 4);
/// GridLaunch run = CountingGrid.Launch(t => c[t.X] = t.Add(a[t.X], a[t.X]), groups: 2, threads: 2);
/// </code></example>
public static class CountingGrid
{
    /// <summary>Runs a kernel without barriers.</summary>
    /// <inheritdoc cref="Launch(Func{GridThread, IEnumerable{GroupBarrier}}, GridSize, GridSize, ulong?, bool, bool)"/>
    public static GridLaunch Launch(Action<GridThread> kernel, GridSize groups, GridSize threads, ulong? shuffle = null,
        bool allowRaces = false, bool trace = false)
    {
        return Launch(Once, groups, threads, shuffle, allowRaces, trace);

        IEnumerable<GroupBarrier> Once(GridThread t)
        {
            kernel(t);
            yield break;
        }
    }

    /// <summary>Runs a kernel that waits at barriers: an iterator with <c>yield return t.Barrier;</c> where its threads wait.</summary>
    /// <param name="kernel">What each thread does.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="threads">How many threads each has, at most 1024.</param>
    /// <param name="shuffle">
    /// A seed that mixes the order of groups, and of threads between barriers; null for one after the other. A right kernel does not mind.
    /// </param>
    /// <param name="allowRaces">Goes on after a race, as a card would; the first is in <see cref="GridLaunch.Race"/>.</param>
    /// <param name="trace">Keeps every access in <see cref="GridLaunch.Trace"/>.</param>
    /// <returns>What was counted.</returns>
    /// <exception cref="KernelException">The kernel broke a rule.</exception>
    public static GridLaunch Launch(Func<GridThread, IEnumerable<GroupBarrier>> kernel, GridSize groups, GridSize threads,
        ulong? shuffle = null, bool allowRaces = false, bool trace = false)
    {
        CheckSize(groups, nameof(groups));
        CheckSize(threads, nameof(threads));
        if (threads.Count > 1024)
            throw new ArgumentOutOfRangeException(nameof(threads), $"A group has at most 1024 threads, got {threads}; use more groups.");
        GridLaunch launch = new(groups, threads, allowRaces, trace);
        Generator? order = shuffle is { } seed ? new Generator(seed) : null;
        try
        {
            foreach (int g in Order(groups.Count, order)) new GridGroup(launch, g).Run(kernel, order);
        }
        finally
        {
            GridThread.Running = null;
        }
        return launch;
    }

    internal static int[] Order(int count, Generator? order) => order?.Permutation(count) ?? [.. Enumerable.Range(0, count)];

    private static void CheckSize(GridSize size, string name)
    {
        if (size.X < 1 || size.Y < 1)
            throw new ArgumentOutOfRangeException(name, $"There must be at least 1 along x and along y, got {size.X} × {size.Y}.");
    }
}
