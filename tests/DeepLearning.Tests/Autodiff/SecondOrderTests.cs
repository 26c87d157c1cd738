namespace DeepLearning.Tests.Autodiff;

/// <summary>Gradients of gradients of networks: Hessian-vector products, and the penalty on a critic's gradient.</summary>
public class SecondOrderTests
{
    private static readonly Dictionary<string, Func<Generator, (Layer Model, Loss Loss, Tensor Target)>> s_networks = new()
    {
        ["tanh and squared error"] = g =>
            (new Sequential(new Dense(3, 5, g), new Tanh(), new Dense(5, 4, g), new Sigmoid(), new Dense(4, 2, g)),
                new MeanSquaredError(), Tensor.Normal(g, 0, 1, 6, 2)),
        ["gelu and labels"] = g => (new Sequential(new Dense(3, 6, g), new Gelu(), new Dense(6, 4, g)),
            new SparseCategoricalCrossEntropy(fromLogits: true), Tensor.From([0, 3, 1, 2, 2, 0])),
        ["softplus and probabilities"] = g => (new Sequential(new Dense(3, 5, g), new Softplus(), new Dense(5, 1, g)),
            new BinaryCrossEntropy(fromLogits: true), Tensor.From([0, 1, 1, 0, 1, 0], 6, 1)),
    };

    public static TheoryData<string> Networks => [.. s_networks.Keys];

    [Theory, MemberData(nameof(Networks))]
    public void HessianTimesAVectorIsTheChangeOfTheGradientAlongIt(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Generator generator = new(5);
        (Layer model, Loss loss, Tensor target) = s_networks[name](generator);
        Tensor x = Tensor.Normal(generator, 0, 1, 6, 3);
        Tensor[] parameters = [.. model.Parameters], v = [.. parameters.Select(p => Tensor.Normal(generator, 0, 1, p.Shape.Dims))];
        Tensor[] product = HessianTimes(() => loss.Forward(model.Forward(x), target), parameters, v);

        const double Step = 1e-5;
        (double[][] ahead, double lossAhead) = At(Step);
        (double[][] behind, double lossBehind) = At(-Step);
        for (int i = 0; i < parameters.Length; i++)
            Golden.Close([.. ahead[i].Zip(behind[i], (a, b) => (a - b) / (2 * Step))], product[i].ToDoubles(), 1e-7,
                $"H·v of parameter {i}");

        // vᵀHv is the loss' own second difference along v.
        const double Wide = 1e-3;
        double curvature = (At(Wide).Loss - 2 * At(0).Loss + At(-Wide).Loss) / (Wide * Wide);
        Assert.Equal(curvature, v.Zip(product, (a, b) => Tensor.Dot(a, b).ToDouble()).Sum(), 1e-4 * Math.Max(1, Math.Abs(curvature)));

        (double[][] Gradient, double Loss) At(double step)
        {
            Tensor[] before = [.. parameters.Select(p => p.Clone())];
            for (int i = 0; i < parameters.Length; i++) parameters[i].Assign(before[i] + step * v[i]);
            Tensor value = loss.Forward(model.Forward(x), target);
            double[][] gradient = [.. Tensor.Gradients(value, parameters).Select(g => g.ToDoubles())];
            for (int i = 0; i < parameters.Length; i++) parameters[i].Assign(before[i]);
            return (gradient, value.ToDouble());
        }
    }

