namespace DeepLearning.Tests.Teaching;

/// <summary>What a kernel must not do, and what is said when it does.</summary>
public class KernelRuleTests
{
    private static readonly GridMemory s_in = new("a", Enumerable.Range(0, 8).Select(i => (float)i)), s_out = new("c", 8);

    private static string Broken(Action<GridThread> kernel, GridSize groups, GridSize threads) =>
        Assert.Throws<KernelException>(() => CountingGrid.Launch(kernel, groups, threads)).Message;

    private static string Broken(Func<GridThread, IEnumerable<GroupBarrier>> kernel, GridSize groups, GridSize threads) =>
        Assert.Throws<KernelException>(() => CountingGrid.Launch(kernel, groups, threads)).Message;

    [Fact]
    public void AnIndexOutsideItsMemory()
    {
        Assert.Equal("An index outside its memory: thread 0 of group 4 reads a[8], but a goes from 0 to 7.",
            Broken(t => _ = s_in[t.X], 5, 2));
        Assert.Equal("An index outside its memory: thread (0, 0) of group (0, 0) writes a[-1], but a goes from 0 to 7.",
            Broken(t => s_in[-1] = 0, (2, 2), (2, 2)));
    }

    [Fact]
    public void TwoThreadsWriteOneNumber() => Assert.Equal(
        "A race: thread 1 of group 0 writes c[0], which thread 0 of the same group writes, and no barrier stands between the two: " +
        "which comes first is chance.",
        Broken(t => s_out[0] = 1, 1, 2));

    [Fact]
    public void GroupsDoNotWaitForOneAnother() => Assert.Equal(
        "A race: thread 0 of group 1 writes c[0], which thread 0 of group 0 writes, and groups run in no promised order: " +
        "which comes first is chance.",
        Broken(t => s_out[0] = 1, 2, 1));

    [Fact]
    public void ANumberIsReadWhereAnotherThreadWritesIt()
    {
        Assert.Contains("thread 1 of group 0 writes s[1], which thread 0 of the same group reads", Broken(Kernel, 1, 2));

        static IEnumerable<GroupBarrier> Kernel(GridThread t)
        {
            GridMemory s = t.Shared("s", 2);
            s[t.Lane] = 1;
            if (t.Lane == 0) _ = s_in[0];
            yield return t.Barrier;
            _ = s[1];
            s[t.Lane] = 2;
        }
    }

    // Thread 0 reads and thread 1 reads before one of them writes; a reader of an earlier group, with two of this one after it.
    [Fact]
    public void NoReaderIsForgotten()
    {
        Assert.Contains("thread 1 of group 0 writes c[0], which thread 0 of the same group reads", Broken(t =>
        {
            _ = s_out[0];
            if (t.Lane == 1) s_out[0] = 1;
        }, 1, 2));
        Assert.Contains("thread 0 of group 1 writes c[0], which thread 0 of group 0 reads", Broken(Late, 2, 2));

        static IEnumerable<GroupBarrier> Late(GridThread t)
        {
            if (t.GroupX == 1 || t.Lane == 0) _ = s_out[0];
            yield return t.Barrier;
            if (t.GroupX == 1 && t.Lane == 0) s_out[0] = 1;
        }
    }

    [Fact]
    public void ABarrierKeepsTwoThreadsApart()
    {
        CountingGrid.Launch(Kernel, 2, 4);

        static IEnumerable<GroupBarrier> Kernel(GridThread t)
        {
            GridMemory s = t.Shared("s", 4);
            for (int round = 0; round < 3; round++)
            {
                s[t.Lane] = round;
                yield return t.Barrier;
                s_out[t.X] = s[3 - t.Lane];
                yield return t.Barrier;
            }
        }
    }

    [Fact]
    public void ABarrierThatNotAllReach()
    {
        Assert.Equal("A barrier that not all reach: of group 0, thread 0 waits at barrier 1, which thread 3 never does; "
            + "it must stand where all threads of the group come by, not inside an if or after a return.", Broken(Kernel, 1, 4));

        static IEnumerable<GroupBarrier> Kernel(GridThread t)
        {
            if (t.Lane < 1) yield return t.Barrier;
        }
    }

    [Fact]
    public void SharedMemoryIsSmallAndAllAgreeOnIt()
    {
        Assert.Equal(
            "Too little shared memory: thread 0 of group 0 asks for 10000 numbers as y; of a group's 12,288 (48 KiB) there are 2288 left.",
            Broken(t => { t.Shared("x", 10_000); t.Shared("y", 10_000); }, 1, 1));
        Assert.Equal(
            "Two sizes of one shared memory: thread 1 of group 0 asks for 2 numbers as x, another thread of its group for 1: " +
            "all must ask for the same.",
            Broken(t => t.Shared("x", t.Lane + 1), 1, 2));
    }

    [Fact]
    public void ARaceThatIsAllowedIsReported()
    {
        GridLaunch run = CountingGrid.Launch(t => s_out[0] = t.X, 1, 4, allowRaces: true);
        Assert.StartsWith("A race: thread 1 of group 0 writes c[0]", run.Race);
        Assert.Equal(3, s_out[0]);
        Assert.Null(CountingGrid.Launch(t => s_out[t.X] = 1, 1, 4, allowRaces: true).Race);
    }

    [Theory]
    [InlineData(0, 1, 1, 1, "groups")]
    [InlineData(1, 1, 1, 0, "threads")]
    [InlineData(1, 1, 64, 17, "threads")]
    public void SizesThatCannotBe(int groupsX, int groupsY, int threadsX, int threadsY, string parameter) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(
            () => CountingGrid.Launch(t => { }, (groupsX, groupsY), (threadsX, threadsY))).ParamName);

    [Fact]
    public void AfterAFailureMemoryIsOrdinaryAgain()
    {
        Broken(t => _ = s_in[100], 1, 1);
        Assert.Equal(3, s_in[3]);
    }
}
