namespace DeepLearning.Tests.Optimizers;

public class GroupAndFreezeTests
{
    private static Parameter One(string name, bool isWeight = true) => new(name, Tensor.From([1.0]), isWeight);

    [Fact]
    public void ASchedulesRateMovesAllGroupsInProportion()
    {
        Parameter a = One("a"), b = One("b"), c = One("c");
        Sgd optimizer = new([a, b, c], 1) { Groups = [new([b], rateFactor: 0.1), new([c], rateFactor: 0)] };
        StepDecay schedule = new(0.5, 0.5, 1);
        for (int t = 0; t < 2; t++)
        {
            optimizer.LearningRate = schedule.Rate(t);
            optimizer.Step(() => (a + b + c).Sum());
        }
        Assert.Equal(1 - 0.75, a.ToDouble(), 1e-6);
        Assert.Equal(1 - 0.075, b.ToDouble(), 1e-6);
        Assert.Equal(1, c.ToDouble());
    }

    [Fact]
    public void GroupsHaveTheirOwnDecayButBiasesStillNone()
    {
        Parameter a = One("a"), b = One("b"), bias = One("bias", isWeight: false);
        new Sgd([a, b, bias], 0.1, weightDecay: 0.5) { Groups = [new([b, bias], weightDecay: 2)] }.Step(() => 0 * (a + b + bias).Sum());
        Assert.Equal((0.95, 0.8, 1), (Math.Round(a.ToDouble(), 6), Math.Round(b.ToDouble(), 6), bias.ToDouble()));
        Parameter w = One("w");
        new AdamW([w], 0.1, weightDecay: 0) { Groups = [new([w], 2, 0.5)] }.Step(() => 0 * w.Sum());
        Assert.Equal(0.9, w.ToDouble(), 1e-6);
    }

