namespace DeepLearning.Tests.Layers;

public class ConvolutionLayerTests
{
    private static readonly Generator s_generator = new(1);

    private static Tensor Images(params int[] shape) => Tensor.Normal(new Generator(2), 0, 1, shape);

    // The syllabus' tables E: the shape after every layer, and the parameters of those that have any.
    [Fact]
    public void TheNotesFirstTable() => Follow([1, 28, 28],
        (new Conv2d(1, 16, 5, s_generator, padding: 2), [16, 28, 28], 416), (new MaxPool2d(2), [16, 14, 14], 0),
        (new Conv2d(16, 32, 5, s_generator, padding: 2), [32, 14, 14], 12832), (new MaxPool2d(2), [32, 7, 7], 0),
        (new Flatten(), [1568], 0));

    [Fact]
    public void TheNotesSecondTable() => Follow([1, 32, 32],
        (new Conv2d(1, 6, 5, s_generator), [6, 28, 28], 156), (new AveragePool2d(2), [6, 14, 14], 0),
        (new Conv2d(6, 16, 5, s_generator), [16, 10, 10], 2416), (new AveragePool2d(2), [16, 5, 5], 0),
        (new Conv2d(16, 120, 5, s_generator), [120, 1, 1], 48120), (new Flatten(), [120], 0),
        (new Dense(120, 84, s_generator), [84], 10164), (new Dense(84, 10, s_generator), [10], 850));

    [Fact]
    public void TheNotesThirdTable() => Follow([3, 32, 32],
        (new Conv2d(3, 96, 11, s_generator, stride: 4, padding: Padding.Same), [96, 8, 8], 34944), (new MaxPool2d(2), [96, 4, 4], 0),
        (new Conv2d(96, 256, 5, s_generator, padding: Padding.Same), [256, 4, 4], 614656), (new MaxPool2d(2), [256, 2, 2], 0),
        (new Conv2d(256, 384, 3, s_generator, padding: Padding.Same), [384, 2, 2], 885120), (new Flatten(), [1536], 0),
        (new Dense(1536, 84, s_generator), [84], 129108), (new Dense(84, 10, s_generator), [10], 850));

    [Fact]
    public void FiveKernelsOnThreeChannelsHave140Parameters() => Assert.Equal(140, new Conv2d(3, 5, 3, s_generator).ParameterCount);

    private static void Follow(int[] input, params (Layer Layer, int[] Shape, int Parameters)[] steps)
    {
        Tensor x = Images([2, .. input]);
        foreach ((Layer layer, int[] shape, int parameters) in steps)
        {
            x = layer.Forward(x);
            Assert.Equal(new Shape([2, .. shape]), x.Shape);
            Assert.Equal(parameters, layer.ParameterCount);
        }
    }

    [Fact]
    public void TheOtherLayersHaveTheShapesTheyPromise()
    {
        Follow([4, 9], (new Conv1d(4, 6, 3, s_generator, stride: 2, padding: Padding.Same), [6, 5], 78), (new MaxPool1d(2), [6, 2], 0));
        Follow([4, 9], (new AveragePool1d(3, 1, 1), [4, 9], 0));
        Follow([8, 4, 4],
            (new ConvTranspose2d(8, 3, 4, s_generator, stride: 2, padding: 1), [3, 8, 8], 387), (new Upsample(2), [3, 16, 16], 0),
            (new AdaptiveMaxPool2d((2, 3)), [3, 2, 3], 0), (new AdaptiveAveragePool2d(1), [3, 1, 1], 0));
        Follow([5, 6, 7], (new GlobalAveragePool2d(), [5], 0));
        Follow([5, 6, 7], (new GlobalMaxPool2d(), [5], 0));
        Follow([5, 6, 7], (new MaxPool2d(2, ceilMode: true), [5, 3, 4], 0), (new Resize((4, 2)), [5, 4, 2], 0));
        Follow([5, 6, 7], (new Upsample((1, 2), UpsampleMode.Bilinear), [5, 6, 14], 0));
    }

