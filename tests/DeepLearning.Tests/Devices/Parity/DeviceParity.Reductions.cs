namespace DeepLearning.Tests.Devices.Parity;

public abstract partial class DeviceParity
{
    public static TheoryData<int, int, int> Blocks => new()
    {
        { 1, 1, 1 }, { 1, 7, 1 }, { 3, 16, 1 }, { 5, 17, 1 }, { 2, 1000, 1 }, { 1, 100_003, 1 }, { 300, 301, 1 },
        { 1, 7, 5 }, { 1, 33, 17 }, { 1, 100, 31 }, { 1, 1000, 100 }, { 1, 30_000, 7 }, { 1, 333, 1001 },
        { 3, 9, 4 }, { 4, 5, 33 }, { 40, 70, 50 }, { 0, 5, 3 }, { 2, 0, 3 }, { 2, 0, 1 }, { 5, 1, 1 },
    };

    [Theory, MemberData(nameof(Blocks))]
    public void Reduce(int outer, int length, int inner)
    {
        foreach (ReduceOp op in Enum.GetValues<ReduceOp>())
        {
            float[] x = Numbers(outer * length * inner, 1);
            if (op == ReduceOp.Product) x = [.. x.Select(v => 1 + v / 100)];
            Check((d, s, y) => d.Reduce(op, s[0], y, outer, length, inner), [x], outer * inner, op == ReduceOp.Sum ? 2 : 1,
                1e-6 * Math.Sqrt(length), what: $"{op}");
        }
    }

    [Fact]
    public void LongSumsKeepTheirDigits()
    {
        const int N = 1_000_000;
        float[] x = new float[N];
        Array.Fill(x, 0.1f);
        foreach ((int length, int inner) in ((int, int)[])[(N, 1), (N / 50, 50), (N / 8, 8), (N / 5, 5)])
            Check((d, s, y) => d.Reduce(ReduceOp.Sum, s[0], y, 1, length, inner), [x], inner, 16);
    }

    [Fact]
    public void ExtremesPassNaNOn()
    {
        foreach (ReduceOp op in (ReduceOp[])[ReduceOp.Max, ReduceOp.Min, ReduceOp.Sum])
        foreach (int at in (int[])[0, 3, 20, 99])
        foreach (float value in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            float[] x = Numbers(100, 1);
            x[at] = value;
            Check((d, s, y) => d.Reduce(op, s[0], y, 1, 100, 1), [x], 1, 4);
            Check((d, s, y) => d.Reduce(op, s[0], y, 1, 5, 20), [x], 20, 4);
        }
    }

    [Theory, MemberData(nameof(Blocks))]
    public void ArgReduce(int outer, int length, int inner)
    {
        if (length == 0) return;
        // Few different values, so that ties are everywhere; and some that cannot be compared.
        float[] x = [.. Numbers(outer * length * inner, 1, 3).Select(v => MathF.Round(v))];
        foreach (bool largest in (bool[])[true, false])
        {
            Check((d, s, y) => d.ArgReduce(largest, s[0], y, outer, length, inner), [x], outer * inner, 0);
            float[] withNaN = [.. x.Select((v, i) => i % 5 == 2 ? float.NaN : v)];
            Check((d, s, y) => d.ArgReduce(largest, s[0], y, outer, length, inner), [withNaN], outer * inner, 0);
            float[] distinct = Numbers(x.Length, 6);
            Check((d, s, y) => d.ArgReduce(largest, s[0], y, outer, length, inner), [distinct], outer * inner, 0);
        }
    }

    [Theory, MemberData(nameof(Blocks))]
    public void CumulativeSum(int outer, int length, int inner)
    {
        float[] x = Numbers(outer * length * inner, 1);
        foreach (bool reverse in (bool[])[false, true])
        {
            Check((d, s, y) => d.CumulativeSum(s[0], y, outer, length, inner, reverse), [x], x.Length, 1, 1e-7);
            Check((d, _, y) => d.CumulativeSum(y, y, outer, length, inner, reverse), [], x.Length, 1, 1e-7, start: x, what: "in place");
        }
    }

    [Theory, MemberData(nameof(Blocks))]
    public void ArgSort(int outer, int length, int inner)
    {
        Assert.SkipWhen(outer * length * inner > mostSorted, $"{device} sorts too slowly for so many numbers.");
        // Few different values, so that ties are everywhere, −0 among them; numbers of every size; and some that cannot be compared.
        float[] x = [.. Numbers(outer * length * inner, 1, 3).Select(v => MathF.Round(v))];
        float[] special = [.. x.Select((_, i) => s_special[i * 5 % s_special.Length])];
        foreach (bool descending in (bool[])[false, true])
        foreach (float[] numbers in (float[][])[x, Numbers(x.Length, 6), special])
            Check((d, s, y) => d.ArgSort(descending, s[0], y, outer, length, inner), [numbers], x.Length, 0);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(64, 10)]
    [InlineData(5, 16)]
    [InlineData(4, 33)]
    [InlineData(7, 1000)]
    [InlineData(300, 100)]
    [InlineData(0, 4)]
    public void Softmax(int rows, int columns)
    {
        int n = rows * columns;
        foreach (bool log in (bool[])[false, true])
        foreach (float scale in (float[])[1, 30])
        {
            float[] x = Numbers(n, 1, scale), dy = Numbers(n, 2);
            // x − max x is rounded to float32, and the exponential turns its absolute error into a relative one.
            Check((d, s, y) => d.Softmax(s[0], y, rows, columns, log), [x], n, 4 + (log ? 0 : 2 * scale), log ? 3e-7 * scale : 0,
                what: $"log {log}");
            float[] y = [.. Run(Device.Reference, (d, s, to) => d.Softmax(s[0], to, rows, columns, log), [x], n).Select(v => (float)v)];
            Check((d, s, dx) => d.SoftmaxGradient(s[0], s[1], dx, rows, columns, log), [y, dy], n, 8, log ? 4e-6 : 2e-7,
                what: $"gradient, log {log}");
        }
    }

    [Fact]
    public void SoftmaxOfInfinities()
    {
        foreach (float[] row in (float[][])[[1, float.NegativeInfinity, 2], [float.PositiveInfinity, 0, 1], [1, float.NaN, 2],
            [1000, -1000, 999], [float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity]])
        foreach (bool log in (bool[])[false, true])
            Check((d, s, y) => d.Softmax(s[0], y, 1, 3, log), [row], 3, 4, what: $"log {log} of [{string.Join(", ", row)}]");
    }
}
