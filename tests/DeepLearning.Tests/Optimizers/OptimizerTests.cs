namespace DeepLearning.Tests.Optimizers;

public class OptimizerTests
{
    public static readonly Dictionary<string, Func<Parameter[], Optimizer>> All = new()
    {
        ["sgd"] = p => new Sgd(p),
        ["momentum"] = p => new Momentum(p),
        ["momentum dampened"] = p => new Momentum(p, dampening: 0.5),
        ["nesterov"] = p => new Nesterov(p),
        ["adagrad"] = p => new AdaGrad(p),
        ["rmsprop"] = p => new RmsProp(p),
        ["rmsprop centered with momentum"] = p => new RmsProp(p, momentum: 0.9, centered: true),
        ["rmsprop nesterov"] = p => new RmsPropNesterov(p),
        ["adadelta"] = p => new Adadelta(p),
        ["adam"] = p => new Adam(p),
        ["adamw"] = p => new AdamW(p),
        ["adamax"] = p => new Adamax(p),
        ["nadam"] = p => new Nadam(p),
        ["radam"] = p => new RAdam(p),
        ["amsgrad"] = p => new Adam(p, amsgrad: true),
        ["lion"] = p => new Lion(p),
        ["muon"] = p => new Muon(p, orthogonalize: w => w.Name == "weight"),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Fact]
    public void EveryOptimizerIsHere()
    {
        IEnumerable<Type> all = typeof(Optimizer).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract && type != typeof(Lbfgs));
        Parameter[] w = [new("weight", Tensor.Ones(2, 2), isWeight: true)];
        Assert.Equal(all.Select(type => type.Name).Order(), All.Values.Select(make => make(w).GetType().Name).Distinct().Order());
    }

    private static void Step(Optimizer optimizer, MovingTarget problem, int t)
    {
        optimizer.ClearGradients();
        problem.Loss(t).Backward();
        optimizer.Step();
    }

    [Theory, MemberData(nameof(Names))]
    public void SavedStateContinuesBitForBit(string name)
    {
        MovingTarget whole = new();
        Optimizer once = All[name]([whole.W, whole.B]);
        for (int t = 1; t <= 20; t++) Step(once, whole, t);

        MovingTarget first = new(), second = new();
        Optimizer before = All[name]([first.W, first.B]), after = All[name]([second.W, second.B]);
        for (int t = 1; t <= 10; t++) Step(before, first, t);
        second.W.Assign(first.W);
        second.B.Assign(first.B);
        after.ImportState(before.ExportState());
        Assert.Equal(10, after.StepCount);
        for (int t = 11; t <= 20; t++) Step(after, second, t);
        Assert.Equal(whole.Values, second.Values);
    }

    [Theory, MemberData(nameof(Names))]
    public void AParameterWithoutGradientStaysAndCountsNoStep(string name)
    {
        MovingTarget problem = new();
        Parameter idle = new("idle", Tensor.Ones(3), isWeight: true);
        Optimizer optimizer = All[name]([problem.W, idle]);
        for (int t = 1; t <= 3; t++) Step(optimizer, problem, t);
        Assert.Equal(new float[] { 1, 1, 1 }, idle.ToArray());
        Assert.Equal((3, 0), (optimizer.State(problem.W).Steps, optimizer.State(idle).Steps));
    }

    [Theory, MemberData(nameof(Names))]
    public void FollowsItsParametersToAnotherDevice(string name)
    {
        MovingTarget here = new();
        Optimizer optimizer = All[name]([here.W]);
        Tensor goal = Tensor.Ones(2, 3);
        Move(here.W, goal);
        here.W.MoveTo(Device.Reference);
        Move(here.W, goal.To(Device.Reference));
        Assert.Equal(2, optimizer.StepCount);
        Assert.All(optimizer.State(here.W).Names, memory => Assert.Equal(Device.Reference, optimizer.State(here.W)[memory].Device));

        void Move(Parameter w, Tensor to)
        {
            optimizer.ClearGradients();
            (w - to).Square().Sum().Backward();
            optimizer.Step();
        }
    }

    [Fact]
    public void StateOutlivesTheScopeItWasMadeIn()
    {
        MovingTarget problem = new();
        Optimizer optimizer;
        using (Tensor.Scope()) optimizer = new Adam([problem.W]);
        for (int t = 1; t <= 3; t++)
        {
            using (Tensor.Scope()) Step(optimizer, problem, t);
        }
        Assert.All(optimizer.State(problem.W)["r"].ToArray(), r => Assert.True(r > 0));
    }

    [Fact]
    public void StateByName()
    {
        MovingTarget problem = new();
        Adam optimizer = new([problem.W]);
        Assert.Equal(new float[6], optimizer.State(problem.W)["r"].ToArray());
        Assert.Equal("This optimizer keeps no 'v'; it keeps s, r.",
            Assert.Throws<ArgumentException>(() => optimizer.State(problem.W)["v"]).Message);
        Assert.Contains("'bias'", Assert.Throws<ArgumentException>(() => optimizer.State(problem.B)).Message);
    }

    [Fact]
    public void StateOfAnotherOptimizerOrModelIsRefusedWhole()
    {
        MovingTarget problem = new();
        Momentum momentum = new([problem.W]);
        Step(momentum, problem, 1);
        Adam adam = new([problem.W]);
        Assert.Contains("no '0.s'", Assert.Throws<ArgumentException>(() => adam.ImportState(momentum.ExportState())).Message);
        Assert.Contains("shape [2, 3], expected [2]",
            Assert.Throws<ArgumentException>(() => new Momentum([problem.B]).ImportState(momentum.ExportState())).Message);
        Assert.Equal(0, adam.StepCount);
    }

    [Fact]
    public void WeightsDecayAndBiasesDoNotUnlessAsked()
    {
        Parameter w = new("weight", Tensor.From([2.0]), isWeight: true), b = new("bias", Tensor.From([2.0]), isWeight: false);
        Decay(new Sgd([w, b], 0.1, weightDecay: 0.5));
        Assert.Equal((1.9f, 2f), (w.Item(), b.Item()));
        Decay(new Sgd([w, b], 0.1, weightDecay: 0.5) { DecayBiases = true });
        Assert.Equal(1.9f, b.Item());

        void Decay(Optimizer optimizer) => optimizer.Step(() => 0 * (w + b).Sum());
    }

    [Fact]
    public void ASharedParameterIsChangedOnce()
    {
        Parameter w = new("w", Tensor.From([1.0]), isWeight: true);
        new Sgd([w, w], 0.5).Step(() => w.Sum());
        Assert.Equal(0.5f, w.Item());
    }

    [Fact]
    public void AnOptimizerOfOnesOwn()
    {
        Parameter w = new("w", Tensor.From([1.0, -2]), isWeight: true);
        SignDescent optimizer = new([w], 0.25);
        for (int t = 0; t < 2; t++) optimizer.Step(() => w.Square().Sum());
        Assert.Equal(new[] { 0.5f, -1.5f }, w.ToArray());
        Assert.Equal(new[] { 2f, -2f }, optimizer.State(w)["signs"].ToArray());
    }

    private sealed class SignDescent(IEnumerable<Parameter> parameters, double learningRate)
        : Optimizer(parameters, learningRate, 0, "signs")
    {
        protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
        {
            p["signs"] += g.Sign();
            return w - LearningRate * g.Sign();
        }
    }

    [Fact]
    public void WrongSettingsAreNamed()
    {
        MovingTarget problem = new();
        Parameter[] p = [problem.W];
        Assert.Contains("no parameters", Assert.Throws<ArgumentException>(() => new Sgd([])).Message);
        Assert.Contains("LearningRate must be 0 or more, got -1", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(p, -1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(p, double.NaN));
        Assert.Contains("LearningRate must be a finite number, got Infinity",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(p).LearningRate = double.PositiveInfinity).Message);
        Assert.Contains("dampening must be from 0 to 1, got 1.5",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Momentum(p, dampening: 1.5)).Message);
        Assert.Contains("epsilon must be above 0, got 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Adamax(p, epsilon: 0)).Message);
        Assert.Contains("weightDecay", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(p, 1, -1)).Message);
        Assert.Contains("momentum must be from 0 to below 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Momentum(p, 1, 1)).Message);
        Assert.Contains("beta2", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(p, beta2: 1.5)).Message);
        Assert.Contains("epsilon", Assert.Throws<ArgumentOutOfRangeException>(() => new AdaGrad(p, epsilon: -1)).Message);
        Assert.Contains("beta2 must be from 0 to below 1, got 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Lion(p, beta2: 1)).Message);
        Assert.Contains("momentum must be", Assert.Throws<ArgumentOutOfRangeException>(() => new Muon(p, momentum: -0.1)).Message);
        Assert.Contains("only matrices orthogonal, but was told to for 'bias' [2]",
            Assert.Throws<ArgumentException>(() => new Muon([problem.B], orthogonalize: _ => true)).Message);
        Assert.Contains("momentumDecay", Assert.Throws<ArgumentOutOfRangeException>(() => new Nadam(p, momentumDecay: -1)).Message);
        Assert.Contains("beta2 must be from 0 to below 1, got 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => new RAdam(p, beta2: 1)).Message);
    }
}
