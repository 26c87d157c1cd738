namespace DeepLearning.Tests.Explaining;

/// <summary>Convolution, pooling, normalization and recurrence, to the numbers one gets by hand.</summary>
public class ImagesAndSequencesTests
{
    [Fact]
    public void AConvolutionShowsItsPixelsThePaddingAndTheStride()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor x =
            Tensor.From([1.0, 2, 3, 4, 5, 6, 7, 8, 9], 1, 1, 3, 3), w = Weights([0.1, -0.2, 0.3, 0.4], 1, 1, 2, 2), b = Weights([0.5], 1);
        Explanation e = Explain.Of(Tensor.Conv2d(x, w, b, stride: 2, padding: 1).Square().Sum());
        Assert.Equal(
        [
            "o1,1 = w1·0 + w2·0 + w3·0 + w4·i1,1 + b1 = 0.1×0 + (−0.2)×0 + 0.3×0 + 0.4×1 + 0.5 = 0.9",
            "o1,2 = w1·0 + w2·0 + w3·i1,2 + w4·i1,3 + b1 = 0.1×0 + (−0.2)×0 + 0.3×2 + 0.4×3 + 0.5 = 2.3",
            "o2,1 = w1·0 + w2·i2,1 + w3·0 + w4·i3,1 + b1 = 0.1×0 + (−0.2)×4 + 0.3×0 + 0.4×7 + 0.5 = 2.5",
            "o2,2 = w1·i2,2 + w2·i2,3 + w3·i3,2 + w4·i3,3 + b1 = 0.1×5 + (−0.2)×6 + 0.3×8 + 0.4×9 + 0.5 = 5.8",
        ], e.Forward.Where(step => step.Operation == "conv").Select(step => step.Text));
        Assert.Equal("∂o1,1/∂w1 = 0, because w1 meets the padding", e.Derivative("o1,1", "w1").Text);
        Assert.Equal("∂o2,2/∂w1 = i2,2 = 5", e.Derivative("o2,2", "w1").Text);
        // ∂E/∂w4 = 2·(0.9·1 + 2.3·3 + 2.5·7 + 5.8·9)
        double[] byHand =
        [
            2 * 5.8 * 5, 2 * (2.5 * 4 + 5.8 * 6), 2 * (2.3 * 2 + 5.8 * 8), 2 * (0.9 + 2.3 * 3 + 2.5 * 7 + 5.8 * 9),
            2 * (0.9 + 2.3 + 2.5 + 5.8),
        ];
        Assert.Equal(byHand, e.Parameters.Select(p => p.Gradient), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Contains("o_{1,1} & = w_{1}\\,0", e.ToLatex());
    }

