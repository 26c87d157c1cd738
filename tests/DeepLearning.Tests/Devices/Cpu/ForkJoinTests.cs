namespace DeepLearning.Tests.Devices.Cpu;

public class ForkJoinTests
{
    private readonly struct Count(int[] seen, int failAt = -1) : IPieces
    {
        public void Run(int i)
        {
            Interlocked.Increment(ref seen[i]);
            if (i == failAt) throw new InvalidOperationException("piece failed");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void EveryPieceRunsOnce(int threads)
    {
        for (int round = 0; round < 500; round++)
        {
            int[] seen = new int[13];
            ForkJoin<Count>.Run(new(seen), seen.Length, threads);
            Assert.All(seen, n => Assert.Equal(1, n));
        }
    }

    [Fact]
    public void ConcurrentCallersDoNotDisturbEachOther() => Parallel.For(0, 8, _ => EveryPieceRunsOnce(3));

    [Fact]
    public void AFailureReachesTheCallerAndTheNextCallWorks()
    {
        int[] seen = new int[5];
        Assert.Throws<InvalidOperationException>(() => ForkJoin<Count>.Run(new(seen, 3), 5, 2));
        EveryPieceRunsOnce(2);
    }
}
