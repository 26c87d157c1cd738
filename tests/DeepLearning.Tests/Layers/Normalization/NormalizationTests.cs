namespace DeepLearning.Tests.Layers.Normalization;

public class NormalizationTests
{
    private static readonly Dictionary<string, (Func<Layer> Layer, int[] Shape)> s_layers = new()
    {
        ["BatchNorm1d"] = (() => new BatchNorm1d(4), [5, 4]),
        ["BatchNorm1d of sequences"] = (() => new BatchNorm1d(2), [3, 2, 4]),
        ["BatchNorm1d without affine"] = (() => new BatchNorm1d(3, affine: false), [4, 3]),
        ["BatchNorm2d"] = (() => new BatchNorm2d(2), [2, 2, 3, 2]),
        ["BatchNorm2d in evaluation"] = (() => Evaluating(new BatchNorm2d(2)), [2, 2, 3, 2]),
        ["LayerNorm"] = (() => new LayerNorm(4), [3, 4]),
        ["LayerNorm over two axes"] = (() => new LayerNorm([3, 2]), [2, 3, 2]),
        ["GroupNorm"] = (() => new GroupNorm(2, 4), [3, 4]),
        ["GroupNorm of images"] = (() => new GroupNorm(2, 4), [2, 4, 3, 1]),
        ["SpectralNorm in evaluation"] = (() => Evaluating(new SpectralNorm(new Dense(4, 4, new Generator(1)), new Generator(2))), [3, 4]),
        ["InstanceNorm1d"] = (() => new InstanceNorm1d(2, affine: true), [3, 2, 4]),
        ["InstanceNorm1d with running statistics"] = (() => Evaluating(new InstanceNorm1d(2, trackRunningStats: true)), [3, 2, 4]),
        ["InstanceNorm2d"] = (() => new InstanceNorm2d(2), [2, 2, 3, 2]),
        ["RmsNorm"] = (() => new RmsNorm(4), [3, 4]),
        ["RmsNorm over two axes, without affine"] = (() => new RmsNorm([3, 2], affine: false), [2, 3, 2]),
        ["GroupNorm without affine"] = (() => new GroupNorm(1, 4, affine: false), [2, 4, 3]),
    };

    public static TheoryData<string> Names => [.. s_layers.Keys];

    private static Layer Evaluating(Layer layer)
    {
        layer.EvaluationMode();
        return layer;
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Layer layer = FilledGolden.Fill(s_layers[name].Layer());
        Tensor x = Tensor.Normal(new Generator(5), 0, 1.5, s_layers[name].Shape).RequireGradient();
        Tensor weights = Tensor.Normal(new Generator(6), 0, 1, x.Shape.Dims);
        GradientCheck check = GradientCheck.Run(() => (layer.Forward(x) * weights).Sum(), [x, .. layer.Parameters]);
        Assert.True(check.Passed, check.ToString());
    }

    /// <summary>
    /// The sum of squared gradients, differentiated again; on the way its gradient is computed by operations rather than the fused kernel.
    /// </summary>
    [Theory, MemberData(nameof(Names))]
    public void GradientsOfGradients(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Layer layer = FilledGolden.Fill(s_layers[name].Layer());
        Tensor x = Tensor.Normal(new Generator(5), 0, 1.5, s_layers[name].Shape).RequireGradient();
        Tensor weights = Tensor.Normal(new Generator(6), 0, 1, x.Shape.Dims);
        Tensor[] with = [x, .. layer.Parameters];
        Tensor Loss()
        {
            using IDisposable _ = Tensor.Recording(on: true);
            Tensor[] gradients = Tensor.Gradients((layer.Forward(x).Square() * weights).Sum(), with, keepGraph: true);
            return gradients.Select(g => g.Square().Sum()).Aggregate((a, b) => a + b);
        }
        GradientCheck check = GradientCheck.Run(Loss, with, tolerance: 1e-5);
        Assert.True(check.Passed, check.ToString());
        Tensor[] fused = Tensor.Gradients((layer.Forward(x) * weights).Sum(), with),
            composed = Tensor.Gradients((layer.Forward(x) * weights).Sum(), with, keepGraph: true);
        foreach ((Tensor a, Tensor b) in fused.Zip(composed)) Golden.Close(a.ToDoubles(), b.ToDoubles(), 1e-12);
    }

    [Fact]
    public void ABatchComesOutWithMean0AndVariance1()
    {
        Tensor images = Tensor.Normal(new Generator(1), 7, 3, 16, 5, 9, 9), rows = Tensor.Normal(new Generator(2), -4, 0.1, 200, 5);
        foreach (Tensor y in (Tensor[])[new BatchNorm2d(5).Forward(images), new BatchNorm1d(5).Forward(rows)])
        {
            int[] axes = y.Rank == 4 ? [0, 2, 3] : [0];
            Golden.Close(new double[5], y.Mean(axes).ToDoubles(), 1e-5);
            Golden.Close([1, 1, 1, 1, 1], y.Variance(axes).ToDoubles(), 2e-3);
        }
    }

