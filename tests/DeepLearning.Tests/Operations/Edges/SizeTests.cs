namespace DeepLearning.Tests.Operations;

/// <summary>
/// Sizes near the greatest whole number are refused in one sentence, wherever a size is worked out, and never wrap round to a wrong one.
/// </summary>
public class SizeTests
{
    private const int Most = int.MaxValue;

    private static readonly int[] s_large = [1 << 16, 1 << 20, 1 << 29, 1 << 30, Most - 1, Most];

    private static readonly Generator s_generator = new(1);

    private static Tensor X => Tensor.Ones(1, 1, 5, 5);

    private static Tensor W => Tensor.Ones(1, 1, 3, 3);

    private static readonly Dictionary<string, Func<int, Tensor>> s_operations = new()
    {
        ["zeros"] = n => Tensor.Zeros(Math.Max(n, 1 << 29), 16),
        ["reshape"] = n => X.Reshape(n, n),
        ["broadcast"] = n => Tensor.Ones(1, 1, 1).BroadcastTo([n, n, 2]),
        ["arange"] = n => Tensor.Arange(0, n, 1.0 / n),
        ["identity"] = n => Tensor.Identity(n),
        ["tile"] = n => X.Tile(n, n, 1, 1),
        ["repeat"] = n => X.RepeatInterleave(2, n).RepeatInterleave(3, n),
        ["pad"] = n => X.Pad([(0, 0), (0, 0), (n, n), (n, n)]),
        ["pad by the last"] = n => X.Pad(2, n, n, PadMode.Replicate).Pad(3, n, n, PadMode.Replicate),
        ["upsample"] = n => X.Upsample(n),
        ["upsample, bilinear"] = n => X.Upsample(n, UpsampleMode.Bilinear),
        ["resize"] = n => X.Resize(n),
        ["matrix product"] = n => Tensor.Zeros(n, 0).MatMul(Tensor.Zeros(0, n)),
        ["outer"] = n => Tensor.Zeros(0, 1).BroadcastTo([0, n, n]),
        ["adaptive pooling"] = n => X.AdaptiveAveragePool2d(n),
        ["convolution, padding"] = n => Tensor.Conv2d(X, W, padding: n),
        ["convolution, padding and stride"] = n => Tensor.Conv2d(X, W, padding: n, stride: n),
        ["convolution, dilation"] = n => Tensor.Conv2d(X, W, padding: n, dilation: n),
        ["convolution, dilation, same"] = n => Tensor.Conv2d(X, W, padding: Padding.Same, dilation: n),
        ["convolution, one side"] = n => Tensor.Conv2d(X, W, padding: Padding.Sides(n, n, n, 0)),
        ["transposed, stride"] = n => Tensor.ConvTranspose2d(X, W, stride: n),
        ["transposed, dilation"] = n => Tensor.ConvTranspose2d(X, W, dilation: n),
        ["transposed, output padding"] = n => Tensor.ConvTranspose2d(X, W, stride: n, outputPadding: n - 1),
        ["transposed, padding"] = n => Tensor.ConvTranspose2d(X, W, stride: n, padding: n),
        ["pooling, padding"] = n => X.MaxPool2d(n, 1, n / 2),
        ["pooling, kernel"] = n => X.AveragePool2d(n, n, n / 2),
        ["dense"] = n => new Dense(n, n, s_generator).Weight,
        ["embedding"] = n => new Embedding(n, n, s_generator).Weight,
        ["convolution layer"] = n => new Conv2d(n, n, n, s_generator).Weight,
        ["one axis"] = n => new Conv1d(n, n, n, s_generator).Weight,
        ["transposed layer"] = n => new ConvTranspose2d(n, n, n, s_generator).Weight,
    };

    public static TheoryData<string> Names => [.. s_operations.Keys];

    [Theory, MemberData(nameof(Names))]
    public void TooLargeIsRefused(string name)
    {
        foreach (int n in s_large)
        {
            ArgumentException thrown = Assert.ThrowsAny<ArgumentException>(() => s_operations[name](n));
            Assert.InRange(thrown.Message.Length, 30, 300);
            Assert.DoesNotContain("-2147483648", thrown.Message);
        }
    }

    [Fact]
    public void WhatChangesNothingIsTaken()
    {
        Tensor x = Tensor.Normal(s_generator, 0, 1, 1, 2, 5, 5), w = Tensor.Normal(s_generator, 0, 1, 3, 2, 3, 3);
        Tensor one = w.Slice(2, 0, 1).Slice(3, 0, 1);
        Assert.Equal(Tensor.Conv2d(x, w, stride: 3).ToArray(), Tensor.Conv2d(x, w, stride: Most).ToArray());
        Assert.Equal(Tensor.Conv2d(x, one).ToArray(), Tensor.Conv2d(x, one, dilation: Most).ToArray());
        Assert.Equal(x.MaxPool2d(3, 3).ToArray(), x.MaxPool2d(3, Most).ToArray());
        Assert.Equal(x.AveragePool2d(3, 3).ToArray(), x.AveragePool2d(3, Most).ToArray());
        Tensor pixel = x.Slice(2, 0, 1).Slice(3, 0, 1), back = w.Slice(0, 0, 2);
        Assert.Equal(Tensor.ConvTranspose2d(pixel, back).ToArray(), Tensor.ConvTranspose2d(pixel, back, stride: Most).ToArray());
        Assert.Equal(x.Slice(2, 0, 1).ToArray(), x.Slice(2, 0, 1, Most).ToArray());
        Assert.Equal(x.Slice(2, 0, 1).ToArray(), x.Slice(2, 0..5, Most).ToArray());
        Assert.Equal(x.Slice(2, 4, 1).ToArray(), x.Slice(2, 0..5, int.MinValue).ToArray());
    }

    [Fact]
    public void SumsOfLengthsDoNotWrapRound()
    {
        Assert.StartsWith("Axis 0 of [4] has 4 entries, the parts [2147483647, 2147483647, 6] have 4294967300.",
            Assert.Throws<ArgumentException>(() => Tensor.Ones(4).Split(0, Most, Most, 6)).Message);
        Assert.StartsWith("Entries 1 … 4294967293 (step 2)",
            Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Ones(4).Slice(0, 1, Most, 2)).Message);
        Tensor wide = Tensor.Zeros(0, 1 << 30);
        Assert.StartsWith("Concatenate would make an axis of 3221225472 numbers",
            Assert.Throws<ArgumentException>(() => Tensor.Concatenate(1, wide, wide, wide)).Message);
    }

    [Fact]
    public void AnEmptyShapeDoesNotHideTheOtherLengths()
    {
        Assert.Equal(0, new Shape(0, 1 << 15, 1 << 15).Count);
        foreach (int[] lengths in (int[][])[[0, 1 << 16, 1 << 16], [1 << 16, 0, 1 << 16], [1 << 16, 1 << 16, 0]])
        {
            ArgumentException thrown = Assert.Throws<ArgumentException>(() => new Shape(lengths));
            Assert.StartsWith("A tensor holds at most 2147483591 numbers", thrown.Message);
        }
    }
}
