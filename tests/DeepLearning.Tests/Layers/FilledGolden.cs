namespace DeepLearning.Tests.Layers;

/// <summary>
/// A layer for inputs of any shape; all numbers follow a rule, so that large ones need not be written out.
/// </summary>
/// <param name="Layer">The layer, whose parameters and buffers are then filled.</param>
/// <param name="Shapes">Of its inputs.</param>
/// <param name="Train">In training or evaluation.</param>
/// <param name="Output">What it makes of the inputs, or the two sums of it if there are more than 15 numbers.</param>
/// <param name="Gradients">The two sums of the gradient for each input and then each parameter, by name.</param>
/// <param name="Buffers">The two sums of each buffer afterwards, by name; none means it is not looked at.</param>
public sealed record FilledRow(Func<Layer> Layer, int[][] Shapes, bool Train, double[] Output, double[][] Gradients,
    params double[][] Buffers)
{
    /// <summary>How the layer is used, where it has more than one input.</summary>
    public Func<Layer, Tensor[], Tensor> Call { get; init; } = (layer, x) => layer.Forward(x[0]);
}

/// <summary>
/// Compares with values that PyTorch 1.13 computed in double precision. Above each row stands the layer that made it, or an expression of
/// the inputs x, y, z, in which <c>use(…)</c> fills a layer's parameters; <c>tests/golden/golden.py</c> runs them. "Two sums" are Σᵢ
/// cos(i)·gᵢ and Σᵢ cos(2i + 1)·gᵢ.
/// </summary>
public static class FilledGolden
{
    public static void Check(string device, FilledRow row)
    {
        Device on = GoldenDevices.Named(device);
        double tolerance = on == Device.Reference ? 1e-8 : 1e-5;
        using IDisposable _ = Device.Use(on);
        Layer layer = Fill(row.Layer());
        if (row.Train) layer.TrainingMode();
        else layer.EvaluationMode();
        Tensor[] x = [.. row.Shapes.Select((shape, k) => Numbers(shape, k).RequireGradient())];
        Tensor y = row.Call(layer, x);
        Golden.Close(row.Output, y.Count > 15 ? Sums(y) : y.ToDoubles(), tolerance, "output");
        Tensor weights = Tensor.From([.. Enumerable.Range(0, y.Count).Select(i => Math.Cos(i))], y.Shape.Dims);
        Tensor[] gradients = Tensor.Gradients((y * weights).Sum(), [.. x, .. ByName(layer.NamedParameters).Select(named => named.Item2)]);
        Assert.Equal(row.Gradients.Length, gradients.Length);
        for (int i = 0; i < gradients.Length; i++) Golden.Close(row.Gradients[i], Sums(gradients[i]), tolerance, $"sums of gradient {i}");
        foreach ((double[] expected, (string, LayerBuffer) named) in row.Buffers.Zip(ByName(layer.NamedBuffers)))
            Golden.Close(expected, Sums(named.Item2), tolerance, named.Item1);
    }

    /// <summary>Compares the gradients for the inputs and the parameters with central differences, in double precision.</summary>
    public static void CheckDifferences(FilledRow row)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Layer layer = Fill(row.Layer());
        if (row.Train) layer.TrainingMode();
        else layer.EvaluationMode();
        Tensor[] x = [.. row.Shapes.Select((shape, k) => Numbers(shape, k).RequireGradient())];
        // Squared, so that a gradient that forgot what came from above would show.
        GradientCheck check = GradientCheck.Run(() => row.Call(layer, x).Square().Sum(), [.. x, .. layer.Parameters]);
        Assert.True(check.Passed, check.ToString());
    }

    /// <summary>Gives every parameter and buffer numbers by a rule.</summary>
    public static Layer Fill(Layer layer)
    {
        foreach ((int k, (_, Parameter parameter)) in ByName(layer.NamedParameters).Index())
            parameter.Assign(By(parameter.Shape, i => 0.5 * Math.Sin(0.7 * i + k)));
        foreach ((int k, (_, LayerBuffer buffer)) in ByName(layer.NamedBuffers).Index())
            buffer.Assign(By(buffer.Shape, i => 0.25 * Math.Pow(Math.Sin(0.7 * i + k), 2) + 0.5));
        return layer;
    }

    /// <summary>Input k.</summary>
    public static Tensor Numbers(int[] shape, int k = 0) => By(new Shape(shape), i => 1.5 * Math.Sin(1.1 * i + k + 0.3) + 0.2);

    private static Tensor By(Shape shape, Func<int, double> rule) =>
        Tensor.From([.. Enumerable.Range(0, shape.Count).Select(rule)], shape.Dims);

    private static IEnumerable<(string, T)> ByName<T>(IEnumerable<(string, T)> named) =>
        named.OrderBy(item => item.Item1, StringComparer.Ordinal);

    private static double[] Sums(Tensor tensor)
    {
        double[] values = tensor.ToDoubles();
        return [values.Select((v, i) => v * Math.Cos(i)).Sum(), values.Select((v, i) => v * Math.Cos(2 * i + 1)).Sum()];
    }
}
