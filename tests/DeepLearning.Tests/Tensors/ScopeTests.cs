namespace DeepLearning.Tests.Tensors;

public class ScopeTests
{
    [Fact]
    public void TensorsOfAnEndedScopeSaySo()
    {
        Tensor inside;
        using (Tensor.Scope()) inside = Tensor.Ones(2, 3) + 1;
        Assert.True(inside.IsDisposed);
        Assert.Equal("tensor [2, 3], disposed", inside.ToString());
        foreach (Action use in (Action[])[() => inside.ToArray(), () => _ = inside + 1, () => inside.Keep(), () => inside.Reshape(6)])
            Assert.Contains(
                "This tensor [2, 3] is gone: the scope it was made in has ended (or Dispose was called); call Keep() on it inside the " +
                "scope if it must outlive it.",
                Assert.Throws<ObjectDisposedException>(use).Message);
    }

    [Fact]
    public void KeptTensorsOutliveTheirScopes()
    {
        Tensor kept;
        using (Tensor.Scope())
        using (Tensor.Scope())
            kept = (Tensor.Ones(3) + 1).Keep();
        Assert.Equal([2f, 2, 2], kept.ToArray());
    }

    [Fact]
    public void ScopesNest()
    {
        using (Tensor.Scope())
        {
            Tensor outer = Tensor.Ones(2), inner;
            using (Tensor.Scope()) inner = outer + 1;
            Assert.True(inner.IsDisposed);
            Assert.Equal([1f, 1], outer.ToArray());
            Tensor after = outer + 2;
            Assert.Equal([3f, 3], after.ToArray());
        }
    }

    [Fact]
    public void ScopesEndInOrder()
    {
        IDisposable outer = Tensor.Scope(), inner = Tensor.Scope();
        Assert.StartsWith("Scopes must end in the opposite order of their beginning",
            Assert.Throws<InvalidOperationException>(outer.Dispose).Message);
        inner.Dispose();
        Tensor after = Tensor.Ones(1);
        inner.Dispose();
        Assert.False(after.IsDisposed);
    }

    [Fact]
    public void AnEndedScopeDoesNotEndALaterOne()
    {
        TensorScope first = Tensor.Scope();
        first.Dispose();
        using (Tensor.Scope())
        {
            Tensor x = Tensor.Ones(2);
            first.Dispose();
            Assert.False(x.IsDisposed);
        }
        default(TensorScope).Dispose();
    }

    [Fact]
    public void AStepInAScopeLeavesTheCollectorLittle()
    {
        Sequential model = new(new Dense(64, 32, new Generator(1)), new Relu(), new Dense(32, 10, new Generator(2)));
        Optimizer optimizer = new Adam(model.Parameters);
        SparseCategoricalCrossEntropy loss = new(fromLogits: true);
        Tensor x = Tensor.Ones(16, 64), y = Tensor.Zeros(16);
        for (int i = 0; i < 20; i++) Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) Step();
        // Some twenty small objects; one temporary not pooled would be more than all of them.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 20, 0, 4000);

        void Step()
        {
            using (Tensor.Scope())
            {
                optimizer.ClearGradients();
                loss.Forward(model.Forward(x), y).Backward();
                optimizer.Step();
            }
        }
    }

    [Fact]
    public void AReshapeHoldsTheNumbersOfADisposedTensor()
    {
        Tensor x = Tensor.From([1, 2, 3, 4]), y = x.Reshape(2, 2);
        x.Dispose();
        x.Dispose();
        using (Tensor.Scope())
        {
            for (int i = 0; i < 10; i++) _ = Tensor.Full(-1, 4);
            Assert.Equal([1f, 2, 3, 4], y.ToArray());
        }
    }

    [Fact]
    public void MemoryIsReusedButNeverShared()
    {
        // Many rounds of pooled work on sizes that reuse one another's blocks; what was kept must not change.
        Generator generator = new(1);
        List<(Tensor Tensor, float[] Values)> kept = [];
        for (int round = 0; round < 50; round++)
        {
            using (Tensor.Scope())
            {
                List<(Tensor, float[])> live = [];
                for (int i = 0; i < 8; i++)
                {
                    int n = 1 + generator.Integer(300);
                    double value = generator.Uniform();
                    Tensor tensor = Tensor.Full(value, n) + 1;
                    live.Add((tensor, [.. Enumerable.Repeat((float)value + 1, n)]));
                    if (i == round % 8) kept.Add((tensor.Keep(), live[^1].Item2));
                }
                foreach ((Tensor tensor, float[] values) in live) Golden.Close(ToDoubles(values), tensor.ToDoubles(), 1e-6);
            }
            foreach ((Tensor tensor, float[] values) in kept) Golden.Close(ToDoubles(values), tensor.ToDoubles(), 1e-6);
        }

        static double[] ToDoubles(float[] values) => Array.ConvertAll(values, v => (double)v);
    }

    [Fact]
    public void GradientsOutliveTheScopeTheyWereComputedIn()
    {
        Parameter p = new("p", Tensor.From([1, 2]), isWeight: true);
        for (int i = 1; i <= 3; i++)
        {
            using (Tensor.Scope()) (p * p).Sum().Backward();
            using (Tensor.Scope()) _ = Tensor.Full(99, 2);
            Assert.Equal([2f * i, 4f * i], p.Gradient!.ToArray());
        }
        p.ClearGradient();
        Assert.Null(p.Gradient);
    }

    [Fact]
    public void AParameterMadeInAScopeOutlivesIt()
    {
        Dense layer;
        using (Tensor.Scope()) layer = new Dense(2, 3, new Generator(1));
        Assert.Equal(new Shape(1, 3), layer.Forward(Tensor.Ones(1, 2)).Shape);
    }

    [Fact]
    public void AKeptLossWhoseInputsAreGoneRefusesBackward()
    {
        // The sum's own derivative needs no numbers of its input, so nothing but this check would notice that the way to w is lost.
        Tensor w = Tensor.Ones(2).RequireGradient(), loss;
        using (Tensor.Scope()) loss = (w * 3 + 1).Sum().Keep();
        Assert.Equal(8, loss.Item());
        Assert.Contains("is gone", Assert.Throws<ObjectDisposedException>(loss.Backward).Message);
        Assert.Null(w.Gradient);
    }

    [Fact]
    public void ADisposedLossRefusesBackward()
    {
        Tensor w = Tensor.Ones(2).RequireGradient(), loss;
        using (Tensor.Scope()) loss = w.Sum();
        Assert.Throws<ObjectDisposedException>(loss.Backward);
    }
}
