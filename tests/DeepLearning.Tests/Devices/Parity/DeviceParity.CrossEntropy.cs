namespace DeepLearning.Tests.Devices.Parity;

public abstract partial class DeviceParity
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(64, 10)]
    [InlineData(5, 16)]
    [InlineData(7, 1000)]
    [InlineData(900, 101)]
    [InlineData(0, 4)]
    public void CrossEntropy(int rows, int columns)
    {
        float[] labels = [.. Enumerable.Range(0, rows).Select(i => (float)(i * 7 % columns))], weights = Numbers(rows, 3);
        foreach (float scale in (float[])[1, 30])
        {
            float[] x = Numbers(rows * columns, 1, scale);
            Check((d, s, loss) => d.CrossEntropy(s[0], s[1], loss, s[2], rows, columns), [x, labels, new float[x.Length]], rows, 4,
                1e-6 * scale, what: "loss");
            Check((d, s, p) => d.CrossEntropy(s[0], s[1], s[2], p, rows, columns), [x, labels, new float[rows]], x.Length,
                4 + 2 * scale, what: "p");
            float[] p =
                [.. Run(Device.Reference, (d, s, y) => d.Softmax(s[0], y, rows, columns, false), [x], x.Length).Select(v => (float)v)];
            Check((d, s, dx) => d.CrossEntropyGradient(s[0], s[1], s[2], 1, dx, rows, columns), [p, labels, weights], p.Length, 2, 1e-7,
                what: "gradient");
            Check((d, s, dx) => d.CrossEntropyGradient(s[0], s[1], s[2], 0, dx, rows, columns), [p, labels, [0.3f]], p.Length, 2, 1e-7,
                what: "gradient");
        }
    }

    [Fact]
    public void CrossEntropyOfExtremeLogits()
    {
        foreach (float[] row in (float[][])[[1000, -1000, 999], [-1000, 1000, 0], [1e30f, -1e30f, 0], [50, 0, 0], [0, 0, 50]])
            Check((d, s, loss) => d.CrossEntropy(s[0], s[1], loss, s[2], 1, 3), [row, [0], new float[3]], 1, 4,
                what: $"[{string.Join(", ", row)}]");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    public void CrossEntropyRefusesALabel(float label)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            Run(device, (d, s, loss) => d.CrossEntropy(s[0], s[1], loss, s[2], 2, 3), [new float[6], [1, label], new float[6]], 2));
        Assert.Contains($"must be a whole number from 0 to 2, got {label}", error.Message);
    }
}
