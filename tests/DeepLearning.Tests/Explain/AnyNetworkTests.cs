namespace DeepLearning.Tests.Explaining;

/// <summary>Networks the notes never drew: every gradient is the sum over its paths, and agrees with central differences.</summary>
public class AnyNetworkTests
{
    private static readonly Dictionary<string, Func<Generator, (Tensor[] Parameters, Func<Tensor> Loss)>> s_nets = new()
    {
        ["relu, softmax, cross-entropy"] = g =>
            Model(g, new Sequential(new Dense(3, 4, g), new Relu(), new Dense(4, 3, g), new Softmax()), 1, 3,
                OneHot, new CategoricalCrossEntropy()),
        ["tanh, cross-entropy from logits, batch of 3"] = g =>
            Model(g, new Sequential(new Dense(2, 3, g), new Tanh(), new Dense(3, 3, g)), 3, 2,
                Labels, new SparseCategoricalCrossEntropy(fromLogits: true)),
        ["sparse cross-entropy of probabilities"] = g => Model(g, new Sequential(new Dense(2, 3, g), new Softmax()), 2, 2,
            Labels, new SparseCategoricalCrossEntropy()),
        ["one-hot cross-entropy from logits"] = g =>
            Model(g, new Sequential(new Dense(2, 3, g)), 2, 2, OneHot, new CategoricalCrossEntropy(fromLogits: true)),
        ["sigmoid, binary cross-entropy, batch of 4"] = g =>
            Model(g, new Sequential(new Dense(2, 2, g), new Sigmoid(), new Dense(2, 1, g), new Sigmoid()), 4, 2,
                (_, p) => Tensor.From([1.0, 0, 1, 0], p.Shape.Dims), new BinaryCrossEntropy()),
        ["binary cross-entropy from logits"] = g => Model(g, new Sequential(new Dense(2, 1, g)), 2, 2,
            (_, p) => Tensor.From([1.0, 0], p.Shape.Dims), new BinaryCrossEntropy(fromLogits: true)),
        ["four layers of different activations"] = g => Model(g, new Sequential(new Dense(2, 2, g), new Elu(), new Dense(2, 3, g),
            new Softplus(), new Dense(3, 2, g), new LeakyRelu(), new Dense(2, 2, g)), 2, 2, Random, new HalfSquaredError()),
        ["learned slopes, sum of squares"] = g =>
            Model(g, new Sequential(new Dense(2, 2, g), new PRelu(), new Dense(2, 2, g), new Gelu()), 3, 2,
                Random, new MeanSquaredError(Reduction.Sum)),
        ["mean absolute error"] = g =>
            Model(g, new Sequential(new Dense(2, 2, g), new Tanh(), new Dense(2, 2, g)), 2, 2, Random, new MeanAbsoluteError()),
        ["huber"] = g => Model(g, new Sequential(new Dense(2, 2, g), new Tanh()), 2, 2, Random, new Huber()),
        ["shared weights"] = g =>
        {
            Tensor x = Normal(g, 2, 3), w = Normal(g, 3, 3).RequireGradient(), t = Normal(g, 2, 3);
            return ([w], () => new MeanSquaredError().Forward(Tensor.Linear(Tensor.Linear(x, w).Tanh(), w), t));
        },
        ["a skip connection"] = g =>
        {
            Tensor x = Normal(g, 1, 2), w = Normal(g, 2, 2).RequireGradient(), v = Normal(g, 2, 2).RequireGradient(), t = Normal(g, 1, 2);
            return ([w, v], () =>
            {
                Tensor h = Tensor.Linear(x, w).Tanh();
                return new HalfSquaredError().Forward(h + Tensor.Linear(h, v), t);
            });
        },
        ["a loss of primitives with a penalty on the weights"] = g =>
        {
            Tensor x = Normal(g, 2, 2), w = Normal(g, 2, 3).RequireGradient(), b = Normal(g, 3).RequireGradient(), t = Normal(g, 2, 3);
            return ([w, b], () => 0.5 * (t - (x.MatMul(w) + b).Sigmoid()).Square().Mean() + 0.01 * w.Square().Sum());
        },
        ["scalars, a product of two results"] = g =>
        {
            Tensor w = Normal(g).RequireGradient(), v = Normal(g).RequireGradient(), b = Normal(g).RequireGradient(), x = Normal(g);
            return ([w, v, b], () =>
            {
                Tensor h = w * x + v * b + b;
                return (h * h.Sigmoid() / (h.Square() + 1)).Exp();
            });
        },
        ["norms, running sums, sorting, and products over axes"] = g =>
        {
            Tensor x = Normal(g, 2, 3), w = Normal(g, 2, 3).RequireGradient(), index = Tensor.From([2, 0, 1, 1], 2, 2);
            return ([w], () =>
                Tensor.Einsum("ni,ji->nj", x, w.Pad(0, 1, 0)).Norm() + w.CumulativeSum().Sort(descending: true).Values.LogSumExp([0, 1])
                    + w.Gather(1, index).Product() + w.Tril().Roll(1, 1).Tile(2, 1).Square().Sum());
        },
        ["a transformer block, in which kinds of operations repeat"] = g =>
        {
            TransformerEncoderLayer block = new(2, 1, 3, g, dropout: 0);
            Tensor x = Normal(g, 1, 2, 2), t = Normal(g, 1, 2, 2);
            return ([.. block.Parameters], () => new HalfSquaredError().Forward(block.Forward(x), t));
        },
        ["batch normalization between convolutions"] = g =>
        {
            Sequential model = new(new Conv2d(1, 2, 2, g), new BatchNorm2d(2), new Relu(), new Conv2d(2, 1, 2, g), new BatchNorm2d(1));
            Tensor x = Normal(g, 2, 1, 3, 3), t = Normal(g, 2, 1, 1, 1);
            return ([.. model.Parameters], () => new HalfSquaredError().Forward(model.Forward(x), t));
        },
        ["a gated recurrent layer, step by step"] = g =>
        {
            Tensor x = Normal(g, 1, 2, 2), t = Normal(g, 1, 2, 2);
            Gru layer = new(2, 2, g);
            return ([.. layer.Parameters], () => new HalfSquaredError().Forward(layer.Forward(x), t));
        },
        ["a recurrent layer on two sequences of different lengths, both ways"] = g =>
        {
            Tensor x = Normal(g, 2, 2, 2), t = Normal(g, 2, 2, 4);
            Rnn layer = new(2, 2, g, bidirectional: true);
            return ([.. layer.Parameters], () => new HalfSquaredError().Forward(layer.Run(x, lengths: Tensor.From([2.0, 1])).Output, t));
        },
        ["convolution, pooling, layer normalization"] = g =>
        {
            Sequential model = new(new Conv2d(2, 2, 2, g, padding: 1), new Gelu(), new MaxPool2d(2), new Flatten(), new LayerNorm(8),
                new Dense(8, 2, g));
            Tensor x = Normal(g, 1, 2, 3, 3);
            return ([.. model.Parameters],
                () => new SparseCategoricalCrossEntropy(fromLogits: true).Forward(model.Forward(x), Tensor.From([1.0])));
        },
        ["rearranged on the way"] = g =>
        {
            Tensor x = Normal(g, 2, 2), w = Normal(g, 2, 2).RequireGradient();
            return ([w], () => Tensor.Concatenate(1, x.MatMul(w.Transpose()), x).Slice(1, 1, 3).Square().Sum());
        },
    };

