namespace DeepLearning.Tests.Optimizers;

/// <summary>What holds inside <see cref="Optimizer.Update"/>, whose element-wise operations are computed together at its end.</summary>
public class UpdateTests
{
    private delegate Tensor Formula(Tensor w, Tensor g, ParameterState p);

    private sealed class Written(Parameter w, Formula formula) : Optimizer([w], learningRate: 0.5, weightDecay: 0, "a", "b")
    {
        protected override Tensor Update(Tensor w, Tensor g, ParameterState p) => formula(w, g, p);
    }

    public static TheoryData<string> Devices => [.. GoldenDevices.Names];

    // One step from w = (1, −2, 4) with g = w.
    private static (Parameter W, Optimizer Optimizer) Step(Formula formula, string? device = null, int steps = 1)
    {
        using Device.DeviceSwitch _ = Device.Use(device is null ? Device.Current : GoldenDevices.Named(device));
        Parameter w = new("w", Tensor.From([1.0, -2, 4]), isWeight: true);
        Written optimizer = new(w, formula);
        for (int i = 0; i < steps; i++) optimizer.Step(() => 0.5 * w.Square().Sum());
        return (w, optimizer);
    }

    [Theory, MemberData(nameof(Devices))]
    public void WhatWasReadStaysAsItWasWhenANewValueIsWritten(string device)
    {
        (Parameter w, Optimizer optimizer) = Step((w, g, p) =>
        {
            Tensor before = p["a"];
            Tensor now = p["a"] = before + g;
            p["b"] = p["a"] * 10 - before;
            return w - (now - before);
        }, device, steps: 2);
        Assert.Equal([0.0, 0, 0], w.ToDoubles());
        Assert.Equal([1.0, -2, 4], optimizer.State(w)["a"].ToDoubles());
        Assert.Equal([9.0, -18, 36], optimizer.State(w)["b"].ToDoubles());
    }

