namespace DeepLearning.Tests.Gpu;

/// <summary>How many kernels a step of training starts: a small network's step takes as long as starting them.</summary>
public class LaunchTests
{
    // Its own, so that no other test's launches are counted.
    private static readonly GpuDevice s_device = GpuDevice.Create(GpuKind.Cpu);

    [Theory]
    [InlineData("MLP", 19)]
    [InlineData("LeNet", 36)]
    [InlineData("batch normalization", 17)]
    [InlineData("LSTM", 54)]
    [InlineData("transformer", 57)]
    public void AStepStartsFewKernels(string network, int most)
    {
        using Device.DeviceSwitch _ = Device.Use(s_device);
        (Layer model, Tensor x, Tensor y, Optimizer optimizer) = Make(network);
        SparseCategoricalCrossEntropy loss = new(fromLogits: true);
        SortedDictionary<string, int> counts = [];
        for (int step = 0; step < 3; step++)
        {
            counts.Clear();
            int before = s_device.Launches;
            s_device.Launching = name => counts[name] = counts.GetValueOrDefault(name) + 1;
            using (Tensor.Scope())
            {
                optimizer.ClearGradients();
                loss.Forward(model.Forward(x), y).Backward();
                optimizer.Step();
            }
            s_device.Launching = null;
            Assert.Equal(s_device.Launches - before, counts.Values.Sum());
        }
        string table = string.Join("\n", counts.Select(c => $"{c.Value,4} {c.Key}"));
        TestContext.Current.TestOutputHelper!.WriteLine(network + "\n" + table);
        Assert.True(counts.Values.Sum() <= most, $"{network}: {counts.Values.Sum()} launches a step\n{table}");
    }

    [Fact]
    public void StartingAKernelLeavesNothingToCollect()
    {
        GpuDevice device = Devices.OpenCL;
        Storage x = device.Allocate(64), y = device.Allocate(64);
        UpdateArgs step = new(UpdateRule.Momentum) { W = x, G = y, V = y, N = 64 };
        for (int i = 0; i < 2; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            device.Fill(x, 64, 1);
            device.Unary(UnaryOp.Relu, x, y, 64);
            device.UnaryGradient(UnaryOp.Relu, x, x, x, y, 64);
            device.Binary(BinaryOp.Add, x, [8, 1], y, [0, 1], y, [8, 8]);
            device.Copy(x, 0, [1, 8], y, 0, [8, 1], [8, 8], add: false);
            device.Reduce(ReduceOp.Sum, x, y, 1, 8, 8);
            device.Softmax(x, y, 8, 8, log: false);
            device.Update([step]);
            // The first time they are compiled.
            if (i > 0) Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        // The process must not end while they run.
        device.Download(y, stackalloc float[1]);
    }

    private static (Layer Model, Tensor X, Tensor Y, Optimizer Optimizer) Make(string network)
    {
        Generator g = new(1);
        const int N = 4;
        Tensor labels = Tensor.From((int[])[1, 0, 3, 2], N);
        if (network == "MLP")
        {
            Sequential model = new(new Dense(784, 256, g), new Relu(), new Dense(256, 128, g), new Relu(), new Dense(128, 10, g));
            return (model, Tensor.Normal(g, 0, 1, N, 784), labels, new Adam(model.Parameters));
        }
        if (network == "LeNet")
        {
            Sequential model = new(new Conv2d(1, 6, 5, g, padding: 2), new Relu(), new MaxPool2d(2), new Conv2d(6, 16, 5, g),
                new Relu(), new MaxPool2d(2), new Flatten(), new Dense(400, 120, g), new Relu(), new Dense(120, 84, g), new Relu(),
                new Dense(84, 10, g));
            return (model, Tensor.Normal(g, 0, 1, N, 1, 28, 28), labels, new Momentum(model.Parameters));
        }
        if (network == "batch normalization")
        {
            Sequential model = new(new Conv2d(1, 4, 3, g, padding: 1, bias: false), new BatchNorm2d(4), new Relu(), new MaxPool2d(2),
                new Flatten(), new Dense(64, 10, g));
            return (model, Tensor.Normal(g, 0, 1, N, 1, 8, 8), labels, new Adam(model.Parameters));
        }
        Tensor tokens = Tensor.From((int[])[.. Enumerable.Range(0, N * 8).Select(i => i * 7 % 20)], N, 8);
        Tensor next = Tensor.From((int[])[.. Enumerable.Range(0, N * 8).Select(i => i * 11 % 20)], N, 8);
        Sequential sequences = network == "LSTM"
            ? new(new Embedding(20, 8, g), new Lstm(8, 16, g), new Dense(16, 20, g))
            : new(new Embedding(20, 16, g), new TransformerEncoderLayer(16, 2, 32, g, dropout: 0), new Dense(16, 20, g));
        return (sequences, tokens, next, new Adam(sequences.Parameters));
    }
}
