namespace DeepLearning.Tests;

public class InitializerTests
{
    private static readonly Shape s_weights = [400, 600];

    [Fact]
    public void ConstantsAreConstant()
    {
        Assert.All(Init.Zeros.Create([3, 2], new Generator(1)).ToArray(), w => Assert.Equal(0, w));
        Assert.All(Init.Ones.Create([3], new Generator(1)).ToArray(), w => Assert.Equal(1, w));
        Assert.All(Init.Constant(0.25).Create([2, 2, 2], new Generator(1)).ToArray(), w => Assert.Equal(0.25f, w));
    }

    // nn.init._calculate_fan_in_and_fan_out(torch.empty(16, 3, 5, 5)) = (75, 400), of torch.empty(30, 20) = (20, 30)
    [Fact]
    public void FansCountTheConnectionsOfANode()
    {
        Assert.Equal((75, 400), Initializer.Fans([16, 3, 5, 5]));
        Assert.Equal((20, 30), Initializer.Fans([30, 20]));
    }

    // [nn.init.calculate_gain(n) for n in ('linear', 'sigmoid', 'tanh', 'relu')], nn.init.calculate_gain('leaky_relu', 0.1)
    [Fact]
    public void GainsAreThoseOfPyTorch()
    {
        Assert.Equal([1, 1, 1.6666666666666667, 1.4142135623730951], [Gain.Linear, Gain.Sigmoid, Gain.Tanh, Gain.Relu]);
        Assert.Equal(1.4071950894605838, Gain.LeakyRelu(0.1), 1e-15);
    }

    // nn.init.xavier_uniform_: bound = gain·√3·√(2/(fan_in + fan_out)); nn.init.kaiming_uniform_: bound = gain·√3/√fan_in
    public static TheoryData<string, double> Bounds => new()
    {
        { "uniform", 0.3 },
        { "Xavier", Math.Sqrt(6.0 / 1000) },
        { "Xavier n_in", Math.Sqrt(6.0 / 600) },
        { "Xavier tanh", 5.0 / 3 * Math.Sqrt(6.0 / 1000) },
        { "He", Math.Sqrt(6.0 / 600) },
        { "He leaky", 1.4071950894605838 * Math.Sqrt(3.0 / 600) },
    };

    [Theory, MemberData(nameof(Bounds))]
    public void UniformWeightsFillTheirBounds(string name, double bound)
    {
        Initializer initializer = name switch
        {
            "uniform" => Init.Uniform(-0.3, 0.3),
            "Xavier" => Init.XavierUniform(),
            "Xavier n_in" => Init.XavierUniform(XavierFan.In),
            "Xavier tanh" => Init.XavierUniform(gain: Gain.Tanh),
            "He" => Init.HeUniform,
            _ => new HeUniform(negativeSlope: 0.1),
        };
        double[] w = initializer.Create(s_weights, new Generator(3)).ToDoubles();
        Assert.InRange(w.Max(Math.Abs), 0.999 * bound, bound * (1 + 1e-6));
        double variance = bound * bound / 3, error = bound * bound * Math.Sqrt(4.0 / 45 / w.Length);
        AssertMoments(w, variance, error);
    }

    // nn.init.xavier_normal_: std = gain·√(2/(fan_in + fan_out)); nn.init.kaiming_normal_: std = gain/√fan_in
    public static TheoryData<string, double> Deviations => new()
    {
        { "normal", 0.05 },
        { "Xavier", Math.Sqrt(2.0 / 1000) },
        { "Xavier relu", Math.Sqrt(2) * Math.Sqrt(2.0 / 1000) },
        { "He", Math.Sqrt(2.0 / 600) },
        { "He leaky", 0.05744849896214261 },
    };

