namespace DeepLearning.Tests.Layers;

/// <summary>
/// The gradients of recurrent layers, for x, the first state, and the parameters, against central differences in double precision.
/// </summary>
public class RecurrentGradientTests
{
    private static readonly Dictionary<string, Func<bool, RecurrentLayer>> s_layers = new()
    {
        ["Rnn"] = bias => new Rnn(2, 3, new Generator(1), layers: 2, bidirectional: true, bias: bias),
        ["Rnn relu"] = bias => new Rnn(2, 3, new Generator(2), relu: true, bidirectional: true, bias: bias),
        ["Lstm"] = bias => new Lstm(2, 3, new Generator(3), layers: 2, bidirectional: true, bias: bias),
        ["Gru"] = bias => new Gru(2, 3, new Generator(4), layers: 2, bidirectional: true, bias: bias),
    };

    public static TheoryData<string, bool> Cases
    {
        get
        {
            TheoryData<string, bool> cases = [];
            foreach (string name in s_layers.Keys)
            {
                cases.Add(name, true);
                cases.Add(name, false);
            }
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void OutputsAndStates(string name, bool bias)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        (Func<Tensor> loss, Tensor[] with) = Setup(name, bias);
        GradientCheck check = GradientCheck.Run(loss, with);
        Assert.True(check.Passed, check.ToString());
    }

    [Theory, MemberData(nameof(Cases))]
    public void SecondDerivative(string name, bool bias)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        (Func<Tensor> loss, Tensor[] with) = Setup(name, bias);
        GradientCheck check = GradientCheck.Run(() =>
        {
            bool outer = Tensor.IsRecording;
            using IDisposable _ = Tensor.Recording(on: true);
            // The values of the gradients come from the kernels when nothing is recorded, and from the composed form when it is.
            Tensor[] first = Tensor.Gradients(loss(), with, keepGraph: outer);
            return first.Select((g, i) => (g * Tensor.Normal(new Generator((ulong)i + 9), 0, 1, g.Shape.Dims)).Sum())
                .Aggregate((a, b) => a + b);
        }, with, tolerance: 1e-5);
        Assert.True(check.Passed, check.ToString());
    }

    [Fact]
    public void OutputsAlone()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Lstm layer = new(3, 2, new Generator(1));
        Tensor x = Tensor.Normal(new Generator(5), 0, 1, 2, 4, 3).RequireGradient(),
            weights = Tensor.Normal(new Generator(6), 0, 1, 2, 4, 2);
        GradientCheck check = GradientCheck.Run(() => (layer.Forward(x) * weights).Sum(), [x, .. layer.Parameters]);
        Assert.True(check.Passed, check.ToString());
    }

    [Fact]
    public void OfALayerOnTheCpuWithLengths()
    {
        Gru layer = new(2, 3, new Generator(1));
        Tensor x = Tensor.Normal(new Generator(5), 0, 1, 2, 4, 2).RequireGradient();
        Tensor lengths = Tensor.From([2, 4]);
        GradientCheck check = GradientCheck.Run(() => layer.Run(x, null, lengths).Output.Square().Sum(), [x, .. layer.Parameters]);
        Assert.True(check.Passed, check.ToString());
    }

    private static (Func<Tensor> Loss, Tensor[] With) Setup(string name, bool bias)
    {
        RecurrentLayer layer = s_layers[name](bias);
        int states = layer.Layers * 2;
        Tensor x = Tensor.Normal(new Generator(5), 0, 1.5, 3, 4, 2).RequireGradient();
        Tensor h = Tensor.Normal(new Generator(6), 0, 1, states, 3, 3).RequireGradient();
        Tensor? c = layer is Lstm ? Tensor.Normal(new Generator(7), 0, 1, states, 3, 3).RequireGradient() : null;
        Tensor outputWeights = Tensor.Normal(new Generator(8), 0, 1, 3, 4, 6);
        return (() =>
        {
            (Tensor y, RecurrentState last) = layer.Run(x, new RecurrentState(h, c), [4, 1, 3]);
            Tensor loss = (y * outputWeights).Sum() + last.Hidden.Square().Sum();
            return last.Cell is null ? loss : loss + last.Cell.Square().Sum();
        }, [x, h, .. c is null ? (Tensor[])[] : [c], .. layer.Parameters]);
    }
}