    [Fact]
    public void ChannelsAndGroupsSeeTheirOwnPixels()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor x = Tensor.From([1.0, 2, 3, 4], 1, 2, 1, 2), w = Weights([0.5, 2], 2, 1, 1, 1);
        Explanation e = Explain.Of(Tensor.Conv2d(x, w, groups: 2).Sum());
        Assert.Equal(["o1,1 = w1·i1,1 = 0.5×1 = 0.5", "o1,2 = w1·i1,2 = 0.5×2 = 1", "o2,1 = w2·i2,1 = 2×3 = 6", "o2,2 = w2·i2,2 = 2×4 = 8"],
            e.Forward.Take(4).Select(step => step.Text));
    }

    [Fact]
    public void MaxPoolingSaysWhoWon()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor x = Tensor.From([1.0, 2, 3, 4, 5, 6, 7, 8, 9], 1, 1, 3, 3), w = Weights([0.1, -0.2, 0.3, 0.4], 1, 1, 2, 2);
        Explanation e = Explain.Of(2 * Tensor.Conv2d(x, w).MaxPool2d(2));
        Assert.Equal("maxpool = max(o1,1, o1,2, o2,1, o2,2) = max(2.9, 3.5, 4.7, 5.3) = 5.3, which is o2,2", e.Forward[4].Text);
        Assert.Equal("∂maxpool/∂o2,2 = 1, because o2,2 is the largest", e.Derivative("maxpool", "o2,2").Text);
        Assert.Equal("∂maxpool/∂o1,1 = 0, because o2,2 > o1,1", e.Derivative("maxpool", "o1,1").Text);
        Assert.Equal([10, 12, 16, 18], e.Parameters.Select(p => p.Gradient), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void EqualNumbersShareTheGradientOrTheFirstOneCounts()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor w = Weights([2, 2, 1], 1, 3);
        Explanation max = Explain.Of(2 * w.Max()), pooled = Explain.Of(2 * w.Reshape(1, 1, 3).MaxPool1d(3));
        Assert.Equal("∂max/∂w1 = 0.5, because w1 = w2", max.Derivative("max", "w1").Text);
        Assert.Equal("∂maxpool/∂w2 = 0, because w2 = w1 and the first one counts", pooled.Derivative("maxpool", "w2").Text);
    }

    [Fact]
    public void AveragePoolingShowsItsWindow()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor w = Weights([1, 2, 3, 6], 1, 1, 4);
        Explanation e = Explain.Of(w.AveragePool1d(2).Square().Sum());
        Assert.Equal("averagepool_1 = (w1 + w2)/2 = (1 + 2)/2 = 1.5", e.Forward[0].Text);
        Assert.Equal("∂averagepool_1/∂w1 = 1/2 = 0.5", e.Derivative("averagepool_1", "w1").Text);
        Assert.Equal([1.5, 1.5, 4.5, 4.5], e.Parameters.Select(p => p.Gradient));
    }

    [Fact]
    public void LayerNormalizationHasLinesForMeanAndVariance()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor x = Weights([1, 3], 1, 2).Named("x"), gamma = Weights([2, 0.5], 2), beta = Weights([0.1, 0], 2);
        Explanation e =
            Explain.Of((Tensor.LayerNorm(x, gamma, beta, epsilon: 0.25) * Tensor.From([1.0, 0], 1, 2)).Sum(), new() { Digits = 4 });
        Assert.Equal(
        [
            "mean = (x1 + x2)/2 = (1 + 3)/2 = 2",
            "variance = ((x1 − mean)² + (x2 − mean)²)/2 = ((1 − 2)² + (3 − 2)²)/2 = 1",
            "layernorm_1 = γ1·(x1 − mean)/√(variance + 0.25) + β1 = 2×(1 − 2)/√(1 + 0.25) + 0.1 = −1.6889",
        ], e.Forward.Take(3).Select(step => step.Text));
        Assert.Equal("∂layernorm_1/∂x1 = γ1/√(variance + 0.25)(1 − 1/2 − (x1 − mean)²/(2(variance + 0.25)))"
            + " = 2/√(1 + 0.25)(1 − 1/2 − (1 − 2)²/(2(1 + 0.25))) = 0.1789", e.Derivative("layernorm_1", "x1").Text);
        Assert.Equal(
            "∂layernorm_1/∂γ1 = (x1 − mean)/√(variance + 0.25) = (1 − 2)/√(1 + 0.25) = −0.8944", e.Derivative("layernorm_1", "γ1").Text);
        Assert.Equal(2 / Math.Sqrt(1.25) * (0.5 - 1 / 2.5), e.Gradient("x1"), 1e-12);
        Assert.Equal(2 / Math.Sqrt(1.25) * (-0.5 + 1 / 2.5), e.Gradient("x2"), 1e-12);
    }

    [Fact]
    public void ARecurrentLayerGoesStepByStep()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Explanation e = Explain.Of(Small().Forward(Tensor.From([1.0, 2, 3], 1, 3, 1)).Select(1, 2).Sum(), new() { Digits = 4 });
        Assert.Equal(
        [
            "in_h1 = w1·i1 + b1 + w2·0 + b2 = 0.5×1 + 0.1 + (−0.4)×0 + (−0.2) = 0.4",
            "out_h1 = tanh(in_h1) = tanh(0.4) = 0.3799",
            "in_h2 = w1·i2 + b1 + w2·out_h1 + b2 = 0.5×2 + 0.1 + (−0.4)×0.3799 + (−0.2) = 0.7480",
            "out_h2 = tanh(in_h2) = tanh(0.7480) = 0.6340",
            "in_o1 = w1·i3 + b1 + w2·out_h2 + b2 = 0.5×3 + 0.1 + (−0.4)×0.6340 + (−0.2) = 1.1464",
            "out_o1 = tanh(in_o1) = tanh(1.1464) = 0.8166",
        ], e.Forward.Take(6).Select(step => step.Text.Replace("h1.1", "h1").Replace("h2.1", "h2")));
        double h1 = Math.Tanh(0.4), h2 = Math.Tanh(0.9 - 0.4 * h1), h3 = Math.Tanh(1.4 - 0.4 * h2);
        double d3 = 1 - h3 * h3, d2 = d3 * -0.4 * (1 - h2 * h2), d1 = d2 * -0.4 * (1 - h1 * h1);
        Assert.Equal(d3 * 3 + d2 * 2 + d1, e.Gradient("w1"), 1e-12);
        Assert.Equal(d3 * h2 + d2 * h1, e.Gradient("w2"), 1e-12);
        Assert.Equal(3, e.Paths("w1").Count);
    }

    [Fact]
    public void TheStepsOfAnUnrolledRecurrenceCountForwards()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor w = Weights([0.5], 1, 1), u = Weights([-0.4], 1, 1), v = Weights([2], 1, 1), h = Tensor.Zeros(1, 1).Named("h0");
        Tensor[] x = [.. Enumerable.Range(1, 3).Select(t => Tensor.From([(double)t], 1, 1).Named($"x{t}"))];
        Tensor loss = Tensor.Zeros(1, 1);
        for (int t = 0; t < 3; t++)
        {
            h = (Tensor.Linear(x[t], w) + Tensor.Linear(h, u)).Tanh().Named($"h{t + 1}");
            loss += Tensor.Linear(h, v).Square();
        }
        string[] names = [.. Explain.Of(loss).Forward.Select(step => step.Text)];
        int[] places = [.. Enumerable.Range(1, 3).Select(t =>
            Array.FindIndex(names, text => text.StartsWith($"h{t} = tanh(", StringComparison.Ordinal)))];
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
        Assert.Contains(names, text => text.Contains("w1·x2 + w2·h1 = 0.5×2 + (−0.4)×", StringComparison.Ordinal));
    }

    [Fact]
    public void TheGatesOfAnLstmAreShownToo()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Explanation e =
            Explain.Of(new Lstm(1, 1, new Generator(1)).Forward(Tensor.From([1.0, 2], 1, 2, 1)).Sum(), new() { MaxPaths = 5000 });
        Assert.Equal(6, e.Forward.Count(step => step.Operation == "sigmoid"));
        Assert.Equal(4, e.Forward.Count(step => step.Operation == "tanh"));
        Assert.DoesNotContain(e.Forward, step => step.Operation == "lstm");
    }

    private static Rnn Small()
    {
        Rnn layer = new(1, 1, new Generator(1));
        double[] values = [0.5, -0.4, 0.1, -0.2];
        int i = 0;
        foreach (Parameter parameter in layer.Parameters) parameter.Assign(Tensor.From([values[i++]], parameter.Shape.Dims));
        return layer;
    }

    private static Tensor Weights(double[] values, params int[] shape) => Tensor.From(values, shape).RequireGradient();
}
