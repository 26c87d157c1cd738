namespace DeepLearning.Tests.Explaining;

public class NamesAndLimitsTests
{
    private static Sequential Small(int inputs, int hidden, int outputs) =>
        new(new Dense(inputs, hidden, new Generator(1)), new Sigmoid(), new Dense(hidden, outputs, new Generator(2)), new Sigmoid());

    private static Explanation Run(Layer model, int samples, int inputs, int outputs, ExplainOptions? options = null) =>
        Explain.Of(model, Tensor.Full(0.5, samples, inputs), Tensor.Full(0.25, samples, outputs), new HalfSquaredError(), options);

    [Fact]
    public void NamesByDefault() => Assert.Equal(
        ["E", "b1", "b2", "b3", "i1", "in_h1", "in_h2", "in_o1", "out_h1", "out_h2", "out_o1", "target_o1", "w1", "w2", "w3", "w4"],
        Run(Small(1, 2, 1), 1, 1, 1).Values.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void NamesCanBeChosenOneByOne()
    {
        Explanation e = Run(Small(2, 1, 1), 1, 2, 1, new()
        {
            Names = new()
            {
                Inputs = ["hours", "projects"], Neurons = ["a", "b"], Weights = ["u1", "u2", "v"], Biases = ["c"], Targets = ["y"],
                Loss = "L",
            },
        });
        Assert.Equal("in_a = u1·hours + u2·projects + c", e.Forward[0].Text.Split(" = ")[..2].Aggregate((a, b) => $"{a} = {b}"));
        Assert.Equal(["u1", "u2", "c", "v", "b2"], e.Parameters.Select(p => p.Name));
        Assert.StartsWith("L = ½(y − out_b)²", e.Forward[^1].Text);
    }

    [Fact]
    public void TwoPathsOfS1WithNamedResults()
    {
        Tensor Weight(double value, string name) => Tensor.Scalar(value).RequireGradient().Named(name);
        Tensor w1 = Weight(0.5, "w1"), w7 = Weight(-0.3, "w7"), w8 = Weight(0.8, "w8"), wn1 = Weight(1.5, "wn1"), wn2 = Weight(2, "wn2"),
            x1 = Tensor.Scalar(2).Named("x1");
        Explanation e = Explain.Of(() =>
        {
            Tensor z1 = (w1 * x1).Named("z1"), z4 = (w7 * z1).Named("z4"), z5 = (w8 * z1).Named("z5");
            Tensor y = (wn1 * z4 + wn2 * z5).Named("xn").Sigmoid().Named("y");
            return (1 - y).Named("e").Square();
        }, new() { Names = new() { Loss = "L" } });
        Assert.Equal("xn = wn1·z4 + wn2·z5 = 1.5×(−0.3) + 2×0.8 = 1.15", e.Forward[3].Text);
        Assert.Equal(
            ["∂L/∂e ∂e/∂y ∂y/∂xn ∂xn/∂z4 ∂z4/∂z1 ∂z1/∂w1", "∂L/∂e ∂e/∂y ∂y/∂xn ∂xn/∂z5 ∂z5/∂z1 ∂z1/∂w1"],
            e.Paths("w1").Select(p => string.Join(" ", p.Factors.Select(f => f.Symbol))));
        double y = 1 / (1 + Math.Exp(-1.15));
        Assert.Equal(-2 * (1 - y) * y * (1 - y) * (1.5 * -0.3 + 2 * 0.8) * 2, e.Gradient("w1"), 1e-12);
    }

    [Fact]
    public void SamplesAreNumbered()
    {
        Explanation e = Run(Small(1, 1, 1), 2, 1, 1);
        Assert.Equal(["in_h1[1]", "out_h1[1]", "in_h1[2]", "out_h1[2]", "in_o1[1]", "out_o1[1]", "in_o1[2]", "out_o1[2]",
            "E_o1[1]", "E_o1[2]", "E"],
            e.Forward.Select(s => s.Name));
        Assert.Equal(2, e.Paths("w1").Count);
        Assert.Contains("\\mathrm{in}_{h_{1}}^{(2)}", e.ToLatex());
    }

    [Fact]
    public void ADeadUnitSaysWhy()
    {
        Sequential model = new(WorkedNets.Layer(new[,] { { -1.0 }, { 1.0 } }, [0, 0]), new Relu(),
            WorkedNets.Layer(new[,] { { 1.0, 1.0 } }, [0]));
        Explanation e = Run(model, 1, 1, 1);
        Assert.Equal("∂out_h1/∂in_h1 = 0, because in_h1 ≤ 0", e.Derivative("out_h1", "in_h1").Text);
        Assert.Equal("∂out_h2/∂in_h2 = 1, because in_h2 > 0", e.Derivative("out_h2", "in_h2").Text);
        Assert.Equal(0, e.Gradient("w1"));
        Assert.Single(e.Paths("w1"));
    }

    [Fact]
    public void ALossMustBeASingleNumber()
    {
        Tensor w = Tensor.Ones(2).RequireGradient();
        Assert.Equal("Explain needs a single number such as a loss, got a tensor [2]; reduce it first, for instance with Sum() or Mean().",
            Assert.Throws<InvalidOperationException>(() => Explain.Of(w.Square())).Message);
    }

    [Fact]
    public void SomethingMustNeedAGradient() =>
        Assert.StartsWith("Nothing this loss was computed from needs a gradient",
            Assert.Throws<InvalidOperationException>(() => Explain.Of(() => Tensor.Ones(2).Sum())).Message);

    [Fact]
    public void WhatIsNotANumberIsNamed()
    {
        Tensor w = Tensor.Scalar(-1).RequireGradient();
        Assert.StartsWith("log is NaN, so there is nothing to explain",
            Assert.Throws<InvalidOperationException>(() => Explain.Of(() => w.Log().Square())).Message);
    }

    [Fact]
    public void AnInfiniteDerivativeIsNamed()
    {
        Tensor w = Tensor.Scalar(0).RequireGradient();
        Assert.Equal("∂sqrt/∂w1 is Infinity at w1 = 0, so no gradient can be explained; move w1 away from there.",
            Assert.Throws<InvalidOperationException>(() => Explain.Of(() => w.Sqrt() * 2)).Message);
    }

    [Fact]
    public void LargeNetworksAreRefusedWithAdvice()
    {
        Assert.Equal(
            "This network has 8711 numbers, Explain writes out at most 2000; take a smaller network or fewer samples, or raise " +
            "ExplainOptions.MaxNumbers.",
            Assert.Throws<InvalidOperationException>(() => Run(Small(784, 10, 4), 1, 784, 4)).Message);
        Assert.Equal("w1 reaches E by more than 7 paths; take a smaller network or fewer samples, or raise ExplainOptions.MaxPaths.",
            Assert.Throws<InvalidOperationException>(() => Run(Small(1, 1, 4), 2, 1, 4, new() { MaxPaths = 7 })).Message);
    }

    [Fact]
    public void UnknownNamesAreAnsweredWithThoseThereAre()
    {
        Explanation e = Run(Small(1, 1, 1), 1, 1, 1);
        Assert.Equal("The explanation has no w9; it has w1, b1, w2, b2.", Assert.Throws<ArgumentException>(() => e.Gradient("w9")).Message);
        Assert.Contains("it has i1, w1, b1, w2, b2, target_o1", Assert.Throws<ArgumentException>(() => e.Value("z")).Message);
    }

    [Fact]
    public void WrongOptionsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(Small(1, 1, 1), 1, 1, 1, new() { LearningRate = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(Small(1, 1, 1), 1, 1, 1, new() { Digits = 0 }));
        Assert.Contains("are called w2",
            Assert.Throws<ArgumentException>(() => Run(Small(1, 1, 1), 1, 1, 1, new() { Names = new() { Weights = ["w2"] } })).Message);
    }
}
