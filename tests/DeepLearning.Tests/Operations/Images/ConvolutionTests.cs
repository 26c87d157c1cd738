namespace DeepLearning.Tests.Operations;

public class ConvolutionTests
{
    private static Tensor Random(ulong seed, params int[] shape) => Tensor.Normal(new Generator(seed), 0, 1, shape);

    public static TheoryData<string> Names => [.. s_operations.Keys];

    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> Operation, int[] X, int[] W)> s_operations = new()
    {
        ["plain"] = ((x, w) => Tensor.Conv2d(x, w), [2, 2, 4, 5], [3, 2, 2, 3]),
        ["stride and padding"] = ((x, w) => Tensor.Conv2d(x, w, stride: (2, 3), padding: (1, 2)), [1, 2, 5, 4], [2, 2, 3, 2]),
        ["dilation and groups"] = ((x, w) => Tensor.Conv2d(x, w, dilation: (2, 1), groups: 2, padding: Padding.Same), [1, 4, 4, 3],
            [2, 2, 3, 2]),
        ["one axis"] = ((x, w) => Tensor.Conv1d(x, w, stride: 2, padding: 1), [2, 2, 5], [2, 2, 3]),
        ["transposed"] = ((x, w) => Tensor.ConvTranspose2d(x, w, stride: 2, padding: 1, outputPadding: (1, 0)), [1, 2, 3, 2], [2, 2, 3, 2]),
        ["max pooling"] = ((x, w) => (x * w.Sum()).MaxPool2d(2, 1), [1, 2, 3, 4], [1]),
        ["max pooling, padded"] = ((x, w) => (x * w.Sum()).MaxPool2d(3, 2, 1), [1, 2, 4, 3], [1]),
        ["average pooling"] = ((x, w) => (x * w.Sum()).AveragePool2d(2, 1, 1, countPadding: false), [1, 2, 3, 4], [1]),
        ["adaptive pooling"] = ((x, w) => (x * w.Sum()).AdaptiveAveragePool2d((2, 3)), [1, 2, 3, 4], [1]),
        ["padding on one side"] =
            ((x, w) => Tensor.Conv2d(x, w, stride: 2, padding: Padding.Sides(2, 0, 0, 1)), [1, 2, 4, 3], [2, 2, 2, 3]),
        ["max pooling, ceil mode"] = ((x, w) => (x * w.Sum()).MaxPool2d(2, ceilMode: true), [1, 2, 3, 5], [1]),
        ["average pooling, ceil mode"] = ((x, w) => (x * w.Sum()).AveragePool2d(3, 2, 1, ceilMode: true), [1, 2, 4, 4], [1]),
        ["resize, nearest"] = ((x, w) => (x * w.Sum()).Resize((2, 5)), [1, 2, 3, 2], [1]),
        ["resize, bilinear"] = ((x, w) => (x * w.Sum()).Resize((2, 5), UpsampleMode.Bilinear, alignCorners: true), [1, 2, 3, 2], [1]),
        ["nearest"] = ((x, w) => (x * w.Sum()).Upsample((2, 3)), [1, 2, 3, 2], [1]),
        ["bilinear"] = ((x, w) => (x * w.Sum()).Upsample(2, UpsampleMode.Bilinear), [1, 2, 3, 2], [1]),
    };

    [Theory, MemberData(nameof(Names))]
    public void GradientsAgreeWithDifferences(string name)
    {
        (Func<Tensor, Tensor, Tensor> operation, int[] xs, int[] ws) = s_operations[name];
        Tensor x = Random(1, xs).RequireGradient(), w = Random(2, ws).RequireGradient();
        GradientCheck check = GradientCheck.Run(() => operation(x, w).Square().Sum(), [x, w]);
        Assert.True(check.Passed, check.ToString());
    }

    // The gradient of a gradient: the differences of ‖∂L/∂x‖² + ‖∂L/∂w‖².
    [Theory, MemberData(nameof(Names))]
    public void SecondDerivativesAgreeWithDifferences(string name)
    {
        (Func<Tensor, Tensor, Tensor> operation, int[] xs, int[] ws) = s_operations[name];
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor x = Random(3, xs).RequireGradient(), w = Random(4, ws).RequireGradient();
        GradientCheck check = GradientCheck.Run(() =>
        {
            using IDisposable recording = Tensor.Recording(true);
            Tensor[] first = Tensor.Gradients(operation(x, w).Square().Sum(), [x, w], keepGraph: true);
            return first[0].Square().Sum() + first[1].Square().Sum();
        }, [x, w], tolerance: 1e-5);
        Assert.True(check.Passed, check.ToString());
    }

    [Fact]
    public void ABiasGetsItsGradientWithAndWithoutTheWeights()
    {
        Tensor x = Random(1, 2, 3, 6, 5).RequireGradient(), w = Random(2, 4, 3, 3, 3), b = Random(3, 4).RequireGradient();
        Tensor[] alone = Tensor.Gradients(Tensor.Conv2d(x, w, b).Square().Sum(), [b]);
        w.RequireGradient();
        Tensor[] together = Tensor.Gradients(Tensor.Conv2d(x, w, b).Square().Sum(), [b, w]);
        Golden.Close(alone[0].ToDoubles(), together[0].ToDoubles(), 1e-5);
    }

    // S3's example: a 5 × 5 image of zeros and ones under a 3 × 3 mask.
    [Fact]
    public void TheNotesBinaryImage()
    {
        Tensor image = Tensor.From([1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0], 1, 1, 5, 5);
        Tensor mask = Tensor.From([1, 0, 1, 0, 1, 0, 1, 0, 1], 1, 1, 3, 3);
        Assert.Equal([4, 3, 4, 2, 4, 3, 2, 3, 4], Tensor.Conv2d(image, mask).ToArray());
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("reference")]
    public void ShiftingTheImageShiftsTheResult(string device)
    {
        using IDisposable _ = Device.Use(device == "cpu" ? Device.Cpu : Device.Reference);
        Tensor inner = Random(1, 2, 3, 6, 7), w = Random(2, 4, 3, 3, 3), column = Tensor.Zeros(2, 3, 6, 2), row = Tensor.Zeros(2, 3, 1, 9);
        Tensor left = Tensor.Concatenate(2, Tensor.Concatenate(3, inner, column), row),
            right = Tensor.Concatenate(2, row, Tensor.Concatenate(3, column, inner));
        Tensor a = Tensor.Conv2d(left, w, padding: 2), b = Tensor.Conv2d(right, w, padding: 2);
        Golden.Close(a.Slice(2, 0, 8).Slice(3, 0, 9).ToDoubles(), b.Slice(2, 1, 8).Slice(3, 2, 9).ToDoubles(), 1e-5);
    }

    [Theory]
    [InlineData(7, 3, 1, 0, 1)]
    [InlineData(7, 3, 2, 1, 1)]
    [InlineData(8, 4, 2, 1, 1)]
    [InlineData(9, 2, 3, 0, 2)]
    [InlineData(10, 3, 2, 2, 3)]
    public void TheTransposeIsTheAdjoint(int size, int kernel, int stride, int pad, int dilation)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor u = Random(1, 2, 4, size, size), w = Random(2, 6, 2, kernel, kernel);
        Tensor y = Tensor.Conv2d(u, w, null, stride, pad, dilation, groups: 2), x = Random(3, y.Shape.Dims.ToArray());
        int rest = size - ((y.Shape[2] - 1) * stride - 2 * pad + dilation * (kernel - 1) + 1);
        Tensor back = Tensor.ConvTranspose2d(x, w, null, stride, pad, rest, dilation, groups: 2);
        Assert.Equal(u.Shape, back.Shape);
        Assert.Equal((y * x).Sum().ToDouble(), (u * back).Sum().ToDouble(), 1e-9);
    }

    [Fact]
    public void TheSizeOfTheOutputIsTheNumberOfWindows()
    {
        for (int size = 1; size < 9; size++)
        for (int kernel = 1; kernel < 4; kernel++)
        for (int stride = 1; stride < 4; stride++)
        for (int pad = 0; pad < 3; pad++)
        for (int dilation = 1; dilation < 3; dilation++)
        {
            int span = dilation * (kernel - 1) + 1, windows = 0;
            for (int first = -pad; first + span <= size + pad; first += stride) windows++;
            if (windows == 0) continue;
            Shape shape =
                Tensor.Conv2d(Tensor.Zeros(1, 1, size, size), Tensor.Zeros(1, 1, kernel, kernel), null, stride, pad, dilation).Shape;
            Assert.Equal(new Shape(1, 1, windows, windows), shape);
        }
    }

    // S2's example: the largest of each 2 × 2 window is 4 5 / 3 4.
    [Fact]
    public void TheNotesMaxPooling()
    {
        Tensor image = Tensor.From([1, 3, 5, 3, 4, 2, 3, 1, 3, 1, 1, 3, 0, 1, 0, 4], 1, 1, 4, 4);
        Assert.Equal([4, 5, 3, 4], image.MaxPool2d(2).ToArray());
    }

    [Fact]
    public void TheFirstOfEqualNumbersGetsTheGradient()
    {
        Tensor x = Tensor.Ones(1, 1, 2, 20).RequireGradient();
        x.MaxPool2d(2).Sum().Backward();
        Assert.Equal([.. Enumerable.Range(0, 40).Select(i => i < 20 && i % 2 == 0 ? 1f : 0f)], x.Gradient!.ToArray());
    }

    [Fact]
    public void OneDimensionIsARowOfTwo()
    {
        Tensor x = Random(1, 2, 3, 12), w = Random(2, 4, 3, 5);
        Tensor row = Tensor.Conv2d(x.Reshape(2, 3, 1, 12), w.Reshape(4, 3, 1, 5), stride: (1, 2), padding: (0, 2));
        Assert.Equal(row.ToArray(), Tensor.Conv1d(x, w, stride: 2, padding: 2).ToArray());
    }

    [Theory]
    [InlineData(UpsampleMode.Nearest)]
    [InlineData(UpsampleMode.Bilinear)]
    public void UpsamplingKeepsAConstant(UpsampleMode mode) =>
        Assert.All(Tensor.Full(3, 2, 1, 3, 4).Upsample((3, 2), mode).ToArray(), v => Assert.Equal(3, v, 1e-6));
}