    [Fact]
    public void EverySampleComesOutWithMean0AndVariance1()
    {
        Tensor x = Tensor.Normal(new Generator(1), 7, 3, 20, 6, 10);
        Tensor rows = new LayerNorm(10).Forward(x), groups = new GroupNorm(2, 6).Forward(x).Reshape(40, 30);
        Golden.Close(new double[120], rows.Mean(-1).ToDoubles(), 1e-5);
        Golden.Close([.. Enumerable.Repeat(1.0, 120)], rows.Variance([-1]).ToDoubles(), 1e-4);
        Golden.Close(new double[40], groups.Mean(-1).ToDoubles(), 1e-5);
        Golden.Close([.. Enumerable.Repeat(1.0, 40)], groups.Variance([-1]).ToDoubles(), 1e-4);
    }

    [Fact]
    public void EveryChannelOfEverySampleComesOutWithMean0AndVariance1()
    {
        Tensor y = new InstanceNorm2d(6).Forward(Tensor.Normal(new Generator(1), 7, 3, 20, 6, 10, 10)).Reshape(120, 100);
        Golden.Close(new double[120], y.Mean(1).ToDoubles(), 1e-5);
        Golden.Close([.. Enumerable.Repeat(1.0, 120)], y.Variance([1]).ToDoubles(), 1e-4);
    }

    // nn.GroupNorm(2, 4)(torch.zeros(0, 4, 3)), nn.InstanceNorm1d(4)(…), nn.LayerNorm(3)(…): empty, with gradients of 0
    [Fact]
    public void ABatchWithoutSamplesIsNormalizedToOne()
    {
        InstanceNorm1d tracking = new(4, affine: true, trackRunningStats: true);
        foreach (Layer layer in (Layer[])[new GroupNorm(2, 4), new LayerNorm(3), new RmsNorm(3), new InstanceNorm1d(4), tracking])
        {
            Tensor x = Tensor.Zeros(0, 4, 3).RequireGradient(), y = layer.Forward(x);
            Assert.Equal(x.Shape, y.Shape);
            foreach (Tensor gradient in Tensor.Gradients(y.Sum(), [x, .. layer.Parameters]))
                Assert.All(gradient.ToArray(), g => Assert.Equal(0, g));
        }
        Assert.Equal([0, 0, 0, 0], tracking.RunningMean!.ToArray());
        Assert.Equal([1, 1, 1, 1], tracking.RunningVariance!.ToArray());
    }

    // The square of 1e20 is beyond a float32, its root mean square is not.
    [Theory]
    [InlineData(1e20)]
    [InlineData(1)]
    [InlineData(1e-3)]
    public void RmsNormOfLargeAndSmallNumbers(double size)
    {
        Tensor x = (size * Tensor.From([1.0, -1, 3, 5], 1, 4)).RequireGradient();
        Tensor y = new RmsNorm(4, epsilon: 1e-12).Forward(x);
        Golden.Close([1 / 3.0, -1 / 3.0, 1, 5 / 3.0], y.ToDoubles(), 1e-4);
        // ∂(Σy)/∂x = 1/r − x·Σx/(4r³), with r = 3 times the size.
        double[] slopes = [.. new[] { 1.0, -1, 3, 5 }.Select(v => 1 / 3.0 - v * 8 / 108)];
        Golden.Close(slopes, [.. Tensor.Gradients(y.Sum(), [x])[0].ToDoubles().Select(slope => slope * size)], 1e-4);
    }

    [Fact]
    public void InstanceNormKeepsRunningStatisticsOnlyIfTold()
    {
        Assert.Empty(new InstanceNorm2d(3).NamedState);
        InstanceNorm1d layer = new(2, trackRunningStats: true);
        Assert.Equal(["running_mean", "running_var"], layer.NamedState.Select(named => named.Name));
        Generator generator = new(1);
        for (int i = 0; i < 200; i++) layer.Forward(Tensor.Normal(generator, 3, 2, 50, 2, 40));
        Assert.All(layer.RunningMean!.ToArray(), mean => Assert.Equal(3, mean, 0.1));
        Assert.All(layer.RunningVariance!.ToArray(), variance => Assert.Equal(4, variance, 0.2));
        layer.EvaluationMode();
        Assert.All(layer.Forward(Tensor.Full(5, 1, 2, 1)).ToArray(), y => Assert.Equal(1, y, 0.1));
    }

