namespace DeepLearning.Tests.Gpu;

/// <summary>
/// What a student writes for the CPU runs on another device after <c>model.To(device)</c>, and nothing else: the code here names the device
/// in that line only. On a card if there is one that is quick enough for these trainings, else on the stand-in with less data.
/// </summary>
public sealed class OneLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gpu-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Kinds => ["Cpu", "OpenCL", "Cuda"];

    private static GpuDevice Named(string kind) => kind switch { "Cuda" => Devices.Cuda, "OpenCL" => Devices.OpenCL, _ =>
        Devices.Processor };

    private static (Dataset Train, Dataset Test) Digits(string kind)
    {
        Dataset all = Datasets.Digits();
        (Dataset train, Dataset test) = all.WithX(all.X / 16).Split(0.8, new Generator(1));
        return kind == "Cpu" ? (train.Subset([.. Enumerable.Range(0, 128)]), test.Subset([.. Enumerable.Range(0, 64)])) : (train, test);
    }

    private static Sequential Mlp(Generator g) =>
        new(new Dense(64, 32, g, bias: false), new BatchNorm1d(32), new Relu(), new Dropout(0.1, g), new Dense(32, 10, g));

    private static Sequential Cnn(Generator g) => new(new Reshape(1, 8, 8), new Conv2d(1, 6, 3, g, padding: 1), new Relu(),
        new MaxPool2d(2), new Dropout2d(0.1, g), new Flatten(), new Dense(96, 10, g));

    [Theory, MemberData(nameof(Kinds))]
    public void ATrainerFitsAnMlp(string kind) => Fit(kind, Mlp, epochs: 6, accuracy: 0.93);

    [Theory, MemberData(nameof(Kinds))]
    public void ATrainerFitsACnn(string kind) => Fit(kind, Cnn, epochs: 6, accuracy: 0.9);

    private void Fit(string kind, Func<Generator, Sequential> make, int epochs, double accuracy)
    {
        GpuDevice device = Named(kind);
        (Dataset train, Dataset test) = Digits(kind);
        if (kind == "Cpu") epochs = 2;
        string best = Path.Combine(_folder, "best.safetensors");
        Sequential model = make(new Generator(7));
        model.To(device);
        Trainer trainer = new(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters, 0.01))
        {
            Metrics = [Metric.Accuracy, Metric.TopK(3), Metric.F1(), Metric.Recall()],
            Callbacks = [new EarlyStopping(patience: 3), new Checkpoint(best)],
            Schedule = new CosineDecay(0.01, epochs * 12),
            Penalties = [new L2Penalty(1e-5), new MaxNorm(4)],
            ClipNorm = 5,
            StateFile = Path.Combine(_folder, "state.safetensors"),
            Progress = null,
        };
        History history = trainer.Fit(new DataLoader(train, 64, new Generator(3)), epochs, test);
        Assert.InRange(history.Rows.Count, 2, epochs);
        Assert.All(model.NamedState, named => Assert.Same(device, named.Tensor.Device));
        Assert.True(history.Rows[^1].Loss < history.Rows[0].Loss);
        Evaluation measured = trainer.Evaluate(test);
        if (kind != "Cpu") Assert.InRange(measured.Metrics["accuracy"], accuracy, 1);
        Assert.Contains("loss", $"{measured}");
        Assert.Contains("accuracy", $"{history}");

        // Predictions, pictures of them in numbers, and the confusion matrix.
        Tensor predicted = trainer.Predict(test.X);
        Assert.Equal([test.Count, 10], predicted.Shape.Dims.ToArray());
        Assert.Equal(predicted.ToArray(), trainer.Predict(test.X).ToArray());
        Assert.Equal(measured.Metrics["accuracy"], ConfusionMatrix.Of(predicted, test.Y).Accuracy, 1e-6);

        // The checkpoint is as good on the CPU, and so is the moved model.
        Sequential here = make(new Generator(8));
        here.Load(best);
        Assert.Equal(history.Rows.Min(row => row.ValidationLoss!.Value),
            new Trainer(here, new SparseCategoricalCrossEntropy(fromLogits: true), new Sgd(here.Parameters)).Evaluate(test).Loss, 1e-4);
        Tensor there = model.Forward(test.X);
        model.To(Device.Cpu);
        Golden.Close(there.ToDoubles(), model.Forward(test.X).ToDoubles(), 1e-4);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void ATrainingResumesToTheSameNumbers(string kind)
    {
        GpuDevice device = Named(kind);
        (Dataset train, Dataset _) = Digits("Cpu");
        string state = Path.Combine(_folder, "state.safetensors");
        float[] whole = Train(3, null);
        Train(2, state);
        Assert.Equal(whole, Train(3, state));

        float[] Train(int epochs, string? file)
        {
            Sequential model = Mlp(new Generator(7));
            model.To(device);
            Trainer trainer = new(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters, 0.01))
            {
                Progress = null, StateFile = file, Callbacks = [new EarlyStopping()],
            };
            trainer.Fit(new DataLoader(train, 64, new Generator(3)), epochs);
            return [.. model.NamedState.SelectMany(named => named.Tensor.ToArray())];
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void TheOptimizerMayBeMadeBeforeTheModelMoves(string kind)
    {
        GpuDevice device = Named(kind);
        (Dataset train, Dataset _) = Digits("Cpu");
        Sequential model = Mlp(new Generator(7));
        Adam optimizer = new(model.Parameters, 0.01);
        Trainer trainer = new(model, new SparseCategoricalCrossEntropy(fromLogits: true), optimizer) { Progress = null };
        trainer.Fit(train.X, train.Y, epochs: 1, batchSize: 64);
        model.To(device);
        double before = trainer.History.Rows[0].Loss;
        trainer.Fit(train.X, train.Y, epochs: 1, batchSize: 64);
        Assert.True(trainer.History.Rows[0].Loss < before);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void ALoopWrittenByHandNeedsNoMore(string kind)
    {
        GpuDevice device = Named(kind);
        (Dataset train, Dataset test) = Digits("Cpu");
        double[] cpu = Train(Device.Cpu), there = Train(device);
        Golden.Close(cpu, there, 1e-3);

        double[] Train(Device where)
        {
            Generator random = new(1);
            Sequential net = new(new Dense(64, 32, random), new Relu(), new Dense(32, 10, random));
            net.To(where);
            Optimizer optimizer = new RmsProp(net.Parameters, 0.001);
            SparseCategoricalCrossEntropy crossEntropy = new(fromLogits: true);
            List<double> losses = [];
            foreach (int[] batch in new DataLoader(train, batchSize: 64, shuffle: random).Epoch())
            {
                using TensorScope scope = Tensor.Scope();
                (Tensor x, Tensor y) = train.Batch(batch);
                optimizer.ClearGradients();
                Tensor loss = crossEntropy.Forward(net.Forward(x), y);
                loss.Backward();
                optimizer.Step();
                losses.Add(loss.ToDouble());
            }
            return [.. losses, .. net.Forward(test.X).ArgMax().ToDoubles()];
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void WhatIsShownIsWhatIsShownOnTheCpu(string kind)
    {
        GpuDevice device = Named(kind);
        Sequential model = Cnn(new Generator(7));
        string summary = $"{model.Summary(64)}";
        Tensor x = Tensor.Normal(new Generator(1), 0, 1, 3, 64), y = model.Forward(x);
        model.To(device);
        Assert.Equal(summary, $"{model.Summary(64)}");
        Tensor there = x.To(device);
        Assert.Equal($"{x}", $"{there}");
        Assert.Equal(x[1, 2], there[1, 2]);
        Assert.Equal(x.ToMatrix(), there.ToMatrix());
        Assert.Equal(y.Shape.ToString(), model.Forward(x).Shape.ToString());
        string file = Path.Combine(_folder, "model.safetensors");
        model.Save(file);
        Sequential loaded = Cnn(new Generator(9));
        loaded.To(device);
        loaded.Load(file);
        Assert.All(loaded.NamedState.Zip(model.NamedState),
            pair => Assert.Equal(pair.First.Tensor.ToArray(), pair.Second.Tensor.ToArray()));
        Assert.All(loaded.Parameters, p => Assert.Same(device, p.Device));
    }

    [Fact]
    public void ATrainersStepWaitsForLossMetricAndLengthOfTheGradientOnly()
    {
        GpuDevice device = GpuDevice.Create(GpuKind.Cpu);
        (Dataset train, Dataset _) = Digits("Cpu");
        Sequential model = Mlp(new Generator(7));
        model.To(device);
        Trainer trainer = new(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters, 0.01))
        {
            Metrics = [Metric.Accuracy], Penalties = [new L2Penalty(1e-5)], ClipNorm = 1, Progress = null,
        };
        DataLoader batches = new(train, 16, new Generator(3));
        trainer.Fit(batches, 1);
        int before = device.Waits;
        trainer.Fit(batches, 1);
        Assert.Equal(3 * batches.Count, device.Waits - before);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void DataMayBeOnTheDeviceTooAndCellsRunOnThreadsOfTheirOwn(string kind)
    {
        GpuDevice device = Named(kind);
        (Dataset train, Dataset _) = Digits("Cpu");
        Assert.Equal(Train(train), Train(train.To(device)));

        float[] Train(Dataset data)
        {
            Sequential model = Mlp(new Generator(7));
            Trainer trainer = new(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters, 0.01))
            {
                Progress = null, Metrics = [Metric.Accuracy],
            };
            Cell(() => model.To(device));
            Cell(() => trainer.Fit(new DataLoader(data, 32, new Generator(3), prefetch: 2), 2, data));
            float[] weights = [];
            Cell(() => weights = [.. model.NamedState.SelectMany(named => named.Tensor.ToArray())]);
            return weights;
        }

        static void Cell(Action action)
        {
            Exception? problem = null;
            Thread thread = new(() =>
            {
                try
                {
                    action();
                }
                catch (Exception e)
                {
                    problem = e;
                }
            });
            thread.Start();
            thread.Join();
            Assert.Null(problem);
        }
    }
}
