namespace DeepLearning.Tests.Explaining;

/// <summary>
/// Every operation of the library and what Explain says of it. An operation is found by its state, a function of numbers by its kind: a new
/// one that is neither here nor among those shown by their values fails by name.
/// </summary>
public class OperationListTests
{
    private sealed record Row(string Name, Func<Numbers, Tensor> Compute, string Said);

    private sealed class Numbers
    {
        public Tensor X { get; } = Weights([0.5, -1, 2], 1, 3);

        public Tensor Y { get; } = Weights([0.2, -0.5, 2.5], 1, 3);

        public Tensor W { get; } = Weights([0.3, -0.2, 0.1, 0.4], 2, 2);

        public Tensor B { get; } = Weights([0.1, -0.1], 2);

        public Tensor Two { get; } = Weights([1, 3, -2, 4], 2, 2);

        public Tensor Data { get; } = Tensor.From([1.0, 2], 1, 2);

        public Tensor Image { get; } = Tensor.From([1.0, 2, 3, 4], 1, 1, 2, 2);

        public Tensor Kernel { get; } = Weights([0.1, -0.2, 0.3, 0.4], 1, 1, 2, 2);

        public Tensor B1 { get; } = Weights([0.5], 1);

        public Tensor Pixels { get; } = Weights([0.5, 3, -1, 2], 1, 1, 2, 2);

        private static Tensor Weights(double[] values, params int[] shape) => Tensor.From(values, shape).RequireGradient();
    }

