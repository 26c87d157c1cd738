namespace DeepLearning.Benchmarks;

/// <summary>The workloads, each built like its namesake in torch_baseline.py.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("gemm_256", "GFLOP/s", 1.0, 1.2, t => Gemm(t, 256, 256, 256)),
        new("gemm_512", "GFLOP/s", 0.95, 1.08, t => Gemm(t, 512, 512, 512)),
        new("gemm_1024", "GFLOP/s", 0.9, 1.08, t => Gemm(t, 1024, 1024, 1024)),
        new("gemm_64x784x256", "GFLOP/s", null, null, t => Gemm(t, 64, 784, 256)),
        new("mlp_b64", "steps/s", 1.8, 3, t => Mlp(t, 64)),
        new("mlp_b256", "steps/s", 1.7, 2.4, t => Mlp(t, 256)),
        new("lenet_b64", "steps/s", 1.5, 4, LeNet),
        new("lstm_h128", "steps/s", 1.5, 3.5, CharacterLstm),
        new("tiny_2-2-2", "steps/s", 30, 300, Tiny),
        new("digits_epoch", "ms/epoch", 5, 15, DigitsEpoch),
        new("digits_acc20", "%", null, null, DigitsAccuracy),
    ];

    /// <summary>The workloads of the given names, all of them without a name.</summary>
    /// <exception cref="ArgumentException">There is no such workload.</exception>
    public static IReadOnlyList<Workload> Find(string? only) => only is null ? All : [.. only.Split(',').Select(name =>
        All.FirstOrDefault(w => w.Name == name)
        ?? throw new ArgumentException($"There is no workload '{name}'; there are {string.Join(", ", All.Select(w => w.Name))}."))];

    private static Result Gemm(Timing timing, int m, int k, int n)
    {
        Generator generator = new(0);
        Tensor a = Tensor.Normal(generator, 0, 1, m, k), b = Tensor.Normal(generator, 0, 1, k, n);
        Measured rate = timing.Rate(() =>
        {
            using (Tensor.Scope()) a.MatMul(b);
        });
        double gigaflops = rate.PerSecond * 2 * m * n * k / 1e9;
        return new Result(gigaflops, rate, gigaflops);
    }

    private static Result Mlp(Timing timing, int batch)
    {
        Measured rate = timing.Rate(MlpStep(batch, 784, 256, 128, 10));
        return new Result(rate.PerSecond, rate, rate.PerSecond * MlpFlop(batch, 784, 256, 128, 10) / 1e9);
    }

    /// <summary>A step of a dense network with ReLU between its layers, for Adam and cross-entropy.</summary>
    public static Action MlpStep(int batch, params int[] widths)
    {
        Generator generator = new(0);
        List<Layer> layers = [];
        for (int i = 1; i < widths.Length; i++)
        {
            if (i > 1) layers.Add(new Relu());
            layers.Add(new Dense(widths[i - 1], widths[i], generator));
        }
        Sequential model = new([.. layers]);
        return new TrainingStep(model, new Adam(model.Parameters), new SparseCategoricalCrossEntropy(fromLogits: true),
            TrainingStep.RandomBatches(generator, batch, widths[^1], widths[0])).Run;
    }

    /// <summary>
    /// The arithmetic of its matrix products: forward, and for both operands backward, except that the first input needs no gradient.
    /// </summary>
    public static double MlpFlop(int batch, params int[] widths)
    {
        double flop = 0;
        for (int i = 1; i < widths.Length; i++) flop += 2.0 * batch * widths[i - 1] * widths[i] * (i == 1 ? 2 : 3);
        return flop;
    }

    private static Result CharacterLstm(Timing timing)
    {
        Measured rate = timing.Rate(CharLstm.Step());
        return new Result(rate.PerSecond, rate, rate.PerSecond * CharLstm.Flop / 1e9);
    }

    private static Result LeNet(Timing timing)
    {
        Measured rate = timing.Rate(LeNetStep(64));
        return new Result(rate.PerSecond, rate);
    }

    /// <summary>A step of LeNet-5 with ReLU, for momentum and cross-entropy.</summary>
    public static Action LeNetStep(int batch)
    {
        Generator generator = new(0);
        Sequential model = new(
            new Conv2d(1, 6, 5, generator, padding: 2), new Relu(), new MaxPool2d(2),
            new Conv2d(6, 16, 5, generator), new Relu(), new MaxPool2d(2), new Flatten(),
            new Dense(400, 120, generator), new Relu(), new Dense(120, 84, generator), new Relu(), new Dense(84, 10, generator));
        return new TrainingStep(model, new Momentum(model.Parameters, learningRate: 0.01, momentum: 0.9),
            new SparseCategoricalCrossEntropy(fromLogits: true), TrainingStep.RandomBatches(generator, batch, 10, 1, 28, 28)).Run;
    }

    private static Result Tiny(Timing timing)
    {
        Generator generator = new(0);
        Sequential model = new(new Dense(2, 2, generator), new Sigmoid(), new Dense(2, 2, generator), new Sigmoid());
        Measured rate = timing.Rate(new TrainingStep(model, new Sgd(model.Parameters, learningRate: 0.5), new MeanSquaredError(),
            [(Tensor.From([0.05, 0.10], 1, 2), Tensor.From([0.01, 0.99], 1, 2))]).Run);
        return new Result(rate.PerSecond, rate);
    }

    private static Result DigitsEpoch(Timing timing)
    {
        DigitsTraining training = new(seed: 0);
        Measured rate = timing.Rate(training.Epoch);
        return new Result(1e3 / rate.PerSecond, rate);
    }

    // Five seeds, twenty epochs each.
    private static Result DigitsAccuracy(Timing timing)
    {
        double sum = 0;
        for (ulong seed = 0; seed < 5; seed++)
        {
            DigitsTraining training = new(seed);
            for (int epoch = 0; epoch < 20; epoch++) training.Epoch();
            sum += training.Accuracy();
        }
        return new Result(100 * sum / 5);
    }
}