    [Fact]
    public void LayersDoWhatTheirOperationsDo()
    {
        Tensor x = Images(2, 4, 7, 6), sequence = Images(2, 4, 9);
        Conv2d conv = new(4, 6, (3, 2), s_generator, stride: (2, 1), padding: (1, 0), dilation: (1, 2), groups: 2);
        Equal(Tensor.Conv2d(x, conv.Weight, conv.Bias, (2, 1), (1, 0), (1, 2), 2), conv.Forward(x));
        Conv1d conv1 = new(4, 6, 3, s_generator, stride: 2, padding: 1, dilation: 2, groups: 2, bias: false);
        Equal(Tensor.Conv1d(sequence, conv1.Weight, null, 2, 1, 2, 2), conv1.Forward(sequence));
        ConvTranspose2d transpose = new(4, 6, 3, s_generator, stride: 2, padding: 1, outputPadding: 1, dilation: 2, groups: 2);
        Equal(Tensor.ConvTranspose2d(x, transpose.Weight, transpose.Bias, 2, 1, 1, 2, 2), transpose.Forward(x));
        Equal(x.MaxPool2d(3, 2, 1), new MaxPool2d(3, 2, 1).Forward(x));
        Equal(x.AveragePool2d(3, 2, 1, false), new AveragePool2d(3, 2, 1, countPadding: false).Forward(x));
        Equal(sequence.MaxPool1d(3, 2, 1), new MaxPool1d(3, 2, 1).Forward(sequence));
        Equal(sequence.AveragePool1d(3, 2, 1, false), new AveragePool1d(3, 2, 1, false).Forward(sequence));
        Equal(x.Upsample(2, UpsampleMode.Bilinear), new Upsample(2, UpsampleMode.Bilinear).Forward(x));
        Equal(x.Upsample(2, UpsampleMode.Bilinear, true), new Upsample(2, UpsampleMode.Bilinear, alignCorners: true).Forward(x));
        Equal(x.Resize((3, 8), UpsampleMode.Bilinear, true), new Resize((3, 8), UpsampleMode.Bilinear, alignCorners: true).Forward(x));
        Equal(x.MaxPool2d(2, 3, 1, true), new MaxPool2d(2, 3, 1, ceilMode: true).Forward(x));
        Equal(x.AveragePool2d(2, 3, 1, true, true), new AveragePool2d(2, 3, 1, ceilMode: true).Forward(x));
        Equal(sequence.MaxPool1d(2, 4, 1, true), new MaxPool1d(2, 4, 1, ceilMode: true).Forward(sequence));
        Equal(sequence.AveragePool1d(2, 4, 1, true, true), new AveragePool1d(2, 4, 1, ceilMode: true).Forward(sequence));
        Conv2d shifted = new(4, 6, 3, s_generator, padding: Padding.Sides(2, 0, 0, 1));
        Equal(Tensor.Conv2d(x.Pad([(0, 0), (0, 0), (2, 0), (0, 1)]), shifted.Weight, shifted.Bias), shifted.Forward(x));

        static void Equal(Tensor expected, Tensor actual)
        {
            Assert.Equal(expected.Shape, actual.Shape);
            Assert.Equal(expected.ToArray(), actual.ToArray());
        }
    }

    // With ReLUs between, He's weights keep the signal's size; PyTorch's default would shrink it by √6 a layer.
    [Fact]
    public void TheFirstWeightsKeepTheSize()
    {
        Generator generator = new(5);
        Tensor x = Tensor.Normal(generator, 0, 1, 4, 32, 12, 12), start = x.Square().Mean();
        for (int i = 0; i < 4; i++) x = new Conv2d(32, 32, 3, generator, padding: Padding.Same).Forward(x).Relu();
        Assert.InRange(x.Square().Mean().ToDouble() / start.ToDouble(), 0.05, 2);
        Tensor up = Tensor.Normal(generator, 0, 1, 4, 32, 8, 8).Relu();
        double before = up.Square().Mean().ToDouble();
        up = new ConvTranspose2d(32, 32, 4, generator, stride: 2, padding: 1).Forward(up).Relu();
        Assert.InRange(up.Square().Mean().ToDouble() / before, 0.5, 2);
    }

