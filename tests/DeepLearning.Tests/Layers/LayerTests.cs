namespace DeepLearning.Tests.Layers;

public class LayerTests
{
    [Theory]
    [InlineData(3, 0.95)]
    [InlineData(1.75, 0.85)]
    [InlineData(-2, 0.12)]
    [InlineData(0.5, 0.62)]
    public void SigmoidOfTheNotes(double x, double expected) =>
        Assert.Equal(expected, new Sigmoid().Forward(Tensor.Scalar(x)).Item(), 0.005);

    [Fact]
    public void TanhIsAStretchedSigmoid()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor x = Tensor.Linspace(-20, 20, 401);
        Golden.Close((2 * new Sigmoid().Forward(2 * x) - 1).ToDoubles(), new Tanh().Forward(x).ToDoubles(), 1e-14);
    }

    [Fact]
    public void SoftmaxSumsToOneAndIgnoresAShift()
    {
        Tensor z = Tensor.Normal(new Generator(1), 0, 10, 50, 7);
        Tensor p = new Softmax().Forward(z), shifted = new Softmax().Forward(z + 64);
        Golden.Close(Enumerable.Repeat(1.0, 50).ToArray(), p.Sum(1).ToDoubles(), 1e-6);
        Golden.Close(p.ToDoubles(), shifted.ToDoubles(), 1e-5);
    }

    [Fact]
    public void LogSoftmaxIsExactWhereTheProbabilityIsZero()
    {
        Tensor z = Tensor.From(new double[] { 1000, 0, -1000 });
        Assert.Equal([0f, -1000f, -2000f], z.LogSoftmax().ToArray());
        Assert.Equal([1f, 0f, 0f], z.Softmax().ToArray());
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(-1000)]
    public void ExtremeInputsStayFinite(double x)
    {
        foreach (Layer layer in (Layer[])[new Step(), new Identity(), new Sigmoid(), new Tanh(), new Relu(), new LeakyRelu(), new PRelu(),
            new RRelu(new Generator(1)), new Elu(), new Gelu(), new Softplus(), new Softmax(), new Mish(), new Selu(), new Hardswish(),
            new Swish(), new Softsign(), new LogSoftmax()])
        {
            Tensor input = Tensor.Full(x, 1, 3).RequireGradient();
            Tensor y = layer.Forward(input);
            Assert.All(y.ToArray(), v => Assert.True(float.IsFinite(v), $"{layer} of {x} is {v}"));
            Assert.All(Tensor.Gradients(y.Sum(), [input])[0].ToArray(), v => Assert.True(float.IsFinite(v), $"{layer}′ of {x} is {v}"));
        }
    }

    [Fact]
    public void RandomSlopesAreDrawnAnewInTrainingAndMeanInEvaluation()
    {
        RRelu layer = new(new Generator(3), 0.2, 0.4), again = new(new Generator(3), 0.2, 0.4);
        Tensor x = Tensor.From(Enumerable.Range(0, 1000).Select(i => i < 500 ? -1.0 : 1.0).ToArray());
        float[] first = layer.Forward(x).ToArray(), second = layer.Forward(x).ToArray();
        Assert.All(first[..500], v => Assert.InRange(-v, 0.2, 0.4));
        Assert.All(first[500..], v => Assert.Equal(1, v));
        Assert.Equal(0.3, -first[..500].Average(), 0.01);
        Assert.NotEqual(first, second);
        Assert.Equal(first, again.Forward(x).ToArray());
        layer.EvaluationMode();
        Assert.All(layer.Forward(x).ToArray()[..500], v => Assert.Equal(-0.3f, v));
    }

    [Fact]
    public void SequentialNamesItsParametersAndPassesTheModeOn()
    {
        RRelu random = new(new Generator(1));
        Sequential model = new(new Flatten(), new Dense(4, 3, new Generator(1)), random,
            new Sequential(new Dense(3, 2, new Generator(2), bias: false), new PRelu()));
        Assert.Equal(["1.weight", "1.bias", "3.0.weight", "3.1.slope"], model.NamedParameters.Select(p => p.Name));
        Assert.Equal([true, false, true, false], model.Parameters.Select(p => p.IsWeight));
        Assert.Equal(12 + 3 + 6 + 1, model.ParameterCount);
        model.EvaluationMode();
        Assert.False(random.IsTraining);
        model.TrainingMode();
        Assert.True(random.IsTraining);
        Assert.Equal(new Shape(5, 2), model.Forward(Tensor.Ones(5, 2, 2)).Shape);
        Assert.Equal(new Shape(2), model[3].Forward(Tensor.Ones(3)).Shape);
    }

    [Fact]
    public void DescribeThemselves() => Assert.Equal(
        "Sequential(\n  0: Flatten()\n  1: Dense(4→3)\n  2: LeakyRelu(0.01)\n  3: RRelu(0.125, 0.3333)\n  4: Elu(1)\n  5: PRelu(1)\n" +
        "  6: Softmax()\n)",
        new Sequential(new Flatten(), new Dense(4, 3, new Generator(1)), new LeakyRelu(), new RRelu(new Generator(1)), new Elu(),
            new PRelu(), new Softmax()).ToString());

    [Fact]
    public void SoftmaxAlongAnyAxis()
    {
        Tensor z = Tensor.Normal(new Generator(1), 0, 3, 2, 5, 3, 4);
        Golden.Close([.. Enumerable.Repeat(1.0, 24)], new Softmax(1).Forward(z).Sum(1).ToDoubles(), 1e-6);
        Golden.Close(new Softmax(-3).Forward(z).Log().ToDoubles(), new LogSoftmax(1).Forward(z).ToDoubles(), 1e-5);
        Assert.Equal("Softmax(axis 1) LogSoftmax(axis -2) Glu(axis 0)", $"{new Softmax(1)} {new LogSoftmax(-2)} {new Glu(0)}");
    }

    [Fact]
    public void MovesToADeviceWithItsParameters()
    {
        Dense layer = new(2, 2, new Generator(1));
        float[] before = layer.Weight.ToArray();
        layer.To(Device.Reference);
        Assert.Same(Device.Reference, layer.Weight.Device);
        Assert.Equal(before, layer.Weight.ToArray());
        using IDisposable _ = Device.Use(Device.Reference);
        Assert.Same(Device.Reference, layer.Forward(Tensor.Ones(1, 2)).Device);
    }

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "Dense needs 1 or more inputs and outputs, got 0 and 3.", () => _ = new Dense(0, 3, new Generator(1)) },
        { "Dense(784→128) got input [64, 28, 28]; expected [N, 784], flatten it first: new Flatten().",
            () => new Dense(784, 128, new Generator(1)).Forward(Tensor.Zeros(64, 28, 28)) },
        { "Dense(3→2) got input [5, 4]; expected [N, 3].", () => new Dense(3, 2, new Generator(1)).Forward(Tensor.Zeros(5, 4)) },
        { "LeakyRelu needs a slope from 0 to 1, got -0.1.", () => _ = new LeakyRelu(-0.1) },
        { "LeakyRelu needs a slope from 0 to 1, got NaN.", () => _ = new LeakyRelu(double.NaN) },
        { "PRelu needs 1 or more slopes, got 0.", () => _ = new PRelu(0) },
        { "PRelu(3) has a slope for each of 3 channels and needs input [N, 3, …], got [2, 4].",
            () => new PRelu(3).Forward(Tensor.Zeros(2, 4)) },
        { "PRelu(3) has a slope for each of 3 channels and needs input [N, 3, …], got [3].", () => new PRelu(3).Forward(Tensor.Zeros(3)) },
        { "RRelu needs slopes 0 ≤ lower ≤ upper ≤ 1, got 0.5 and 0.1.", () => _ = new RRelu(new Generator(1), 0.5, 0.1) },
        { "Dense(2→3) got null for x; pass a tensor [N, …].", () => new Dense(2, 3, new Generator(1)).Forward(null!) },
        { "RRelu needs a generator of random numbers, got null; pass new Generator(1).", () => _ = new RRelu(null!) },
        { "PRelu needs a finite initial, got NaN.", () => _ = new PRelu(initial: double.NaN) },
        { "Dense needs a generator of random numbers, got null; pass new Generator(1).", () => _ = new Dense(2, 3, null!) },
        { "Dense needs a generator of random numbers, got null; pass new Generator(1).", () => _ = new Dense(2, 3, null!, Init.Zeros) },
        { "Glu halves an axis, axis -1 of [2, 3] has an odd length, 3; give it an even one.", () => new Glu().Forward(Tensor.Zeros(2, 3)) },
        { "Softmax needs an axis, the tensor is a single number.", () => new LogSoftmax().Forward(Tensor.Scalar(1)) },
        { "Elu needs an alpha above 0, got 0.", () => _ = new Elu(0) },
        { "Softmax needs an axis, the tensor is a single number.", () => new Softmax().Forward(Tensor.Scalar(1)) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(mistake).Message);

    [Fact]
    public void PReluByChannelOfImages()
    {
        PRelu layer = new(2);
        layer.Slope.Assign(Tensor.From(new double[] { 0.5, 0.1 }));
        Tensor x = Tensor.From(new double[] { -1, 2, -3, -4, 5, -6, 7, -8 }, 2, 2, 2).RequireGradient();
        Tensor y = layer.Forward(x);
        Golden.Close([-0.5, 2, -0.3, -0.4, 5, -3, 7, -0.8], y.ToDoubles(), 1e-6);
        Golden.Close([-7, -15], Tensor.Gradients(y.Sum(), [layer.Slope])[0].ToDoubles(), 1e-6);
    }
}
