namespace DeepLearning.Tests.Operations;

/// <summary>Empty tensors: what PyTorch 1.13 gives, or one clear error where it has one, the same on every device.</summary>
public class EmptyTensorGoldenTests
{
    private static readonly double s_none = double.NegativeInfinity;

    private static Tensor Z(params int[] shape) => Tensor.Zeros(shape);

    // What is computed, the shape that it has, and its numbers if it has any.
    private static readonly Dictionary<string, (Func<Tensor, Tensor> Operation, int[] X, int[] Shape, double[] Numbers)> s_results = new()
    {
        ["group norm, no samples"] = (x => Tensor.GroupNorm(x, 2), [0, 4, 3], [0, 4, 3], []),
        ["group norm, no positions"] = (x => Tensor.GroupNorm(x, 2), [2, 4, 0], [2, 4, 0], []),
        ["layer norm"] = (x => Tensor.LayerNorm(x, Z(4), Z(4)), [0, 4], [0, 4], []),
        ["logsumexp of nothing"] = (x => x.LogSumExp(0), [0, 3], [3], [s_none, s_none, s_none]),
        ["logsumexp of no rows"] = (x => x.LogSumExp(1), [0, 3], [0], []),
        ["softmax of no rows"] = (x => x.Softmax(), [0, 3], [0, 3], []),
        ["softmax of no columns"] = (x => x.Softmax(), [3, 0], [3, 0], []),
        ["softmax along an empty axis"] = (x => x.Softmax(0), [0, 3], [0, 3], []),
        ["log-softmax"] = (x => x.LogSoftmax(0), [0, 3], [0, 3], []),
        ["sum"] = (x => x.Sum(0), [0, 3], [3], [0, 0, 0]),
        ["sum of all"] = (x => x.Sum(), [0, 3], [], [0]),
        ["product"] = (x => x.Product(0), [0, 3], [3], [1, 1, 1]),
        ["mean of no rows"] = (x => x.Mean(1), [0, 3], [0], []),
        ["largest of no rows"] = (x => x.Max(1), [0, 3], [0], []),
        ["place of the largest of no rows"] = (x => x.ArgMax(1), [0, 3], [0], []),
        ["median of no rows"] = (x => x.Median(1).Values, [0, 3], [0], []),
        ["variance of no rows"] = (x => x.Variance(1), [0, 3], [0], []),
        ["deviation of no rows"] = (x => x.Std(1), [0, 3], [0], []),
        ["norm"] = (x => x.Norm(0), [0, 3], [3], [0, 0, 0]),
        ["norm of no rows"] = (x => x.Norm(1), [0, 3], [0], []),
        ["running sums"] = (x => x.CumulativeSum(0), [0, 3], [0, 3], []),
        ["sort"] = (x => x.Sort(0).Values, [0, 3], [0, 3], []),
        ["glu"] = (x => x.Glu(), [0, 4], [0, 2], []),
        ["mish"] = (x => x.Mish(), [0, 4], [0, 4], []),
        ["round"] = (x => x.Round(), [0, 4], [0, 4], []),
        ["log1p"] = (x => x.Log1p(), [0, 4], [0, 4], []),
        ["expm1"] = (x => x.Expm1(), [0, 4], [0, 4], []),
        ["matrix product over nothing"] = (x => x.MatMul(Z(0, 2)), [2, 0], [2, 2], [0, 0, 0, 0]),
        ["matrix product of no matrices"] = (x => x.MatMul(Z(3, 2)), [0, 4, 3], [0, 4, 2], []),
        ["linear"] = (x => Tensor.Linear(x, Z(2, 3), Z(2)), [0, 3], [0, 2], []),
        ["index select"] = (x => x.IndexSelect(1, Z(0)), [2, 3], [2, 0], []),
        ["gather"] = (x => x.Gather(1, Z(2, 0)), [2, 3], [2, 0], []),
        ["pad"] = (x => x.Pad(0, 1, 1, 5), [0, 2], [2, 2], [5, 5, 5, 5]),
        ["concatenate"] = (x => Tensor.Concatenate(0, x, x), [0, 2], [0, 2], []),
        ["convolution, no samples"] = (x => Tensor.Conv2d(x, Z(2, 1, 3, 3), Z(2)), [0, 1, 4, 5], [0, 2, 2, 3], []),
        ["convolution, no channels"] = (x => Tensor.Conv2d(x, Z(1, 0, 1, 1)), [1, 0, 2, 2], [1, 1, 2, 2], [0, 0, 0, 0]),
        ["transposed convolution"] = (x => Tensor.ConvTranspose2d(x, Z(1, 1, 2, 2)), [0, 1, 4, 5], [0, 1, 5, 6], []),
        ["convolution along one axis"] = (x => Tensor.Conv1d(x, Z(2, 1, 3)), [0, 1, 4], [0, 2, 2], []),
        ["max pooling"] = (x => x.MaxPool2d(2), [0, 1, 4, 5], [0, 1, 2, 2], []),
        ["average pooling"] = (x => x.AveragePool2d(2), [0, 1, 4, 5], [0, 1, 2, 2], []),
        ["adaptive pooling"] = (x => x.AdaptiveAveragePool2d(2), [0, 2, 4, 5], [0, 2, 2, 2], []),
        ["global pooling"] = (x => x.GlobalAveragePool2d(), [0, 2, 4, 5], [0, 2], []),
        ["global max pooling"] = (x => x.GlobalMaxPool2d(), [0, 2, 4, 5], [0, 2], []),
        ["upsampling"] = (x => x.Upsample(2), [0, 1, 4, 5], [0, 1, 8, 10], []),
        ["upsampling, bilinear"] = (x => x.Upsample(2, UpsampleMode.Bilinear), [0, 1, 4, 5], [0, 1, 8, 10], []),
        ["one-hot"] = (x => Tensor.OneHot(x, 3), [0], [0, 3], []),
    };

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Operation, int[] X, string Message)> s_errors = new()
    {
        ["largest"] = (x => x.Max(0), [0, 3], "An empty tensor [0, 3] has no max."),
        ["place of the largest"] = (x => x.ArgMax(0), [0, 3], "Axis 0 of [0, 3] is empty and has no extreme."),
        ["median"] = (x => x.Median(0).Values, [0, 3], "Axis 0 of [0, 3] is empty and has no median."),
        ["mean"] = (x => x.Mean(0), [0, 3], "A mean over no numbers is undefined"),
        ["variance"] = (x => x.Variance(0), [0, 3], "A variance over 0 numbers with correction 0 is undefined."),
        ["greatest norm"] = (x => x.Norm(0, double.PositiveInfinity), [0, 3], "An empty tensor [0, 3] has no max."),
        ["batch norm"] =
            (x => Tensor.BatchNorm(x, null, null, 1e-5, out _, out _), [0, 4],
                "Batch normalization needs [N, C, …] with some numbers, got [0, 4]."),
        ["layer norm of no features"] = (x => Tensor.LayerNorm(x), [2, 0], "Layer normalization needs some features, got [2, 0]."),
        ["convolution"] = (x => Tensor.Conv2d(x, Z(1, 1, 1, 1), padding: 1), [1, 1, 0, 5], "Conv2d got x [1, 1, 0, 5]"),
        ["convolution without kernels"] =
            (x => Tensor.Conv2d(x, Z(0, 1, 1, 1)), [1, 1, 4, 5], "Conv2d got x [1, 1, 4, 5] and weights [0, 1, 1, 1]"),
        ["max pooling"] =
            (x => x.MaxPool2d(2, padding: 1), [1, 1, 0, 5],
                "MaxPool2d needs [N, C, H, W] with images of 1 or more numbers, got [1, 1, 0, 5]."),
        ["average pooling"] =
            (x => x.AveragePool2d(2, padding: 1), [1, 1, 5, 0], "AveragePool2d needs [N, C, H, W] with images of 1 or more numbers"),
        ["adaptive pooling"] =
            (x => x.AdaptiveMaxPool2d(1), [1, 1, 5, 0], "AdaptiveMaxPool2d needs [N, C, H, W] with images of 1 or more numbers"),
        ["upsampling"] = (x => x.Upsample(2), [1, 1, 5, 0], "Upsample needs [N, C, H, W] with images of 1 or more numbers"),
        ["reflection"] = (x => x.Pad(0, 1, 1, PadMode.Reflect), [0], "Reflect padding of axis 0 of [0] has no entry to repeat"),
        ["gather from nothing"] = (x => x.Gather(0, Z(1, 3)), [0, 3], "An index must be a whole number from 0 to -1, got 0"),
    };

    public static TheoryData<string, string> Results => Golden.Cases(s_results.Keys);

    public static TheoryData<string, string> Errors => Golden.Cases(s_errors.Keys);

    [Theory, MemberData(nameof(Results))]
    public void AsPyTorch(string name, string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        (Func<Tensor, Tensor> operation, int[] shape, int[] expected, double[] numbers) = s_results[name];
        foreach (bool keepGraph in (bool[])[false, true])
        {
            Tensor x = Z(shape).RequireGradient(), y = operation(x);
            Assert.Equal(new Shape(expected), y.Shape);
            Assert.Equal(numbers, y.ToDoubles());
            if (y.RequiresGradient) Assert.Equal(x.Shape, Tensor.Gradients(y.Sum(), [x], keepGraph)[0].Shape);
        }
    }

    [Theory, MemberData(nameof(Errors))]
    public void OneClearError(string name, string device)
    {
        using IDisposable _ = Device.Use(GoldenDevices.Named(device));
        (Func<Tensor, Tensor> operation, int[] shape, string message) = s_errors[name];
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(() => operation(Z(shape))).Message);
    }
}
