namespace DeepLearning.Tests.Layers;

public class RecurrentLayerTests
{
    private static Tensor Input(int n = 3, int t = 5, int features = 4) => Tensor.Normal(new Generator(9), 0, 1, n, t, features);

    public static TheoryData<string> Kinds => ["Rnn", "Lstm", "Gru"];

    private static RecurrentLayer Make(string kind, int layers = 1, bool bidirectional = false, double dropout = 0) => kind switch
    {
        "Rnn" => new Rnn(4, 6, new Generator(1), layers: layers, bidirectional: bidirectional, dropout: dropout),
        "Lstm" => new Lstm(4, 6, new Generator(1), layers, bidirectional, dropout),
        _ => new Gru(4, 6, new Generator(1), layers, bidirectional, dropout),
    };

    [Theory, MemberData(nameof(Kinds))]
    public void ForwardGivesTheOutputsOfRun(string kind)
    {
        RecurrentLayer layer = Make(kind, 2, bidirectional: true);
        Tensor x = Input();
        (Tensor y, RecurrentState state) = layer.Run(x);
        Assert.Equal(new Shape(3, 5, 12), y.Shape);
        Assert.Equal(new Shape(4, 3, 6), state.Hidden.Shape);
        Assert.Equal(kind == "Lstm" ? new Shape(4, 3, 6) : null, state.Cell?.Shape);
        Assert.Equal(y.ToArray(), layer.Forward(x).ToArray());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void TwoHalvesGiveTheWhole(string kind)
    {
        RecurrentLayer layer = Make(kind, 2);
        Tensor x = Input();
        (Tensor whole, RecurrentState end) = layer.Run(x);
        (Tensor first, RecurrentState middle) = layer.Run(x.Slice(1, 0, 2));
        (Tensor second, RecurrentState last) = layer.Run(x.Slice(1, 2, 3), middle.Detach());
        Golden.Close(whole.ToDoubles(), Tensor.Concatenate(1, first, second).ToDoubles(), 1e-6);
        Golden.Close(end.Hidden.ToDoubles(), last.Hidden.ToDoubles(), 1e-6);
    }

    [Fact]
    public void AGradientReachesThroughAStateUnlessItIsDetached()
    {
        Lstm layer = new(4, 6, new Generator(1));
        Tensor early = Input().RequireGradient(), late = Input();
        RecurrentState state = layer.Run(early).State;
        Assert.True(Norm(layer.Run(late, state)) > 0);
        Assert.Equal(0, Norm(layer.Run(late, state.Detach())));

        double Norm((Tensor Output, RecurrentState State) run) => Tensor.Gradients(run.Output.Sum(), [early])[0].Square().Sum().ToDouble();
    }

    [Fact]
    public void AStateIsCarriedThroughScopes()
    {
        Gru layer = new(4, 6, new Generator(1));
        RecurrentState? state = null;
        for (int i = 0; i < 3; i++)
        {
            using IDisposable _ = Tensor.Scope();
            layer.ClearGradients();
            (Tensor y, RecurrentState next) = layer.Run(Input(), state);
            y.Sum().Backward();
            state = next.Detach().Keep();
        }
        Assert.All(state!.Hidden.ToArray(), value => Assert.InRange(value, -1, 1));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void WhatIsBehindASequencesEndDoesNotMatter(string kind)
    {
        RecurrentLayer layer = Make(kind, 2, bidirectional: true);
        Tensor x = Input();
        int[] lengths = [2, 5, 3];
        (Tensor y, RecurrentState state) = layer.Run(x, null, lengths);
        for (int n = 0; n < 3; n++)
        {
            int length = lengths[n];
            (Tensor alone, RecurrentState aloneState) = layer.Run(x.Slice(0, n, 1).Slice(1, 0, length));
            Golden.Close(alone.ToDoubles(), y.Slice(0, n, 1).Slice(1, 0, length).ToDoubles(), 1e-6);
            Golden.Close(aloneState.Hidden.ToDoubles(), state.Hidden.Slice(1, n, 1).ToDoubles(), 1e-6);
            Assert.All(y.Slice(0, n, 1).Slice(1, length, 5 - length).ToArray(), value => Assert.Equal(0, value));
        }
        Assert.Equal(y.ToArray(), layer.Run(x, null, Tensor.From(lengths)).Output.ToArray());
    }

    [Fact]
    public void DropoutBetweenLayersIsIdleInEvaluation()
    {
        Lstm dropping = new(4, 6, new Generator(1), layers: 2, dropout: 0.5), plain = new(4, 6, new Generator(1), layers: 2);
        Tensor x = Input();
        float[] expected = plain.Forward(x).ToArray(), first = dropping.Forward(x).ToArray();
        Assert.NotEqual(expected, first);
        Assert.NotEqual(first, dropping.Forward(x).ToArray());
        dropping.EvaluationMode();
        Assert.Equal(expected, dropping.Forward(x).ToArray());
    }

    [Fact]
    public void WhatIsDroppedIsKnownAndCanBeRepeated()
    {
        Assert.Empty(Make("Gru", 2).Generators);
        RecurrentLayer dropping = Make("Gru", 2, dropout: 0.5);
        Generator generator = Assert.Single(dropping.Generators);
        ulong position = generator.Position;
        float[] first = dropping.Forward(Input()).ToArray();
        generator.Position = position;
        Assert.Equal(first, dropping.Forward(Input()).ToArray());
    }

    [Fact]
    public void TheStateOfEveryStepHasAGradientWhenUnrolled()
    {
        Rnn layer = new(4, 6, new Generator(1));
        Tensor x = Input();
        List<RecurrentState> states = [];
        for (int t = 0; t < 5; t++) states.Add(layer.Run(x.Slice(1, t, 1), states.LastOrDefault()).State);
        Tensor last = states[^1].Hidden;
        Tensor[] gradients = Tensor.Gradients(last.Sum(), [.. states.Select(state => state.Hidden)]);
        // ∂/∂h of a step: the gradient of the next one times its slopes, through W_hh.
        Tensor next = (gradients[4] * (1 - last.Square())).Reshape(3, 6).MatMul(layer.Parameters.ElementAt(1));
        Golden.Close(next.ToDoubles(), gradients[3].ToDoubles(), 1e-6);
        Assert.True(gradients[0].Square().Sum().ToDouble() is > 0 and < 18);
    }

    [Fact]
    public void FrozenParametersGetNoGradient()
    {
        Lstm layer = new(4, 6, new Generator(1));
        layer.Freeze();
        Tensor x = Input().RequireGradient();
        layer.Forward(x).Sum().Backward();
        Assert.NotNull(x.Gradient);
        Assert.All(layer.Parameters, p => Assert.Null(p.Gradient));
    }

    [Fact]
    public void DropoutOnlyBetweenLayers()
    {
        Gru one = new(4, 6, new Generator(1), dropout: 0.5), plain = new(4, 6, new Generator(1));
        Assert.Equal(plain.Forward(Input()).ToArray(), one.Forward(Input()).ToArray());
    }

    [Fact]
    public void ParametersBeginWithinOneOverRootH()
    {
        Lstm layer = new(100, 64, new Generator(1));
        Assert.All(layer.Parameters, p => Assert.InRange(p.Abs().Max().Item(), 0.1f, 0.125f));
        Lstm remembering = new(100, 64, new Generator(1), forgetBias: 1);
        float[] ih = remembering.Parameters.ElementAt(2).ToArray(), hh = remembering.Parameters.ElementAt(3).ToArray();
        Assert.All(ih[64..128], value => Assert.Equal(1, value));
        Assert.All(hh[64..128], value => Assert.Equal(0, value));
        Assert.Equal(layer.Parameters.ElementAt(2).ToArray()[128..], ih[128..]);
    }

    [Fact]
    public void AnLstmCanBeWatched()
    {
        Lstm layer = new(4, 6, new Generator(1), layers: 2, bidirectional: true);
        Tensor x = Input();
        (Tensor y, RecurrentState state) = layer.Run(x, null, [5, 2, 4]);
        LstmTrace trace = layer.Watch(x, null, [5, 2, 4], layer: 1, reverse: true);
        Golden.Close(y.Slice(2, 6, 6).ToDoubles(), trace.H.ToDoubles(), 1e-7);
        Golden.Close((trace.O * trace.C.Tanh()).ToDoubles(), trace.H.ToDoubles(), 1e-6);
        // Going backward, c at time t comes from t + 1; the last one is at time 0.
        Golden.Close(state.Cell!.Select(0, 3).ToDoubles(), trace.C.Select(1, 0).ToDoubles(), 1e-6);
        Tensor c = trace.F.Slice(1, 0, 4) * trace.C.Slice(1, 1, 4) + trace.I.Slice(1, 0, 4) * trace.G.Slice(1, 0, 4);
        Golden.Close(c.ToDoubles(), trace.C.Slice(1, 0, 4).ToDoubles(), 1e-6);
        Assert.False(trace.C.RequiresGradient);
    }

    [Fact]
    public void AGruCanBeWatched()
    {
        Gru layer = new(4, 6, new Generator(1));
        Tensor x = Input();
        GruTrace trace = layer.Watch(x);
        Golden.Close(layer.Forward(x).ToDoubles(), trace.H.ToDoubles(), 1e-7);
        Tensor z = trace.Z.Slice(1, 1, 4), h = (1 - z) * trace.N.Slice(1, 1, 4) + z * trace.H.Slice(1, 0, 4);
        Golden.Close(h.ToDoubles(), trace.H.Slice(1, 1, 4).ToDoubles(), 1e-6);
    }

    [Fact]
    public void AStepAllocatesNoMoreForALongerSequence()
    {
        Lstm layer = new(4, 16, new Generator(1));
        Assert.Equal(Allocated(4), Allocated(64));

        long Allocated(int steps)
        {
            Tensor x = Input(8, steps);
            for (int i = 0; i < 20; i++) Step();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Step();
            return GC.GetAllocatedBytesForCurrentThread() - before;

            void Step()
            {
                using IDisposable _ = Tensor.Scope();
                layer.ClearGradients();
                layer.Forward(x).Sum().Backward();
            }
        }
    }

    [Fact]
    public void DescribeThemselves() => Assert.Equal(["Rnn(4→6)", "Lstm(4→6, 2 layers, bidirectional, dropout 0.5)", "Gru(4→6, 3 layers)"],
        ((Layer[])[Make("Rnn"), Make("Lstm", 2, true, 0.5), Make("Gru", 3)]).Select(layer => layer.ToString()));

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "Rnn needs a generator of random numbers, got null; pass new Generator(1).", () => _ = new Rnn(2, 3, null!) },
        { "Gru needs a dropout rate from 0 to below 1, got NaN.", () => _ = new Gru(2, 3, new Generator(1), dropout: double.NaN) },
        { "Lstm(4→6) got null for x; pass a tensor [N, T, 4].", () => Make("Lstm").Run(null!) },
        { "Gru(4→6) got null for x; pass a tensor [N, T, 4].", () => Make("Gru").Run(null!, null, [1]) },
        { "Gru needs 1 or more inputs, hidden neurons and layers, got 0, 3 and 1.", () => _ = new Gru(0, 3, new Generator(1)) },
        { "Lstm needs a dropout rate from 0 to below 1, got 1.", () => _ = new Lstm(2, 3, new Generator(1), dropout: 1) },
        { "A forget bias needs a bias; leave out bias: false.", () => _ = new Lstm(2, 3, new Generator(1), bias: false, forgetBias: 1) },
        { "Lstm(4→6) got input [3, 5, 2]; expected [N, T, 4] with T ≥ 1.", () => Make("Lstm").Forward(Input(features: 2)) },
        { "Lstm(4→6) got input [3, 0, 4]; expected [N, T, 4] with T ≥ 1.", () => Make("Lstm").Forward(Tensor.Zeros(3, 0, 4)) },
        { "Lstm(4→6) got input [5, 4]; expected [N, T, 4] with T ≥ 1, for a single sequence Reshape(1, -1, 4).",
            () => Make("Lstm").Run(Tensor.Zeros(5, 4)) },
        { "Gru(4→6) got a hidden state [3, 6]; expected [layers·directions, N, H] = [1, 3, 6].",
            () => Make("Gru").Run(Input(), new RecurrentState(Tensor.Zeros(3, 6))) },
        { "Lstm(4→6, 2 layers) got a cell state [1, 3, 6]; expected [layers·directions, N, H] = [2, 3, 6].",
            () => Make("Lstm", 2).Run(Input(), new RecurrentState(Tensor.Zeros(2, 3, 6), Tensor.Zeros(1, 3, 6))) },
        { "Lstm(4→6) got a state without a cell; an LSTM's has h and c.",
            () => Make("Lstm").Run(Input(), new RecurrentState(Tensor.Zeros(1, 3, 6))) },
        { "Rnn(4→6) got a state with a cell; only an LSTM's has one.",
            () => Make("Rnn").Run(Input(), new RecurrentState(Tensor.Zeros(1, 3, 6), Tensor.Zeros(1, 3, 6))) },
        { "Lstm(4→6) got lengths [2] for 3 sequences; expected [3].", () => Make("Lstm").Run(Input(), null, [1, 2]) },
        { "Lstm(4→6) got length 6 for sequence 1; expected a whole number from 1 to 5.", () => Make("Lstm").Run(Input(), null, [1, 6, 2]) },
        { "Lstm(4→6) got length 0 for sequence 0; expected a whole number from 1 to 5.", () => Make("Lstm").Run(Input(), null, [0, 6, 2]) },
        { "Lstm(4→6) got length 2.5 for sequence 2; expected a whole number from 1 to 5.",
            () => Make("Lstm").Run(Input(), null, Tensor.From([1, 5, 2.5])) },
        { "Lstm(4→6) is on cpu and got input on reference; move one of them with To(…).",
            () => Make("Lstm").Forward(Input().To(Device.Reference)) },
        { "Lstm(4→6) has no layer 1.", () => new Lstm(4, 6, new Generator(1)).Watch(Input(), layer: 1) },
        { "Gru(4→6) has no backward layer 0.", () => new Gru(4, 6, new Generator(1)).Watch(Input(), reverse: true) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(mistake).Message);
}
