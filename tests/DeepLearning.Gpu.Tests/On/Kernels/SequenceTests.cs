using DeepLearning.Tests.Devices.Parity;

namespace DeepLearning.Tests.Gpu;

/// <summary>Recurrent layers that go through their sequences in one launch, four sequences a group, as on a card.</summary>
public class SequenceTests
{
    // Groups of up to 256 threads: states of up to 64 numbers; twelve groups: up to 48 sequences.
    private static readonly GpuDevice s_card = GpuDevice.Create(GpuKind.Cpu, new(LikeACard: true, WantedGroups: 12));

    // This class's own, since launches are counted; the test that asks for it is skipped where there is no such card.
    private static readonly Lazy<GpuDevice> s_openCL = new(() => Devices.New(GpuKind.OpenCL));

    // One number, sizes that do not fill the last four columns, a full group of threads; sequences that do not fill a group.
    public static TheoryData<RecurrentKind, int, int, int> Sizes
    {
        get
        {
            var data = new TheoryData<RecurrentKind, int, int, int>();
            foreach (RecurrentKind kind in Enum.GetValues<RecurrentKind>())
            foreach ((int n, int t, int h) in ((int, int, int)[])[(1, 1, 1), (4, 2, 16), (5, 3, 33), (9, 2, 7), (2, 2, 64)])
                data.Add(kind, n, t, h);
            return data;
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void AgreesWithTheReference(RecurrentKind kind, int n, int t, int h)
    {
        Same(s_card, kind, n, t, h, reverse: false, some: n == 5);
        if (n > 5) Same(s_card, kind, n, t, h, reverse: true, some: true);
    }

    [Theory]
    [InlineData(RecurrentKind.Lstm, 5, 3, 128)]
    [InlineData(RecurrentKind.Gru, 7, 2, 250)]
    [InlineData(RecurrentKind.Lstm, 3, 2, 256)]
    [InlineData(RecurrentKind.Tanh, 3, 2, 256)]
    public void LargeStates(RecurrentKind kind, int n, int t, int h) => Same(s_openCL.Value, kind, n, t, h, reverse: false, some: true);

    private static void Same(GpuDevice device, RecurrentKind kind, int n, int t, int h, bool reverse, bool some)
    {
        int before = device.Launches;
        double[][] actual = DeviceParity.RunRecurrent(device, kind, n, t, h, reverse, lengths: some, bias: some);
        // There and back, and for each a copy of the weights at most.
        Assert.InRange(device.Launches - before, 2, 4);
        double[][] expected = DeviceParity.RunRecurrent(Device.Reference, kind, n, t, h, reverse, lengths: some, bias: some);
        for (int i = 0; i < expected.Length; i++) Golden.Close(expected[i], actual[i], 2e-5, $"{kind}, {n} sequences of {t}, H {h}: {i}");
    }

    [Theory]
    [InlineData(5, 65)]
    [InlineData(49, 8)]
    public void WhatFitsNoGroupGoesStepByStep(int n, int h)
    {
        int before = s_card.Launches;
        double[][] actual = DeviceParity.RunRecurrent(s_card, RecurrentKind.Gru, n, 2, h, reverse: false, lengths: true, bias: true);
        Assert.InRange(s_card.Launches - before, 8, 16);
        double[][] expected = DeviceParity.RunRecurrent(Device.Reference, RecurrentKind.Gru, n, 2, h, reverse: false,
            lengths: true, bias: true);
        for (int i = 0; i < expected.Length; i++) Golden.Close(expected[i], actual[i], 2e-5, $"{i}");
    }

    [Theory]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    [InlineData("tanh")]
    public void TrainsAsTheReferenceDoes(string kind)
    {
        double[] actual = Train(s_card, kind);
        Golden.Close(Train(Device.Reference, kind), actual, 1e-4);
        Assert.Equal(actual, Train(s_card, kind));
    }

    // The weights after two steps on sequences of different lengths, through two layers in both directions; the second step goes on from
    // the first's states.
    private static double[] Train(Device device, string kind)
    {
        using Device.DeviceSwitch _ = Device.Use(device);
        Generator g = new(5);
        RecurrentLayer layer = kind switch
        {
            "LSTM" => new Lstm(3, 5, g, layers: 2, bidirectional: true),
            "GRU" => new Gru(3, 5, g, layers: 2, bidirectional: true),
            _ => new Rnn(3, 5, g, layers: 2, bidirectional: true),
        };
        Optimizer optimizer = new Adam(layer.Parameters);
        RecurrentState? state = null;
        for (int step = 0; step < 2; step++)
        {
            optimizer.ClearGradients();
            (Tensor y, RecurrentState last) = layer.Run(Tensor.Normal(g, 0, 1, 6, 4, 3), state, [4, 1, 3, 2, 4, 3]);
            (y.Square().Sum() + last.Hidden.Sum()).Backward();
            optimizer.Step();
            state = last.Detach();
        }
        return [.. layer.Parameters.SelectMany(p => p.ToDoubles())];
    }
}
