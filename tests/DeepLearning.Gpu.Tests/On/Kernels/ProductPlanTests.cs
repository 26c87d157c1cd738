namespace DeepLearning.Tests.Gpu;

/// <summary>How products are divided on a card of 132 processors, as an H200 has.</summary>
public class ProductPlanTests
{
    private static ProductPlan For(int m, int n, int k, int batch = 1) => ProductPlan.For(batch, m, n, k, 132, lines: null);

    [Theory]
    [InlineData(4096, 4096, 4096)]
    [InlineData(8192, 8192, 8192)]
    public void LargeProductsAreLargeTilesAndWholeSums(int m, int n, int k) => Assert.Equal(new ProductPlan(128, 1), For(m, n, k));

    [Fact]
    public void ALongSumOfFewTilesIsCut()
    {
        ProductPlan plan = For(64, 256, 784);
        Assert.Equal(64, plan.Lines);
        Assert.InRange(plan.Splits, 8, 24);
        Assert.InRange(For(784, 256, 4096).Splits, 4, 32);
        Assert.InRange(For(6, 25, 50_176).Splits, 64, 256);
    }

    [Fact]
    public void AShortSumIsNot() => Assert.Equal(new ProductPlan(64, 1), For(64, 10, 64));

    [Fact]
    public void ManyProductsKeepACardBusyWithoutParts() => Assert.Equal(1, For(64, 64, 64, batch: 512).Splits);

    [Fact]
    public void PartsStaySmall() => Assert.All([For(8192, 8192, 100_000), For(1, 60_000_000, 4000)], plan => Assert.Equal(1, plan.Splits));

    [Fact]
    public void NoWayIsExpectedToBeQuicker()
    {
        foreach ((int m, int n, int k) in ((int, int, int)[])[(64, 784, 256), (1024, 1024, 1024), (1500, 700, 300), (10, 10, 100_000)])
        {
            double chosen = For(m, n, k).Time(1, m, n, k, 132);
            foreach (int lines in (int[])[64, 128])
            foreach (int splits in (int[])[1, 2, 4])
                Assert.True(chosen <= new ProductPlan(lines, splits).Time(1, m, n, k, 132) || k / splits < 32);
        }
    }
}