    [Theory, MemberData(nameof(Deviations))]
    public void NormalWeightsHaveTheirDeviation(string name, double deviation)
    {
        Initializer initializer = name switch
        {
            "normal" => Init.Normal(0, 0.05),
            "Xavier" => Init.XavierNormal,
            "Xavier relu" => new XavierNormal(Gain.Relu),
            "He" => Init.HeNormal,
            _ => new HeNormal(negativeSlope: 0.1),
        };
        double[] w = initializer.Create(s_weights, new Generator(4)).ToDoubles();
        double variance = deviation * deviation;
        AssertMoments(w, variance, variance * Math.Sqrt(2.0 / w.Length));
        double within = w.Count(v => Math.Abs(v) < deviation) / (double)w.Length;
        Assert.Equal(0.6827, within, 3 * Math.Sqrt(0.6827 * 0.3173 / w.Length));
    }

    [Theory]
    [InlineData(new[] { 16, 16 }, 1)]
    [InlineData(new[] { 40, 7 }, 1)]
    [InlineData(new[] { 7, 40 }, 2.5)]
    [InlineData(new[] { 6, 3, 3, 3 }, 1)]
    [InlineData(new[] { 1, 1 }, 1)]
    public void OrthogonalWeightsDoNotStretch(int[] shape, double gain)
    {
        Tensor weights = Init.Orthogonal(gain).Create(shape, new Generator(5));
        Assert.Equal(shape, weights.Shape.Dims.ToArray());
        double[] w = weights.ToDoubles();
        int rows = shape[0], columns = w.Length / rows;
        bool tall = rows > columns;
        for (int i = 0; i < Math.Min(rows, columns); i++)
        {
            for (int j = 0; j < Math.Min(rows, columns); j++)
            {
                double dot = tall
                    ? Enumerable.Range(0, rows).Sum(r => w[r * columns + i] * w[r * columns + j])
                    : Enumerable.Range(0, columns).Sum(c => w[i * columns + c] * w[j * columns + c]);
                Assert.Equal(i == j ? gain * gain : 0, dot, 1e-5);
            }
        }
    }

    // Uniformly distributed rotations of the plane have a determinant of either sign and a first entry cos t with variance 1/2.
    [Fact]
    public void OrthogonalWeightsPointEverywhere()
    {
        Generator generator = new(6);
        double[][] samples = [.. Enumerable.Range(0, 2000).Select(_ => Init.Orthogonal().Create([2, 2], generator).ToDoubles())];
        Assert.Equal(0.5, samples.Count(w => w[0] * w[3] - w[1] * w[2] > 0) / 2000.0, 3 * 0.5 / Math.Sqrt(2000));
        Assert.Equal(0, samples.Average(w => w[3]), 3 * Math.Sqrt(0.5 / 2000));
        Assert.Equal(0.5, samples.Average(w => w[0] * w[0]), 3 * Math.Sqrt(0.125 / 2000));
    }

    public static TheoryData<string> Random => ["uniform", "normal", "Xavier uniform", "Xavier normal", "He uniform", "He normal",
        "orthogonal"];

    [Theory, MemberData(nameof(Random))]
    public void ASeedRepeatsExactlyAndAnotherDiffers(string name)
    {
        Initializer initializer = Named(name);
        float[] first = initializer.Create([5, 4], new Generator(1)).ToArray();
        Assert.Equal(first, initializer.Create([5, 4], new Generator(1)).ToArray());
        Assert.NotEqual(first, initializer.Create([5, 4], new Generator(2)).ToArray());

        Tensor parameter = Tensor.Zeros(5, 4);
        initializer.Fill(parameter, new Generator(1));
        Assert.Equal(first, parameter.ToArray());
    }