    private static readonly Row[] s_rows =
    [
        new("affine", x => 2 * x.X - 1,
            "affine_1 = affine_w1 − 1 = 1 − 1 = 0"),
        new("abs", x => x.X.Abs(),
            "abs_w1 = |w1| = |0.5| = 0.5"),
        new("sign", x => x.X.Sign(),
            "sign_w1 = sign(w1) = sign(0.5) = 1"),
        new("exp", x => x.X.Exp(),
            "exp_w1 = e^(w1) = e^(0.5) = 1.649"),
        new("log", x => x.X.Abs().Log(),
            "log_1 = ln(abs_w1) = ln(0.5) = −0.693"),
        new("sqrt", x => x.X.Abs().Sqrt(),
            "sqrt_1 = √(abs_w1) = √(0.5) = 0.707"),
        new("square", x => x.X.Square(),
            "square_w1 = w1² = 0.5² = 0.25"),
        new("reciprocal", x => x.X.Reciprocal(),
            "reciprocal_w1 = 1/w1 = 1/0.5 = 2"),
        new("power", x => x.X.Power(3),
            "power_w1 = w1^3 = 0.5^3 = 0.125"),
        new("sin", x => x.X.Sin(),
            "sin_w1 = sin(w1) = sin(0.5) = 0.479"),
        new("cos", x => x.X.Cos(),
            "cos_w1 = cos(w1) = cos(0.5) = 0.878"),
        new("erf", x => x.X.Erf(),
            "erf_w1 = erf(w1) = erf(0.5) = 0.520"),
        new("floor", x => x.X.Floor(),
            "floor_w1 = floor(w1) = floor(0.5) = 0"),
        new("clamp", x => x.X.Clamp(0, 1),
            "clamp_w1 = max(0, min(1, w1)) = max(0, min(1, 0.5)) = 0.5"),
        new("step", x => x.X.Step(),
            "step_w1 = step(w1) = step(0.5) = 1"),
        new("tanh", x => x.X.Tanh(),
            "tanh_w1 = tanh(w1) = tanh(0.5) = 0.462"),
        new("sigmoid", x => x.X.Sigmoid(),
            "sigmoid_w1 = 1/(1 + e^(−w1)) = 1/(1 + e^(−0.5)) = 0.622"),
        new("softplus", x => x.X.Softplus(),
            "softplus_w1 = ln(1 + e^(w1)) = ln(1 + e^(0.5)) = 0.974"),
        new("relu", x => x.X.Relu(),
            "relu_w1 = max(0, w1) = max(0, 0.5) = 0.5"),
        new("leakyrelu", x => x.X.LeakyRelu(0.1),
            "leakyrelu_w1 = w1 = 0.5"),
        new("elu", x => x.X.Elu(),
            "elu_w1 = w1 = 0.5"),
        new("gelu", x => x.X.Gelu(),
            "gelu_w1 = ½w1(1 + erf(w1/√2)) = ½×0.5(1 + erf(0.5/√2)) = 0.346"),
        new("add", x => x.X + x.Y,
            "add_1 = b1 + b2 = 0.5 + 0.2 = 0.7"),
        new("subtract", x => x.X - x.Y,
            "subtract_1 = w1 − w2 = 0.5 − 0.2 = 0.3"),
        new("multiply", x => x.X * x.Y,
            "multiply_1 = w1·w2 = 0.5×0.2 = 0.1"),
        new("divide", x => x.X / x.Y,
            "divide_1 = w1/w2 = 0.5/0.2 = 2.5"),
        new("power of two tensors", x => Tensor.Power(x.X.Abs(), x.Y),
            "power_1 = abs_w1^w4 = 0.5^0.2 = 0.871"),
        new("maximum", x => Tensor.Maximum(x.X, x.Y),
            "maximum_1 = max(w1, w2) = max(0.5, 0.2) = 0.5, which is w1"),
        new("minimum", x => Tensor.Minimum(x.X, x.Y),
            "minimum_1 = min(w1, w2) = min(0.5, 0.2) = 0.2, which is w2"),
        new("where", x => Tensor.Where(x.Y > 0, x.X, x.Y),
            "where_w1 = w1 = 0.5"),
        new("linear", x => Tensor.Linear(x.Data, x.W, x.B),
            "o1 = w1·i1 + w2·i2 + b1 = 0.3×1 + (−0.2)×2 + 0.1 = 0"),
        new("matmul", x => x.Data.MatMul(x.W.Transpose()),
            "o1 = i1·w1 + i2·w2 = 1×0.3 + 2×(−0.2) = −0.1"),
        new("conv", x => Tensor.Conv2d(x.Image, x.Kernel, x.B1, stride: 2, padding: 1),
            "o1,1 = w1·0 + w2·0 + w3·0 + w4·i1,1 + b1 = 0.1×0 + (−0.2)×0 + 0.3×0 + 0.4×1 + 0.5 = 0.9"),
        new("convtranspose", x => Tensor.ConvTranspose2d(x.Image, x.Kernel),
            "o1,1 = w1·i1,1 = 0.1×1 = 0.1"),
        new("sum", x => x.X.Sum(1),
            "sum = b1 + b2 + b3 = 0.5 + (−1) + 2 = 1.5"),
        new("cumulative sum", x => x.X.CumulativeSum(),
            "cumulativesum_3 = w1 + b1 + b2 = 0.5 + (−1) + 2 = 1.5"),
        new("max", x => x.X.Max(1),
            "max = max(w1, w2, w3) = max(0.5, −1, 2) = 2, which is w3"),
        new("min", x => x.X.Min(1),
            "min = min(w1, w2, w3) = min(0.5, −1, 2) = −1, which is w2"),
        new("logsumexp", x => x.X.LogSumExp(),
            "logsumexp = ln(e^(w1) + e^(w2) + e^(w3)) = ln(e^(0.5) + e^(−1) + e^(2)) = 2.241"),
        new("norm", x => x.X.Norm(),
            "norm = √(w1² + w2² + w3²) = √(0.5² + (−1)² + 2²) = 2.291"),
        new("norm with p = 3", x => x.X.Norm([0, 1], 3),
            "norm = (|w1|^3 + |w2|^3 + |w3|^3)^(1/3) = (|0.5|^3 + |−1|^3 + |2|^3)^(1/3) = 2.090"),
        new("softmax", x => x.X.Softmax(),
            "softmax_1 = e^(w1)/(e^(w1) + e^(w2) + e^(w3)) = e^(0.5)/(e^(0.5) + e^(−1) + e^(2)) = 0.175"),
        new("logsoftmax", x => x.X.LogSoftmax(),
            "logsoftmax_1 = ln(e^(w1)/(e^(w1) + e^(w2) + e^(w3))) = ln(e^(0.5)/(e^(0.5) + e^(−1) + e^(2))) = −1.741"),
        new("maxpool", x => x.Pixels.MaxPool2d(2),
            "maxpool = max(w1, w2, w3, w4) = max(0.5, 3, −1, 2) = 3, which is w2"),
        new("averagepool", x => x.Pixels.AveragePool2d(2),
            "averagepool = (w1 + w2 + w3 + w4)/4 = (0.5 + 3 + (−1) + 2)/4 = 1.125"),
        new("averagepool with padding", x => x.Pixels.AveragePool2d(2, 2, 1),
            "averagepool_w1 = (0 + 0 + 0 + w1)/4 = (0 + 0 + 0 + 0.5)/4 = 0.125"),
        new("averagepool without it", x => x.Pixels.AveragePool2d(2, 2, 1, countPadding: false),
            "averagepool_w1 = w1 = 0.5"),
        new("batchnorm", x => Tensor.BatchNorm(x.Two, null, null, 0.01, out _, out _),
            "batchnorm_1 = (w1 − mean_1)/√(variance_1 + 0.01) = (1 − (−0.5))/√(2.25 + 0.01) = 0.998"),
        new("layernorm", x => Tensor.LayerNorm(x.X),
            "layernorm_1 = (w1 − mean)/√(variance + 0.00001000) = (0.5 − 0.5)/√(1.5 + 0.00001000) = 0"),
        new("groupnorm", x => Tensor.GroupNorm(x.Two, 1),
            "groupnorm_1 = (w1 − mean_1)/√(variance_1 + 0.00001000) = (1 − 2)/√(1 + 0.00001000) = −1.000"),
        new("rnn", x => new Rnn(1, 1, new Generator(1)).Forward(Tensor.From([1.0, 2], 1, 2, 1)),
            "in_o1 = w1·i2 + b1 + w2·out_h1 + b2 = 0.781×2 + (−0.505) + 0.344×0.659 + 0.515 = 1.798"),
        new("attention weights", x => x.Two.AttentionWeights(0.5),
            "attentionweights_1 = e^(0.5·w1)/(e^(0.5·w1) + e^(0.5·w2)) = e^(0.5×1)/(e^(0.5×1) + e^(0.5×3)) = 0.269"),
        new("gradient reversal", x => new GradientReversal(2).Forward(x.X),
            "gradientreversal_w1 = w1 = 0.5"),
        new("reshape", x => x.X.Reshape(3),
            "E = b1 + b2 + b3 = 0.5 + (−1) + 2 = 1.5"),
        new("permute", x => x.Two.Transpose(),
            "E = b1 + b2 + b3 + b4 = 1 + (−2) + 3 + 4 = 6"),
        new("broadcast", x => x.X.BroadcastTo([2, 3]),
            "E = b1 + b2 + b3 + b1 + b2 + b3 = 0.5 + (−1) + 2 + 0.5 + (−1) + 2 = 3"),
        new("slice", x => x.X.Slice(1, 1, 2),
            "E = b1 + b2 = −1 + 2 = 1"),
        new("pad", x => x.X.Pad(1, 1, 0),
            "E = 0 + b1 + b2 + b3 = 0 + 0.5 + (−1) + 2 = 1.5"),
        new("concatenate", x => Tensor.Concatenate(1, x.X, x.Y),
            "E = b1 + b2 + b3 + b4 + b5 + b6 = 0.5 + (−1) + 2 + 0.2 + (−0.5) + 2.5 = 3.7"),
        new("gather", x => x.Two.Rows(1),
            "E = b1 + b2 = −2 + 4 = 2"),
        new("take along", x => x.X.Gather(1, Tensor.From([2.0], 1, 1)),
            "E = 2·w1 = 2×2 = 4"),
        new("scatter", x => x.Two.IndexAdd(0, Tensor.From([0, 0]), 1),
            "scatter_1 = b1 + b2 = 1 + (−2) = −1"),
        new("scatter along", x => x.X.ScatterAdd(1, Tensor.From([0.0, 0, 1], 1, 3), 2),
            "scatter_1 = b1 + b2 = 0.5 + (−1) = −0.5"),
        new("log1p", x => x.X.Square().Log1p(),
            "log1p_1 = ln(1 + square_w1) = ln(1 + 0.25) = 0.223"),
        new("expm1", x => x.X.Expm1(),
            "expm1_w1 = e^(w1) − 1 = e^(0.5) − 1 = 0.649"),
        new("pick", x => x.X.Pick(Tensor.From([2.0])),
            "E = 2·w1 = 2×2 = 4"),
    ];

