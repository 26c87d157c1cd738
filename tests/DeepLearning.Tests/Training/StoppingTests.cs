using static DeepLearning.Tests.Training.Problems;

namespace DeepLearning.Tests.Training;

public class StoppingTests
{
    [Fact]
    public void ANaNLossStopsAndSaysWhereItBegan()
    {
        Dataset data = Blobs(96);
        Sequential model = Net();
        float[] last = [];
        Trainer trainer = Quiet(model, [Callback.EachStep((run, _) =>
        {
            if (run is { Epoch: 2, Step: 1 }) model.Parameters.First().Assign(Tensor.Full(double.NaN, 8, 2));
            last = Weights(model);
        })]);
        DivergenceException e = Assert.Throws<DivergenceException>(() => trainer.Fit(Batches(data), 5));
        Assert.Equal((2, 2), (e.Epoch, e.Step));
        Assert.Contains(
            "epoch 2, step 2: the loss is not a number (NaN); it began in layer 0, Dense(2→8), whose weight the step before left with a " +
            "number that is not finite; lower the learning rate",
            e.Message);
        Assert.Equal(last, Weights(model));
        Assert.Single(trainer.History.Rows);
        Assert.Equal(4, trainer.History.StepLosses.Count);
    }

    [Fact]
    public void TheLayerInWhichItBeganIsNamed()
    {
        Sequential overflow = new(new Dense(2, 3, new Generator(1)), new Sequential(new Tanh(), new Large()),
            new Dense(3, 3, new Generator(2)));
        Assert.Contains("the loss is not a number (NaN); it began in the output of layer 1.1, Large();", Message(overflow, Blobs(32)));

        Dataset data = Blobs(32), holed = data.WithX(Tensor.Where(data.X > 0, data.X, Tensor.Full(double.NaN, 32, 2)));
        Assert.Contains("the data of this batch holds a number that is not finite", Message(Net(), holed));

        Sequential net = Net();
        Trainer trainer = new(net, (p, y) => p.Sum() / 0.0, new Sgd(net.Parameters)) { Progress = null };
        Assert.Contains("every layer's output is finite, so it began in the loss",
            Assert.Throws<DivergenceException>(() => trainer.Fit(Batches(data), 1)).Message);

        Dense line = new(1, 1, new Generator(1));
        Trainer regression = new(line, new MeanSquaredError(), new Sgd(line.Parameters)) { Progress = null };
        Dataset gap = new(Tensor.Ones(2, 1), Tensor.From([1, double.NaN], 2, 1));
        Assert.Contains("the targets of this batch hold a number that is not finite",
            Assert.Throws<DivergenceException>(() => regression.Fit(new DataLoader(gap, 2), 1)).Message);

        static string Message(Layer model, Dataset data) =>
            Assert.Throws<DivergenceException>(() => Quiet(model).Fit(Batches(data), 1)).Message;
    }

    private sealed class Large : Layer
    {
        protected override Tensor Compute(Tensor x) => x * 1e30 * 1e30;

        public override string ToString() => "Large()";
    }

    [Fact]
    public void AnInfiniteGradientIsNamed()
    {
        Sequential model = Net();
        Trainer trainer = new(model, (p, y) => (p * 1e30).Sum() * 0 + (0 * p.Sum()).Sqrt(), new Sgd(model.Parameters))
        {
            ClipNorm = 1, Progress = null,
        };
        string message = Assert.Throws<DivergenceException>(() => trainer.Fit(Batches(Blobs(32)), 1)).Message;
        Assert.Contains("epoch 1, step 1: The gradient of parameter 'weight'", message);
    }

