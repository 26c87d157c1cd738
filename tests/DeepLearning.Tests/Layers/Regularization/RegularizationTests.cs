namespace DeepLearning.Tests.Layers.Regularization;

public class RegularizationTests
{
    private static Tensor Tokens() => Tensor.From([3, 0, 1, 1, 4, 1], 2, 3);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.2)]
    public void DropoutKeepsTheMeanAndDropsItsShare(double rate)
    {
        Dropout layer = new(rate, new Generator(1));
        Tensor x = Tensor.Ones(200, 500);
        float[] y = layer.Forward(x).ToArray(), again = layer.Forward(x).ToArray();
        Assert.Equal(rate, y.Count(v => v == 0) / 1e5, 0.01);
        Assert.All(y, v => Assert.True(v == 0 || Math.Abs(v - 1 / (1 - rate)) < 1e-6));
        Assert.Equal(1, y.Average(), 0.015);
        Assert.NotEqual(y, again);
        Assert.Equal(y, new Dropout(rate, new Generator(1)).Forward(x).ToArray());
        layer.EvaluationMode();
        Assert.Equal(x.ToArray(), layer.Forward(x).ToArray());
    }

    [Fact]
    public void ScaledAtTestIsTheOriginalRule()
    {
        Dropout layer = new(0.25, new Generator(1), scaleAtTest: true);
        Tensor x = Tensor.Full(4, 100, 100);
        Assert.All(layer.Forward(x).ToArray(), v => Assert.True(v is 0 or 4));
        layer.EvaluationMode();
        Assert.All(layer.Forward(x).ToArray(), v => Assert.Equal(3, v, 1e-6));
    }

    [Fact]
    public void TheGradientPassesWhereTheNumberDid()
    {
        Tensor x = Tensor.Normal(new Generator(2), 0, 1, 6, 7).RequireGradient();
        Tensor y = new Dropout(0.4, new Generator(1)).Forward(x);
        float[] slopes = Tensor.Gradients(y.Sum(), [x])[0].ToArray();
        Golden.Close([.. y.ToDoubles()], [.. slopes.Zip(x.ToArray(), (slope, v) => (double)slope * v)], 1e-6);
        Assert.Contains(0, slopes);
    }

    [Fact]
    public void Dropout2dDropsWholeChannels()
    {
        Dropout2d layer = new(0.5, new Generator(1));
        float[] y = layer.Forward(Tensor.Ones(40, 50, 3, 3)).ToArray();
        foreach (float[] channel in y.Chunk(9)) Assert.All(channel, v => Assert.Equal(channel[0], v));
        Assert.Equal(1, y.Average(), 0.1);
        layer.EvaluationMode();
        Assert.All(layer.Forward(Tensor.Ones(2, 3, 4, 4)).ToArray(), v => Assert.Equal(1, v));
    }

    private static readonly Dictionary<string, Func<Layer>> s_layers = new()
    {
        ["Dropout"] = () => new Dropout(0.3, new Generator(1)),
        ["Dropout, scaled at test"] = () => new Dropout(0.3, new Generator(1), scaleAtTest: true),
        ["Dropout2d"] = () => new Sequential(new Reshape(4, 1, 1), new Dropout2d(0.3, new Generator(1))),
        ["RRelu"] = () => new RRelu(new Generator(1)),
        ["GradientReversal twice"] = () => new Sequential(new GradientReversal(0.5), new Lambda(x => x.Sin()), new GradientReversal(2)),
        ["Residual"] = () => new Residual(new Sequential(new Dense(4, 4, new Generator(1)), new Tanh())),
        ["Residual with a shortcut"] = () =>
            new Residual(new Dense(4, 2, new Generator(1)), new Dense(4, 2, new Generator(2), bias: false)),
        ["Reshape"] = () => new Sequential(new Reshape(2, -1), new Flatten(), new Dense(4, 2, new Generator(1))),
        ["Lambda"] = () => new Lambda(x => x.Square() + x.Sin()),
        ["Embedding"] = () => new Residual(new Lambda(x => x),
            new Sequential(new Lambda(x => Tensor.From([1, 0, 2])), new Embedding(3, 4, new Generator(1)))),
    };

    public static TheoryData<string> Names => [.. s_layers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Gradients(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor x = Tensor.Normal(new Generator(5), 0, 1.5, 3, 4).RequireGradient();
        Layer first = s_layers[name]();
        Tensor weights = Tensor.Normal(new Generator(6), 0, 1, first.Forward(x).Shape.Dims);
        Parameter[] parameters = [.. first.Parameters];
        // A layer without parameters is made anew each time, so that it drops the same numbers.
        GradientCheck check = GradientCheck.Run(
            () => ((parameters.Length == 0 ? s_layers[name]() : first).Forward(x).Square() * weights).Sum(), [x, .. parameters]);
        Assert.True(check.Passed, check.ToString());
    }

    [Fact]
    public void AnEmbeddingIsADenseLayerOfOneHotVectors()
    {
        Embedding layer = new(5, 4, new Generator(1));
        Tensor y = layer.Forward(Tokens());
        Assert.Equal(new Shape(2, 3, 4), y.Shape);
        Golden.Close(Tensor.OneHot(Tokens().Reshape(6), 5).MatMul(layer.Weight).ToDoubles(), y.ToDoubles(), 1e-6);
        Assert.Equal(new Shape(4), layer.Forward(Tensor.Scalar(2)).Shape);
    }

    [Fact]
    public void ThePaddingTokenStays0()
    {
        Embedding layer = new(5, 4, new Generator(1), padding: 1);
        Assert.Equal(new float[4], layer.Forward(Tensor.From([1])).ToArray());
        Sgd sgd = new(layer.Parameters, 0.1);
        sgd.Step(() => (layer.Forward(Tokens()) + 1).Square().Sum());
        Assert.Equal(new float[4], layer.Forward(Tensor.From([1])).ToArray());
    }

    [Fact]
    public void GradientReversalIsTheIdentityWhoseStrengthMayChange()
    {
        GradientReversal layer = new();
        Tensor x = Tensor.From([1.0, -2, 3]).RequireGradient();
        Assert.Equal(x.ToArray(), layer.Forward(x).ToArray());
        Assert.Equal([-2f, 4, -6], Tensor.Gradients(layer.Forward(x).Square().Sum(), [x])[0].ToArray());
        layer.Strength = 0.5;
        Assert.Equal([-1f, 2, -3], Tensor.Gradients(layer.Forward(x).Square().Sum(), [x])[0].ToArray());
    }

    [Fact]
    public void DescribeThemselvesAndNameTheirParts()
    {
        Residual block = new(new Dense(4, 2, new Generator(1), bias: false), new Dense(4, 2, new Generator(2)));
        Assert.Equal(["layer.weight", "shortcut.weight", "shortcut.bias"], block.NamedParameters.Select(p => p.Name));
        Assert.Equal(
            "Residual(Dense(4→2), Dense(4→2))|Dropout(0.5)|Dropout(0.5, scaled at test)|Dropout2d(0.1)|Reshape(1, " +
            "-1)|square|Embedding(5→4)|GradientReversal(1)",
            string.Join('|', (Layer[])[block, new Dropout(0.5, new Generator(1)), new Dropout(0.5, new Generator(1), true),
                new Dropout2d(0.1, new Generator(1)), new Reshape(1, -1), new Lambda(x => x, "square"),
                new Embedding(5, 4, new Generator(1)), new GradientReversal()]));
    }

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "Dropout needs a dropout rate from 0 to below 1, got NaN.", () => _ = new Dropout(double.NaN, new Generator(1)) },
        { "Dropout2d needs a dropout rate from 0 to below 1, got Infinity.",
            () => _ = new Dropout2d(double.PositiveInfinity, new Generator(1)) },
        { "Dropout needs a generator of random numbers, got null; pass new Generator(1).", () => _ = new Dropout(0.5, null!) },
        { "Dropout2d needs a generator of random numbers, got null; pass new Generator(1).", () => _ = new Dropout2d(0.5, null!) },
        { "Embedding needs a generator of random numbers, got null; pass new Generator(1).", () => _ = new Embedding(3, 4, null!) },
        { "GradientReversal needs a finite strength, got NaN.", () => _ = new GradientReversal(double.NaN) },
        { "GradientReversal needs a finite strength, got Infinity.", () => new GradientReversal().Strength = double.PositiveInfinity },
        { "Residual wraps a layer and got null; pass one, such as new Relu().", () => _ = new Residual(null!) },
        { "Lambda got no function; pass one of tensors, such as x => x.Square().", () => _ = new Lambda(null!) },
        { "A tensor holds at most", () => _ = new Reshape(65536, 65536, 65536, 65536, -1) },
        { "Reshape got no shape; pass the lengths of a sample's axes, such as 1, 28, 28.", () => _ = new Reshape(null!) },
        { "Dropout needs a dropout rate from 0 to below 1, got 1.", () => _ = new Dropout(1, new Generator(1)) },
        { "Dropout2d needs a dropout rate from 0 to below 1, got -0.1.", () => _ = new Dropout2d(-0.1, new Generator(1)) },
        { "Dropout2d(0.5) got input [2, 3]; expected images [N, C, H, W].",
            () => new Dropout2d(0.5, new Generator(1)).Forward(Tensor.Zeros(2, 3)) },
        { "Embedding needs 1 or more tokens and features, got 0 and 4.", () => _ = new Embedding(0, 4, new Generator(1)) },
        { "Embedding has the tokens 0 to 2, got 3 for padding.", () => _ = new Embedding(3, 4, new Generator(1), 3) },
        { "An index must be a whole number from 0 to 2, got 3", () => new Embedding(3, 4, new Generator(1)).Forward(Tensor.From([0, 3])) },
        { "Reshape(2, 3) got input [5, 4], 4 numbers a sample; expected 6.", () => new Reshape(2, 3).Forward(Tensor.Zeros(5, 4)) },
        { "Reshape(3, -1) got input [5, 4], 4 numbers a sample; expected a multiple of 3.",
            () => new Reshape(3, -1).Forward(Tensor.Zeros(5, 4)) },
        { "Residual(Dense(3→2)) got [5, 2] from its layer and [5, 3] around it; give it a shortcut that makes [5, 2] of [5, 3].",
            () => new Residual(new Dense(3, 2, new Generator(1))).Forward(Tensor.Zeros(5, 3)) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(mistake).Message);
}