    [Fact]
    public void LayerNormIsAGroupNormOfOneGroup()
    {
        Tensor x = Tensor.Normal(new Generator(1), 7, 3, 20, 12);
        Golden.Close(new LayerNorm(12).Forward(x).ToDoubles(), new GroupNorm(1, 12).Forward(x).ToDoubles(), 1e-6);
    }

    [Fact]
    public void RunningStatisticsApproachThoseOfTheData()
    {
        BatchNorm1d layer = new(2);
        Generator generator = new(1);
        for (int i = 0; i < 200; i++) layer.Forward(Tensor.Normal(generator, 3, 2, 500, 2));
        Assert.All(layer.RunningMean.ToArray(), mean => Assert.Equal(3, mean, 0.1));
        Assert.All(layer.RunningVariance.ToArray(), variance => Assert.Equal(4, variance, 0.2));
        layer.EvaluationMode();
        float[] before = layer.RunningMean.ToArray();
        Tensor one = layer.Forward(Tensor.Full(5, 1, 2));
        Assert.All(one.ToArray(), y => Assert.Equal(1, y, 0.1));
        Assert.Equal(before, layer.RunningMean.ToArray());
    }

    [Fact]
    public void SpectralNormFindsTheLargestSingularValue()
    {
        Dense inner = new(2, 3, new Generator(1), bias: false);
        SpectralNorm layer = new(inner, new Generator(2));
        inner.Weight.Assign(Tensor.From([3.0, 0, 0, 4, 0, 0], 3, 2));
        for (int i = 0; i < 60; i++) layer.Forward(Tensor.Ones(1, 2));
        Assert.Equal(4, layer.LargestSingularValue, 1e-5);
        Golden.Close([0.75, 1, 0], layer.Forward(Tensor.Ones(1, 2)).ToDoubles(), 1e-5);
        Assert.Equal(["weight_orig", "weight_u", "weight_v"], layer.NamedState.Select(named => named.Name));
        Assert.Equal("SpectralNorm(Dense(2→3))", layer.ToString());
        float[] before = layer.NamedBuffers.First().Buffer.ToArray();
        layer.EvaluationMode();
        layer.Forward(Tensor.Ones(1, 2));
        Assert.Equal(before, layer.NamedBuffers.First().Buffer.ToArray());
    }

    /// <summary>Gradient checks and explanations lend a model on the CPU to the reference device; its buffers stay.</summary>
    [Fact]
    public void AreCheckedAndExplainedOnTheCpuToo()
    {
        Tensor x = Tensor.Normal(new Generator(5), 0, 1, 3, 2).RequireGradient(), target = Tensor.Zeros(3, 1);
        foreach (Layer norm in (Layer[])[new BatchNorm1d(2), Evaluating(new BatchNorm1d(2)), new LayerNorm(2), new GroupNorm(1, 2),
            new RmsNorm(2), Evaluating(new SpectralNorm(new Dense(2, 2, new Generator(2)), new Generator(3)))])
        {
            Sequential model = new(new Dense(2, 2, new Generator(1)), norm, new Dense(2, 1, new Generator(2)));
            GradientCheck check = GradientCheck.Run(() => model.Forward(x).Square().Sum(), [x, .. model.Parameters]);
            Assert.True(check.Passed, $"{norm}: {check}");
            Assert.NotEmpty(Explain.Of(model, x.Detach(), target, new MeanSquaredError()).Parameters);
        }
    }

