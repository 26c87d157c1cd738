using static DeepLearning.Tests.Training.Problems;

namespace DeepLearning.Tests.Layers;

/// <summary>Training and evaluation behaviour, layer by layer, and parameters that several layers share.</summary>
public class ModeTests
{
    private static (Sequential Model, BatchNorm1d Norm) Net()
    {
        BatchNorm1d norm = new(8);
        return (new(new Sequential(new Dense(2, 8, new Generator(1)), norm), new Tanh(), new Dense(8, 3, new Generator(2))), norm);
    }

    [Fact]
    public void LookingAtAModelLeavesEveryLayersMode()
    {
        (Sequential model, _) = Net();
        model[0].EvaluationMode();
        Trainer trainer = Quiet(model);
        foreach (Action look in new Action[]
        {
            () => model.Summary(2), () => trainer.Evaluate(Blobs(30)), () => trainer.Predict(Blobs(30).X),
            () => new LossLandscape(model, new SparseCategoricalCrossEntropy(fromLogits: true), Blobs(30))
                .Along(WeightVector.Of(model), points: 2),
        })
        {
            look();
            Assert.Equal((true, false, true), (model.IsTraining, model[0].IsTraining, model[2].IsTraining));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AFrozenLayerKeepsItsRunningStatisticsIfAsked(bool evaluate)
    {
        (Sequential model, BatchNorm1d norm) = Net();
        model[0].Freeze(evaluate);
        Quiet(model).Fit(Batches(Blobs(64)), 2);
        Assert.Equal(evaluate, norm.RunningMean.ToArray().All(value => value == 0));
        model.TrainingMode();
        Assert.Equal(!evaluate, norm.IsTraining);
        model.Unfreeze();
        model.TrainingMode();
        Assert.True(norm.IsTraining);
        Quiet(model).Fit(Batches(Blobs(64)), 1);
        Assert.DoesNotContain(0, norm.RunningMean.ToArray());
    }

    [Fact]
    public void ASharedLayersParametersCountOnce()
    {
        Dense shared = new(3, 3, new Generator(1));
        Sequential model = new(shared, new Tanh(), shared);
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], model.NamedParameters.Select(named => named.Name));
        Assert.Equal([shared.Weight, shared.Bias!], model.Parameters);
        ModelSummary summary = model.Summary(3);
        Assert.Equal((12, 12, 12), (model.ParameterCount, model.TrainableCount, summary.Rows.Sum(row => row.ParameterCount)));

        model.Forward(Tensor.Ones(2, 3)).Square().Sum().Backward();
        double norm = GradientClip.ByNorm(model.Parameters, 0.5);
        Assert.True(norm > 0.5);
        Assert.Equal(0.5, GradientClip.Norm(shared.Parameters), 1e-6);
    }

    [Fact]
    public void AnActivationWithASlopeIsSharedByTheBlocksOfAnEncoder()
    {
        TransformerEncoder encoder = new(2, 4, 2, 8, new Generator(1), activation: new PRelu());
        Assert.Equal(encoder.Parameters.Count(), encoder.Parameters.Distinct().Count());
        Assert.Equal(1, encoder.Parameters.Count(p => p.Count == 1));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        Dense dense = new(2, 2, new Generator(1));
        _ = new SpectralNorm(dense, new Generator(2));
        Check<ArgumentException>("Dense(2→2) is in a SpectralNorm already", () => new SpectralNorm(dense, new Generator(2)));
        Check<ArgumentException>("Reshape needs lengths of 1 or more, one of which may be -1, got [-2, 3].", () => new Reshape(-2, 3));
        Check<ArgumentException>("Reshape needs lengths of 1 or more, one of which may be -1, got [-1, -1].", () => new Reshape(-1, -1));
        Check<ArgumentException>("GlobalMaxPool2d needs [N, C, H, W]", () => new GlobalMaxPool2d().Forward(Tensor.Ones(2, 3)));
        Check<ArgumentException>(
            "BatchNorm1d(2) got input [1, 2], 1 number(s) a channel; training needs 2 or more: use larger batches, leave out a smaller " +
            "last one (dropLast: true)",
            () => new BatchNorm1d(2).Forward(Tensor.Ones(1, 2)));
        Check<ArgumentException>("A table of positions needs", () => PositionalEncoding.Table(-1, 2));
        Check<ArgumentException>("Arange needs finite numbers and a step that leads from start to stop, got start 0, stop -1 and step 1.",
            () => Tensor.Arange(-1));
        Check<ArgumentOutOfRangeException>("A single number, of shape [], has no axes, got 0.", () => Tensor.Scalar(1).Sum(0));
        Check<ArgumentException>("Normal numbers need a finite mean", () => new NormalInitializer(double.NaN, 1));
        Check<ArgumentException>("Normal numbers need a finite mean", () => new NormalInitializer(0, double.PositiveInfinity));
        Check<ArgumentException>("Uniform numbers need finite bounds", () => new UniformInitializer(0, double.PositiveInfinity));
        Check<ArgumentOutOfRangeException>("A forget bias is a finite number",
            () => new Lstm(1, 1, new Generator(1), forgetBias: double.NaN));
    }

    [Fact]
    public void AnEmptyBatchIsReshaped() => Assert.Equal(new Shape(0, 2, 3), new Reshape(2, -1).Forward(Tensor.Zeros(0, 6)).Shape);

    private static void Check<T>(string message, Action mistake)
        where T : Exception => Assert.StartsWith(message, Assert.Throws<T>(mistake).Message);

    [Fact]
    public void PredictIsTheFinishedModelsOutputAndLeavesNoTrace()
    {
        Dropout within = new(0.5, new Generator(1));
        Sequential model = new(new Dense(3, 4, new Generator(2)), within, new Dense(4, 2, new Generator(3)));
        within.EvaluationMode();
        model[0].TrainingMode();
        Tensor x = Tensor.Normal(new Generator(4), 0, 1, 10, 3);
        ulong position = model.Generators.Single().Position;
        Tensor y = model.Predict(x);
        Assert.False(y.RequiresGradient);
        Assert.Null(y.Origin);
        Assert.Equal([true, true, false, true], [model.IsTraining, model[0].IsTraining, within.IsTraining, model[2].IsTraining]);
        Assert.Equal(position, model.Generators.Single().Position);
        Assert.Equal(model.Forward(x).ToArray(), y.ToArray());
        foreach (int size in (int[])[1, 3, 10, 100]) Assert.Equal(y.ToArray(), model.Predict(x, size).ToArray());
    }

    [Fact]
    public void PredictGoesToWhereTheModelIsAndKeepsItsModesWhenItFails()
    {
        Layer model = new Sequential(new Dense(3, 2, new Generator(2))).To(Device.Reference);
        Assert.Equal(Device.Reference, model.Predict(Tensor.Ones(4, 3)).Device);
        Assert.Equal(new Shape(2), model.Predict(Tensor.Ones(3)).Shape);
        Assert.Throws<ArgumentException>(() => model.Predict(Tensor.Ones(4, 5)));
        Assert.True(model.IsTraining);
        Assert.Contains("at least 1 sample, got 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict(Tensor.Ones(4, 3), 0)).Message);
        Assert.Equal("x", Assert.Throws<ArgumentNullException>(() => model.Predict(null!)).ParamName);
        Assert.Equal("layers", Assert.Throws<ArgumentNullException>(() => new Sequential(null!, new Relu())).ParamName);
    }
}