    [Fact]
    public void CancellationStopsBetweenStepsAndLeavesEverythingUsable()
    {
        using CancellationTokenSource source = new();
        Sequential model = Net();
        Trainer trainer = Quiet(model, [Callback.EachStep((run, _) =>
        {
            if (run is { Epoch: 2, Step: 2 }) source.Cancel();
        })]);
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Batches(Blobs(96)), 1000, cancellation: source.Token));
        Assert.Equal((5, 5), (trainer.Optimizer.StepCount, trainer.History.StepLosses.Count));
        Assert.Single(trainer.History.Rows);
        Assert.All(Weights(model), w => Assert.True(float.IsFinite(w)));
        trainer.Fit(Batches(Blobs(96)), 1);
        Assert.Equal(8, trainer.Optimizer.StepCount);
    }

    [Fact]
    public void TheHostsInterruptionStopsToo()
    {
        using CancellationTokenSource host = new();
        Trainer trainer = Quiet(Net(), [Callback.EachStep((run, _) =>
        {
            if (run.Step == 3) host.Cancel();
        })]);
        Interruption.Watch(host.Token);
        try
        {
            Assert.Throws<OperationCanceledException>(() => trainer.Fit(Batches(Blobs(200)), 1000));
            Assert.Equal(3, trainer.Optimizer.StepCount);
            Assert.Throws<OperationCanceledException>(() => trainer.Evaluate(Blobs()));
            Assert.Throws<OperationCanceledException>(() => trainer.Predict(Blobs().X));
        }
        finally
        {
            Interruption.Watch(CancellationToken.None);
        }
    }

    // A training whose validation loss is chosen: the model is one bias, the loss is that bias, the optimizer does nothing, and a
    // callback sets it.
    private static (Trainer Trainer, Parameter Value) Scripted(double[] losses, params Callback[] callbacks)
    {
        Dense model = new(1, 1, new Generator(1));
        Trainer trainer = new(model, (p, _) => p.Mean() * 0 + model.Bias!.Sum(), new Sgd(model.Parameters, 1e-3, 0))
        {
            Callbacks = [Callback.EachStep((run, _) => model.Bias!.Assign(Tensor.Full(losses[run.Epoch - 1], 1))), .. callbacks],
            Progress = null,
        };
        return (trainer, model.Bias!);
    }

    private static readonly Dataset s_one = new(Tensor.Ones(1, 1), Tensor.Ones(1, 1));

    [Theory]
    [InlineData(3, 0, 6, 3)]       // 4 → best 2 after epoch 3, then three without improvement
    [InlineData(2, 0, 5, 3)]
    [InlineData(2, 1.5, 4, 2)]     // 3 → 2 is less than minDelta
    [InlineData(10, 0, 8, 8)]      // never patient long enough
    public void EarlyStoppingStopsAndRestoresTheBest(int patience, double minDelta, int epochs, int best)
    {
        double[] losses = [5, 3, 2, 4, 2, 3, 2.5, 1];
        EarlyStopping stopping = new(patience, minDelta);
        (Trainer trainer, Parameter value) = Scripted(losses, stopping);
        History history = trainer.Fit(new DataLoader(s_one, 1), losses.Length, s_one);
        Assert.Equal((epochs, best), (history.Rows.Count, stopping.BestEpoch));
        Assert.Equal((float)losses[best - 1], value.Item());
        Assert.Equal(epochs < losses.Length, history.StopReason is not null);
        if (history.StopReason is { } reason)
            Assert.Contains($"has not improved for {patience} epochs; it was best, {losses[best - 1]}, after epoch {best}", reason);
    }

    [Fact]
    public void WithoutRestoringTheLastWeightsStay()
    {
        (Trainer trainer, Parameter value) = Scripted([3, 2, 4, 5], new EarlyStopping(2, restoreBest: false));
        trainer.Fit(new DataLoader(s_one, 1), 4, s_one);
        Assert.Equal(5, value.Item());
    }

    [Fact]
    public void EarlyStoppingOnAMetricLooksTheOtherWay()
    {
        Metric score = new("score", (p, _) => p.Sum().ToDouble(), higherIsBetter: true);
        Dense model = new(1, 1, new Generator(1));
        double[] scores = [1, 3, 2, 1, 0];
        Trainer trainer = new(model, new MeanSquaredError(), new Sgd(model.Parameters, 0))
        {
            Metrics = [score], Progress = null,
            Callbacks = [Callback.EachStep((run, _) =>
            {
                model.Weight.Assign(Tensor.Zeros(1, 1));
                model.Bias!.Assign(Tensor.Full(scores[run.Epoch - 1], 1));
            }), new EarlyStopping(2, metric: score)],
        };
        Assert.Equal(4, trainer.Fit(new DataLoader(s_one, 1), 5, s_one).Rows.Count);
        Assert.Equal(3, model.Bias!.Item());

        Trainer unmeasured = Quiet(Net(), [new EarlyStopping(metric: score)]);
        Assert.Contains("'score' is watched but not measured",
            Assert.Throws<InvalidOperationException>(() => unmeasured.Fit(Batches(Blobs()), 1)).Message);
    }

    /// <summary>tf.keras.callbacks.ReduceLROnPlateau(factor=0.5, patience=2, min_delta=0, min_lr=0.3), followed by hand.</summary>
    [Fact]
    public void ReduceOnPlateauCutsAfterPatienceAndStopsAtTheMinimum()
    {
        (Trainer trainer, _) = Scripted([5, 4, 4, 4, 4, 4, 3, 3, 3, 3], new ReduceOnPlateau(0.5, patience: 2, minimum: 0.3, minDelta: 0));
        trainer.Optimizer.LearningRate = 1;
        List<double> rates = [];
        Trainer watched = new(trainer.Model, (p, _) => p.Mean() * 0 + ((Dense)trainer.Model).Bias!.Sum(), trainer.Optimizer)
        {
            Callbacks = [.. trainer.Callbacks, Callback.EachEpoch((run, _) => rates.Add(run.Trainer.Optimizer.LearningRate))],
            Progress = null,
        };
        watched.Fit(new DataLoader(s_one, 1), 10, s_one);
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3, 0.3], rates);

        Trainer both = Quiet(Net(), [new ReduceOnPlateau()], schedule: new ExponentialDecay(1, 1));
        Assert.Contains("use one of the two", Assert.Throws<InvalidOperationException>(() => both.Fit(Batches(Blobs()), 1)).Message);
    }

    [Fact]
    public void WrongSettingsAreNamed()
    {
        Assert.Contains("patience", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(0)).Message);
        Assert.Contains("minDelta", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(1, -1)).Message);
        Assert.Contains("factor", Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(1)).Message);
    }
}
