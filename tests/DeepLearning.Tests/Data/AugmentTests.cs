namespace DeepLearning.Tests;

public class AugmentTests
{
    private static readonly Tensor s_images = Datasets.Digits(images: true).Subset([.. Enumerable.Range(0, 40)]).X / 16;

    public static TheoryData<string> Names => [.. s_makers.Keys];

    private static readonly Dictionary<string, (ImageAugmentation Some, ImageAugmentation None)> s_makers = new()
    {
        ["shift"] = (Augment.Shift(2), Augment.Shift(0)),
        ["crop"] = (Augment.Crop(8, 8, padding: 3), Augment.Crop(8, 8)),
        ["rotate"] = (Augment.Rotate(30), Augment.Rotate(0)),
        ["scale"] = (Augment.Scale(0.3), Augment.Scale(0)),
        ["affine"] = (Augment.Affine(), Augment.Affine(0, 0, 0, 0)),
        ["flip"] = (Augment.Flip(), Augment.Flip(0)),
        ["vertical flip"] = (Augment.Flip(vertical: true), Augment.Flip(0, vertical: true)),
        ["noise"] = (Augment.Noise(0.1), Augment.Noise(0)),
        ["cutout"] = (Augment.Cutout(4), Augment.Affine(0, 0, 0, 0)),
        ["brightness"] = (Augment.Brightness(0.3), Augment.Brightness(0)),
        ["contrast"] = (Augment.Contrast(0.3), Augment.Contrast(0)),
    };

    [Theory, MemberData(nameof(Names))]
    public void ASeedRepeatsAndEachImageChangesByItself(string name)
    {
        ImageAugmentation augmentation = s_makers[name].Some;
        Tensor same = s_images.Rows(new int[20]);
        float[] first = augmentation.Apply(same, new Generator(1)).ToArray();
        Assert.Equal(first, augmentation.Apply(same, new Generator(1)).ToArray());
        Assert.NotEqual(first, augmentation.Apply(same, new Generator(2)).ToArray());
        Assert.True(first.Chunk(64).DistinctBy(image => string.Join(' ', image)).Count() > 1);
    }

