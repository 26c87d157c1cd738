namespace DeepLearning.Tests.Training;

/// <summary>Class weights and ignored labels in training and evaluation: nothing depends on how samples fall into batches.</summary>
public class WeighedLossTests
{
    private static Dataset Padded()
    {
        Tensor y = Tensor.From([0, -1, 2, 1, -1, -1, -1, -1, -1, 2]);
        return new Dataset(Tensor.Normal(new Generator(4), 0, 1, 10, 2), y);
    }

    private static Trainer Of(Layer model, Loss loss, Callback[]? callbacks = null) =>
        new(model, loss, new Sgd(model.Parameters, 0.1)) { Progress = null, Callbacks = callbacks ?? [] };

    public static TheoryData<Loss> Losses =>
    [
        new SparseCategoricalCrossEntropy(true, Reduction.Mean, [0.2, 3, 1], -1),
        new SparseCategoricalCrossEntropy(true, Reduction.Sum, [0.2, 3, 1], -1),
        new SparseCategoricalCrossEntropy(true, ignoreLabel: -1, labelSmoothing: 0.1), new Focal(2, [0, 3, 1], Reduction.Mean, -1),
    ];

    [Theory, MemberData(nameof(Losses), DisableDiscoveryEnumeration = true)]
    public void EvaluationDoesNotDependOnTheBatchSize(Loss loss)
    {
        Dataset data = Padded();
        Sequential model = Problems.Net();
        Trainer trainer = Of(model, loss);
        double whole = loss.Forward(model.Predict(data.X), data.Y).ToDouble() / (loss.Reduction == Reduction.Sum ? data.Count : 1);
        foreach (int size in (int[])[10, 7, 3, 1]) Assert.Equal(whole, trainer.Evaluate(data, size).Loss, 1e-6);
    }

    [Fact]
    public void ABatchOfIgnoredLabelsIsPassedOver()
    {
        SparseCategoricalCrossEntropy loss = new(true, ignoreLabel: -1);
        List<double> seen = [];
        Sequential model = Problems.Net(), without = Problems.Net();
        Trainer trainer = Of(model, loss, [Callback.EachStep((_, value) => seen.Add(value))]);
        Dataset data = Padded();
        History history = trainer.Fit(new DataLoader(data.Subset(0, 1, 2, 3, 4, 5, 6, 7), 2), 2);
        Assert.Equal(4, trainer.Optimizer.StepCount);
        Assert.Equal(history.StepLosses, seen);
        Assert.All(history.StepLosses, value => Assert.True(double.IsFinite(value)));
        Assert.All(history.Rows, row => Assert.True(row.GradientNorm > 0));

        History shorter = Of(without, loss).Fit(new DataLoader(data.Subset(0, 1, 2, 3), 2), 2);
        Assert.Equal(shorter.Loss, history.Loss);
        Assert.Equal(Problems.Weights(without), Problems.Weights(model));
    }

    [Fact]
    public void DataOfIgnoredLabelsAloneIsAnError()
    {
        Sequential model = Problems.Net();
        float[] before = Problems.Weights(model);
        Trainer trainer = Of(model, new SparseCategoricalCrossEntropy(true, ignoreLabel: -1));
        Dataset data = Padded().Subset(4, 5, 6, 7);
        Assert.StartsWith("Nothing in the 2 batches of epoch 1 counts",
            Assert.Throws<ArgumentException>(() => trainer.Fit(new DataLoader(data, 2), 3)).Message);
        Assert.Equal(before, Problems.Weights(model));
        Assert.StartsWith("Nothing in 'data' counts", Assert.Throws<ArgumentException>(() => trainer.Evaluate(data)).Message);
    }

    [Fact]
    public void AnOptimizerWithoutAnyOfTheModelsParametersIsAnError()
    {
        Sequential model = Problems.Net(), other = Problems.Net();
        Assert.Equal(
            "The Adam has none of the model's 4 parameters, so training would change nothing of the model; " +
            "make it with new Adam(model.Parameters).",
            Assert.Throws<ArgumentException>(() => new Trainer(model, new MeanSquaredError(), new Adam(other.Parameters))).Message);
        Assert.StartsWith("The model has no parameters",
            Assert.Throws<ArgumentException>(() => new Trainer(new Relu(), new MeanSquaredError(), new Adam(other.Parameters))).Message);
        Assert.Same(model, new Trainer(model, new MeanSquaredError(), new Adam([.. other.Parameters, .. model[0].Parameters])).Model);
    }

    [Fact]
    public void WhatIsMissingIsNamed()
    {
        Sequential model = Problems.Net();
        Adam adam = new(model.Parameters);
        Trainer trainer = Problems.Quiet(model);
        Missing("model", () => _ = new Trainer(null!, new MeanSquaredError(), adam));
        Missing("loss", () => _ = new Trainer(model, (Loss)null!, adam));
        Missing("loss", () => _ = new Trainer(model, (Func<Tensor, Tensor, Tensor>)null!, adam));
        Missing("optimizer", () => _ = new Trainer(model, new MeanSquaredError(), null!));
        Missing("train", () => trainer.Fit(null!, 1));
        Missing("x", () => trainer.Fit(null!, Tensor.Ones(1), 1));
        Missing("y", () => trainer.Fit(Tensor.Ones(1, 2), null!, 1));
        Missing("data", () => trainer.Evaluate(null!));
        Missing("x", () => trainer.Predict(null!));
        Missing("data", () => _ = new DataLoader(null!, 1));
        Missing("Metrics", () => _ = new Trainer(model, new MeanSquaredError(), adam) { Metrics = null! });
        Missing("Callbacks", () => _ = new Trainer(model, new MeanSquaredError(), adam) { Callbacks = [null!] });
        Assert.StartsWith("ClipNorm must be a finite number, got Infinity.", Assert.Throws<ArgumentOutOfRangeException>(
            () => new Trainer(model, new MeanSquaredError(), adam) { ClipNorm = double.PositiveInfinity }).Message);

        static void Missing(string name, Action action) => Assert.Equal(name, Assert.Throws<ArgumentNullException>(action).ParamName);
    }
}