    // Those without a formula, and why.
    private static readonly Dictionary<string, string> s_shownByTheirValues = new()
    {
        [nameof(HeadAttentionState)] = "all heads at once would be too long for a line",
        [nameof(HeadsAtOnceState)] = "the same in one kernel",
        [nameof(MaxPlaceState)] = "only in derivatives of derivatives",
        [nameof(MaxPickState)] = "only in derivatives of derivatives",
        [nameof(AverageSpreadState)] = "only in derivatives of derivatives",
        [nameof(ConvolutionWeightsState)] = "only in derivatives of derivatives",
        [nameof(RoundState)] = "its slope is 0",
        [nameof(MedianState)] = "which number is in the middle is seen in the table",
        [nameof(BringState)] = "passes numbers on from one device to another; an explanation takes place on one",
        [nameof(WatchedState)] = "passes numbers on; see the test below",
    };

    public static TheoryData<string> Names => [.. s_rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatIsSaid(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Row row = s_rows.Single(row => row.Name == name);
        Tensor y = row.Compute(new Numbers());
        Explanation e = Explain.Of(y.Count == 1 ? 2 * y : y.Sum(), new ExplainOptions { Digits = 3 });
        Assert.Contains(row.Said, e.Forward.Select(step => step.Text));
    }

    [Fact]
    public void EveryOperationIsListed()
    {
        IOperationState[] states = [.. s_rows.SelectMany(row => StatesBehind(row.Compute(new Numbers())))];
        HashSet<string> listed = [.. states.Select(state => state.GetType().Name), .. s_shownByTheirValues.Keys];
        Type[] known =
            [.. typeof(Tensor).Assembly.GetTypes().Where(type => !type.IsInterface && type.IsAssignableTo(typeof(IOperationState)))];
        Assert.Empty(known.Select(type => type.Name).Except(listed));
        Assert.Empty(s_shownByTheirValues.Keys.Except(known.Select(type => type.Name)));
        Assert.Empty(Enum.GetValues<UnaryOp>().Except(states.OfType<MapState>().Select(state => state.Op)));
        BinaryOp[] comparisons =
            [BinaryOp.Greater, BinaryOp.Less, BinaryOp.GreaterEqual, BinaryOp.LessEqual, BinaryOp.Equal, BinaryOp.NotEqual];
        Assert.Empty(Enum.GetValues<BinaryOp>().Except(comparisons).Except(states.OfType<CombineState>().Select(state => state.Op)));
        Assert.Equal([ReduceOp.Max, ReduceOp.Min], states.OfType<ExtremeState>().Select(state => state.Op).Distinct().Order());
    }

    [Fact]
    public void AHookNeitherShowsNorIsCalled()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Dense dense = new(1, 1, new Generator(1));
        int calls = 0;
        dense.OnBackward((_, _) => calls++);
        Explanation e = Explain.Of(dense.Forward(Tensor.Ones(1, 1)).Square().Sum());
        Assert.Equal(["linear", "square", "sum"], e.Forward.Select(step => step.Operation));
        Assert.Equal(1, calls); // the backward pass that the sums over paths are checked against
    }

    private static List<IOperationState> StatesBehind(Tensor tensor)
    {
        List<IOperationState> states = [];
        Stack<Tensor> left = new([tensor]);
        while (left.TryPop(out Tensor? next))
        {
            if (next.Origin is not { } operation) continue;
            if (operation.LibraryState is { } state) states.Add(state);
            foreach (Tensor input in operation.Inputs) left.Push(input);
        }
        return states;
    }
}