    [Theory]
    [InlineData("Xavier uniform")]
    [InlineData("Xavier normal")]
    [InlineData("He uniform")]
    [InlineData("He normal")]
    [InlineData("orthogonal")]
    public void BiasesHaveNoFans(string name)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Named(name).Create([4], new Generator(1)));
        Assert.Contains("got [4]; start biases from Init.Zeros", error.Message);
    }

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "Uniform numbers need finite bounds, low ≤ high, got low 2 and high 1.", () => Init.Uniform(2, 1) },
        { "Uniform numbers need finite bounds, low ≤ high, got low NaN and high 1.", () => Init.Uniform(double.NaN, 1) },
        { "Uniform numbers need finite bounds, low ≤ high, got low 2 and high 1.", () => Tensor.Uniform(new Generator(1), 2, 1, 3) },
        { "Uniform numbers need finite bounds, low ≤ high, got low 0 and high Infinity.",
            () => new Generator(1).Uniform(0, double.PositiveInfinity) },
        { "Normal numbers need a finite mean and a finite standard deviation of 0 or more, got 0 and -1.", () => Init.Normal(0, -1) },
        { "Normal numbers need a finite mean and a finite standard deviation of 0 or more, got 0 and NaN.",
            () => Tensor.Normal(new Generator(1), 0, double.NaN, 3) },
        { "Normal numbers need a finite mean and a finite standard deviation of 0 or more, got 0 and -0.5.",
            () => Tensor.Normal(new Generator(1), 0, -0.5, 3) },
        { "Normal numbers need a finite mean and a finite standard deviation of 0 or more, got 0 and Infinity.",
            () => new Generator(1).Normal(0, double.PositiveInfinity) },
        { "Normal numbers need a finite mean and a finite standard deviation of 0 or more, got NaN and 1.",
            () => Init.Normal(double.NaN, 1) },
        { "Normal numbers need a finite mean and a finite standard deviation of 0 or more, got -Infinity and 1.",
            () => Tensor.Normal(new Generator(1), double.NegativeInfinity, 1, 3) },
        { "A random tensor needs a generator of random numbers, got null; pass new Generator(1).", () => Tensor.Normal(null!, 0, 1, 3) },
        { "A random tensor needs a generator of random numbers, got null; pass new Generator(1).",
            () => Init.HeNormal.Create([2, 3], null!) },
        { "Orthogonal needs a generator of random numbers, got null; pass new Generator(1).",
            () => Init.Orthogonal().Create([2, 3], null!) },
        { "ConstantInitializer needs a finite value, got NaN.", () => Init.Constant(double.NaN) },
        { "XavierUniform needs a finite gain of 0 or more, got NaN; see Gain.", () => Init.XavierUniform(gain: double.NaN) },
        { "XavierUniform needs XavierFan.InOut or XavierFan.In, got 7.", () => Init.XavierUniform((XavierFan)7) },
        { "XavierNormal needs a finite gain of 0 or more, got -1; see Gain.", () => _ = new XavierNormal(-1) },
        { "Orthogonal needs a finite gain of 0 or more, got Infinity; see Gain.", () => Init.Orthogonal(double.PositiveInfinity) },
        { "A leaky ReLU needs a finite negativeSlope, got NaN.", () => _ = new HeNormal(double.NaN) },
        { "A leaky ReLU needs a finite negativeSlope, got Infinity.", () => _ = new HeUniform(double.PositiveInfinity) },
        { "A leaky ReLU needs a finite negativeSlope, got NaN.", () => Gain.LeakyRelu(double.NaN) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(mistake).Message);

    private static Initializer Named(string name) => name switch
    {
        "uniform" => Init.Uniform(-1, 1),
        "normal" => Init.Normal(0, 1),
        "Xavier uniform" => Init.XavierUniform(),
        "Xavier normal" => Init.XavierNormal,
        "He uniform" => Init.HeUniform,
        "He normal" => Init.HeNormal,
        _ => Init.Orthogonal(),
    };

    private static void AssertMoments(double[] w, double variance, double standardError)
    {
        Assert.Equal(0, w.Average(), 3 * Math.Sqrt(variance / w.Length));
        Assert.Equal(variance, w.Average(v => v * v), 3 * standardError);
    }
}
