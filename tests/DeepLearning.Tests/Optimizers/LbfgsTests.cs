namespace DeepLearning.Tests.Optimizers;

public class LbfgsTests
{
    // The problem of OptimizerGoldenTests, standing still at t = 3: steps, evaluations (o.state[p[0]]['func_evals']), iterations
    // (['n_iter']), parameters.
    private static readonly Dictionary<string,
        (Func<Parameter[], Lbfgs> Make, int Steps, int Evaluations, int Iterations, double[] Expected)> s_rows = new()
    {
        // optim.LBFGS(p, lr=0.1, max_iter=1, history_size=3)
        ["one iteration"] = (p => new Lbfgs(p, 0.1, 3, 1, lineSearch: false), 3, 3, 3,
            [0.5205492659219, -0.341750733817, 1.070068626965, -0.5445756222724, 1.084428685268, -0.1937936289513, 0.2467444171612,
                -0.5735286148931]),
        // optim.LBFGS(p, max_iter=1, line_search_fn='strong_wolfe')
        ["one iteration, searched"] = (p => new Lbfgs(p, 1, 100, 1), 3, 7, 3,
            [0.5780165162868, -0.489327279298, 1.397065967796, -0.3552330927219, 1.333865903764, -0.5324032321733, 0.4728875634772,
                -1.092387072223]),
        // optim.LBFGS(p, lr=0.1, max_iter=4, max_eval=1000, history_size=2)
        ["short history"] = (p => new Lbfgs(p, 0.1, 2, 4, lineSearch: false), 3, 12, 12,
            [1.24504369073, -0.4436482426909, 1.401025117302, -0.3641602066302, 1.304642618505, -0.4913192737184, 0.7606400645242,
                -1.253941873665]),
        // optim.LBFGS(p, max_iter=3, max_eval=1000, history_size=2, line_search_fn='strong_wolfe')
        ["short history, searched"] = (p => new Lbfgs(p, 1, 2, 3), 3, 15, 9,
            [1.241564231038, -0.4372889042727, 1.412321170207, -0.3659613060564, 1.28867403183, -0.5320398508499, 0.9156678134073,
                -1.221742562237]),
        // optim.LBFGS(p, lr=3, max_iter=3, max_eval=1000, history_size=5, line_search_fn='strong_wolfe')
        ["from far, searched"] = (p => new Lbfgs(p, 3, 5, 3), 3, 20, 9,
            [1.232648677246, -0.4341865097011, 1.423314095456, -0.3583476636864, 1.302247460325, -0.5166669737123, 0.9376057887868,
                -1.241270918336]),
        // optim.LBFGS(p, max_iter=30, max_eval=1000, line_search_fn='strong_wolfe')  # one step
        ["to the end"] = (p => new Lbfgs(p, 1, 100, 30), 1, 18, 15,
            [1.231446685169, -0.4333585191588, 1.422171784921, -0.3588776449582, 1.301889515063, -0.5153962366649, 0.9353987375901,
                -1.241667814211]),
    };

    public static TheoryData<string> Names => [.. s_rows.Keys];

    // PyTorch computes the loss once more after the last iteration without a line search only if another follows, hence its smaller count.
    [Theory, MemberData(nameof(Names))]
    public void MatchesPyTorch(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        (Func<Parameter[], Lbfgs> make, int steps, int evaluations, int iterations, double[] expected) = s_rows[name];
        MovingTarget problem = new();
        Lbfgs optimizer = make([problem.W, problem.B]);
        for (int i = 0; i < steps; i++) optimizer.Step(() => problem.Loss(3));
        Golden.Close(expected, problem.Values, 1e-9);
        Assert.Equal(iterations, optimizer.Iterations);
        if (name.EndsWith("searched", StringComparison.Ordinal) || name == "to the end") Assert.Equal(evaluations, optimizer.Evaluations);
    }