    [Theory, MemberData(nameof(Names))]
    public void WithoutStrengthNothingChanges(string name)
    {
        float[] before = s_images.ToArray(), after = s_makers[name].None.Apply(s_images, new Generator(1)).ToArray();
        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i], after[i], 1e-6);
    }

    [Theory, MemberData(nameof(Names))]
    public void AllChannelsChangeAlikeAndTheDeviceStays(string name)
    {
        Tensor two = Tensor.Concatenate(1, s_images, s_images).To(Device.Reference);
        Tensor changed = s_makers[name].Some.Apply(two, new Generator(3));
        Assert.Equal((two.Shape, Device.Reference), (changed.Shape, changed.Device));
        if (name == "noise") return;
        float[] first = changed.Slice(1, 0, 1).ToArray(), second = changed.Slice(1, 1, 1).ToArray();
        for (int i = 0; i < first.Length; i++) Assert.Equal(first[i], second[i], 1e-6);
    }

    [Fact]
    public void AShiftMovesByWholePixelsInAllDirections()
    {
        Tensor dot = Tensor.From(Enumerable.Range(0, 25).Select(i => i == 12 ? 1.0 : 0).ToArray(), 1, 1, 5, 5).Rows(new int[400]);
        int[] places = [.. Augment.Shift(1).Apply(dot, new Generator(1)).ToArray().Chunk(25).Select(image => Array.IndexOf(image, 1))];
        Assert.Equal([6, 7, 8, 11, 12, 13, 16, 17, 18], places.Distinct().Order());
        Assert.All(places.CountBy(place => place), count => Assert.InRange(count.Value, 20, 75));
        float[] filled = Augment.Shift(9, fill: -1).Apply(dot, new Generator(1)).ToArray();
        Assert.Contains(filled.Chunk(25), image => image.All(v => v == -1));
    }

    [Fact]
    public void ACropIsAPieceOfTheImage()
    {
        Tensor image = Tensor.Arange(12).Reshape(1, 1, 3, 4);
        IEnumerable<string> pieces = Enumerable.Range(0, 50)
            .Select(seed => string.Join(' ', Augment.Crop(2, 3).Apply(image, new Generator((ulong)seed)).ToArray()));
        Assert.Equal(new[] { "0 1 2 4 5 6", "1 2 3 5 6 7", "4 5 6 8 9 10", "5 6 7 9 10 11" }.Order(), pieces.Distinct().Order());
        Assert.Equal(new Shape(1, 1, 7, 8), Augment.Crop(7, 8, padding: 2).Apply(image, new Generator(1)).Shape);
        Assert.Contains("A piece of 4 × 4 does not fit into images of 3 × 4 with a margin of 0.",
            Assert.Throws<ArgumentException>(() => Augment.Crop(4, 4).Apply(image, new Generator(1))).Message);
    }

    [Fact]
    public void ResamplingTurnsScalesSlantsAndShifts()
    {
        float[] image = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        AssertImage([3, 6, 9, 2, 5, 8, 1, 4, 7], Resample(Math.PI / 2));
        AssertImage([0, 1, 2, 0, 4, 5, 0, 7, 8], Resample(right: 1));
        AssertImage([0, 0, 0, 1, 2, 3, 4, 5, 6], Resample(down: 1));
        AssertImage([0.5f, 1.5f, 2.5f, 2, 4.5f, 5.5f, 3.5f, 7.5f, 8.5f], Resample(right: 0.5));
        AssertImage([3, 3.5f, 4, 4.5f, 5, 5.5f, 6, 6.5f, 7], Resample(scale: 2));
        AssertImage([2, 3, 0, 4, 5, 6, 0, 7, 8], Resample(shear: 1));

        float[] Resample(double angle = 0, double scale = 1, double shear = 0, double right = 0, double down = 0)
        {
            float[] result = new float[9];
            RandomAffine.Resample(image, new(1, 3, 3), result, angle, scale, shear, right, down, 0);
            return result;
        }
        static void AssertImage(float[] expected, float[] actual)
        {
            for (int i = 0; i < 9; i++) Assert.Equal(expected[i], actual[i], 1e-5);
        }
    }

    [Fact]
    public void AFlipMirrors()
    {
        Tensor image = Tensor.Arange(12).Reshape(1, 2, 2, 3);
        Assert.Equal([2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9], Augment.Flip(1).Apply(image, new Generator(1)).ToArray());
        Assert.Equal([3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8], Augment.Flip(1, vertical: true).Apply(image, new Generator(1)).ToArray());
    }

    [Fact]
    public void NoiseBrightnessAndContrastHaveTheirSizes()
    {
        Tensor gray = Tensor.Full(0.5, 1000, 1, 4, 4);
        Tensor noisy = Augment.Noise(0.2).Apply(gray, new Generator(1)) - gray;
        Assert.Equal(0, noisy.Mean().ToDouble(), 3 * 0.2 / Math.Sqrt(16000));
        Assert.Equal(0.04, noisy.Square().Mean().ToDouble(), 3 * 0.04 * Math.Sqrt(2.0 / 16000));
        float[] bright = (Augment.Brightness(0.3).Apply(gray, new Generator(1)) - gray).ToArray();
        Assert.All(bright.Chunk(16), image => Assert.Single(image.Distinct()));
        Assert.InRange(bright.Min(), -0.3, -0.28);
        Assert.InRange(bright.Max(), 0.28, 0.3);
        Tensor contrast = Augment.Contrast(0.5).Apply(Tensor.From([0.0, 1.0], 1, 1, 1, 2).Rows(new int[500]), new Generator(1));
        Assert.All(contrast.ToArray().Chunk(2), pair => Assert.Equal(1, pair[0] + pair[1], 1e-5));
        Assert.All(contrast.ToArray().Chunk(2), pair => Assert.InRange(pair[1] - pair[0], 0.5, 1.5));
    }

    [Fact]
    public void ACutoutCoversASquare()
    {
        float[] covered = Augment.Cutout(3, fill: 7).Apply(Tensor.Zeros(200, 1, 8, 8), new Generator(1)).ToArray();
        int[] counts = [.. covered.Chunk(64).Select(image => image.Count(v => v == 7))];
        Assert.Equal([4, 6, 9], counts.Distinct().Order());
    }

    [Fact]
    public void MixupMixesFeaturesAndTargetsAlike()
    {
        Tensor y = Tensor.OneHot(Tensor.From([0, 1, 2, 3], 4), 4), x = y * 10;
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            (Tensor mixedX, Tensor mixedY) = Augment.Mixup(1).Apply(x, y, new Generator(seed));
            Assert.Equal(mixedX.ToArray(), (mixedY * 10).ToArray());
            Assert.All(mixedY.Sum(-1).ToArray(), sum => Assert.Equal(1, sum, 1e-6));
        }
        Assert.Contains("labels [4] cannot be mixed",
            Assert.Throws<ArgumentException>(() => Augment.Mixup().Apply(x, Tensor.Zeros(4), new Generator(1))).Message);
        Assert.Contains("got 0", Assert.Throws<ArgumentOutOfRangeException>(() => Augment.Mixup(0)).Message);
    }

    // Beta(α, α) has mean ½ and variance 1/(4·(2α + 1)).
    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(4)]
    public void MixupsShareIsBetaDistributed(double alpha)
    {
        Generator generator = new(5);
        double[] shares = [.. Enumerable.Range(0, 20000).Select(_ => Mixup.Beta(generator, alpha))];
        double variance = 1 / (4 * (2 * alpha + 1));
        Assert.Equal(0.5, shares.Average(), 4 * Math.Sqrt(variance / 20000));
        Assert.Equal(variance, shares.Average(v => (v - 0.5) * (v - 0.5)), 0.05 * variance);
        Assert.All(shares, share => Assert.InRange(share, 0, 1));
    }

    [Fact]
    public void ChangesComposeInOrder()
    {
        Tensor x = Tensor.Arange(4).Reshape(1, 1, 1, 4), y = Tensor.Zeros(1);
        Augmentation both = Augment.Crop(1, 2).Then(Augment.Flip(1));
        Tensor result = both.Apply(x, y, new Generator(1)).X;
        float[] values = result.ToArray();
        Assert.Equal(values[0], values[1] + 1);
        Assert.Same(x, Augment.Compose().Apply(x, y, new Generator(1)).X);
    }

    [Fact]
    public void WrongUseIsExplained()
    {
        Assert.Contains("RandomFlip changes images [N, C, H, W], got [4, 64]",
            Assert.Throws<ArgumentException>(() => Augment.Flip().Apply(Tensor.Zeros(4, 64), new Generator(1))).Message);
        Assert.Contains("probability must be from 0 to 1, got 2",
            Assert.Throws<ArgumentOutOfRangeException>(() => Augment.Flip(2)).Message);
        Assert.Contains("pixels must be 0 or more, got -1", Assert.Throws<ArgumentOutOfRangeException>(() => Augment.Shift(-1)).Message);
        Assert.Contains("deviation must be finite and 0 or more, got Infinity",
            Assert.Throws<ArgumentOutOfRangeException>(() => Augment.Noise(double.PositiveInfinity)).Message);
        Assert.Contains("fill must be a finite number, got NaN",
            Assert.Throws<ArgumentOutOfRangeException>(() => Augment.Shift(1, double.NaN)).Message);
        Assert.Contains("degrees must be 0 or more, got NaN",
            Assert.Throws<ArgumentOutOfRangeException>(() => Augment.Rotate(double.NaN)).Message);
        Assert.Contains("scale must be from 0 to 0.99, got 1", Assert.Throws<ArgumentOutOfRangeException>(() => Augment.Scale(1)).Message);
    }
}