    [Theory, MemberData(nameof(Devices))]
    public void NumbersAskedForOnTheWayAreThere(string device)
    {
        double length = 0;
        float[] half = [];
        (Parameter w, _) = Step((w, g, p) =>
        {
            Tensor step = 0.5 * g;
            half = step.ToArray();
            length = step.Norm().ToDouble();
            Tensor lengthwise = step / step.Norm();
            return w - p.LearningRate * lengthwise.Reshape(3, 1).MatMul(Tensor.Ones(1, 1)).Reshape(3);
        }, device);
        Assert.Equal([0.5f, -1, 2], half);
        double root = Math.Sqrt(21);
        Assert.Equal(root / 2, length, 1e-6);
        Assert.Equal([1 - 0.5 / root, -2 + 1 / root, 4 - 2 / root], w.ToDoubles().Select(x => Math.Round(x, 6)), new Near(1e-5));
    }

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;
        public int GetHashCode(double x) => 0;
    }

    // Whatever the composition, it is what the same operations give outside of Update.
    [Theory, MemberData(nameof(Devices))]
    public void AnyFormulaGivesWhatItsOperationsGive(string device)
    {
        Func<Tensor, Tensor, Tensor>[] formulas =
        [
            (w, g) => w, (w, g) => g, (w, g) => -w, (w, g) => 2 - g, (w, g) => 3 * (w + 1) * (2 * g - 1), (w, g) => (w + 1) / (0.5 * g),
            (w, g) => 1 / (g.Square() + 1), (w, g) => Tensor.Minimum(w, 0.5 * g) - Tensor.Maximum(2 * w, g),
            (w, g) => (w * w + g * g).Sqrt() / 3, (w, g) => w.Sign() * g.Abs() + w.Relu(), (w, g) => w.Exp() + g.Tanh() * (w > 0),
            (w, g) => Tensor.Where(w > 1, w, g), (w, g) => 0 * w + g / 0.5, (w, g) => w - w, (w, g) => (w - 1) * (w - 1) / (w * 0 + 1),
            (w, g) => Tensor.Power(w.Square() + 1, 0.5 * g), (w, g) => w.Clamp(-1, 1) + g.CumulativeSum(0), (w, g) => w + g.Sum(),
            (w, g) => ((w * 3 + 1) * 2 - 5) / 4,
        ];
        for (int i = 0; i < formulas.Length; i++)
        {
            Func<Tensor, Tensor, Tensor> formula = formulas[i];
            (Parameter w, _) = Step((w, g, _) => formula(w, g), device);
            using Device.DeviceSwitch on = Device.Use(GoldenDevices.Named(device));
            Tensor start = Tensor.From([1.0, -2, 4]);
            double[] expected = formula(start, start).ToDoubles();
            Assert.True(expected.SequenceEqual(w.ToDoubles(), new Near(1e-5)),
                $"formula {i}: [{string.Join(", ", w.ToDoubles())}], not [{string.Join(", ", expected)}]");
        }
    }

    [Fact]
    public void WhatIsNotKeptIsGoneAndWhatIsKeptStays()
    {
        Tensor? kept = null, read = null, gone = null;
        (Parameter w, _) = Step((w, g, p) =>
        {
            kept = (2 * g).Keep();
            read = w.Keep();
            gone = 3 * g;
            return w - g;
        });
        Assert.Equal([2f, -4, 8], kept!.ToArray());
        Assert.Equal([1f, -2, 4], read!.ToArray());
        Assert.Equal([3f, -6, 12], (kept + read).ToArray());
        Assert.Equal([0f, 0, 0], w.ToArray());
        Assert.True(gone!.IsDisposed);
        Assert.Contains("Keep()", Assert.Throws<ObjectDisposedException>(() => gone.ToArray()).Message);
    }

    [Fact]
    public void AnotherTensorChangedInPlaceOnTheWayCountsAsItWasWhenItWasRead()
    {
        Tensor slow = Tensor.From([10.0, 10, 10]);
        (Parameter w, _) = Step((w, g, _) =>
        {
            Tensor next = w + slow;
            slow.Assign(slow + g);
            return next + slow;
        });
        Assert.Equal([11f, 8, 14], slow.ToArray());
        Assert.Equal([1f + 10 + 11, -2 + 10 + 8, 4 + 10 + 14], w.ToArray());
    }

    [Fact]
    public void MistakesAreNamed()
    {
        Assert.Contains("return the new w", Assert.Throws<InvalidOperationException>(() => Step((w, g, _) =>
        {
            w.Assign(g);
            return w;
        })).Message);
        Assert.Contains("shape [1]", Assert.Throws<InvalidOperationException>(() => Step((w, g, _) => Tensor.Ones(1))).Message);
        Assert.Contains("'a' of the parameter 'w' has shape [3], got [2]",
            Assert.Throws<ArgumentException>(() => Step((w, g, p) => { p["a"] = Tensor.Ones(2); return w; })).Message);
        Assert.Throws<ArgumentNullException>(() => Step((w, g, p) => { p["a"] = null!; return w; }));
        Parameter other = new("other", Tensor.Ones(3), isWeight: true) { Gradient = Tensor.Ones(3) };
        Written inner = new(other, (w, g, _) => w - g);
        Assert.Contains("within another's", Assert.Throws<InvalidOperationException>(() => Step((w, g, _) =>
        {
            inner.Step();
            return w;
        })).Message);
    }

    [Fact]
    public void AFormulaThatFailsLeavesEverythingAsItWas()
    {
        Parameter w = new("w", Tensor.From([1.0, -2, 4]), isWeight: true);
        bool fails = true;
        Written optimizer = new(w, (w, g, p) =>
        {
            p["a"] = g;
            return fails ? throw new InvalidOperationException("stop") : w - g;
        });
        Assert.Throws<InvalidOperationException>(() => optimizer.Step(() => 0.5 * w.Square().Sum()));
        Assert.Equal([1f, -2, 4], w.ToArray());
        Assert.Equal([0f, 0, 0], optimizer.State(w)["a"].ToArray());
        fails = false;
        optimizer.Step(() => 0.5 * w.Square().Sum());
        Assert.Equal([0f, 0, 0], w.ToArray());
    }
}
