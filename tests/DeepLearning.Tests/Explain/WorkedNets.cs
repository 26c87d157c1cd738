namespace DeepLearning.Tests.Explaining;

/// <summary>The worked examples of the lecture notes, as a student would build them.</summary>
internal static class WorkedNets
{
    public static Dense Layer(double[,] weights, double[] bias)
    {
        Dense dense = new(weights.GetLength(1), weights.GetLength(0), new Generator(1));
        dense.Weight.Assign(Tensor.From(weights));
        dense.Bias!.Assign(Tensor.From(bias));
        return dense;
    }

    /// <summary>2-2-2, sigmoid, E = ½Σ(t − o)², α = 0.5.</summary>
    public static Explanation A(ExplainOptions? options = null)
    {
        Sequential model = new(
            Layer(new[,] { { 0.15, 0.20 }, { 0.25, 0.30 } }, [0.35, 0.35]), new Sigmoid(),
            Layer(new[,] { { 0.40, 0.45 }, { 0.50, 0.55 } }, [0.60, 0.60]), new Sigmoid());
        return Explain.Of(model, Tensor.From([0.05, 0.10], 1, 2), Tensor.From([0.01, 0.99], 1, 2), new HalfSquaredError(),
            options ?? new ExplainOptions { LearningRate = 0.5 });
    }

    /// <summary>The same with one bias for both neurons of a layer, as the notes draw it.</summary>
    public static Explanation SharedBias()
    {
        Tensor w1 = Data([0.15, 0.20, 0.25, 0.30], 2, 2), w2 = Data([0.40, 0.45, 0.50, 0.55], 2, 2), b1 = Data([0.35], 1),
            b2 = Data([0.60], 1);
        Tensor x = Tensor.From([0.05, 0.10], 1, 2), t = Tensor.From([0.01, 0.99], 1, 2);
        return Explain.Of(() =>
        {
            Tensor h = Tensor.Linear(x, w1, b1.BroadcastTo([2])).Sigmoid();
            return new HalfSquaredError().Forward(Tensor.Linear(h, w2, b2.BroadcastTo([2])).Sigmoid(), t);
        }, new ExplainOptions { LearningRate = 0.5 });
    }

    /// <summary>3-2-1, sigmoid, x = (1, 0, 1), target 1, α = 0.9.</summary>
    public static Explanation B(Loss loss)
    {
        Sequential model = new(
            Layer(new[,] { { 0.2, 0.4, -0.5 }, { -0.3, 0.1, 0.2 } }, [-0.4, 0.2]), new Sigmoid(),
            Layer(new[,] { { -0.3, -0.2 } }, [0.1]), new Sigmoid());
        return Explain.Of(model, Tensor.From([1.0, 0, 1], 1, 3), Tensor.From([1.0], 1, 1), loss,
            new ExplainOptions { LearningRate = 0.9, Names = ExplainNames.Numbers("θ") });
    }

    /// <summary>4-2-1, sigmoid, x = (1, 1, 0, 1), target 1, α = 0.8.</summary>
    public static Explanation C(Loss loss)
    {
        Sequential model = new(
            Layer(new[,] { { 0.3, -0.2, 0.2, 0.1 }, { 0.1, 0.4, -0.3, 0.4 } }, [0.2, 0.1]), new Sigmoid(),
            Layer(new[,] { { -0.3, 0.2 } }, [-0.3]), new Sigmoid());
        return Explain.Of(model, Tensor.From([1.0, 1, 0, 1], 1, 4), Tensor.From([1.0], 1, 1), loss,
            new ExplainOptions { LearningRate = 0.8, Names = ExplainNames.Numbers("b") with { Biases = ["b5", "b6", "w07"] } });
    }

    /// <summary>The three layers of two sigmoid neurons of S2, with made-up targets so that there is a loss.</summary>
    public static Explanation D()
    {
        Sequential model = new(
            Layer(new double[,] { { 1, -2 }, { -1, 1 } }, [1, 0]), new Sigmoid(),
            Layer(new double[,] { { 2, -1 }, { -2, -1 } }, [0, 0]), new Sigmoid(),
            Layer(new double[,] { { 3, -1 }, { -1, 4 } }, [-2, 2]), new Sigmoid());
        return Explain.Of(model, Tensor.From([1.0, -1], 1, 2), Tensor.From([1.0, 0], 1, 2), new MeanSquaredError());
    }

    private static Tensor Data(double[] values, params int[] shape) => Tensor.From(values, shape).RequireGradient();
}
