namespace DeepLearning.Tests.Operations;

/// <summary>An operation on images and weights, what it gives, and the gradients for each.</summary>
public sealed record ImageRow(Func<Tensor[], Tensor> Operation, Func<Tensor>[] Inputs, double[] Output, params double[][] Gradients);

/// <summary>
/// Compares operations on images with what PyTorch 1.13 computed in double precision. Above each row stands the expression of x, w and b
/// that made it, for the shapes in the row; <c>tests/golden/golden.py</c> runs them.
/// </summary>
public static class ImageGolden
{
    public static Tensor X(params int[] shape) => Wave(0.1, shape);

    public static Tensor W(params int[] shape) => Wave(0.2, shape);

    public static Tensor B(params int[] shape) => Wave(0.3, shape);

    public static void Check(string device, ImageRow row)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        double tolerance = device == "reference" ? 1e-9 : 5e-6;
        Tensor[] inputs = [.. row.Inputs.Select(make => make().RequireGradient())];
        Tensor y = row.Operation(inputs);
        Golden.Close(row.Output, y.ToDoubles(), tolerance, "output");
        Tensor weights = Tensor.From([.. Enumerable.Range(0, y.Count).Select(i => Math.Cos(i))], y.Shape.Dims);
        // Once as training does it, with fused kernels, and once as for second derivatives.
        foreach (bool keepGraph in (bool[])[false, true])
        {
            Tensor[] gradients = Tensor.Gradients((y * weights).Sum(), inputs, keepGraph);
            Assert.Equal(row.Gradients.Length, gradients.Length);
            for (int i = 0; i < gradients.Length; i++) Golden.Close(row.Gradients[i], gradients[i].ToDoubles(), tolerance, $"gradient {i}");
        }
    }

    private static Tensor Wave(double start, int[] shape)
    {
        int count = shape.Aggregate(1, (a, b) => a * b);
        return Tensor.From([.. Enumerable.Range(0, count).Select(i => 1.5 * Math.Cos(i * 0.7 + start))], shape);
    }
}
