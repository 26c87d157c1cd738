namespace DeepLearning.Tests.Layers;

/// <summary>A dense layer and the activation behind it are asked of the device together, and nothing else changes.</summary>
public class ActivatedDenseTests
{
    public static TheoryData<string> Activations => ["Relu", "Tanh", "Sigmoid"];

    private static Layer Activation(string name) => name switch { "Relu" => new Relu(), "Tanh" => new Tanh(), _ => new Sigmoid() };

    [Theory, MemberData(nameof(Activations))]
    public void ValuesGradientsAndSecondGradientsAreThoseOfTheLayersOneByOne(string name)
    {
        double[] together = Run((model, x) => model.Forward(x)),
            apart = Run((model, x) => model.Aggregate(x, (y, layer) => layer.Forward(y)));
        Assert.Equal(apart, together);

        double[] Run(Func<Sequential, Tensor, Tensor> forward)
        {
            Generator generator = new(3);
            Sequential model = new(new Dense(4, 5, generator), Activation(name), new Dense(5, 2, generator, bias: false), Activation(name));
            Tensor x = Tensor.Normal(generator, 0, 1, 6, 4), y = forward(model, x);
            Parameter[] with = [.. model.Parameters];
            Tensor[] gradients = Tensor.Gradients(y.Square().Sum(), with, keepGraph: true);
            Tensor length = gradients.Select(gradient => gradient.Square().Sum()).Aggregate((sum, next) => sum + next);
            return [.. y.ToDoubles(), .. gradients.Concat(Tensor.Gradients(length, with)).SelectMany(gradient => gradient.ToDoubles())];
        }
    }

    [Theory, MemberData(nameof(Activations))]
    public void OneKernelMakesBoth(string name)
    {
        KernelCounter counter = new(Device.Cpu);
        Sequential model = new(new Dense(4, 5, new Generator(1)), Activation(name), new Flatten(), Activation(name));
        model.To(counter);
        Tensor x = Tensor.Ones(3, 4).To(counter);
        counter.Clear();
        model.Forward(x);
        Assert.Equal(1, counter.Counts["MatMul"]);
        Assert.Equal(1, counter.Counts["Unary"]);
    }

    [Fact]
    public void AWrongInputIsStillOneSentence()
    {
        Sequential model = new(new Dense(4, 5, new Generator(1)), new Relu());
        ArgumentException error = Assert.Throws<ArgumentException>(() => model.Forward(Tensor.Ones(3, 7)));
        Assert.StartsWith("Dense(4→5) got input [3, 7]; expected [N, 4]", error.Message);
        Assert.Equal(new Shape(2, 3, 5), model.Forward(Tensor.Ones(2, 3, 4)).Shape);
        Assert.Equal(new Shape(5), model.Forward(Tensor.Ones(4)).Shape);
    }
}