    [Fact]
    public void WhatALayerIsIsWrittenShort()
    {
        Assert.Equal("Conv2d(3→16, 5×5)", new Conv2d(3, 16, 5, s_generator).ToString());
        Assert.Equal("Conv2d(4→6, 3×5, stride 2, padding same, dilation 1×2, groups 2)",
            new Conv2d(4, 6, (3, 5), s_generator, 2, Padding.Same, (1, 2), 2).ToString());
        Assert.Equal("Conv1d(4→6, 3, stride 2, padding 1)", new Conv1d(4, 6, 3, s_generator, 2, 1).ToString());
        Assert.Equal("ConvTranspose2d(4→6, 4×4, stride 2, padding 1)", new ConvTranspose2d(4, 6, 4, s_generator, 2, 1).ToString());
        Assert.Equal("MaxPool2d(2×2)", new MaxPool2d(2).ToString());
        Assert.Equal("AveragePool1d(2, ceil mode)", new AveragePool1d(2, ceilMode: true).ToString());
        Assert.Equal("Resize(3×4, bilinear, corners aligned)", new Resize((3, 4), UpsampleMode.Bilinear, alignCorners: true).ToString());
        Assert.Equal("Conv2d(1→1, 3×3, padding (top 1, bottom 0, left 2, right 0))",
            new Conv2d(1, 1, 3, s_generator, padding: Padding.Sides(1, 0, 2, 0)).ToString());
        Assert.Equal("AveragePool2d(3×3, stride 2, padding 1)", new AveragePool2d(3, 2, 1).ToString());
        Assert.Equal("Upsample(2×2, bilinear)", new Upsample(2, UpsampleMode.Bilinear).ToString());
    }

