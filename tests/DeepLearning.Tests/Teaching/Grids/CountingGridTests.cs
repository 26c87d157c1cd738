namespace DeepLearning.Tests.Teaching;

/// <summary>What is counted, on kernels whose counts are known by hand.</summary>
public class CountingGridTests
{
    private static GridMemory Numbers(string name, int count) => new(name, Enumerable.Range(0, count).Select(i => (float)i));

    // One thread for each number of C = A·B, all n × n.
    private static Action<GridThread> Naive(GridMemory a, GridMemory b, GridMemory c, int n) => t =>
    {
        float sum = 0;
        for (int k = 0; k < n; k++) sum = t.MultiplyAdd(a[t.Y * n + k], b[k * n + t.X], sum);
        c[t.Y * n + t.X] = sum;
    };

    private static Func<GridThread, IEnumerable<GroupBarrier>> Tiled(GridMemory a, GridMemory b, GridMemory c, int n, int tile,
        bool first = true, bool second = true)
    {
        return Kernel;

        IEnumerable<GroupBarrier> Kernel(GridThread t)
        {
            GridMemory tileA = t.Shared("tileA", tile * tile), tileB = t.Shared("tileB", tile * tile);
            float sum = 0;
            for (int k0 = 0; k0 < n; k0 += tile)
            {
                tileA[t.Lane] = a[t.Y * n + k0 + t.LaneX];
                tileB[t.Lane] = b[(k0 + t.LaneY) * n + t.X];
                if (first) yield return t.Barrier;
                for (int k = 0; k < tile; k++) sum = t.MultiplyAdd(tileA[t.LaneY * tile + k], tileB[k * tile + t.LaneX], sum);
                if (second) yield return t.Barrier;
            }
            c[t.Y * n + t.X] = sum;
        }
    }

    [Theory]
    [InlineData(8, 4)]
    [InlineData(16, 16)]
    public void TheNaiveProductLoadsEveryNumberNTimes(int n, int side)
    {
        GridMemory a = Numbers("A", n * n), b = Numbers("B", n * n), c = new("C", n * n);
        GridLaunch run = CountingGrid.Launch(Naive(a, b, c, n), (n / side, n / side), (side, side));
        Assert.Equal(2 * n * n * n, run.Loads);
        Assert.Equal(n * n, run.Stores);
        Assert.Equal(2 * n * n * n, run.Flops);
        Assert.Equal(4 * (2 * n * n * n + n * n), run.Bytes);
        Assert.Equal((double)run.Flops / run.Bytes, run.Intensity);
        Assert.All(run.LoadsOf(a).Concat(run.LoadsOf(b)), loads => Assert.Equal(n, loads));
        Assert.Equal(Product(a, b, n), c.ToArray());
    }

    [Theory]
    [InlineData(8, 4, null)]
    [InlineData(8, 8, null)]
    [InlineData(12, 3, null)]
    [InlineData(12, 3, 5ul)]
    public void TilesLoadLessByTheirSide(int n, int tile, ulong? shuffle)
    {
        GridMemory a = Numbers("A", n * n), b = Numbers("B", n * n), c = new("C", n * n);
        GridLaunch run = CountingGrid.Launch(Tiled(a, b, c, n, tile), (n / tile, n / tile), (tile, tile), shuffle);
        int groups = n / tile * (n / tile);
        Assert.Equal(2 * n * n * n / tile, run.Loads);
        Assert.Equal(2 * n * n * n, run.SharedLoads);
        Assert.Equal(2 * n * n * n / tile, run.SharedStores);
        Assert.Equal(2 * (n / tile) * groups, run.Barriers);
        Assert.Equal(Product(a, b, n), c.ToArray());
    }

    // 64 threads are two warps. In rows each reads 32 neighbours: four sectors of eight numbers. In columns, a row apart, 32 sectors.
    [Fact]
    public void NeighboursMoveTogether()
    {
        const int N = 64;
        GridMemory a = Numbers("A", N * N), c = new("C", N * N);
        GridLaunch rows = CountingGrid.Launch(t => { for (int k = 0; k < N; k++) c[k * N + t.X] = a[k * N + t.X]; }, 1, N);
        GridLaunch columns = CountingGrid.Launch(t => { for (int k = 0; k < N; k++) c[t.X * N + k] = a[t.X * N + k]; }, 1, N);
        Assert.Equal((rows.Loads, rows.Stores), (columns.Loads, columns.Stores));
        Assert.Equal(2 * 2 * N * 4, rows.Sectors);
        Assert.Equal(2 * 2 * N * 32, columns.Sectors);
        Assert.Equal(32 * rows.Sectors, rows.SectorBytes);
    }

