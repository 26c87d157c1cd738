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
public sealed record FilledRow(Func<Layer> Layer, int[][] Shapes, bool Train, double[] Output, double[][] Gradients, params double[][] Buffers)
{
    /// <summary>How the layer is used, where it has more than one input.</summary>
    public Func<Layer, Tensor[], Tensor> Call { get; init; } = (layer, x) => layer.Forward(x[0]);
}

/// <summary>
/// Compares with values that PyTorch 1.13 computed in double precision. Above each row stands the layer m that made it; the program is
/// <code>
/// import torch; from torch import nn
/// torch.set_default_dtype(torch.float64)
/// def count(n): return torch.arange(n) * 1.0
/// def numbers(shape, k=0): n = math.prod(shape); return (1.5 * torch.sin(1.1 * count(n) + k + 0.3) + 0.2).reshape(shape)   # input k
/// def filled(shape, k): n = math.prod(shape); return 0.5 * torch.sin(0.7 * count(n) + k).reshape(shape)
/// def sums(g): g = g.reshape(-1); i = count(g.numel()); return [(g * torch.cos(i)).sum(), (g * torch.cos(2 * i + 1)).sum()]
/// for k, (name, p) in enumerate(sorted(m.named_parameters())): p.copy_(filled(p.shape, k))
/// for k, (name, b) in enumerate(sorted(m.named_buffers())): b.copy_(filled(b.shape, k) ** 2 + 0.5)   # without num_batches_tracked
/// y = m(*x)
/// w = torch.cos(count(y.numel())).reshape(y.shape)
/// print(y or sums(y), [sums(g) for g in torch.autograd.grad((y * w).sum(), x + parameters)], [sums(b) for b in buffers])
/// </code>
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
        foreach (var (expected, named) in row.Buffers.Zip(ByName(layer.NamedBuffers))) Golden.Close(expected, Sums(named.Item2), tolerance, named.Item1);
    }

    /// <summary>Gives every parameter and buffer numbers by a rule.</summary>
    public static Layer Fill(Layer layer)
    {
        foreach (var (k, (_, parameter)) in ByName(layer.NamedParameters).Index())
            parameter.Assign(By(parameter.Shape, i => 0.5 * Math.Sin(0.7 * i + k)));
        foreach (var (k, (_, buffer)) in ByName(layer.NamedBuffers).Index())
            buffer.Assign(By(buffer.Shape, i => 0.25 * Math.Pow(Math.Sin(0.7 * i + k), 2) + 0.5));
        return layer;
    }

    /// <summary>Input k.</summary>
    public static Tensor Numbers(int[] shape, int k = 0) => By(new Shape(shape), i => 1.5 * Math.Sin(1.1 * i + k + 0.3) + 0.2);

    private static Tensor By(Shape shape, Func<int, double> rule) => Tensor.From([.. Enumerable.Range(0, shape.Count).Select(rule)], shape.Dims);

    private static IEnumerable<(string, T)> ByName<T>(IEnumerable<(string, T)> named) => named.OrderBy(item => item.Item1, StringComparer.Ordinal);

    private static double[] Sums(Tensor tensor)
    {
        double[] values = tensor.ToDoubles();
        return [values.Select((v, i) => v * Math.Cos(i)).Sum(), values.Select((v, i) => v * Math.Cos(2 * i + 1)).Sum()];
    }
}
