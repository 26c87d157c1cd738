namespace DeepLearning.Tests.Layers;

/// <summary>The gradients of every layer, for its input and its parameters, against central differences in double precision.</summary>
public class LayerGradientTests
{
    private static readonly Dictionary<string, Func<Layer>> s_layers = new()
    {
        ["Dense"] = () => new Dense(4, 3, new Generator(1)),
        ["Dense without bias"] = () => new Dense(4, 3, new Generator(1), bias: false),
        ["Sequential"] = () =>
            new Sequential(new Dense(4, 5, new Generator(1)), new Tanh(), new Dense(5, 2, new Generator(2)), new Softmax()),
        ["Flatten"] = () => new Flatten(),
        ["Step"] = () => new Sequential(new Step(), new Dense(4, 2, new Generator(1))),
        ["Identity"] = () => new Identity(),
        ["Sigmoid"] = () => new Sigmoid(),
        ["Tanh"] = () => new Tanh(),
        ["Relu"] = () => new Relu(),
        ["LeakyRelu"] = () => new LeakyRelu(0.2),
        ["PRelu"] = () => new PRelu(),
        ["PRelu by channel"] = () => new PRelu(4, 0.1),
        ["RRelu in evaluation"] = () => Evaluating(new RRelu(new Generator(1))),
        ["Elu"] = () => new Elu(1.5),
        ["Gelu"] = () => new Gelu(),
        ["Softplus"] = () => new Softplus(),
        ["Mish"] = () => new Mish(),
        ["Swish"] = () => new Swish(),
        ["Selu"] = () => new Selu(),
        ["Hardswish"] = () => new Hardswish(),
        ["Softsign"] = () => new Softsign(),
        ["Glu"] = () => new Glu(),
        ["LogSoftmax"] = () => new LogSoftmax(),
        ["LogSoftmax along axis 0"] = () => new LogSoftmax(0),
        ["Softmax"] = () => new Softmax(),
        ["Softmax along axis 0"] = () => new Softmax(0),
    };

    public static TheoryData<string> Names => [.. s_layers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Gradients(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Layer layer = s_layers[name]();
        Tensor x = Tensor.Normal(new Generator(5), 0, 1.5, 3, 4).RequireGradient();
        Tensor weights = Tensor.Normal(new Generator(6), 0, 1, layer.Forward(x).Shape.Dims);
        GradientCheck check = GradientCheck.Run(() => (layer.Forward(x) * weights).Sum(), [x, .. layer.Parameters]);
        Assert.True(check.Passed, check.ToString());
    }

    [Fact]
    public void GradientsOfTheRandomSlopesDrawn()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor x = Tensor.Normal(new Generator(5), 0, 1.5, 3, 4).RequireGradient();
        GradientCheck check = GradientCheck.Run(() => new RRelu(new Generator(1)).Forward(x).Square().Sum(), [x]);
        Assert.True(check.Passed, check.ToString());
    }

    private static Layer Evaluating(Layer layer)
    {
        layer.EvaluationMode();
        return layer;
    }
}
