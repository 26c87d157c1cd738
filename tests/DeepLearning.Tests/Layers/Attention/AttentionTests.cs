namespace DeepLearning.Tests.Layers.Attentions;

public class AttentionTests
{
    private static Generator New(ulong seed = 1) => new(seed);

    private static Tensor X(int n, int t, int d, ulong seed = 5) => Tensor.Normal(New(seed), 0, 1, n, t, d);

    private static readonly Dictionary<string, (Func<Layer> Layer, Func<Layer, Tensor, Tensor> Call)> s_layers = new()
    {
        ["self-attention"] = (() => new MultiHeadAttention(4, 2, New()), (m, x) => m.Forward(x)),
        ["causal"] = (() => new MultiHeadAttention(4, 2, New()), (m, x) => ((MultiHeadAttention)m).Attend(x, x, x, causal: true)),
        ["mask and padding"] = (() => new MultiHeadAttention(4, 2, New()),
            (m, x) => ((MultiHeadAttention)m).Attend(x, x, x, Attention.CausalMask(3), Tensor.From([0, 0, 1, 0, 1, 0], 2, 3))),
        ["cross-attention"] = (() => new MultiHeadAttention(4, 2, New()),
            (m, x) => ((MultiHeadAttention)m).Attend(x, x.Slice(1, 0, 2), x.Slice(1, 1, 2))),
        ["shared memory"] = (() => new MultiHeadAttention(4, 1, New(), bias: false), (m, x) =>
        {
            Tensor memory = x.Slice(1, 0, 2);
            return ((MultiHeadAttention)m).Attend(x, memory, memory);
        }),
        ["with weights"] = (() => new MultiHeadAttention(4, 2, New()), (m, x) =>
        {
            (Tensor y, Tensor weights) = ((MultiHeadAttention)m).AttendWithWeights(x, x, x);
            return y + weights.Square().Sum();
        }),
        ["encoder layer"] = (() => new TransformerEncoderLayer(4, 2, 5, New(), 0, new Gelu()), (m, x) => m.Forward(x)),
        ["decoder layer"] = (() => new TransformerDecoderLayer(4, 2, 5, New(), 0, new Tanh(), normFirst: true),
            (m, x) => ((TransformerDecoderLayer)m).Decode(x, x * 0.5)),
        ["encoder"] = (() => new TransformerEncoder(2, 4, 2, 5, New(), 0, new Tanh()), (m, x) => m.Forward(x)),
        ["decoder"] = (() => new TransformerDecoder(2, 4, 2, 5, New(), 0, new Tanh(), normFirst: true),
            (m, x) => ((TransformerDecoder)m).Decode(x, x * 0.5)),
        ["positional encoding"] = (() => new PositionalEncoding(4), (m, x) => m.Forward(x)),
        ["learned positions"] = (() => new LearnedPositions(5, 4, New()), (m, x) => m.Forward(x)),
    };

