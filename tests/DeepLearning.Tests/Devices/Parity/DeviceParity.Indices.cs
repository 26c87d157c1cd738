namespace DeepLearning.Tests.Devices.Parity;

public abstract partial class DeviceParity
{
    [Theory]
    [InlineData(5, 3, 4)]
    [InlineData(10, 1, 33)]
    [InlineData(7, 40, 100)]
    [InlineData(100, 100, 1000)]
    [InlineData(50, 8, 3000)]
    [InlineData(2000, 5, 1500)]
    [InlineData(1, 3, 2000)]
    [InlineData(6, 1, 1025)]
    [InlineData(3, 2, 0)]
    public void GatherAndScatter(int rows, int width, int n)
    {
        float[] index = [.. Enumerable.Range(0, n).Select(i => (float)(i * 7 % rows))];
        // Not as many of each, and not all.
        if (n > 1000) index = Array.ConvertAll(index, i => i % 3 == 0 ? 0 : i);
        float[] table = Numbers(rows * width, 1), x = Numbers(n * width, 2);
        Check((d, s, y) => d.Gather(s[0], rows, width, s[1], n, y), [table, index], n * width, 0);
        Check((d, s, y) => d.ScatterAdd(s[0], s[1], n, y, rows, width), [x, index], rows * width, 2, 1e-6 * n, start: table);
    }

    [Theory]
    [InlineData(1, 3, 4, 1)]
    [InlineData(5, 7, 1, 1)]
    [InlineData(4, 5, 2, 3)]
    [InlineData(300, 401, 3, 1)]
    [InlineData(3, 50, 60, 40)]
    [InlineData(100, 90, 11, 40)]
    [InlineData(2, 3, 0, 2)]
    public void GatherAndScatterAlong(int outer, int length, int count, int inner)
    {
        float[] index = [.. Enumerable.Range(0, outer * count * inner).Select(i => (float)(i * 7L % length))];
        float[] table = Numbers(outer * length * inner, 1), x = Numbers(index.Length, 2);
        Check((d, s, y) => d.GatherAlong(s[0], s[1], y, outer, length, count, inner), [table, index], index.Length, 0);
        Check((d, s, y) => d.ScatterAddAlong(s[0], s[1], y, outer, length, count, inner), [x, index], table.Length, 2, 1e-6 * (1 + count),
            start: table);
    }

    [Theory]
    [InlineData(3f)]
    [InlineData(-1f)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e20f)]
    public void BadIndicesAreRefused(float bad)
    {
        Storage x = Upload(device, Numbers(6, 1)), y = Upload(device, Numbers(6, 2)), index = Upload(device, [1, bad]);
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => device.Gather(x, 3, 2, index, 2, y));
        Assert.Contains("from 0 to 2", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => device.ScatterAdd(x, index, 2, y, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => device.GatherAlong(x, index, y, 2, 3, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => device.ScatterAddAlong(x, index, y, 2, 3, 1, 1));
        float[] after = new float[6];
        device.Download(y, after);
        Assert.Equal(Numbers(6, 2), after);
    }

    [Fact]
    public void RandomNumbersAreTheSameEverywhere()
    {
        foreach (RandomKind kind in Enum.GetValues<RandomKind>())
        foreach (int n in s_sizes)
            Check((d, _, y) => d.Random(kind, 0x123456789ABCDEF, 5, -1, 2, y, n), [], n, 1, 1e-7, what: $"{kind} × {n}");
    }

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.5, 2)]
    [InlineData(0.2, 1.25)]
    public void DropMask(double rate, double kept)
    {
        foreach (int n in (int[])[1, 7, 4096]) Check((d, _, y) => d.DropMask(77, 3, rate, kept, y, n), [], n, 1, 1e-7, what: $"{n}");
        double[] mask = Run(device, (d, _, y) => d.DropMask(5, 0, rate, kept, y, 20_000), [], 20_000);
        Assert.Equal(1 - rate, mask.Count(value => value != 0) / 20_000.0, 0.02);
        Assert.All(mask, value => Assert.True(value == 0 || value == kept));
    }

    [Fact]
    public void RandomNumbersDependOnTheirBlockAlone()
    {
        foreach (RandomKind kind in Enum.GetValues<RandomKind>())
        {
            double[] all = Run(device, (d, _, y) => d.Random(kind, 9, 0, 0, 1, y, 400), [], 400);
            double[] tail = Run(device, (d, _, y) => d.Random(kind, 9, 50, 0, 1, y, 200), [], 200);
            Assert.Equal(all[200..], tail);
        }
    }

    [Fact]
    public void RandomNumbersHaveTheRightMoments()
    {
        const int N = 200_000;
        double[] uniform = Run(device, (d, _, y) => d.Random(RandomKind.Uniform, 1, 0, 2, 5, y, N), [], N);
        Assert.All(uniform, v => Assert.InRange(v, 2, 5));
        Assert.Equal(3.5, uniform.Average(), 0.01);
        Assert.Equal(9.0 / 12, uniform.Average(v => (v - 3.5) * (v - 3.5)), 0.01);
        double[] normal = Run(device, (d, _, y) => d.Random(RandomKind.Normal, 1, 0, -1, 2, y, N), [], N);
        Assert.Equal(-1, normal.Average(), 0.02);
        Assert.Equal(4, normal.Average(v => (v + 1) * (v + 1)), 0.06);
        Assert.Equal(3, normal.Average(v => Math.Pow((v + 1) / 2, 4)), 0.1);
    }
}