    [Fact]
    public void FindsTheBottomOfRosenbrocksValley()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Parameter x = new("x", Tensor.From([-1.2]), true), y = new("y", Tensor.From([1.0]), true);
        Lbfgs optimizer = new([x, y], iterations: 200);
        Tensor first = optimizer.Step(() => ((1 - x).Square() + 100 * (y - x.Square()).Square()).Sum());
        Assert.Equal(24.2, first.ToDouble(), 1e-9);
        Assert.Equal(1, x.ToDouble(), 1e-5);
        Assert.Equal(1, y.ToDouble(), 1e-5);
        Assert.InRange(optimizer.Evaluations, 20, 60);
    }

    [Fact]
    public void FitsALineOnTheCpuInOneStep()
    {
        Dense line = new(1, 1, new Generator(1));
        Tensor x = Tensor.Linspace(-1, 1, 20).Reshape(20, 1), y = 3 * x - 2;
        Lbfgs optimizer = new(line.Parameters);
        using (Tensor.Scope()) optimizer.Step(() => new MeanSquaredError().Forward(line.Forward(x), y));
        using (Tensor.Scope()) optimizer.Step(() => new MeanSquaredError().Forward(line.Forward(x), y));
        float[] found = [.. line.Parameters.SelectMany(p => p.ToArray())];
        Assert.Equal(3, found[0], 1e-3);
        Assert.Equal(-2, found[1], 1e-3);
        Assert.Equal(2, optimizer.StepCount);
    }

    [Fact]
    public void SavedStateContinuesBitForBit()
    {
        MovingTarget whole = new(), first = new(), second = new();
        Lbfgs once = New(whole), before = New(first), after = New(second);
        for (int i = 0; i < 4; i++) once.Step(() => whole.Loss(3));
        for (int i = 0; i < 2; i++) before.Step(() => first.Loss(3));
        second.W.Assign(first.W);
        second.B.Assign(first.B);
        after.ImportState(before.ExportState());
        for (int i = 0; i < 2; i++) after.Step(() => second.Loss(3));
        Assert.Equal(whole.Values, second.Values);
        Assert.Equal((once.Iterations, once.Evaluations, 4), (after.Iterations, after.Evaluations, after.StepCount));
        Assert.Contains("no 'lbfgs'",
            Assert.Throws<ArgumentException>(() => after.ImportState(new Sgd([second.W, second.B]).ExportState())).Message);

        static Lbfgs New(MovingTarget problem) => new([problem.W, problem.B], iterations: 2, history: 3);
    }

    [Fact]
    public void FrozenParametersStay()
    {
        MovingTarget problem = new();
        double[] before = problem.B.ToDoubles();
        Lbfgs optimizer = new([problem.W, problem.B]);
        problem.B.Freeze();
        optimizer.Step(() => problem.Loss(3));
        Assert.Equal(before, problem.B.ToDoubles());
        problem.B.Unfreeze();
        optimizer.Step(() => problem.Loss(3));
        Assert.NotEqual(before, problem.B.ToDoubles());
    }

    [Fact]
    public void AWallInTheLossIsSteppedBackFrom()
    {
        // −ln x is no number for x < 0: the first guess goes there.
        Parameter x = new("x", Tensor.From([0.5]), true);
        new Lbfgs([x], learningRate: 10).Step(() => (20 * x - x.Log()).Sum());
        Assert.Equal(0.05, x.ToDouble(), 1e-4);
    }

    [Fact]
    public void MistakesAreNamed()
    {
        MovingTarget problem = new();
        Lbfgs optimizer = new([problem.W]);
        Assert.StartsWith("Lbfgs computes the loss several times a step; call Step(() => loss)",
            Assert.Throws<NotSupportedException>(optimizer.Step).Message);
        Assert.StartsWith("Lbfgs began a step at a loss of NaN",
            Assert.Throws<ArithmeticException>(() => optimizer.Step(() => (problem.W - 10).Log().Sum())).Message);
        Assert.Contains("takes no Groups", Assert.Throws<InvalidOperationException>(
            () => new Lbfgs([problem.W]) { Groups = [new([problem.W], 2)] }.Step(() => problem.W.Sum())).Message);
        Assert.Contains("history must be 1 or more, got 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Lbfgs([problem.W], history: 0)).Message);
        Assert.Contains("iterations must be 1 or more",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Lbfgs([problem.W], iterations: 0)).Message);
        Assert.Contains("changeTolerance",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Lbfgs([problem.W], changeTolerance: -1)).Message);
    }
}