    // What is said, and about what.
    private static readonly Dictionary<string, Action> s_mistakes = new()
    {
        ["Conv2d(3→16, 5×5) got input [2, 1, 28, 28]; expected [N, 3, H, W]; its second axis has 1 channels, the layer takes 3."] =
            () => new Conv2d(3, 16, 5, s_generator).Forward(Images(2, 1, 28, 28)),
        ["Conv2d(3→16, 5×5) got input [2, 3]; expected [N, 3, H, W]; make images of its rows first: new Reshape(3, H, W)."] =
            () => new Conv2d(3, 16, 5, s_generator).Forward(Images(2, 3)),
        ["Conv2d(3→16, 5×5, padding 0×1) got input [2, 3, 4, 6]; the kernel spans 5×5, more than the padded image, 4×8."] =
            () => new Conv2d(3, 16, 5, s_generator, padding: (0, 1)).Forward(Images(2, 3, 4, 6)),
        ["Conv2d needs groups that divide its 3 input and 16 output channels, got 2."] =
            () => new Conv2d(3, 16, 5, s_generator, groups: 2),
        ["Conv2d needs 1 or more input and output channels and a kernel of 1 or more, got 3, 0 and 5×5."] =
            () => new Conv2d(3, 0, 5, s_generator),
        ["Conv2d needs a stride and a dilation of 1 or more, got 0×0 and 1×1."] =
            () => new Conv2d(3, 2, 5, s_generator, stride: 0),
        ["Conv2d needs a padding of 0 or more, got -1."] =
            () => new Conv2d(3, 2, 5, s_generator, padding: -1),
        ["Conv1d(3→2, 5) got input [2, 3, 4, 4]; expected [N, 3, L]."] =
            () => new Conv1d(3, 2, 5, s_generator).Forward(Images(2, 3, 4, 4)),
        ["Conv2d(3→16, 5×5) got input [2, 28, 28, 3]; expected [N, 3, H, W]; channels come second: x.Permute(0, 3, 1, 2)."] =
            () => new Conv2d(3, 16, 5, s_generator).Forward(Images(2, 28, 28, 3)),
        ["Conv2d(3→16, 5×5) got input [3, 28, 28]; expected [N, 3, H, W]; give a single sample an axis of its own: x.Unsqueeze(0)."] =
            () => new Conv2d(3, 16, 5, s_generator).Forward(Images(3, 28, 28)),
        ["Conv2d(1→16, 5×5) got input [8, 28, 28]; expected [N, 1, H, W]; give them an axis for their one channel: x.Unsqueeze(1)."] =
            () => new Conv2d(1, 16, 5, s_generator).Forward(Images(8, 28, 28)),
        ["Conv1d(2→16, 5) got input [8, 100, 2]; expected [N, 2, L]; channels come second: x.Transpose(1, 2)."] =
            () => new Conv1d(2, 16, 5, s_generator).Forward(Images(8, 100, 2)),
        ["ConvTranspose2d(3→2, 5×5) got input [2, 1, 4, 4]; expected [N, 3, H, W]; its second axis has 1 channels, the layer takes 3."] =
            () => new ConvTranspose2d(3, 2, 5, s_generator).Forward(Images(2, 1, 4, 4)),
        ["ConvTranspose2d takes its padding as a number."] =
            () => new ConvTranspose2d(3, 2, 5, s_generator, padding: Padding.Same),
        ["ConvTranspose2d got x [1, 1, 3, 3] and weights [1, 1, 1, 1]; nothing is left after cutting off 2: the output would be -1×-1."] =
            () => new ConvTranspose2d(1, 1, 1, s_generator, padding: 2).Forward(Images(1, 1, 3, 3)),
        ["ConvTranspose2d got x [1, 1, 3, 3] and weights [1, 1, 3, 3]; outputPadding must be 0 or more and less than stride or " +
            "dilation, got 2×2."] =
            () => new ConvTranspose2d(1, 1, 3, s_generator, stride: 2, outputPadding: 2).Forward(Images(1, 1, 3, 3)),
        ["MaxPool2d got input [2, 3, 2, 5]; its window is 3×3, more than the padded image, 2×5."] =
            () => new MaxPool2d(3).Forward(Images(2, 3, 2, 5)),
        ["MaxPool2d needs [N, C, H, W], got [2, 3]."] =
            () => new MaxPool2d(2).Forward(Images(2, 3)),
        ["AveragePool2d pads by at most half its kernel 2×2, got 2×2; more would make windows of nothing but padding."] =
            () => new AveragePool2d(2, padding: 2).Forward(Images(2, 3, 4, 4)),
        ["GlobalAveragePool2d needs [N, C, H, W], got [2, 3]."] =
            () => new GlobalAveragePool2d().Forward(Images(2, 3)),
        ["AdaptiveAveragePool2d needs a size of 1 or more, got 0×0."] =
            () => new AdaptiveAveragePool2d(0).Forward(Images(2, 3, 4, 4)),
        ["MaxPool2d needs [N, C, H, W] with images of 1 or more numbers, got [2, 3, 0, 4]."] =
            () => new MaxPool2d(2, padding: 1).Forward(Images(2, 3, 0, 4)),
        ["AveragePool1d needs [N, C, L] with images of 1 or more numbers, got [2, 3, 0]."] =
            () => new AveragePool1d(2, padding: 1).Forward(Images(2, 3, 0)),
        ["Conv2d(1→1, 1×1, padding 1) got input [2, 1, 0, 4]; the images have no rows or no columns."] =
            () => new Conv2d(1, 1, 1, s_generator, padding: 1).Forward(Images(2, 1, 0, 4)),
        ["Conv1d pads before and behind, with Padding.Sides(0, 0, before, behind), got rows, too: 1×2."] =
            () => Tensor.Conv1d(Images(2, 1, 4), Images(1, 1, 2), padding: (1, 2)),
        ["Resize needs a size of 1 or more, got 0×4."] =
            () => new Resize((0, 4)).Forward(Images(2, 3, 4, 4)),
        ["Resize aligns corners in bilinear mode; nearest repeats numbers."] =
            () => new Resize(4, alignCorners: true).Forward(Images(2, 3, 4, 4)),
        ["Upsample needs a scale of 1 or more, got 0×0."] =
            () => new Upsample(0).Forward(Images(2, 3, 4, 4)),
        ["Conv2d got x [2, 3, 4, 4] and weights [4, 2, 3, 3]; with 1 group, x has groups·2 channels and the number of kernels is a " +
            "multiple of groups."] =
            () => Tensor.Conv2d(Images(2, 3, 4, 4), Images(4, 2, 3, 3)),
        ["The bias of this Conv2d is [4], a number for each output channel, got [3]."] =
            () => Tensor.Conv2d(Images(2, 3, 4, 4), Images(4, 3, 3, 3), Images(3)),
        ["Conv2d needs x [N, C, H, W] and weights [K, C/groups, kernel height, kernel width], got [2, 3, 4] and [4, 3, 3, 3]."] =
            () => Tensor.Conv2d(Images(2, 3, 4), Images(4, 3, 3, 3)),
    };

    public static TheoryData<string> Mistakes => [.. s_mistakes.Keys];

    [Theory, MemberData(nameof(Mistakes))]
    public void MistakesAreExplained(string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(s_mistakes[message]).Message);

    [Fact]
    public void ExplainTakesConvolutions()
    {
        Sequential model = new(new Conv2d(1, 2, 3, s_generator), new Relu(), new MaxPool2d(2), new Flatten(), new Dense(2, 1, s_generator));
        Tensor x = Images(1, 1, 4, 4), y = Tensor.From([0.5], 1, 1);
        string text = Explain.Of(model, x, y, new MeanSquaredError()).ToString();
        Assert.Contains("in_h1,1,1 = w1·i1,1 + w2·i1,2 + w3·", text);
        Assert.Contains("maxpool_1 = max(out_h1,1,1, out_h1,1,2, out_h1,2,1, out_h1,2,2) = max(", text);
    }
}