    [Fact]
    public void OneNumberForAWholeWarpIsOneSector()
    {
        GridMemory a = Numbers("a", 8), c = new("c", 40);
        GridLaunch run = CountingGrid.Launch(t => c[t.X] = a[3], 1, 40);
        Assert.Equal(2, run.Warps);
        Assert.Equal(2 + 5, run.Sectors);
    }

    // Steps of two use half of the banks, steps of 32 one; 33 is as good as 1.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(32, 31)]
    [InlineData(33, 0)]
    [InlineData(0, 0)]
    public void BanksHandOutOneNumberAtATime(int step, int conflicts)
    {
        GridLaunch run = CountingGrid.Launch(Kernel, 1, 32);
        Assert.Equal(conflicts, run.BankConflicts);

        IEnumerable<GroupBarrier> Kernel(GridThread t)
        {
            GridMemory shared = t.Shared("s", 33 * 32);
            for (int i = 0; i < 33; i++) shared[32 * i + t.Lane] = 0;
            yield return t.Barrier;
            _ = shared[step * t.Lane];
        }
    }

    [Fact]
    public void TheTraceHasEveryAccess()
    {
        GridMemory a = Numbers("a", 4), c = new("c", 4);
        GridLaunch run = CountingGrid.Launch(t => c[t.X] = t.Add(a[t.X], 1), groups: 2, threads: 2, trace: true);
        Assert.Equal(8, run.Trace.Count);
        Assert.Equal(new GridAccess(a, 0, false, 0, 0, 0), run.Trace[0]);
        Assert.Equal(new GridAccess(c, 3, true, 1, 1, 0), run.Trace[^1]);
        Assert.Equal(4, run.Flops);
        Assert.Empty(CountingGrid.Launch(t => c[t.X] = 0, 2, 2).Trace);
    }

    [Fact]
    public void OutsideALaunchNothingIsCounted()
    {
        GridMemory a = Numbers("a", 4);
        GridLaunch run = CountingGrid.Launch(t => a[t.X] = 2 * a[t.X], 2, 2);
        Assert.Equal(6, a[3]);
        a[3] = 1;
        Assert.Equal((4, 4), (run.Loads, run.Stores));
        Assert.Equal([1, 1, 1, 1], run.LoadsOf(a));
    }

    [Fact]
    public void WhatNoThreadHasWrittenIsNotANumber()
    {
        GridMemory c = new("c", 3);
        CountingGrid.Launch(t => c[t.X] = 1, 1, 2);
        Assert.Equal([1, 1, float.NaN], c.ToArray());
    }

    [Fact]
    public void TheSameShuffleTheSameNumbers()
    {
        float[] Run(ulong seed)
        {
            GridMemory last = new("last", 1);
            CountingGrid.Launch(t => last[0] = t.X, 8, 8, shuffle: seed, allowRaces: true);
            return last.ToArray();
        }
        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));
    }

    [Fact]
    public void ItShowsItself() => Assert.Equal("""
        2 groups of 2 threads, 2 warps
        card's memory:   4 loads, 4 stores, 32 bytes asked for, 4 sectors moved
        shared memory:   0 loads, 0 stores, 0 bank conflicts, 0 barriers
        arithmetic:      4 operations, 0.125 for each byte asked for
        """, CountingGrid.Launch(Plus(Numbers("a", 4), new("c", 4)), 2, 2).ToString());

    private static Action<GridThread> Plus(GridMemory a, GridMemory c) => t => c[t.X] = t.Add(a[t.X], 1);

    private static float[] Product(GridMemory a, GridMemory b, int n) =>
        [.. Enumerable.Range(0, n * n).Select(
            i => Enumerable.Range(0, n).Aggregate(0f, (sum, k) => MathF.FusedMultiplyAdd(a[i / n * n + k], b[k * n + i % n], sum)))];
}
