using static DeepLearning.Tests.Training.Problems;

namespace DeepLearning.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void LearnsBlobs()
    {
        (Dataset train, Dataset test) = Blobs(300).Split(0.8, new Generator(1));
        Trainer trainer = Quiet(Net());
        trainer.Fit(Batches(train), 30);
        Assert.True(trainer.Evaluate(test)["accuracy"] > 0.99, trainer.Evaluate(test).ToString());
    }

    [Fact]
    public void A241NetSolvesXor()
    {
        Dataset xor = Datasets.Xor().Column();
        Sequential model = new(new Dense(2, 4, new Generator(2)), new Tanh(), new Dense(4, 1, new Generator(3)));
        Trainer trainer = new(model, new BinaryCrossEntropy(fromLogits: true), new Adam(model.Parameters, 0.05))
        {
            Metrics = [Metric.BinaryAccuracy(threshold: 0)], Progress = null,
        };
        trainer.Fit(xor.X, xor.Y, epochs: 500);
        Assert.Equal(1, trainer.Evaluate(xor)["accuracy"]);
        Assert.True(trainer.History.Loss[^1] < 0.05, trainer.History.ToString());
    }

    [Fact]
    public void ReadsDigits()
    {
        (Dataset train, Dataset test) = Datasets.Digits().Split(0.8, new Generator(1));
        Sequential model = new(new Dense(64, 64, new Generator(1)), new Relu(), new Dense(64, 10, new Generator(2)));
        Trainer trainer = Quiet(model, rate: 0.005);
        trainer.Fit(Batches(train), 5);
        double accuracy = trainer.Evaluate(test)["accuracy"];
        Assert.True(accuracy >= 0.9, $"accuracy {accuracy}");
    }

    [Fact]
    public void TwoRunsAreEqualBitForBit()
    {
        ((float[] Weights, History History) first, (float[] Weights, History History) second) = (Run(), Run());
        Assert.Equal(first.Weights, second.Weights);
        Assert.Equal(first.History.StepLosses, second.History.StepLosses);
        Assert.Equal(first.History.ValidationLoss, second.History.ValidationLoss);

        static (float[] Weights, History History) Run()
        {
            Sequential model = Net();
            History history = Quiet(model).Fit(Batches(Blobs()), 3, Blobs(60));
            return (Weights(model), history);
        }
    }

    [Fact]
    public void DoesWhatTheLoopWrittenByHandDoes()
    {
        Dataset data = Blobs();
        Sequential byTrainer = Net(), byHand = Net();
        Quiet(byTrainer).Fit(Batches(data), 2);

        Adam adam = new(byHand.Parameters, 0.05);
        SparseCategoricalCrossEntropy loss = new(fromLogits: true);
        DataLoader loader = Batches(data);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            foreach ((Tensor x, Tensor y) in loader)
            {
                adam.ClearGradients();
                loss.Forward(byHand.Forward(x), y).Backward();
                adam.Step();
            }
        }
        Assert.Equal(Weights(byHand), Weights(byTrainer));
    }

    [Fact]
    public void RunsInDoublePrecisionOnTheReference()
    {
        Sequential model = Net();
        model.To(Device.Reference);
        Trainer trainer = Quiet(model);
        trainer.Fit(Batches(Blobs()), 5, Blobs(60));
        Assert.Equal(Device.Reference, trainer.Predict(Blobs().X).Device);
        Assert.True(trainer.History.ValidationLoss[^1] < trainer.History.ValidationLoss[0]);
    }

    [Fact]
    public void ALossThatIsASumCountsPerSample()
    {
        Dataset data = Blobs(70);
        Sequential model = Net();
        Trainer mean = Quiet(model),
            sum = new(model, new SparseCategoricalCrossEntropy(true, Reduction.Sum), new Sgd(model.Parameters)) { Progress = null };
        Assert.Equal(mean.Evaluate(data).Loss, sum.Evaluate(data, batchSize: 32).Loss, 1e-6);
        Assert.Contains("Reduction.Mean", Assert.Throws<ArgumentException>(
            () => new Trainer(model, new MeanSquaredError(Reduction.None), new Sgd(model.Parameters))).Message);
    }

    [Fact]
    public void ALossOfOnesOwnMayAddAPenalty()
    {
        Dataset data = Blobs(60);
        Sequential plain = Net(), held = Net();
        Tensor Penalized(Tensor p, Tensor y) => new SparseCategoricalCrossEntropy(fromLogits: true).Forward(p, y)
            + 0.5 * held.Parameters.Where(w => w.IsWeight).Select(w => w.Square().Sum()).Aggregate((a, b) => a + b);
        Quiet(plain).Fit(Batches(data), 20);
        new Trainer(held, Penalized, new Adam(held.Parameters, 0.05)) { Progress = null }.Fit(Batches(data), 20);
        Assert.True(Size(held) < 0.5 * Size(plain));

        static double Size(Layer model) => model.Parameters.Where(w => w.IsWeight).Sum(w => w.Square().Sum().ToDouble());
    }

    [Fact]
    public void PredictAndEvaluateDoNotDependOnTheBatchSizeAndKeepTheMode()
    {
        Dataset data = Blobs(50);
        Sequential model = Net();
        Trainer trainer = Quiet(model);
        Assert.Equal(model.Forward(data.X).ToArray(), trainer.Predict(data.X, batchSize: 7).ToArray());
        Assert.Equal(trainer.Evaluate(data).Loss, trainer.Evaluate(data, batchSize: 7).Loss, 1e-6);
        Assert.True(model.IsTraining);
        trainer.Fit(Batches(data), 1);
        Assert.False(model.IsTraining);
    }

    [Fact]
    public void DataAndSettingsThatCannotBeAreNamed()
    {
        Sequential model = Net();
        Trainer trainer = Quiet(model);
        Assert.Contains("at least one sample",
            Assert.Throws<ArgumentException>(() => trainer.Fit(Tensor.Zeros(0, 2), Tensor.Zeros(0), 1)).Message);
        Assert.Contains("N of 1 or more", Assert.Throws<ArgumentException>(() => trainer.Predict(Tensor.Zeros(0, 2))).Message);
        Assert.Contains("accuracy, accuracy", Assert.Throws<ArgumentException>(
            () => Quiet(model, metrics: [Metric.Accuracy, Metric.BinaryAccuracy()])).Message);
        Assert.Contains("1 epoch or more, got 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(Batches(Blobs()), 0)).Message);
        Assert.Contains("add it to the trainer's Metrics",
            Assert.Throws<ArgumentException>(() => trainer.Evaluate(Blobs())["recall"]).Message);
    }

    [Fact]
    public void ParametersTheOptimizerDoesNotHaveStayAndTheirGradientsDoNotPileUp()
    {
        Dataset data = Blobs(32);
        Sequential model = Net();
        Dense frozen = (Dense)model[0];
        float[] before = frozen.Weight.ToArray();
        SparseCategoricalCrossEntropy loss = new(fromLogits: true);
        Trainer trainer = new(model, loss, new Sgd(model[2].Parameters, learningRate: 0)) { Progress = null };
        trainer.Fit(data.X, data.Y, epochs: 3);
        Assert.Equal(before, frozen.Weight.ToArray());
        Assert.Equal(Tensor.Gradients(loss.Forward(model.Forward(data.X), data.Y), [frozen.Weight])[0].ToArray(),
            frozen.Weight.Gradient!.ToArray());
    }

    [Fact]
    public void TheScheduleSetsTheRateOfEveryStep()
    {
        List<double> rates = [];
        Trainer trainer = Quiet(Net(), [Callback.EachStep((run, _) => rates.Add(run.Trainer.Optimizer.LearningRate))],
            schedule: new ExponentialDecay(0.1, 0.1));
        trainer.Fit(Batches(Blobs(64)), 2);
        Assert.Equal(Enumerable.Range(0, 4).Select(t => 0.1 * Math.Exp(-0.1 * t)), rates);
        Assert.Equal([rates[1], rates[3]], trainer.History.LearningRate);
    }

    [Fact]
    public void ClippingLimitsEveryStep()
    {
        Sequential model = Net();
        float[] before = Weights(model);
        Trainer trainer = new(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Sgd(model.Parameters, 1))
        {
            ClipNorm = 0.001, Progress = null,
        };
        trainer.Fit(Batches(Blobs(32)), 1);
        double moved = Math.Sqrt(Weights(model).Zip(before, (a, b) => Math.Pow(a - b, 2)).Sum());
        Assert.Equal(0.001, moved, 1e-6);
        Assert.True(trainer.History.Rows[0].GradientNorm > 0.01);
    }
}