    [Fact]
    public void ARunOnOneThreadOrTwoIsTheSame()
    {
        Tensor x = Tensor.Normal(new Generator(1), 0, 1, 64, 8, 16, 16).RequireGradient();
        CpuDevice cpu = (CpuDevice)Device.Cpu;
        int threads = cpu.MaxThreads;
        float[][] results = [.. new[] { 1, 1, 2 }.Select(count =>
        {
            cpu.MaxThreads = count;
            try
            {
                return Tensor.Gradients(new BatchNorm2d(8).Forward(x).Power(3).Sum(), [x])[0].ToArray();
            }
            finally
            {
                cpu.MaxThreads = threads;
            }
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "BatchNorm1d needs 1 or more channels, got 0.", () => _ = new BatchNorm1d(0) },
        { "BatchNorm2d needs a finite epsilon above 0, got 0; 1e-5 is usual.", () => _ = new BatchNorm2d(3, epsilon: 0) },
        { "BatchNorm1d needs a momentum from 0 to 1, got 1.5.", () => _ = new BatchNorm1d(3, momentum: 1.5) },
        { "InstanceNorm1d needs 1 or more channels, got -2.", () => _ = new InstanceNorm1d(-2) },
        { "InstanceNorm2d needs a finite epsilon above 0, got Infinity; 1e-5 is usual.",
            () => _ = new InstanceNorm2d(3, double.PositiveInfinity) },
        { "InstanceNorm2d needs a momentum from 0 to 1, got NaN.", () => _ = new InstanceNorm2d(3, momentum: double.NaN) },
        { "InstanceNorm1d(3) got input [5, 3]; expected [N, 3, L].", () => new InstanceNorm1d(3).Forward(Tensor.Zeros(5, 3)) },
        { "InstanceNorm2d(3) got input [5, 2, 4, 4]; expected [N, 3, H, W].",
            () => new InstanceNorm2d(3).Forward(Tensor.Zeros(5, 2, 4, 4)) },
        { "InstanceNorm2d(3) got input [5, 3, 1, 1], 1 number(s) a channel; a variance needs 2 or more: use larger images, or GroupNorm, " +
            "which takes several channels together.",
            () => new InstanceNorm2d(3).Forward(Tensor.Zeros(5, 3, 1, 1)) },
        { "RmsNorm needs 1 or more features, got 0.", () => _ = new RmsNorm(0) },
        { "RmsNorm needs 1 or more features, got []; pass how long the last axis of x is.", () => _ = new RmsNorm(Shape.Scalar) },
        { "RmsNorm needs a finite epsilon above 0, got NaN; 1e-5 is usual.", () => _ = new RmsNorm(3, double.NaN) },
        { "RmsNorm(4) got input [5, 3]; expected […, 4].", () => new RmsNorm(4).Forward(Tensor.Zeros(5, 3)) },
        { "SpectralNorm wraps a layer and got null; pass one, such as new Relu().", () => _ = new SpectralNorm(null!, new Generator(1)) },
        { "SpectralNorm needs a generator of random numbers, got null; pass new Generator(1).",
            () => _ = new SpectralNorm(new Dense(2, 2, new Generator(1)), null!) },
        { "BatchNorm1d(3) got input [5, 4]; expected [N, 3] or [N, 3, L].", () => new BatchNorm1d(3).Forward(Tensor.Zeros(5, 4)) },
        { "BatchNorm2d(3) got input [5, 3]; expected [N, 3, H, W].", () => new BatchNorm2d(3).Forward(Tensor.Zeros(5, 3)) },
        { "BatchNorm1d(3) got input [1, 3], 1 number(s) a channel; training needs 2 or more: use larger batches, leave out a smaller " +
            "last one (dropLast: true), or EvaluationMode().",
            () => new BatchNorm1d(3).Forward(Tensor.Zeros(1, 3)) },
        { "LayerNorm needs 1 or more features, got -1.", () => _ = new LayerNorm(-1) },
        { "LayerNorm needs a finite epsilon above 0, got -1; 1e-5 is usual.", () => _ = new LayerNorm(4, -1) },
        { "LayerNorm(4) got input [5, 3]; expected […, 4].", () => new LayerNorm(4).Forward(Tensor.Zeros(5, 3)) },
        { "LayerNorm(2×3) got input [3]; expected […, 2, 3].", () => new LayerNorm([2, 3]).Forward(Tensor.Zeros(3)) },
        { "GroupNorm needs channels that can be shared out equally to the groups, got 5 channels and 2 groups.",
            () => _ = new GroupNorm(2, 5) },
        { "GroupNorm needs a finite epsilon above 0, got 0; 1e-5 is usual.", () => _ = new GroupNorm(2, 4, 0) },
        { "GroupNorm(2, 4) got input [5, 3]; expected [N, 4, …] with some numbers in each channel.",
            () => new GroupNorm(2, 4).Forward(Tensor.Zeros(5, 3)) },
        { "GroupNorm(2, 4) got input [2, 4, 0]; expected [N, 4, …] with some numbers in each channel.",
            () => new GroupNorm(2, 4).Forward(Tensor.Zeros(2, 4, 0)) },
        { "SpectralNorm needs a linear layer with a weight matrix, got Relu().", () => _ = new SpectralNorm(new Relu(), new Generator(1)) },
        { "SpectralNorm needs a linear layer with a weight matrix, got LayerNorm(3).",
            () => _ = new SpectralNorm(new LayerNorm(3), new Generator(1)) },
        { "SpectralNorm needs 1 or more iterations, got 0.",
            () => _ = new SpectralNorm(new Dense(2, 2, new Generator(1)), new Generator(1), 0) },
        { "Layer normalization of [2, 3] needs γ and β of 3 numbers each, or neither; got [3] and none.",
            () => Tensor.LayerNorm(Tensor.Zeros(2, 3), Tensor.Ones(3)) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(mistake).Message);
}
