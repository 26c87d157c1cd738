namespace DeepLearning.Tests;

public class DataLoaderTests
{
    private static readonly Dataset s_ten = new(Tensor.Arange(20).Reshape(10, 2), Tensor.Arange(10));

    [Fact]
    public void WithoutAGeneratorBatchesComeInOrder()
    {
        DataLoader loader = new(s_ten, 4);
        var batches = loader.ToList();
        Assert.Equal((3, 3), (loader.Count, batches.Count));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], batches[0].X.ToArray());
        Assert.Equal([2, 2], batches[2].X.Shape.Dims.ToArray());
        Assert.Equal([8, 9], batches[2].Y.ToArray());
    }

    [Fact]
    public void EveryEpochDealsEachSampleOnceInAnOrderOfItsOwn()
    {
        DataLoader loader = new(s_ten, 3, new Generator(1));
        float[] first = Targets(loader), second = Targets(loader);
        Assert.Equal(s_ten.Y.ToArray(), first.Order());
        Assert.Equal(s_ten.Y.ToArray(), second.Order());
        Assert.NotEqual(first, second);
        DataLoader again = new(s_ten, 3, new Generator(1));
        Assert.Equal(first, Targets(again));
        Assert.Equal(second, Targets(again));
    }

    [Fact]
    public void FeaturesStayWithTheirTargets()
    {
        foreach ((Tensor x, Tensor y) in new DataLoader(s_ten, 3, new Generator(2)))
            Assert.Equal(y.ToArray().SelectMany(v => new[] { 2 * v, 2 * v + 1 }), x.ToArray());
    }

    [Fact]
    public void DropLastLeavesOutTheSmallerBatch()
    {
        DataLoader loader = new(s_ten, 4, dropLast: true);
        Assert.Equal(2, loader.Count);
        Assert.All(loader, batch => Assert.Equal(4, batch.Y.Count));
        Assert.Equal(1, new DataLoader(s_ten, 10, dropLast: true).Count);
        Assert.Equal(1, new DataLoader(s_ten, 99).Count);
    }

    [Fact]
    public void ImpossibleBatchesAreRefused()
    {
        Assert.Contains("got 0", Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(s_ten, 0)).Message);
        Assert.Contains("10 or less", Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(s_ten, 11, dropLast: true)).Message);
    }

    [Fact]
    public void EpochGivesTheIndicesOfTheSameBatches()
    {
        IEnumerable<float> indices = new DataLoader(s_ten, 3, new Generator(1)).Epoch().SelectMany(rows => rows).Select(i => (float)i);
        Assert.Equal(Targets(new DataLoader(s_ten, 3, new Generator(1))), indices);
    }

    private static float[] Targets(DataLoader loader) => [.. loader.SelectMany(batch => batch.Y.ToArray())];
}