    public static TheoryData<string> Names => [.. s_nets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientsAreSumsOverPathsAndTrue(string name)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            using IDisposable _ = Device.Use(Device.Reference);
            (Tensor[] parameters, Func<Tensor> loss) = s_nets[name](new Generator(seed));
            Explanation e = Explain.Of(loss);
            GradientCheck check = GradientCheck.Run(loss, parameters);
            Assert.True(check.Passed, check.ToString());
            double[] expected = [.. Tensor.Gradients(loss(), parameters).SelectMany(g => g.ToDoubles())];
            Assert.Equal(expected.Order(), e.Parameters.Select(p => p.Gradient).Order(),
                (a, b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(a)));
            Assert.All(e.Parameters,
                p => Assert.Equal(p.Gradient, p.Paths.Sum(path => path.Factors.Aggregate(1.0, (product, f) => product * f.Value)), 1e-12));
            Assert.Equal(loss().ToDouble(), e.Loss, 1e-12);
            Assert.All(e.Links, link => Assert.Contains(e.Units, u => u.Name == link.From));
            Assert.DoesNotContain("NaN", e.ToText());
        }
    }

    [Fact]
    public void FloatParametersAreReadAsTheDecimalsTheyStandForAndKept()
    {
        Dense dense = WorkedNets.Layer(new[,] { { 0.15, 0.2 } }, [0.35]);
        dense.Weight.Gradient = Tensor.Ones(1, 2);
        Explanation e = Explain.Of(dense, Tensor.From([0.05, 0.1], 1, 2), Tensor.From([1.0], 1, 1), new HalfSquaredError());
        Assert.Equal(0.15, e.Value("w1"));
        Assert.Equal(0.15 * 0.05 + 0.2 * 0.1 + 0.35, e.Value("o1"), 1e-16);
        Assert.Equal(Device.Cpu, dense.Weight.Device);
        Assert.Equal([0.15f, 0.2f], dense.Weight.ToArray());
        Assert.Equal([1f, 1f], dense.Weight.Gradient.ToArray());
    }

    [Fact]
    public void ALossAlreadyComputedIsExplainedInItsOwnPrecision()
    {
        Tensor w = Tensor.From([0.5, -0.3], 1, 2).RequireGradient();
        Explanation e =
            Explain.Of(new HalfSquaredError().Forward(Tensor.Linear(Tensor.From([1.0, 2], 1, 2), w).Sigmoid(), Tensor.From([1.0], 1, 1)));
        double o = 1 / (1 + Math.Exp(0.1));
        Assert.Equal((o - 1) * o * (1 - o) * 2, e.Gradient("w2"), 1e-6);
    }

    [Fact]
    public void AnOperationOfOnesOwnIsExplainedByItsDerivative()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor w = Tensor.From([0.5, 2]).RequireGradient();
        Explanation e =
            Explain.Of(Tensor.Record("cube", Tensor.From([0.125, 8.0]), (op, g) => op.Send(0, 3 * g * op[0].Square()), w).Sum());
        Assert.Equal(["cube_w1 = cube(w1) = 0.125", "cube_w2 = cube(w2) = 8"], e.Forward.Take(2).Select(s => s.Text));
        Assert.Equal("∂cube_w2/∂w2 = 12", e.Derivative("cube_w2", "w2").Text);
        Assert.Equal(12, e.Gradient("w2"));
    }

    [Fact]
    public void ANameIsOnlyAName()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor w = Tensor.Scalar(0.5).RequireGradient();
        Explanation e = Explain.Of(Tensor.Record("sigmoid", Tensor.Scalar(1), (op, g) => op.Send(0, 2 * g), w));
        Assert.Equal("E = sigmoid(w1) = 1", e.Forward.Single().Text);
        Assert.Equal("∂E/∂w1 = 2", e.Derivative("E", "w1").Text);
    }

    [Fact]
    public void AFormulaThatDoesNotHoldIsNotShown()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor tooSmall = Tensor.From([1e-9], 1, 1).RequireGradient().Named("p"); // the loss takes no logarithm below 10⁻⁷
        Explanation e = Explain.Of(new BinaryCrossEntropy().Forward(tooSmall, Tensor.Ones(1, 1)));
        Assert.Equal("E = BinaryCrossEntropy(p) = 16.118096", e.Forward.Single().Text);
    }

    [Fact]
    public void ADerivativeThatIsNotLinearIsFoundOut()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor w = Tensor.Scalar(0.5).RequireGradient();
        Tensor wrong = Tensor.Record("wrong", Tensor.Scalar(1), (op, g) => op.Send(0, g.Square()), w);
        Assert.StartsWith("The paths from w1 sum to 3, backpropagation gives 9",
            Assert.Throws<InvalidOperationException>(() => Explain.Of(3 * wrong)).Message);
    }

    private static (Tensor[], Func<Tensor>) Model(Generator g, Layer model, int samples, int inputs,
        Func<Generator, Tensor, Tensor> target, Loss loss)
    {
        foreach (Parameter p in model.Parameters.Where(p => !p.IsWeight)) p.Assign(Tensor.Normal(g, 0, 0.3, p.Shape.Dims));
        Tensor x = Normal(g, samples, inputs), t = target(g, model.Forward(x));
        return ([.. model.Parameters], () => loss.Forward(model.Forward(x), t));
    }

    private static Tensor Normal(Generator g, params int[] shape) => Tensor.Normal(g, 0, 1, shape);

    private static Tensor Random(Generator g, Tensor prediction) => Tensor.Normal(g, 0, 1, prediction.Shape.Dims);

    private static Tensor Labels(Generator g, Tensor prediction) =>
        Tensor.From([.. Enumerable.Range(0, prediction.Shape[0]).Select(_ => g.Integer(prediction.Shape[1]))], prediction.Shape[0]);

    private static Tensor OneHot(Generator g, Tensor prediction) => Tensor.OneHot(Labels(g, prediction), prediction.Shape[1]);
}
