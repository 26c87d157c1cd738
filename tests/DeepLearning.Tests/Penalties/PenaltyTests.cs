namespace DeepLearning.Tests.Penalties;

public class PenaltyTests
{
    private static Parameter W() => new("weight", Tensor.From([0.5, -1.5, 0, 2], 2, 2), isWeight: true);

    private static Parameter B() => new("bias", Tensor.From([3.0, -4]), isWeight: false);

    // By hand, for w = (0.5, −1.5, 0, 2): Σ|w| = 4, Σw² = 6.5.
    public static TheoryData<Penalty, double, double[]> ByHand => new()
    {
        { new L1Penalty(0.1), 0.4, [0.1, -0.1, 0, 0.1] },
        { new L2Penalty(0.1), 0.325, [0.05, -0.15, 0, 0.2] },
        { new ElasticNet(0.1, 0.2), 0.4 + 0.65, [0.1 + 0.1, -0.1 - 0.3, 0, 0.1 + 0.4] },
        { new MaxNorm(1), 0, [0, 0, 0, 0] },
    };

    [Theory, MemberData(nameof(ByHand), DisableDiscoveryEnumeration = true)]
    public void ValueAndGradientOfWeightsAlone(Penalty penalty, double value, double[] gradient)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Parameter w = W(), b = B();
        Tensor omega = penalty.Value([w, b]);
        Assert.Equal(value, omega.ToDouble(), 1e-12);
        if (omega.RequiresGradient) Golden.Close(gradient, Tensor.Gradients(omega, [w])[0].ToDoubles(), 1e-12);
        (0 * (w.Sum() + b.Sum())).Backward();
        penalty.AddGradients([w, b, w]);
        Golden.Close(gradient, w.Gradient!.ToDoubles(), 1e-12);
        Assert.Equal([0.0, 0], b.Gradient!.ToDoubles());
    }

    [Fact]
    public void BiasesByChoice()
    {
        Parameter b = B();
        Assert.Equal(0, new L1Penalty(1).Value([b]).ToDouble());
        Assert.Equal(7, new L1Penalty(1) { Biases = true }.Value([b]).ToDouble(), 1e-6);
        new Sgd([b], 0).Step(() => b.Sum());
        new L2Penalty(1) { Biases = true }.AddGradients([b]);
        Assert.Equal([4f, -3], b.Gradient!.ToArray());
    }

    [Fact]
    public void FrozenParametersAndThoseWithoutGradientAreLeftAlone()
    {
        Parameter w = W(), idle = W();
        w.Sum().Backward();
        w.Freeze();
        new L2Penalty(1).AddGradients([w, idle]);
        Assert.Null(w.Gradient);
        Assert.Null(idle.Gradient);
        Assert.Equal(0, new L1Penalty(1).Value([w]).ToDouble());
    }

    [Fact]
    public void GradientsAgreeWithDifferences()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Parameter w = new("weight", Tensor.Normal(new Generator(1), 0, 1, 3, 4), isWeight: true);
        foreach (Penalty penalty in (Penalty[])[new L1Penalty(0.3), new L2Penalty(0.3), new ElasticNet(0.2, 0.4)])
        {
            GradientCheck check = GradientCheck.Run(() => penalty.Value([w]).Square(), [w]);
            Assert.True(check.Passed, check.ToString());
        }
    }

    [Fact]
    public void L2IsWeightDecay()
    {
        Parameter a = W(), b = W();
        Sgd decaying = new([a], 0.1, weightDecay: 0.3), plain = new([b], 0.1);
        for (int t = 0; t < 5; t++)
        {
            decaying.Step(() => a.Sin().Sum());
            plain.Step(() => b.Sin().Sum() + new L2Penalty(0.3).Value([b]));
        }
        Golden.Close(a.ToDoubles(), b.ToDoubles(), 1e-6);
    }

    // Least squares in which only two of ten inputs matter.
    private static (Sequential Model, Tensor X, Tensor Y) Sparse()
    {
        Tensor x = Tensor.Normal(new Generator(1), 0, 1, 60, 10);
        Tensor y = 2 * x.Slice(1, 3, 1) - x.Slice(1, 7, 1) + 0.5 + Tensor.Normal(new Generator(2), 0, 0.1, 60, 1);
        return (new(new Dense(10, 1, new Generator(3))), x, y);
    }

    private static float[] Trained(params Penalty[] penalties)
    {
        (Sequential model, Tensor x, Tensor y) = Sparse();
        new Trainer(model, new MeanSquaredError(), new Sgd(model.Parameters, 0.05)) { Penalties = penalties, Progress = null }
            .Fit(x, y, 300);
        return [.. model.Parameters.SelectMany(p => p.ToArray())];
    }

    [Fact]
    public void ProximalL1GivesExactZerosAndItsSubgradientDoesNot()
    {
        float[] proximal = Trained(new L1Penalty(0.1, proximal: true)), subgradient = Trained(new L1Penalty(0.1)), none = Trained();
        int[] needless = [0, 1, 2, 4, 5, 6, 8, 9];
        Assert.All(needless, i => Assert.Equal(0, proximal[i]));
        Assert.InRange(proximal[3], 1.7f, 2f);
        Assert.InRange(proximal[7], -1f, -0.8f);
        Assert.DoesNotContain(needless, i => subgradient[i] == 0);
        Assert.All(needless, i => Assert.True(Math.Abs(subgradient[i]) <= 0.011, $"{subgradient[i]}"));
        Assert.DoesNotContain(needless, i => none[i] == 0);
        Assert.Equal(none[10], proximal[10], 0.05);
    }

    [Fact]
    public void OneProximalStepByHand()
    {
        // w ← w − η·1 = (0.4, −1.6, −0.1, 1.9), then shrunk by ηλ = 0.2.
        Parameter w = W();
        Sgd optimizer = new([w], 0.1);
        L1Penalty penalty = new(2, proximal: true);
        w.Sum().Backward();
        penalty.AddGradients([w]);
        optimizer.Step();
        penalty.AfterStep(optimizer);
        Golden.Close([0.2, -1.4, 0, 1.7], w.ToDoubles(), 1e-6);
        Assert.Equal(0, w[1, 0]);
    }

    [Fact]
    public void ProximalStepsTakeTheGroupsRate()
    {
        Parameter w = W();
        Sgd optimizer = new([w], 0.1) { Groups = [new([w], 0.5)] };
        optimizer.Step(() => 0 * w.Sum());
        new L1Penalty(2, proximal: true).AfterStep(optimizer);
        Golden.Close([0.4, -1.4, 0, 1.9], w.ToDoubles(), 1e-6);
    }

    [Fact]
    public void MaxNormShortensLongRowsOnly()
    {
        Parameter w = new("weight", Tensor.From([3.0, 4, 0.3, 0.4, 0, 0], 3, 2), true),
            filters = new("filters", Tensor.Ones(2, 1, 3, 3), true), b = B();
        Sgd optimizer = new([w, filters, b], 0);
        optimizer.Step(() => w.Sum() + filters.Sum() + b.Sum());
        new MaxNorm(1).AfterStep(optimizer);
        Golden.Close([0.6, 0.8, 0.3, 0.4, 0, 0], w.ToDoubles(), 1e-6);
        Golden.Close([.. Enumerable.Repeat(1 / 3.0, 18)], filters.ToDoubles(), 1e-6);
        Assert.Equal([3f, -4], b.ToArray());
        new MaxNorm(1) { Biases = true }.AfterStep(optimizer);
        Golden.Close([1, -1], b.ToDoubles(), 1e-6);
    }

    [Fact]
    public void TrainerKeepsRowsWithinTheLimit()
    {
        float[] limited = Trained(new MaxNorm(1));
        Assert.Equal(1, Math.Sqrt(limited[..10].Sum(w => w * w)), 1e-5);
        Assert.True(Math.Sqrt(Trained()[..10].Sum(w => w * w)) > 2);
    }

    [Fact]
    public void TrainerDoesWhatTheLoopWithValueDoesAndReportsTheLossAlone()
    {
        ElasticNet penalty = new(0.05, 0.1);
        (Sequential byHand, Tensor x, Tensor y) = Sparse();
        Sgd optimizer = new(byHand.Parameters, 0.05);
        double first = 0;
        for (int epoch = 0; epoch < 20; epoch++)
        {
            optimizer.ClearGradients();
            Tensor loss = new MeanSquaredError().Forward(byHand.Forward(x), y);
            if (epoch == 0) first = loss.ToDouble();
            (loss + penalty.Value(byHand.Parameters)).Backward();
            optimizer.Step();
            penalty.AfterStep(optimizer);
        }
        (Sequential model, _, _) = Sparse();
        Trainer trainer = new(model, new MeanSquaredError(), new Sgd(model.Parameters, 0.05)) { Penalties = [penalty], Progress = null };
        trainer.Fit(x, y, 20);
        Golden.Close([.. byHand.Parameters.SelectMany(p => p.ToDoubles())], [.. model.Parameters.SelectMany(p => p.ToDoubles())], 1e-5);
        Assert.Equal(first, trainer.History.Loss[0], 1e-5);
    }

    [Fact]
    public void MistakesAreNamed()
    {
        Assert.StartsWith("lambda must be 0 or more, got -1.", Assert.Throws<ArgumentOutOfRangeException>(() => new L1Penalty(-1)).Message);
        Assert.StartsWith("lambda must be a finite number, got NaN.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new L2Penalty(double.NaN)).Message);
        Assert.StartsWith("lambda2 must be 0 or more, got -1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ElasticNet(1, -1)).Message);
        Assert.StartsWith("MaxNorm's limit must be above 0, got 0.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new MaxNorm(0)).Message);
        Assert.StartsWith("L1Penalty got no parameters", Assert.Throws<ArgumentException>(() => new L1Penalty(1).Value([])).Message);
    }
}