    // L = ½(y − t)², y = u·h, h = tanh(w·x); with h′ = 1 − h² and h″ = −2h·h′:
    // ∂²L/∂u² = h², ∂²L/∂u∂w = h′x·(u·h + y − t), ∂²L/∂w² = (u·h′x)² + (y − t)·u·h″x².
    [Fact]
    public void TheHessianOfTwoWeightsHasAClosedForm()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        const double W = 0.7, U = -1.3, X = 1.1, T = 0.4;
        Tensor w = Tensor.From([W]).RequireGradient(), u = Tensor.From([U]).RequireGradient();
        double h = Math.Tanh(W * X), slope = 1 - h * h, bend = -2 * h * slope, error = U * h - T;
        double uu = h * h, uw = slope * X * (U * h + error), ww = Math.Pow(U * slope * X, 2) + error * U * bend * X * X;
        foreach ((double a, double b) in ((double, double)[])[(1, 0), (0, 1), (2, -3)])
        {
            Tensor[] product = HessianTimes(() => 0.5 * (u * (w * X).Tanh() - T).Square().Sum(), [w, u],
                [Tensor.From([a]), Tensor.From([b])]);
            Assert.Equal(a * ww + b * uw, product[0].ToDouble(), 1e-12);
            Assert.Equal(a * uw + b * uu, product[1].ToDouble(), 1e-12);
        }
    }

    // Of logistic regression: H = 1/N·Σ σ(1 − σ)·x xᵀ.
    [Fact]
    public void TheHessianOfLogisticRegressionHasAClosedForm()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Generator g = new(2);
        Tensor x = Tensor.Normal(g, 0, 1, 7, 3), target = Tensor.From([0, 1, 1, 0, 1, 0, 1], 7, 1), v = Tensor.Normal(g, 0, 1, 1, 3);
        Dense layer = new(3, 1, g, bias: false);
        Tensor p = layer.Forward(x).Detach().Sigmoid(), hessian = Tensor.Einsum("ni,nz,nj->ij", x, p * (1 - p), x) / 7;
        Tensor product =
            HessianTimes(() => new BinaryCrossEntropy(fromLogits: true).Forward(layer.Forward(x), target), [.. layer.Parameters], [v])[0];
        Golden.Close(v.MatMul(hessian).ToDoubles(), product.ToDoubles(), 1e-10);
    }

    // gradient_penalty(critic(W1, b1, W2, b2), a), [a, W1, b1, W2, b2]
    [Theory, InlineData("cpu"), InlineData("reference")]
    public void TheGradientPenaltyOfACriticIsPyTorchs(string device) => Golden.Check(device, () =>
    {
        Tensor x = Golden.A().RequireGradient();
        Tensor w1 = Tensor.From([0.4, -0.7, 0.2, -0.3, 0.5, 0.9, 0.8, 0.1, -0.6, -0.2, -0.4, 0.3], 4, 3).RequireGradient();
        Tensor b1 = Tensor.From([0.1, -0.2, 0.3, 0.05]).RequireGradient();
        Tensor w2 = Tensor.From([0.7, -0.5, 0.9, 0.4], 1, 4).RequireGradient(), b2 = Tensor.From([0.2]).RequireGradient();
        Tensor d = Tensor.Linear(Tensor.Linear(x, w1, b1).Tanh(), w2, b2);
        Tensor gradient = Tensor.Gradients(d.Sum(), [x], keepGraph: true)[0];
        return ((gradient.Norm(1) - 1).Square().Mean(), [x, w1, b1, w2, b2]);
    },
    [0.24817677705150543],
    [
        [-0.09754952085, 0.01276368551, 0.1160141431, -0.02474059544, 0.1642611574, -0.1199933718],
        [-0.04175003327, -0.04403912222, 0.6033108838, 0.08372343797, -0.1246116535, 0.158733632, -0.1978123827, 0.2779761315,
            -0.3012329446, -0.08246090737, 0.08847716152, 0.09510149769],
        [-0.2131759383, 0.02681215137, -0.04823186767, -0.04804699287],
        [-0.2125466857, 0.1129414927, -0.1467227679, -0.04825380073],
        [0],
    ]);

    private static Tensor[] HessianTimes(Func<Tensor> loss, Tensor[] parameters, Tensor[] v)
    {
        Tensor[] gradient = Tensor.Gradients(loss(), parameters, keepGraph: true);
        return Tensor.Gradients(gradient.Zip(v, Tensor.Dot).Aggregate((a, b) => a + b), parameters);
    }
}
