namespace DeepLearning.Tests.Devices.Parity;

public abstract partial class DeviceParity
{
    [Fact]
    public void MovesNumbersToAndFromTheHost()
    {
        foreach (int n in s_sizes)
        {
            float[] x = Numbers(n, 1), back = new float[n];
            Storage storage = device.Allocate(n);
            Assert.Equal(n, storage.Length);
            Assert.Same(device, storage.Device);
            device.Upload((ReadOnlySpan<float>)x, storage);
            device.Download(storage, back);
            Assert.Equal(x, back);
            double[] wide = [.. x.Select(v => (double)v)], wideBack = new double[n];
            device.Upload((ReadOnlySpan<double>)wide, storage);
            device.Download(storage, wideBack);
            Assert.Equal(wide, wideBack);
            device.Fill(storage, n, 0.1);
            device.Download(storage, back);
            Assert.All(back, v => Assert.Equal(0.1f, v));
            device.Free(storage);
        }
    }

    [Fact]
    public void KeepsSpecialValues()
    {
        double[] x = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 1e300, -1e300, 1e-300];
        float[] back = new float[x.Length];
        Storage storage = device.Allocate(x.Length);
        device.Upload((ReadOnlySpan<double>)x, storage);
        device.Download(storage, back);
        Assert.Equal([.. x.Select(v => (float)v)], back);
        device.Free(storage);
    }

    public static TheoryData<int[], int[], int, int[], int> Copies => new()
    {
        { [], [], 3, [], 2 },
        { [1], [1], 0, [1], 0 },
        { [1000], [1], 5, [1], 3 },
        { [33], [-1], 32, [1], 0 },                                    // flipped
        { [33], [1], 0, [-2], 64 },
        { [17], [0], 4, [1], 0 },                                      // repeated
        { [5, 7], [7, 1], 0, [7, 1], 0 },
        { [5, 7], [1, 5], 0, [7, 1], 0 },                              // transposed
        { [64, 64], [1, 64], 0, [64, 1], 0 },
        { [67, 131], [1, 67], 0, [131, 1], 0 },
        { [131, 67], [67, 1], 0, [1, 131], 0 },
        { [3, 70, 41], [2870, 1, 70], 0, [2870, 41, 1], 0 },           // each matrix of a batch transposed
        { [41, 3, 70], [1, 41, 123], 0, [210, 70, 1], 0 },             // all axes reversed
        { [4, 5, 6, 7], [210, 7, 35, 1], 0, [210, 42, 7, 1], 0 },      // middle axes exchanged
        { [4, 3, 8, 9], [216, 72, 9, 1], 0, [216, 1, 27, 3], 0 },      // channels last
        { [3, 4, 5], [40, -10, 2], 30, [20, 5, 1], 0 },                // every other number, middle axis flipped
        { [2, 1, 3, 1, 4], [12, 99, 4, -7, 1], 0, [12, 50, 4, 3, 1], 5 },
        { [6, 4, 3], [1, 6, 1], 0, [12, 3, 1], 0 },                    // overlapping windows
        { [0, 4], [4, 1], 0, [4, 1], 0 },
        { [4, 0], [1, 1], 0, [1, 1], 0 },
        { [300, 400], [1, 300], 0, [400, 1], 0 },                      // large enough for threads
        { [500, 300], [300, 1], 0, [300, 1], 0 },
        { [3, 5, 2, 5, 2, 5, 2, 5, 2, 5], [0, 1, 7, 3, 11, 13, 0, 5, 2, 3], 0, [1, 3, 15, 30, 150, 300, 1500, 3000, 15000, 30000], 0 },
    };

    [Theory, MemberData(nameof(Copies))]
    public void Copy(int[] shape, int[] xStrides, int xOffset, int[] yStrides, int yOffset)
    {
        float[] x = Numbers(xOffset + Reach(shape, xStrides), 1), y = Numbers(yOffset + Reach(shape, yStrides), 2);
        foreach (bool add in (bool[])[false, true])
            Check((d, s, to) => d.Copy(s[0], xOffset, xStrides, to, yOffset, yStrides, shape, add), [x], y.Length, add ? 1 : 0, start: y,
                what: $"add {add}");
    }

    [Theory]
    [InlineData(new[] { 4, 6 }, new[] { 6, 1 }, new[] { 0, 1 })]       // sums of columns
    [InlineData(new[] { 4, 6 }, new[] { 6, 1 }, new[] { 1, 0 })]       // sums of rows
    [InlineData(new[] { 4, 6 }, new[] { 1, 4 }, new[] { 0, 0 })]
    [InlineData(new[] { 9, 40, 3 }, new[] { 120, 3, 1 }, new[] { 0, 1, 1 })]
    [InlineData(new[] { 40, 9 }, new[] { 1, 40 }, new[] { 1, 1 })]     // overlapping windows put back
    [InlineData(new[] { 100, 70 }, new[] { 1, 100 }, new[] { 2, 1 })]
    public void CopyAddsToNumbersNamedTwice(int[] shape, int[] xStrides, int[] yStrides)
    {
        float[] x = Numbers(Reach(shape, xStrides), 1), y = Numbers(Reach(shape, yStrides), 2);
        Check((d, s, to) => d.Copy(s[0], 0, xStrides, to, 0, yStrides, shape, true), [x], y.Length, 1, 1e-5, start: y);
    }
}
