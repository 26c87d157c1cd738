using System.Reflection;
using static DeepLearning.Tests.Training.Problems;

namespace DeepLearning.Tests.Training;

public sealed class ResumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("resume-").FullName;

    private string StateFile => Path.Combine(_folder, "state", "run.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Everything that has a memory: Adam, a schedule or a watched rate, shuffling, random slopes, early stopping.
    private Trainer Training(string? file, bool schedule = false, Callback? more = null)
    {
        Sequential model = new(new Dense(2, 8, new Generator(1)), new RRelu(new Generator(2)), new Dense(8, 3, new Generator(3)));
        Callback[] callbacks = schedule
            ? [new EarlyStopping(patience: 50)]
            : [new EarlyStopping(patience: 3, minDelta: 0.02), new ReduceOnPlateau(0.5, patience: 2, minDelta: 0.02)];
        return new Trainer(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters, 0.05))
        {
            Metrics = [Metric.Accuracy], Callbacks = more is null ? callbacks : [.. callbacks, more], StateFile = file, Progress = null,
            Schedule = schedule ? new CosineDecay(0.05, 100) : null,
        };
    }

    private static (float[] Weights, double[] Losses, double[] Rates, string? Reason) Run(Trainer trainer, int epochs)
    {
        History history = trainer.Fit(Batches(Blobs(96)), epochs, Blobs(60));
        return (Weights(trainer.Model), [.. history.StepLosses], history.LearningRate, history.StopReason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AStoppedTrainingComesToTheSameNumbers(bool schedule)
    {
        (float[] Weights, double[] Losses, double[] Rates, string? Reason) whole = Run(Training(null, schedule), 12);
        Run(Training(StateFile, schedule), 2);
        Run(Training(StateFile, schedule), 5);
        Trainer last = Training(StateFile, schedule);
        (float[] Weights, double[] Losses, double[] Rates, string? Reason) parts = Run(last, 12);
        Assert.Equal(whole.Weights, parts.Weights);
        Assert.Equal(whole.Losses, parts.Losses);
        Assert.Equal(whole.Rates, parts.Rates);
        Assert.Equal(whole.Reason, parts.Reason);
        Assert.Equal(schedule, whole.Reason is null);
        Assert.Equal(Enumerable.Range(1, whole.Rates.Length), last.History.Rows.Select(row => row.Epoch));
        Assert.Contains("accuracy", last.History.Rows[0].ValidationMetrics.Keys);
    }

    [Fact]
    public void ATrainingBrokenOffInAnEpochRepeatsThatEpoch()
    {
        (float[] Weights, double[] Losses, double[] Rates, string? Reason) whole = Run(Training(null, true), 4);
        Callback failure = Callback.EachStep((run, _) =>
        {
            if (run is { Epoch: 3, Step: 2 }) throw new IOException("power cut");
        });
        Assert.Throws<IOException>(() => Run(Training(StateFile, true, failure), 4));
        (float[] Weights, double[] Losses, double[] Rates, string? Reason) parts =
            Run(Training(StateFile, true, Callback.EachStep((_, _) => { })), 4);
        Assert.Equal(whole.Weights, parts.Weights);
        Assert.Equal(whole.Losses, parts.Losses);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void AugmentedTrainingComesToTheSameNumbers(int prefetch)
    {
        Dataset digits = Datasets.Digits(images: true).Subset([.. Enumerable.Range(0, 96)]);
        (float[] Weights, double[] Losses) whole = Fit(null, 6, 0);
        Fit(StateFile, 2, prefetch);
        Fit(StateFile, 3, prefetch);
        (float[] Weights, double[] Losses) parts = Fit(StateFile, 6, prefetch);
        Assert.Equal(whole.Weights, parts.Weights);
        Assert.Equal(whole.Losses, parts.Losses);

        (float[] Weights, double[] Losses) Fit(string? file, int epochs, int ahead)
        {
            Sequential model = new(new Flatten(), new Dense(64, 10, new Generator(1)));
            Trainer trainer = new(model, Loss, new Adam(model.Parameters, 0.01)) { StateFile = file, Progress = null };
            DataLoader loader = new(digits, 20, new Generator(2), augment: Augment.Shift(1).Then(Augment.Noise(0.5)),
                random: new Generator(3), prefetch: ahead);
            History history = trainer.Fit(loader, epochs);
            return (Weights(model), [.. history.StepLosses]);
        }
    }

    [Fact]
    public void ATrainingInDoublePrecisionComesToTheSameNumbers()
    {
        double[] whole = Fit(null, 4);
        Fit(StateFile, 2);
        Assert.Equal(whole, Fit(StateFile, 4));

        double[] Fit(string? file, int epochs)
        {
            Trainer trainer = Training(file, true);
            trainer.Model.To(Device.Reference);
            trainer.Fit(Batches(Blobs(64)), epochs, Blobs(30));
            return [.. trainer.Model.Parameters.SelectMany(p => p.ToDoubles())];
        }
    }

    [Fact]
    public void AFileOfAnotherPrecisionIsReadAsFarAsTheDigitsGo()
    {
        Run(Training(StateFile, true), 2);
        Trainer trainer = Training(StateFile, true);
        trainer.Model.To(Device.Reference);
        Assert.Equal(4, trainer.Fit(Batches(Blobs(96)), 4, Blobs(60)).Rows.Count);
        Assert.Equal(5, Run(Training(StateFile, true), 5).Rates.Length);
    }

    public static TheoryData<string> Optimizers => ["amsgrad", "nesterov", "rmsprop-nesterov", "adadelta", "lion", "muon"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void EveryOptimizerGoesOnWithGroupsPenaltiesAndClipping(string kind)
    {
        float[] whole = Fit(null, 4);
        Fit(StateFile, 1);
        Assert.Equal(whole, Fit(StateFile, 4));

        float[] Fit(string? file, int epochs)
        {
            Sequential model = new(new Dense(2, 8, new Generator(1)), new BatchNorm1d(8), new Tanh(), new Dropout(0.2, new Generator(2)),
                new Dense(8, 3, new Generator(3)));
            ParameterGroup[] groups = [new(model[0].Parameters, rateFactor: 0.5, weightDecay: 0.1)];
            Parameter[] all = [.. model.Parameters];
            Optimizer optimizer = kind switch
            {
                "amsgrad" => new Adam(all, 0.02, amsgrad: true) { Groups = groups },
                "nesterov" => new Nesterov(all, 0.02) { Groups = groups },
                "rmsprop-nesterov" => new RmsPropNesterov(all, 0.02) { Groups = groups },
                "adadelta" => new Adadelta(all) { Groups = groups },
                "lion" => new Lion(all, 0.01) { Groups = groups },
                _ => new Muon(all, 0.02) { Groups = groups },
            };
            new Trainer(model, Loss, optimizer)
            {
                StateFile = file, Progress = null, Penalties = [new L1Penalty(0.01, proximal: true), new MaxNorm(1.5)], ClipNorm = 0.8,
                Callbacks = [new EarlyStopping(patience: 20), new ReduceOnPlateau(0.5, patience: 1)],
            }.Fit(Batches(Blobs(70)), epochs, Blobs(30));
            return [.. model.NamedState.SelectMany(named => named.Tensor.ToArray())];
        }
    }

    [Fact]
    public void TheWeightsPathGoesOnWhereItWas()
    {
        WeightPath whole = new(every: 2), first = new(every: 2), second = new(every: 2);
        Run(Training(null, true, whole), 4);
        Run(Training(StateFile, true, first), 2);
        Run(Training(StateFile, true, second), 4);
        // The first run ended there, so it kept that point; resumed, the path does not know of it.
        Assert.Equal(whole.Points.Select(point => point.Values.ToArray()), second.Points.Select(point => point.Values.ToArray()));
    }

    [Fact]
    public void AFinishedTrainingIsNotRepeated()
    {
        (float[] Weights, double[] Losses, double[] Rates, string? Reason) first = Run(Training(StateFile), 20);
        Trainer again = Training(StateFile);
        (float[] Weights, double[] Losses, double[] Rates, string? Reason) second = Run(again, 20);
        Assert.Equal(first.Weights, second.Weights);
        Assert.Equal(first.Losses, second.Losses);
    }

    [Fact]
    public void AnotherTrainingsFileIsRefused()
    {
        Run(Training(StateFile), 1);
        Sequential larger = new(new Dense(2, 9, new Generator(1)), new RRelu(new Generator(2)), new Dense(9, 3, new Generator(3)));
        Check("model is 0.bias [8]", new Trainer(larger, Loss, new Adam(larger.Parameters)), Blobs(96), 32);
        Check("optimizer is Adam, now it is Sgd", new Trainer(larger, Loss, new Sgd(larger.Parameters)), Blobs(96), 32);
        Check("number of training samples is 96, now it is 90", Training(null), Blobs(90), 32);
        Check("batch size is 32, now it is 16", Training(null), Blobs(96), 16);

        void Check(string message, Trainer trainer, Dataset data, int batchSize)
        {
            trainer = new(trainer.Model, Loss, trainer.Optimizer)
            {
                Callbacks = Training(null).Callbacks, StateFile = StateFile, Progress = null,
            };
            Assert.Contains(message,
                Assert.Throws<InvalidOperationException>(() => trainer.Fit(new DataLoader(data, batchSize, new Generator(7)), 2)).Message);
        }
    }

    private static SparseCategoricalCrossEntropy Loss { get; } = new(fromLogits: true);

    [Fact]
    public void ADamagedFileIsRefused()
    {
        Run(Training(StateFile), 1);
        byte[] bytes = File.ReadAllBytes(StateFile);
        File.WriteAllBytes(StateFile, bytes[..^5]);
        Assert.Contains("is cut off", Assert.Throws<InvalidDataException>(() => Run(Training(StateFile), 2)).Message);
        Training(null).Model.Save(StateFile);
        Assert.Contains("is not the state of a training", Assert.Throws<InvalidDataException>(() => Run(Training(StateFile), 2)).Message);
    }

    // A generator that training cannot see would begin anew when training resumes.
    [Fact]
    public void EveryLayerThatDrawsNumbersNamesItsGenerator()
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;
        IEnumerable<Type> drawing = typeof(Layer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Layer)) && type.GetFields(all).Any(f => f.FieldType == typeof(Generator)));
        Assert.NotEmpty(drawing);
        Assert.All(drawing, type => Assert.True(type.GetProperty("OwnGenerators", all) is not null,
            $"{type.Name} keeps a generator and does not override OwnGenerators."));
        Assert.Equal(3, new Sequential(new Dropout(0.5, new Generator(1)),
            new Sequential(new Dense(2, 2, new Generator(2)), new RRelu(new Generator(3))),
            new Lstm(2, 2, new Generator(4), layers: 2, dropout: 0.1)).Generators.Count());
    }
}
