namespace DeepLearning.Tests.Autodiff;

public class BackwardTests
{
    private static Tensor Leaf(params double[] values) => Tensor.From(values).RequireGradient();

    [Fact]
    public void GradientsAddUpOverCallsUntilCleared()
    {
        Tensor x = Leaf(1, 2);
        (x * 3).Sum().Backward();
        (x * x).Sum().Backward();
        Assert.Equal([5f, 7], x.Gradient!.ToArray());
        x.ClearGradient();
        Assert.Null(x.Gradient);
        x.Sum().Backward();
        Assert.Equal([1f, 1], x.Gradient!.ToArray());
    }

    [Fact]
    public void AGraphMayBeWalkedTwice()
    {
        Tensor x = Leaf(3);
        Tensor y = x.Square().Sum();
        y.Backward();
        y.Backward();
        Assert.Equal(12, x.Gradient!.Item());
    }

    [Fact]
    public void AllPathsAreSummed()
    {
        // S1's two paths from w to the loss: L = u·v with u = 3w, v = w², so ∂L/∂w = 9w².
        Tensor w = Leaf(2);
        Tensor u = 3 * w, v = w * w;
        (u * v).Sum().Backward();
        Assert.Equal(36, w.Gradient!.Item());
    }

    [Fact]
    public void ATensorUsedManyTimesGetsEachContribution()
    {
        Tensor x = Leaf(2), y = Tensor.Scalar(0);
        for (int i = 1; i <= 100; i++) y = y + i * x;
        y.Sum().Backward();
        Assert.Equal(5050, x.Gradient!.Item());
    }

    [Fact]
    public void SharedContributionsDoNotAlias()
    {
        // The sum sends the very same gradient tensor to both; a later pass then changes only one of them.
        Tensor a = Leaf(1, 1), b = Leaf(1, 1);
        (a + b).Sum().Backward();
        a.Sum().Backward();
        Assert.Equal([2f, 2], a.Gradient!.ToArray());
        Assert.Equal([1f, 1], b.Gradient!.ToArray());
    }

    [Fact]
    public void SharedDifferentiableContributionsDoNotAlias()
    {
        Tensor a = Leaf(1, 1), b = Leaf(1, 1);
        (a + b).Sum().Backward(Tensor.Scalar(1), keepGraph: true);
        a.Sum().Backward();
        Assert.Equal([2f, 2], a.Gradient!.ToArray());
        Assert.Equal([1f, 1], b.Gradient!.ToArray());
        a.ClearGradient();
        Assert.Equal([1f, 1], b.Gradient!.ToArray());
        b.ClearGradient();
        (a + b).Square().Sum().Backward(Tensor.Scalar(1), keepGraph: true);
        a.ClearGradient();
        Assert.Equal([4f, 4], b.Gradient!.ToArray());
        Assert.Equal([2f, 2], Tensor.Gradients(b.Gradient!.Sum(), [a])[0].ToArray());
    }

    [Fact]
    public void TheCallersGradientIsNotChanged()
    {
        Tensor x = Leaf(1, 1), g = Tensor.From([1, 2]);
        for (int i = 0; i < 3; i++) x.Backward(g);
        Assert.Equal([1f, 2], g.ToArray());
        Assert.Equal([3f, 6], x.Gradient!.ToArray());
        x.ClearGradient();
        Tensor y = x * 2;
        for (int i = 0; i < 3; i++) y.Backward(g);
        Assert.Equal([1f, 2], g.ToArray());
        Assert.Equal([6f, 12], x.Gradient!.ToArray());
    }

    [Fact]
    public void ALongChainDoesNotOverflowTheStack()
    {
        Tensor x = Leaf(1), y = x;
        for (int i = 0; i < 10_000; i++) y = y + 1;
        y.Sum().Backward();
        Assert.Equal(1, x.Gradient!.Item());
    }

    [Fact]
    public void ADoublingChainVisitsEachOperationOnce()
    {
        // 2⁶⁰ paths, 60 operations.
        Tensor x = Leaf(1), y = x;
        for (int i = 0; i < 60; i++) y = (y + y) * 0.5;
        y.Sum().Backward();
        Assert.Equal(1, x.Gradient!.Item());
    }

    [Fact]
    public void NothingIsRememberedWithoutRecording()
    {
        Tensor x = Leaf(1);
        using (Tensor.NoGradient())
        {
            Assert.False(Tensor.IsRecording);
            Tensor y = x * 2;
            Assert.Null(y.Origin);
            Assert.False(y.RequiresGradient);
        }
        Assert.True(Tensor.IsRecording);
        Assert.Null((Tensor.Ones(1) * 2).Origin);
        Assert.Equal("multiply", (x * Tensor.Ones(1)).Origin!.Name);
    }

    [Fact]
    public void DetachedPathsSendNothing()
    {
        Tensor x = Leaf(3);
        (x * x.Detach()).Sum().Backward();
        Assert.Equal(3, x.Gradient!.Item());
    }