    [Fact]
    public void WrongGroupsAreNamed()
    {
        Parameter a = One("a"), b = One("b");
        Assert.StartsWith("This optimizer does not change the parameter 'b' [1].",
            Assert.Throws<ArgumentException>(() => new Sgd([a]) { Groups = [new([b])] }).Message);
        Assert.StartsWith("The parameter 'a' [1] is in two groups; leave it out of one of them.",
            Assert.Throws<ArgumentException>(() => new Sgd([a, b]) { Groups = [new([a]), new([b, a])] }).Message);
        Assert.StartsWith("A parameter group got no parameters", Assert.Throws<ArgumentException>(() => new ParameterGroup([])).Message);
        Assert.StartsWith("rateFactor must be 0 or more, got -1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterGroup([a], -1)).Message);
        Assert.StartsWith("weightDecay must be 0 or more, got -1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterGroup([a], 1, -1)).Message);
    }

    private static (Sequential Model, Dense Backbone, Tensor X, Tensor Y) Net()
    {
        Dense backbone = new(3, 4, new Generator(1));
        return (new(backbone, new Tanh(), new Dense(4, 2, new Generator(2))), backbone, Tensor.Normal(new Generator(3), 0, 1, 5, 3),
            Tensor.From([0, 1, 1, 0, 1]));
    }

    private static Tensor Loss((Sequential Model, Dense Backbone, Tensor X, Tensor Y) net) =>
        new SparseCategoricalCrossEntropy(true).Forward(net.Model.Forward(net.X), net.Y);

    [Theory, MemberData(nameof(OptimizerTests.Names), MemberType = typeof(OptimizerTests))]
    public void EveryOptimizerPassesFrozenParametersOver(string name)
    {
        (Sequential Model, Dense Backbone, Tensor X, Tensor Y) net = Net();
        Parameter[] all = [.. net.Model.Parameters];
        Optimizer optimizer = OptimizerTests.All[name](name == "muon" ? [.. all.Where(p => p.Name == "weight")] : all);
        optimizer.Step(() => Loss(net));
        net.Backbone.Freeze();
        float[][] before = [.. all.Select(p => p.ToArray())];
        optimizer.Step(() => Loss(net));
        Assert.Equal(before[0], all[0].ToArray());
        Assert.Equal(before[1], all[1].ToArray());
        Assert.NotEqual(before[2], all[2].ToArray());
        net.Backbone.Unfreeze();
        optimizer.Step(() => Loss(net));
        Assert.NotEqual(before[0], all[0].ToArray());
        Assert.Equal((3, 2), (optimizer.StepCount, optimizer.State(all[0]).Steps));
    }

    [Fact]
    public void AFrozenLayerHasNoGradientAndSaysSo()
    {
        (Sequential Model, Dense Backbone, Tensor X, Tensor Y) net = Net();
        Loss(net).Backward();
        Assert.NotNull(net.Backbone.Parameters.First().Gradient);
        net.Backbone.Freeze();
        Assert.All(net.Backbone.Parameters, p => Assert.Null(p.Gradient));
        net.Model.ClearGradients();
        Loss(net).Backward();
        Assert.All(net.Backbone.Parameters, p => Assert.Null(p.Gradient));
        Assert.All(net.Model[2].Parameters, p => Assert.NotNull(p.Gradient));
        Assert.True(net.Backbone.IsFrozen);
        Assert.False(net.Model.IsFrozen);
        Assert.False(new Tanh().IsFrozen);
        Assert.Equal((26, 10), (net.Model.ParameterCount, net.Model.TrainableCount));
    }

    [Fact]
    public void GradientsFlowThroughAFrozenLayer()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        (Sequential Model, Dense Backbone, Tensor X, Tensor Y) net = Net();
        net.Model[2].Freeze();
        GradientCheck check = GradientCheck.Run(() => Loss(net), net.Backbone.Parameters);
        Assert.True(check.Passed, check.ToString());
        Assert.NotEqual(0, Tensor.Gradients(Loss(net), [net.Backbone.Parameters.First()])[0].Abs().Sum().ToDouble());
    }

    [Fact]
    public void FreezingBetweenForwardAndBackwardLeavesTheParameterAlone()
    {
        (Sequential Model, Dense Backbone, Tensor X, Tensor Y) net = Net();
        Tensor loss = Loss(net);
        net.Backbone.Freeze();
        loss.Backward();
        Assert.All(net.Backbone.Parameters, p => Assert.Null(p.Gradient));
    }

    [Fact]
    public void TrainerLeavesFrozenLayersAsTheyAre()
    {
        (Sequential Model, Dense Backbone, Tensor X, Tensor Y) net = Net();
        net.Backbone.Freeze();
        float[] before = [.. net.Backbone.Parameters.SelectMany(p => p.ToArray())];
        new Trainer(net.Model, new SparseCategoricalCrossEntropy(true), new AdamW(net.Model.Parameters, 0.1))
        {
            Progress = null, ClipNorm = 1,
        }.Fit(net.X, net.Y, 5);
        Assert.Equal(before, net.Backbone.Parameters.SelectMany(p => p.ToArray()));
    }

    [Theory, InlineData(0), InlineData(2)]
    public void ExplainTakesFrozenWeightsAsConstants(int frozen)
    {
        (Sequential Model, Dense Backbone, Tensor X, Tensor Y) net = Net();
        int all = Parameters();
        net.Model[frozen].Freeze();
        Assert.Equal(all - net.Model[frozen].ParameterCount, Parameters());

        int Parameters() =>
            Explain.Of(net.Model, net.X.Slice(0, 0, 1), net.Y.Slice(0, 0, 1), new SparseCategoricalCrossEntropy(true)).Parameters.Count;
    }

    [Fact]
    public void OrthogonalizedMatricesKeepTheirSingularVectors()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor u = Rotation(0.7), v = Rotation(-0.4);
        Tensor o = u.Transpose().MatMul(Muon.Orthogonalize(u.MatMul(Tensor.From([5.0, 0, 0, 0.8], 2, 2)).MatMul(v.Transpose()))).MatMul(v);
        Golden.Close([0, 0], [o[0, 1], o[1, 0]], 1e-9);
        Assert.InRange(o[0, 0], 0.65f, 1.25f);
        Assert.InRange(o[1, 1], 0.65f, 1.25f);
        foreach (int[] shape in (int[][])[[3, 7], [7, 3], [4, 4]])
        {
            Tensor x = Muon.Orthogonalize(Tensor.Normal(new Generator(1), 0, 1, shape));
            Tensor gram = shape[0] > shape[1] ? x.Transpose().MatMul(x) : x.MatMul(x.Transpose());
            for (int i = 0; i < gram.Shape[0]; i++) Assert.InRange(gram[i, i], 0.4f, 1.6f);
        }
        Assert.Equal(0, Muon.Orthogonalize(Tensor.Zeros(2, 3)).Abs().Max().ToDouble());
        Assert.Contains("needs a matrix [m, n], got [3]",
            Assert.Throws<ArgumentException>(() => Muon.Orthogonalize(Tensor.Ones(3))).Message);

        static Tensor Rotation(double angle) => Tensor.From([Math.Cos(angle), -Math.Sin(angle), Math.Sin(angle), Math.Cos(angle)], 2, 2);
    }
}
