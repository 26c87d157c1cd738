namespace DeepLearning.Tests.Losses;

public class GradientPenaltyTests
{
    private static Parameter W() =>
        new("W", Tensor.From([0.5, -0.3, 0.8, -0.6, 0.9, 0.1, 0.4, 0.7, -0.2, 0.3, -0.8, 0.6], 4, 3), isWeight: true);

    private static Parameter E() => new("e", Tensor.From([0.1, -0.2, 0.3, 0.05]), isWeight: false);

    private static Parameter V() => new("V", Tensor.From([0.7, -0.4, 0.9, 0.5], 1, 4), isWeight: true);

    private static Func<Tensor, Tensor> Critic(Tensor w, Tensor e, Tensor v) => x => Tensor.Linear(Tensor.Linear(x, w, e).Tanh(), v);

    // 10 * gradient_penalty(critic(W, e, V), a), [W, e, V]
    [Theory, InlineData("cpu"), InlineData("reference")]
    public void MatchesPyTorch(string device) => Golden.Check(device, () =>
    {
        Parameter w = W(), e = E(), v = V();
        return (new GradientPenalty(10).At(Critic(w, e, v), Golden.A()), [w, e, v]);
    },
    [3.812677103],
    [
        [-0.2291110355, -0.1611722525, 0.4630511255, 1.870447158, 0.6301334879, -4.201747034, -5.453497032, 2.595633454, -6.270726688,
            -0.2155295802, -0.02357998715, 0.2633553079],
        [-0.1717163652, 1.800537474, -2.928102482, -0.2541990496],
        [-0.1176520666, 4.664545214, -3.030404514, -0.07239765383],
    ]);

    [Fact]
    public void ItsGradientAgreesWithDifferences()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Parameter w = W(), e = E(), v = V();
        Tensor real = Golden.A(), fake = Golden.B();
        GradientCheck check = GradientCheck.Run(
            () => new GradientPenalty(3).Forward(Critic(w, e, v), real, fake, new Generator(5)), [w, e, v], tolerance: 1e-5);
        Assert.True(check.Passed, check.ToString());
    }

    [Fact]
    public void ItsGradientAtAPointAgreesWithDifferences()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Parameter w = W(), e = E(), v = V();
        GradientCheck check = GradientCheck.Run(() => new GradientPenalty(3).At(Critic(w, e, v), Golden.A()), [w, e, v], tolerance: 1e-5);
        Assert.True(check.Passed, check.ToString());
    }

    [Fact]
    public void ALinearCriticPaysForItsLengthAlone()
    {
        // |∂D/∂x| = |(3, 4)| = 5 everywhere: 10·(5 − 1)², with gradient 2·10·(5 − 1)·w/5.
        using IDisposable _ = Device.Use(Device.Reference);
        Parameter w = new("w", Tensor.From([3.0, 4], 1, 2), isWeight: true);
        Tensor penalty = new GradientPenalty().Forward(x => Tensor.Linear(x, w), Tensor.Ones(5, 2), Tensor.Zeros(5, 2), new Generator(1));
        Assert.Equal(160, penalty.ToDouble(), 1e-9);
        Golden.Close([48, 64], Tensor.Gradients(penalty, [w])[0].ToDoubles(), 1e-9);
    }

    [Fact]
    public void ItsPointsLieBetweenTheSamples()
    {
        Tensor seen = Tensor.Zeros(1);
        Tensor real = Tensor.Normal(new Generator(1), 0, 1, 50, 3, 2), fake = Tensor.Normal(new Generator(2), 4, 1, 50, 3, 2);
        new GradientPenalty().Forward(x => (seen = x).Flatten().Sum(1), real, fake, new Generator(3));
        double[] u = ((seen.Detach() - fake) / (real - fake)).Flatten().ToDoubles();
        for (int i = 0; i < 50; i++)
        {
            Assert.InRange(u[6 * i], 0, 1);
            for (int j = 1; j < 6; j++) Assert.Equal(u[6 * i], u[6 * i + j], 1e-4);
        }
        Assert.InRange(u.Average(), 0.3, 0.7);
    }

    [Fact]
    public void AFlatCriticHasAFinitePenalty()
    {
        Parameter w = new("w", Tensor.Zeros(1, 2), isWeight: true);
        Tensor penalty = new GradientPenalty(1).At(x => Tensor.Linear(x, w), Tensor.Ones(3, 2));
        Assert.Equal(1, penalty.ToDouble(), 1e-5);
        penalty.Backward();
        Assert.All(w.Gradient!.ToArray(), g => Assert.True(float.IsFinite(g)));
    }

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "GradientPenalty's weight must be 0 or more, got -1.", () => _ = new GradientPenalty(-1) },
        { "GradientPenalty needs real and fake of one shape, got [4, 2] and [3, 2].",
            () => new GradientPenalty().Forward(x => x, Tensor.Ones(4, 2), Tensor.Ones(3, 2), new Generator(1)) },
        { "GradientPenalty needs samples [N, …], got [4].",
            () => new GradientPenalty().Forward(x => x, Tensor.Ones(4), Tensor.Ones(4), new Generator(1)) },
        { "GradientPenalty needs a critic with one score for each of 4 samples, got scores [4, 2].",
            () => new GradientPenalty().At(x => x, Tensor.Ones(4, 2)) },
        { "GradientPenalty needs one or more samples [N, …], got [4].", () => new GradientPenalty().At(x => x, Tensor.Ones(4)) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(mistake).Message);
}