    [Fact]
    public void IndependentTensorsGetZeros()
    {
        Tensor x = Leaf(1, 2), other = Leaf(3, 4, 5);
        Tensor[] gradients = Tensor.Gradients(x.Square().Sum(), [other, x]);
        Assert.Equal([0f, 0, 0], gradients[0].ToArray());
        Assert.Equal([2f, 4], gradients[1].ToArray());
        Assert.Null(x.Gradient);
        Assert.Equal([0f, 0, 0], Tensor.Gradients(Tensor.Scalar(1), [other])[0].ToArray());
    }

    [Fact]
    public void GradientsOfResultsOnTheWay()
    {
        Tensor x = Leaf(2);
        Tensor h = x * 3, y = h.Square().Sum();
        Tensor[] gradients = Tensor.Gradients(y, [h, x, y]);
        Assert.Equal([12f, 36, 1], gradients.Select(g => g.Item()));
    }

    [Fact]
    public void GradientsOfGradients()
    {
        // f = x³: 12, then 12, then 6.
        Tensor x = Leaf(2);
        Tensor first = Tensor.Gradients((x * x * x).Sum(), [x], keepGraph: true)[0];
        Tensor second = Tensor.Gradients(first.Sum(), [x], keepGraph: true)[0];
        Tensor third = Tensor.Gradients(second.Sum(), [x])[0];
        Assert.Equal([12f, 12, 6], new[] { first.Item(), second.Item(), third.Item() });
    }

    [Fact]
    public void AGradientPenaltyTrains()
    {
        // L = (‖∂f/∂x‖² − 1)² with f = Σ w·x², so ∂f/∂x = 2wx; at w = 1, x = 1: ∂L/∂w = 2(4w²x² − 1)·8wx² = 48.
        Tensor w = Leaf(1), x = Leaf(1);
        Tensor slope = Tensor.Gradients((w * x * x).Sum(), [x], keepGraph: true)[0];
        (slope.Square().Sum() - 1).Square().Backward();
        Assert.Equal(48, w.Gradient!.Item());
    }

    [Fact]
    public void AnOperationOfOnesOwnJoinsTheGraph()
    {
        Tensor x = Leaf(2);
        Tensor cube;
        using (Tensor.NoGradient()) cube = x * x * x;
        Tensor y = Tensor.Record("cube", cube, static (op, g) => op.Send(0, g * 3 * op[0].Square()), x);
        Assert.Equal("cube([1]) → [1]", y.Origin!.ToString());
        y.Sum().Backward();
        Assert.Equal(12, x.Gradient!.Item());
    }

    [Fact]
    public void AnOperationOfOnesOwnRemembersWhatItsDerivativeNeeds()
    {
        Tensor x = Leaf(2);
        Tensor scaled = Tensor.Record("scaled", Tensor.From([6.0]), (Factor: 3.0, Note: "mine"),
            static (op, g) => op.Send(0, op.State.Factor * g), x);
        Assert.Equal((3.0, "mine"), Assert.IsType<Operation<(double, string)>>(scaled.Origin).State);
        Assert.Equal("scaled", scaled.Origin!.Name);
        scaled.Sum().Backward();
        Assert.Equal(3, x.Gradient!.Item());
    }

    [Fact]
    public void AnInputThatIsNullIsRefused() =>
        Assert.Throws<ArgumentNullException>("inputs", () => Tensor.Record("mine", Tensor.Ones(1), static (_, _) => { }, null!, Leaf(2)));

    [Fact]
    public void AFailedPassLeavesNothingBehind()
    {
        Tensor x = Leaf(2);
        Tensor broken = Tensor.Record("broken", Tensor.Ones(1), static (_, _) => throw new NotSupportedException(), x);
        Assert.Throws<NotSupportedException>((x * 5 + broken).Sum().Backward);
        Assert.Null(x.Gradient);
        (x * 3).Sum().Backward();
        Assert.Equal(3, x.Gradient!.Item());
    }

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "Backward starts from a single number such as a loss, this tensor is [2]; reduce it first, for instance with Sum() or Mean().",
            () => (Leaf(1, 2) * 2).Backward() },
        { "Nothing this tensor was computed from needs a gradient; call RequireGradient() on the inputs, or leave NoGradient().",
            () => Tensor.Ones(2).Sum().Backward() },
        { "The gradient of a tensor [2] has its shape, got [3].", () => (Leaf(1, 2) * 2).Backward(Tensor.Ones(3)) },
        { "This tensor [2] is the result of affine; ask for the gradient of what it was computed from.",
            () => (Leaf(1, 2) * 2).RequireGradient() },
        { "A tensor [2] that needs no gradient was asked for one; call RequireGradient() on it before computing with it.",
            () => Tensor.Gradients(Leaf(1).Sum(), [Tensor.Ones(2)]) },
        { "add got tensors on cpu and on reference; move one of them with To(…).",
            () => _ = Tensor.Ones(1) + Tensor.Ones(1).To(Device.Reference) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(mistake).Message);
}
