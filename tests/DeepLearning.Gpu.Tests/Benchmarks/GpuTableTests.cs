using DeepLearning.Benchmarks;

namespace DeepLearning.Tests.Gpu;

/// <summary>The arithmetic of the table of a card: medians, ratios, shares of a copy, goals.</summary>
public class GpuTableTests
{
    private static readonly GpuGoal s_ratio = new(OfCopy: false, 0.5, 0.9), s_share = new(OfCopy: true, 0.85, null);

    private static GpuComparison Measured(string name, string group, GpuGoal? goal, double[] ours, params double[] theirs)
    {
        GpuComparison comparison = new(new GpuWorkload(name, group, goal, _ => throw new InvalidOperationException()));
        foreach (double value in ours)
            comparison.AddOurs(new GpuMeasured(Seconds: 1 / value, 20e-6, 3e6, Launches: 4, Waits: 0), perCall: 1);
        foreach (double value in theirs) comparison.AddTheirs(value, new GpuMeasured(1 / value, 30e-6, 5e6), tf32: false);
        return comparison;
    }

    [Fact]
    public void MediansOfTheRoundsAreCompared()
    {
        GpuRow row = new GpuTable([Measured("gemm", GpuWorkload.Products, s_ratio, [20, 30, 22], 50, 40, 45)], judged: true).Rows[0];
        Assert.Equal(22, row.Of.Ours!.Value, 1e-9);
        Assert.Equal(45, row.Of.Theirs!.Value, 1e-9);
        Assert.Equal(22 / 45.0, row.Ratio!.Value, 1e-9);
        Assert.Equal(10 / 22.0, row.Of.Spread!.Value, 1e-9);
        Assert.False(row.Met);
        Assert.Equal("≥ 0.5× → 0.9×", row.GoalText);
        Assert.Null(row.OfCopy);
    }

    [Theory]
    [InlineData(100, 80, true, 1.0)]
    [InlineData(100, 110, false, 100.0 / 110)]
    public void BandwidthIsAShareOfTheFasterCopy(double ourCopy, double theirCopy, bool met, double copyOfCopy)
    {
        GpuTable table = new([Measured(GpuWorkload.Copy, GpuWorkload.Memory, null, [ourCopy], theirCopy),
            Measured("relu", GpuWorkload.Memory, s_share, [90], 95)], judged: true);
        Assert.Equal(copyOfCopy, table.Rows[0].OfCopy!.Value, 1e-9);
        Assert.Equal(90 / Math.Max(ourCopy, theirCopy), table.Rows[1].OfCopy!.Value, 1e-9);
        Assert.Equal(95 / Math.Max(ourCopy, theirCopy), table.Rows[1].TheirsOfCopy!.Value, 1e-9);
        Assert.Equal(met, table.Rows[1].Met);
        Assert.Null(table.Rows[0].Met);
    }

    [Fact]
    public void NothingIsSaidOfWhatWasNotMeasured()
    {
        GpuComparison alone = Measured("mlp", GpuWorkload.Steps, s_ratio, [100]),
            failed = Measured("lstm", GpuWorkload.Steps, s_ratio, [], 10);
        failed.Problem = "no room, \"none\"";
        GpuTable table = new([alone, failed], judged: true);
        Assert.All(table.Rows, row => Assert.Null(row.Met));
        string[] lines = [.. table.Lines()], csv = [.. table.Csv(["# here"])];
        Assert.Contains("failed: no room, \"none\"", lines[2]);
        Assert.DoesNotContain("missed", string.Concat(lines));
        Assert.Equal("# here", csv[0]);
        Assert.Equal("mlp,steps/s,100,,,,,,ratio,0.5,,0,4,0,10000,20,5,3,,,,", csv[2]);
        Assert.Equal("lstm,steps/s,,10,,,,,ratio,0.5,,,,,,,,,100000,30,5,\"no room, \"\"none\"\"\"", csv[3]);
        Assert.All(csv[1..3], line => Assert.Equal(csv[1].Count(c => c == ','), line.Count(c => c == ',')));
    }

    [Fact]
    public void SmallSizesNeitherReachNorMissAGoal() =>
        Assert.Null(new GpuTable([Measured("gemm", GpuWorkload.Products, s_ratio, [1], 1)], judged: false).Rows[0].Met);

    [Fact]
    public void AFileIsWrittenAsAWholeOrNotAtAll()
    {
        string folder = Directory.CreateTempSubdirectory().FullName, path = Path.Combine(folder, "a.csv");
        try
        {
            GpuTable.Write(path, ["whole"]);
            Assert.Throws<InvalidOperationException>(() => GpuTable.Write(path, Breaking()));
            Assert.Equal("whole\n", File.ReadAllText(path).ReplaceLineEndings("\n"));
            Assert.Equal([path], Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static IEnumerable<string> Breaking()
        {
            yield return "half";
            throw new InvalidOperationException();
        }
    }

    [Theory]
    [InlineData(0.0, "0.00")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(0.0000123, "1.2e-5")]
    [InlineData(1.234, "1.23")]
    [InlineData(12.34, "12.3")]
    [InlineData(1234.4, "1234")]
    [InlineData(double.NaN, "")]
    public void FiguresHaveAboutThreeDigits(double value, string text) => Assert.Equal(text, GpuTable.Figure(value));
}
