namespace DeepLearning.Tests;

/// <summary>An operation on a and b, what it gives, and the gradients for a and b; none if it has no gradient.</summary>
public sealed record GoldenRow(Func<Tensor, Tensor, Tensor> Operation, double[] Output, params double[][] Gradients);

/// <summary>A layer, what it makes of a, and the gradients for a and the layer's parameters.</summary>
public sealed record LayerRow(Func<Layer> Layer, double[] Output, params double[][] Gradients);

/// <summary>A loss, its prediction and target, its value, and the gradient for the prediction.</summary>
public sealed record LossRow(Loss Loss, Func<Tensor> Prediction, Func<Tensor> Target, double[] Output, double[] Gradient);

/// <summary>
/// Compares with values that PyTorch 1.13 computed in double precision. Above each row stands the expression that made it, of the inputs
/// below (a: numbers, scores or logits; b: other numbers; q: probabilities; d: distributions; l: labels; s: signs); gradients are of Σᵢ
/// cos(i)·yᵢ, so that every number counts differently. <c>tests/golden/golden.py check</c> compares all rows with PyTorch, <c>write</c>
/// fills in new ones. On the reference device the values agree to nine digits, on the CPU to those of float32.
/// </summary>
public static class Golden
{
    public static Tensor A() => Tensor.From([0.5, -1.2, 2.0, -0.3, 0.8, -2.5], 2, 3);

    public static Tensor B() => Tensor.From([1.5, 0.4, -0.7, -1.1, 0.8, 0.6], 2, 3);

    public static Tensor Q() => Tensor.From([0.2, 0.5, 0.3, 0.6, 0.3, 0.1], 2, 3);

    public static Tensor D() => Tensor.From([0.1, 0.7, 0.2, 0.0, 1.0, 0.0], 2, 3);

    public static Tensor L() => Tensor.From([2, 0]);

    public static Tensor S() => Tensor.From([1, -1, 1, -1, -1, 1], 2, 3);

    /// <summary>Every name on every device.</summary>
    public static TheoryData<string, string> Cases(IEnumerable<string> names)
    {
        TheoryData<string, string> cases = [];
        foreach (string name in names)
        {
            foreach (string device in GoldenDevices.Names) cases.Add(name, device);
        }
        return cases;
    }

    public static void Check(string device, GoldenRow row) => Check(device, () =>
    {
        Tensor a = A().RequireGradient(), b = B().RequireGradient();
        return (row.Operation(a, b), [a, b]);
    }, row.Output, row.Gradients);

    public static void Check(string device, LayerRow row) => Check(device, () =>
    {
        Tensor a = A().RequireGradient();
        Layer layer = row.Layer();
        return (layer.Forward(a), [a, .. layer.Parameters]);
    }, row.Output, row.Gradients);

    public static void Check(string device, LossRow row) => Check(device, () =>
    {
        Tensor prediction = row.Prediction().RequireGradient();
        return (row.Loss.Forward(prediction, row.Target()), [prediction]);
    }, row.Output, [row.Gradient]);

    /// <summary>The general form: what is computed, and from what its gradients are wanted.</summary>
    public static void Check(string device, Func<(Tensor Y, Tensor[] With)> compute, double[] output, double[][] gradients)
    {
        Device on = GoldenDevices.Named(device);
        double tolerance = on == Device.Reference ? 1e-9 : 2e-6;
        using IDisposable _ = Device.Use(on);
        (Tensor y, Tensor[] with) = compute();
        Close(output, y.ToDoubles(), tolerance, "output");
        if (gradients.Length == 0)
        {
            Assert.False(y.RequiresGradient);
            return;
        }
        Tensor weights = Tensor.From([.. Enumerable.Range(0, y.Count).Select(i => Math.Cos(i))], y.Shape.Dims);
        Tensor[] actual = Tensor.Gradients((y * weights).Sum(), with[..gradients.Length]);
        for (int i = 0; i < gradients.Length; i++) Close(gradients[i], actual[i].ToDoubles(), tolerance, $"gradient {i}");
    }

    /// <summary>Number by number, to within the tolerance, relative where numbers are large; ∞ and NaN are equal to themselves.</summary>
    public static void Close(double[] expected, double[] actual, double tolerance, string what = "result")
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            double allowed = tolerance * Math.Max(1, Math.Abs(expected[i]));
            bool close = expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= allowed;
            Assert.True(close, $"{what}[{i}] is {actual[i]:R}, expected {expected[i]:R}.");
        }
    }
}