    public static TheoryData<string> Names => [.. s_layers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Gradients(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Layer layer = FilledGolden.Fill(s_layers[name].Layer());
        Tensor x = X(2, 3, 4).RequireGradient(), weights = Tensor.Normal(New(6), 0, 1, 2, 3, 4);
        GradientCheck check = GradientCheck.Run(() => (s_layers[name].Call(layer, x) * weights).Sum(), [x, .. layer.Parameters]);
        Assert.True(check.Passed, check.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void GradientsOfGradients(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Layer layer = FilledGolden.Fill(s_layers[name].Layer());
        Tensor x = X(2, 3, 4).RequireGradient(), weights = Tensor.Normal(New(6), 0, 1, 2, 3, 4);
        Tensor Of(Tensor at) => (s_layers[name].Call(layer, at).Square() * weights).Sum();
        GradientCheck check = GradientCheck.Run(() =>
        {
            using IDisposable _ = Tensor.Recording(on: true);
            return Tensor.Gradients(Of(x), [x], keepGraph: true)[0].Square().Sum();
        }, [x, .. layer.Parameters.Take(1)], tolerance: 1e-5);
        Assert.True(check.Passed, check.ToString());
        Tensor[] with = [x, .. layer.Parameters], fused = Tensor.Gradients(Of(x), with),
            composed = Tensor.Gradients(Of(x), with, keepGraph: true);
        foreach ((Tensor a, Tensor b) in fused.Zip(composed)) Golden.Close(a.ToDoubles(), b.ToDoubles(), 1e-11);
    }

    [Fact]
    public void AMaskMayBeLearned()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        MultiHeadAttention layer = new(4, 2, New());
        Tensor x = X(2, 3, 4), mask = Tensor.Normal(New(3), 0, 1, 2, 3, 3).RequireGradient();
        GradientCheck check = GradientCheck.Run(() => layer.Attend(x, x, x, mask).Square().Sum(), [mask]);
        Assert.True(check.Passed, check.ToString());
        Golden.Close(layer.Attend(x, x, x, mask).ToDoubles(), layer.Attend(x, x, x, mask.Detach()).ToDoubles(), 1e-12);
    }

    [Fact]
    public void WeightsOfEveryQuerySumToOneAndTheOutputIsTheSame()
    {
        MultiHeadAttention layer = new(8, 4, New());
        Tensor x = X(3, 5, 8), memory = X(3, 6, 8, 7),
            padding = Tensor.From([.. Enumerable.Range(0, 18).Select(i => i % 6 > 3 ? 1.0 : 0)], 3, 6);
        (Tensor y, Tensor weights) = layer.AttendWithWeights(x, memory, memory, keyPadding: padding);
        Assert.Equal(new Shape(3, 4, 5, 6), weights.Shape);
        Golden.Close([.. Enumerable.Repeat(1.0, 60)], weights.Sum(-1).ToDoubles(), 1e-6);
        Golden.Close(new double[120], weights.Slice(3, 4, 2).ToDoubles(), 0);
        Golden.Close(y.ToDoubles(), layer.Attend(x, memory, memory, keyPadding: padding).ToDoubles(), 1e-5);
    }

    [Fact]
    public void CausalMeansNoLookAhead()
    {
        TransformerEncoder layer = new(2, 8, 2, 16, New(), dropout: 0, causal: true);
        Tensor x = X(2, 6, 8), changed = Tensor.Concatenate(1, x.Slice(1, 0, 4), X(2, 2, 8, 9));
        Golden.Close(layer.Forward(x).Slice(1, 0, 4).ToDoubles(), layer.Forward(changed).Slice(1, 0, 4).ToDoubles(), 1e-6);
        Assert.NotEqual(layer.Forward(x).Slice(1, 4, 2).ToArray(), layer.Forward(changed).Slice(1, 4, 2).ToArray());
    }

    [Fact]
    public void ADecoderSeesItsPastAndWhatIsNotPaddingOfTheMemory()
    {
        TransformerDecoder layer = new(2, 8, 2, 16, New(), dropout: 0);
        Tensor x = X(2, 6, 8), memory = X(2, 3, 8, 7), y = layer.Decode(x, memory);
        Tensor changed = Tensor.Concatenate(1, x.Slice(1, 0, 4), X(2, 2, 8, 9)), padded = Tensor.Concatenate(1, memory, X(2, 2, 8, 3));
        Tensor padding = Tensor.From([0, 0, 0, 1, 1, 0, 0, 0, 1, 1], 2, 5);
        Golden.Close(y.Slice(1, 0, 4).ToDoubles(), layer.Decode(changed, memory).Slice(1, 0, 4).ToDoubles(), 1e-5);
        Golden.Close(y.ToDoubles(), layer.Decode(x, padded, memoryPadding: padding).ToDoubles(), 1e-5);
        Assert.NotEqual(y.ToArray(), layer.Decode(x, memory, causal: false).ToArray());
        Assert.NotEqual(y.ToArray(), layer.Decode(x, padded).ToArray());
    }

    [Fact]
    public void AStackIsItsBlocksOneAfterAnother()
    {
        TransformerDecoder decoder = new(2, 8, 2, 16, New(), dropout: 0);
        TransformerEncoder encoder = new(2, 8, 2, 16, New(), dropout: 0);
        Tensor x = X(2, 4, 8), memory = X(2, 3, 8, 7);
        Tensor mask = Attention.CausalMask(4), padding = Tensor.From([0, 0, 0, 1, 0, 0, 1, 1], 2, 4);
        Tensor decoded = decoder.Layers.Aggregate(x, (y, layer) => layer.Decode(y, memory, padding: padding));
        Golden.Close(decoded.ToDoubles(), decoder.Decode(x, memory, padding: padding).ToDoubles(), 1e-6);
        Tensor encoded = encoder.Layers.Aggregate(x, (y, layer) => layer.Encode(y, mask, padding));
        Golden.Close(encoded.ToDoubles(), encoder.Encode(x, mask, padding).ToDoubles(), 1e-6);
    }

    [Fact]
    public void WithoutPositionsTheOrderDoesNotMatter()
    {
        TransformerEncoder layer = new(2, 8, 2, 16, New(), dropout: 0, activation: new Gelu(), normFirst: true);
        Tensor x = X(2, 5, 8);
        Golden.Close(layer.Forward(x).Flip(1).ToDoubles(), layer.Forward(x.Flip(1)).ToDoubles(), 1e-5);
        Sequential placed = new(new PositionalEncoding(8), layer);
        Assert.NotEqual(placed.Forward(x).Flip(1).ToArray()[0], placed.Forward(x.Flip(1)).ToArray()[0], 1e-3f);
    }

    [Fact]
    public void PaddingChangesNothingForTheOthers()
    {
        TransformerEncoder layer = new(2, 8, 2, 16, New(), dropout: 0);
        Tensor x = X(1, 5, 8), padded = Tensor.Concatenate(1, x, X(1, 3, 8, 9)), padding = Tensor.From([0, 0, 0, 0, 0, 1, 1, 1], 1, 8);
        Golden.Close(layer.Forward(x).ToDoubles(), layer.Encode(padded, padding: padding).Slice(1, 0, 5).ToDoubles(), 1e-5);
    }

    [Fact]
    public void DropoutActsInTrainingOnly()
    {
        TransformerEncoderLayer layer = new(8, 2, 16, New(), dropout: 0.3);
        Tensor x = X(2, 5, 8);
        Assert.NotEqual(layer.Forward(x).ToArray(), layer.Forward(x).ToArray());
        layer.EvaluationMode();
        Assert.Equal(layer.Forward(x).ToArray(), layer.Forward(x).ToArray());
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor z = X(2, 3, 8).RequireGradient();
        GradientCheck check = GradientCheck.Run(() => Repeat().Forward(z).Square().Sum(), [z]);
        Assert.True(check.Passed, check.ToString());

        MultiHeadAttention Repeat() => new(8, 2, New(), dropout: 0.5);
    }

    [Fact]
    public void ScaledDotProductAttendsToTheBestKey()
    {
        Tensor key = 100 * Tensor.Identity(3), value = Tensor.From([1.0, 2, 3], 3, 1);
        Golden.Close([2, 3], Attention.ScaledDotProduct(Tensor.From([0.0, 1, 0, 0, 0, 1], 2, 3), key, value).ToDoubles(), 1e-6);
        Golden.Close([1, 1.5], Attention.ScaledDotProduct(Tensor.Zeros(2, 3), key, value, causal: true).ToDoubles(), 1e-6);
    }

    [Fact]
    public void HooksSeeAttentionOnceWhicheverWayItIsCalled()
    {
        TransformerEncoder model = new(1, 4, 2, 8, New(), dropout: 0);
        List<string> seen = [];
        foreach (Layer layer in (Layer[])[model, model.Layers[0], model.Layers[0].SelfAttention])
            layer.OnForward((which, x, y) => seen.Add($"{which.GetType().Name} {x.Shape} {y.Shape}"));
        string[] expected = [.. new[] { "MultiHeadAttention", "TransformerEncoderLayer", "TransformerEncoder" }
            .Select(name => $"{name} [2, 3, 4] [2, 3, 4]")];
        model.Forward(X(2, 3, 4));
        Assert.Equal(expected, seen);
        seen.Clear();
        model.Encode(X(2, 3, 4), Attention.CausalMask(3));
        Assert.Equal(expected, seen);
    }

    /// <summary>
    /// For T = 3 and D = 4: projections 3·3·4·4, scores and means 2·3·3·4, the last projection 3·4·4, and 2·(3·4·8) behind it.
    /// </summary>
    [Fact]
    public void SummaryCountsItsMultiplications()
    {
        TransformerEncoder model = new(1, 4, 2, 8, New());
        ModelSummary summary = model.Summary(3, 4);
        Assert.Equal(144 + 72 + 48 + 192, summary.MultiplyAdds);
        Assert.Equal(60 + 20 + 40 + 36 + 8 + 8, summary.ParameterCount);
        Assert.Contains("3×3×4×4 + 2×3×3×4", summary.ToString());
    }

    [Fact]
    public void ParametersAreNamedAsPyTorchNamesThem()
    {
        Assert.Equal(["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"],
            new MultiHeadAttention(4, 2, New()).NamedParameters.Select(p => p.Name));
        string[] layer = [.. new TransformerDecoderLayer(4, 2, 5, New()).NamedParameters.Select(p => p.Name)];
        Assert.Equal(18, layer.Length);
        Assert.Contains("multihead_attn.out_proj.bias", layer);
        Assert.Contains("norm3.weight", layer);
        string[] decoder = [.. new TransformerDecoder(2, 4, 2, 5, New(), normFirst: true).NamedParameters.Select(p => p.Name)];
        Assert.Equal((38, "layers.0.self_attn.in_proj_weight", "layers.1.norm3.bias", "norm.bias"),
            (decoder.Length, decoder[0], decoder[^3], decoder[^1]));
        Assert.Contains("layers.1.linear2.bias", new TransformerEncoder(2, 4, 2, 5, New(), norm: true).NamedParameters.Select(p => p.Name));
        Assert.Equal("TransformerEncoder(2 × TransformerEncoderLayer(4, 2 heads, 5 hidden))",
            new TransformerEncoder(2, 4, 2, 5, New()).ToString());
    }

    [Fact]
    public void SurvivesAScopeAndLearns()
    {
        // Which of the tokens 0 … 4 came first?
        Generator generator = New(3);
        Sequential model = new(new Embedding(5, 16, New()), new PositionalEncoding(16),
            new TransformerEncoder(1, 16, 2, 32, New(2), dropout: 0),
            new Lambda(x => x.Select(1, 3)), new Dense(16, 5, New(4)));
        Adam adam = new(model.Parameters, 0.003);
        SparseCategoricalCrossEntropy loss = new(fromLogits: true);
        double first = 0, last = 0;
        for (int step = 0; step < 300; step++)
        {
            using IDisposable _ = Tensor.Scope();
            int[] tokens = [.. Enumerable.Range(0, 32 * 4).Select(_ => generator.Integer(5))];
            Tensor labels = Tensor.From([.. tokens.Chunk(4).Select(t => t[0])]);
            last = adam.Step(() => loss.Forward(model.Forward(Tensor.From(tokens, 32, 4)), labels)).ToDouble();
            if (step == 0) first = last;
        }
        Assert.True(first > 1.2 && last < 0.3, $"The loss went from {first} to {last}.");
    }

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "MultiHeadAttention needs features that can be shared out equally to the heads, got 5 features and 2 heads.",
            () => _ = new MultiHeadAttention(5, 2, New()) },
        { "MultiHeadAttention needs a dropout rate from 0 to below 1, got 1.", () => _ = new MultiHeadAttention(4, 2, New(), 1) },
        { "MultiHeadAttention(4, 2 heads) got input [3, 4]; expected [N, T, 4].",
            () => new MultiHeadAttention(4, 2, New()).Forward(Tensor.Zeros(3, 4)) },
        { "MultiHeadAttention(4, 2 heads) got query [2, 3, 4], key [3, 3, 4] and value [3, 3, 4]; expected [N, T, 4] and twice [N, S, 4].",
            () => new MultiHeadAttention(4, 2, New()).Attend(Tensor.Zeros(2, 3, 4), Tensor.Zeros(3, 3, 4), Tensor.Zeros(3, 3, 4)) },
        { "Key padding is told for every key of [2, 3, 4], [N, S]; got [2, 4].",
            () => new MultiHeadAttention(4, 2, New())
                .Attend(Tensor.Zeros(2, 3, 4), Tensor.Zeros(2, 3, 4), Tensor.Zeros(2, 3, 4), keyPadding: Tensor.Zeros(2, 4)) },
        { "An attention mask must stretch to the scores [2, 2, 3, 3] (samples, heads, queries, keys), got [4, 4].",
            () => new MultiHeadAttention(4, 2, New())
                .Attend(Tensor.Zeros(2, 3, 4), Tensor.Zeros(2, 3, 4), Tensor.Zeros(2, 3, 4), Attention.CausalMask(4)) },
        { "Attention needs queries […, T, d] and keys […, S, d] with the same d, got [2, 3] and [2, 4].",
            () => Attention.ScaledDotProduct(Tensor.Zeros(2, 3), Tensor.Zeros(2, 4), Tensor.Zeros(2, 4)) },
        { "Attention scores have the axes [queries, keys] and up to two before them, got [3].", () => Tensor.Zeros(3).AttentionWeights(1) },
        { "Padding is told for every key of every sample, [N, S]; got [3].", () => Attention.PaddingMask(Tensor.Zeros(3)) },
        { "Padding is 1 where a key is padding, else 0; got 0.5 for key 1 of sample 1.",
            () => Attention.PaddingMask(Tensor.From([0, 1, 0, 1, 0.5, 0], 2, 3)) },
        { "Padding is 1 where a key is padding, else 0; got -1 for key 2 of sample 0.",
            () => new MultiHeadAttention(4, 2, New())
                .Attend(X(2, 3, 4), X(2, 3, 4), X(2, 3, 4), keyPadding: Tensor.From([0.0, 1, -1, 1, 0, 0], 2, 3)) },
        { "Padding is 1 where a key is padding, else 0; got NaN for key 0 of sample 0.",
            () => new TransformerEncoder(1, 4, 2, 8, New()).Encode(X(1, 2, 4), padding: Tensor.From([double.NaN, 1], 1, 2)) },
        { "Attention got null for query; pass a tensor […, T, d].", () => Attention.ScaledDotProduct(null!, X(2, 3, 4), X(2, 3, 4)) },
        { "Attention got null for key; pass a tensor […, S, d].", () => Attention.Weights(X(2, 3, 4), null!) },
        { "Attention got null for value; pass a tensor […, S, e].", () => Attention.ScaledDotProduct(X(2, 3, 4), X(2, 3, 4), null!) },
        { "A causal mask is for 0 to 46340 positions, got -1.", () => Attention.CausalMask(-1) },
        { "MultiHeadAttention(4, 2 heads) got null for key; pass a tensor [N, S, 4].",
            () => new MultiHeadAttention(4, 2, New()).Attend(X(2, 3, 4), null!, X(2, 3, 4)) },
        { "MultiHeadAttention needs a generator of random numbers, got null; pass new Generator(1).",
            () => _ = new MultiHeadAttention(4, 2, null!) },
        { "MultiHeadAttention needs a generator of random numbers, got null; pass new Generator(1).",
            () => _ = new TransformerDecoder(1, 4, 2, 8, null!) },
        { "LearnedPositions needs a generator of random numbers, got null; pass new Generator(1).",
            () => _ = new LearnedPositions(4, 2, null!) },
        { "TransformerEncoderLayer(4, 2 heads, 8 hidden) got null for x; pass a tensor [N, T, D].",
            () => new TransformerEncoderLayer(4, 2, 8, New()).Encode(null!) },
        { "TransformerDecoderLayer(4, 2 heads, 8 hidden) got null for memory; pass a tensor [N, S, D].",
            () => new TransformerDecoderLayer(4, 2, 8, New()).Decode(X(2, 3, 4), null!) },
        { "A transformer's feed-forward part needs 1 or more hidden, got 0.", () => _ = new TransformerEncoderLayer(4, 2, 0, New()) },
        { "TransformerDecoder needs 1 or more layers, got -1.", () => _ = new TransformerDecoder(-1, 4, 2, 8, New()) },
        { "TransformerDecoder(1 × TransformerDecoderLayer(4, 2 heads, 8 hidden)) needs a memory beside its input: call Decode(x, memory).",
            () => new TransformerDecoder(1, 4, 2, 8, New()).Forward(X(2, 3, 4)) },
        { "PositionalEncoding needs 1 or more features, got 0.", () => _ = new PositionalEncoding(0) },
        { "PositionalEncoding(4) got input [2, 4]; expected [N, T, 4].", () => new PositionalEncoding(4).Forward(Tensor.Zeros(2, 4)) },
        { "LearnedPositions needs 1 or more positions and features, got 0 and 4.", () => _ = new LearnedPositions(0, 4, New()) },
        { "LearnedPositions(5, 4) got input [2, 6, 4]; expected [N, T, 4] with T at most 5.",
            () => new LearnedPositions(5, 4, New()).Forward(Tensor.Zeros(2, 6, 4)) },
        { "TransformerEncoder needs 1 or more layers, got 0.", () => _ = new TransformerEncoder(0, 4, 2, 8, New()) },
        { "TransformerDecoderLayer(4, 2 heads, 8 hidden) needs a memory beside its input: call Decode(x, memory).",
            () => new TransformerDecoderLayer(4, 2, 8, New()).Forward(Tensor.Zeros(2, 3, 4)) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(mistake).Message);
}
