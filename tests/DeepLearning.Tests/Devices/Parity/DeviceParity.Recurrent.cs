namespace DeepLearning.Tests.Devices.Parity;

public abstract partial class DeviceParity
{
    // Sizes on both sides of a tile's and a vector's width, one sequence alone, and enough work for threads.
    public static TheoryData<RecurrentKind, int, int, int> Recurrences
    {
        get
        {
            var data = new TheoryData<RecurrentKind, int, int, int>();
            foreach (RecurrentKind kind in Enum.GetValues<RecurrentKind>())
            foreach ((int n, int t, int h) in ((int, int, int)[])[(1, 3, 5), (1, 1, 40), (2, 4, 1), (3, 5, 8), (9, 2, 17), (33, 6, 33),
                (20, 4, 70), (0, 2, 3)])
                data.Add(kind, n, t, h);
            return data;
        }
    }

    [Theory, MemberData(nameof(Recurrences))]
    public void Recurrent(RecurrentKind kind, int n, int t, int h)
    {
        foreach (bool reverse in (bool[])[false, true])
        foreach (bool lengths in (bool[])[false, true])
        {
            string what = $"{n} sequences of {t}, H {h}, reverse {reverse}, lengths {lengths}";
            double[][] expected = RunRecurrent(Device.Reference, kind, n, t, h, reverse, lengths, bias: lengths);
            double[][] actual = RunRecurrent(device, kind, n, t, h, reverse, lengths, bias: lengths);
            for (int i = 0; i < expected.Length; i++) Golden.Close(expected[i], actual[i], 1e-5, $"{what}: {i}");
        }
    }

    // Behind its end, which for some is the beginning, a sequence's state stays as it is.
    [Theory]
    [InlineData(RecurrentKind.Lstm)]
    [InlineData(RecurrentKind.Gru)]
    public void RecurrentWithEmptySequences(RecurrentKind kind)
    {
        foreach (bool reverse in (bool[])[false, true])
        {
            double[][] expected = RunRecurrent(Device.Reference, kind, 5, 3, 4, reverse, true, true, shortest: 0);
            double[][] actual = RunRecurrent(device, kind, 5, 3, 4, reverse, true, true, shortest: 0);
            for (int i = 0; i < expected.Length; i++) Golden.Close(expected[i], actual[i], 1e-5, $"reverse {reverse}: {i}");
        }
    }

    [Fact]
    public void RecurrentRepeatsExactly()
    {
        double[][] first = RunRecurrent(device, RecurrentKind.Lstm, 33, 8, 40, false, true, true);
        for (int i = 0; i < 5; i++) Assert.Equal(first, RunRecurrent(device, RecurrentKind.Lstm, 33, 8, 40, false, true, true));
    }

    [Theory]
    [InlineData(RecurrentKind.Lstm)]
    [InlineData(RecurrentKind.Gru)]
    [InlineData(RecurrentKind.Tanh)]
    [InlineData(RecurrentKind.Relu)]
    public void RecurrentPassesNaNOn(RecurrentKind kind)
    {
        double[][] all = RunRecurrent(device, kind, 2, 3, 4, false, false, true, spoil: true);
        Assert.All(all[0][2..6], value => Assert.True(double.IsNaN(value)));
        Assert.All(all[0][21..], value => Assert.True(double.IsFinite(value)));
    }

    // Forward and backward; everything written comes back: h, c, output, gates, before, memory, ∂h, ∂c, ∂u, ∂v.
    internal static double[][] RunRecurrent(Device on, RecurrentKind kind, int n, int t, int h, bool reverse, bool lengths, bool bias,
        bool spoil = false, int shortest = 1)
    {
        int width = RecurrentArgs.BlocksOf(kind) * h;
        bool gru = kind == RecurrentKind.Gru, lstm = kind == RecurrentKind.Lstm;
        float[] u = Numbers(n * t * width, 1, 2);
        if (spoil) Array.Fill(u, float.NaN, 0, width);
        Storage hidden = Upload(on, Numbers(n * h, 2)), cell = Upload(on, Numbers(n * h, 3)), gates = Upload(on, u),
            output = Upload(on, new float[n * t * (h + 3)]), before = on.Allocate(n * t * h), memory = on.Allocate(n * t * h);
        RecurrentArgs p = new(kind, n, t, h)
        {
            Gates = gates, Weight = Upload(on, Numbers(width * h, 4, 2 / MathF.Sqrt(h))),
            Bias = bias ? Upload(on, Numbers(width, 5)) : null,
            Lengths = lengths ? Upload(on, [.. Enumerable.Range(0, n).Select(i => (float)shortest + i * 7 % (t + 1 - shortest))]) : null,
            Reverse = reverse, Hidden = hidden, Cell = lstm ? cell : null, Output = output, Width = h + 3, Offset = 2, Before = before,
            Memory = lstm || gru ? memory : null,
        };
        on.Recurrent(p);
        double[][] forward = [Read(output, n * t * (h + 3)), Read(hidden, n * h), Read(cell, n * h), Read(gates, n * t * width),
            Read(before, n * t * h)];
        if (lstm || gru) forward = [.. forward, Read(memory, n * t * h)];
        Storage dHidden = Upload(on, Numbers(n * h, 6)), dCell = Upload(on, Numbers(n * h, 7)), du = on.Allocate(n * t * width),
            dv = on.Allocate(n * t * width);
        on.RecurrentGradient(new RecurrentGradientArgs(p)
        {
            Output = Upload(on, Numbers(n * t * (h + 3), 8)), Hidden = dHidden, Cell = lstm ? dCell : null, U = du, V = gru ? dv : null,
        });
        return [.. forward, Read(dHidden, n * h), Read(dCell, n * h), Read(du, n * t * width),
            .. gru ? [Read(dv, n * t * width)] : (double[][])[]];

        double[] Read(Storage storage, int count)
        {
            double[] values = new double[count];
            on.Download(storage, values);
            return values;
        }
    }
}
