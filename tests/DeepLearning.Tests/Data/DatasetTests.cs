namespace DeepLearning.Tests;

public class DatasetTests
{
    private static Dataset Small(int count = 10) =>
        new(Tensor.Arange(2 * count).Reshape(count, 2), Tensor.From([.. Enumerable.Range(0, count).Select(i => i % 2)], count),
            ["even", "odd"], ["a", "b"])
        {
            Name = "small",
        };

    [Fact]
    public void ASubsetKeepsOrderAndNames()
    {
        Dataset part = Small().Subset(7, 0, 7);
        Assert.Equal([14, 15, 0, 1, 14, 15], part.X.ToArray());
        Assert.Equal([1, 0, 1], part.Labels);
        Assert.Equal(["even", "odd"], part.Classes);
        Assert.Equal(["a", "b"], part.Features);
        Assert.Equal("small: 3 samples, x [3, 2], y [3], classes even, odd", part.ToString());
    }

    [Fact]
    public void TargetsChangeTheirFormAndStayLabels()
    {
        Dataset oneHot = Small(3).OneHot();
        Assert.Equal([1, 0, 0, 1, 1, 0], oneHot.Y.ToArray());
        Assert.Equal([0, 1, 0], oneHot.Labels);
        Assert.Equal([3, 1], oneHot.Column().Y.Shape.Dims.ToArray());
        Assert.Equal([0, 1, 0], oneHot.Column().Labels);
        Assert.Equal([0, 1], oneHot.Subset(2, 1).Labels);
    }

    [Fact]
    public void OtherFeaturesKeepTargetsAndLoseNamesThatNoLongerFit()
    {
        Dataset wide = Small().WithX(Tensor.Zeros(10, 3));
        Assert.Empty(wide.Features);
        Assert.Equal(5, wide.CountByClass()[1]);
        Assert.Equal(["a", "b"], Small().WithX(Tensor.Zeros(10, 2)).Features);
    }

    [Fact]
    public void DataMoveToAnotherDevice()
    {
        Dataset precise = Small().To(Device.Reference);
        Assert.Equal((Device.Reference, Device.Reference), (precise.X.Device, precise.Y.Device));
        (Tensor x, Tensor y) = precise.Batch([3]);
        Assert.Equal(Device.Reference, x.Device);
        Assert.Equal([6, 7, 1], [.. x.ToArray(), .. y.ToArray()]);
        Assert.Equal(Device.Reference, precise.OneHot().Y.Device);
        Assert.Equal(Device.Reference, Standardizer.Fit(Small().X).Transform(precise).X.Device);
    }

    [Fact]
    public void WrongDataAreRefusedWithAReason()
    {
        Tensor x = Tensor.Zeros(3, 2);
        AssertError("3 samples and y has 2", () => new Dataset(x, Tensor.Zeros(2)));
        AssertError("at least one sample", () => new Dataset(Tensor.Zeros(0, 2), Tensor.Zeros(0)));
        AssertError("one row per sample", () => new Dataset(Tensor.Scalar(1), Tensor.Zeros(1)));
        AssertError("1 feature names", () => new Dataset(x, Tensor.Zeros(3), features: ["a"]));
        AssertError("Label 1 must be a whole number from 0 to 1, got 2", () => new Dataset(x, Tensor.From([0, 2, 1], 3), ["a", "b"]));
        AssertError("got 0.5", () => new Dataset(x, Tensor.From([0, 0.5, 1], 3), ["a", "b"]));
        AssertError("got -1", () => new Dataset(x, Tensor.From([0, -1, 1], 3), ["a", "b"]));
        AssertError("got [3, 4]", () => new Dataset(x, Tensor.Zeros(3, 4), ["a", "b"]));
        AssertError("Sample 10 does not exist; 'small' has samples 0 to 9", () => Small().Subset(10));
        AssertError("Sample -1", () => Small().Subset(-1));
        Assert.Contains("no classes", Assert.Throws<InvalidOperationException>(() => new Dataset(x, Tensor.Zeros(3)).OneHot()).Message);
    }

    [Fact]
    public void AStratifiedSplitKeepsTheSharesOfTheClasses()
    {
        Dataset digits = Datasets.Digits();
        (Dataset train, Dataset test) = digits.Split(0.8, new Generator(1));
        int[] all = digits.CountByClass(), trained = train.CountByClass(), tested = test.CountByClass();
        for (int c = 0; c < 10; c++)
        {
            Assert.Equal((int)Math.Round(0.8 * all[c], MidpointRounding.AwayFromZero), trained[c]);
            Assert.Equal(all[c], trained[c] + tested[c]);
        }
        (Dataset large, Dataset middle, Dataset small) = Datasets.Iris().Split(0.6, 0.25, new Generator(1));
        Assert.Equal([30, 30, 30], large.CountByClass());
        Assert.Equal([13, 13, 13], middle.CountByClass());
        Assert.Equal([7, 7, 7], small.CountByClass());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ASplitDealsEverySampleOnce(bool stratified)
    {
        (Dataset train, Dataset validation, Dataset test) = Small(30).Split(0.5, 0.3, new Generator(2), stratified);
        Assert.Equal(stratified ? (16, 8, 6) : (15, 9, 6), (train.Count, validation.Count, test.Count));
        float[] first = [.. new[] { train, validation, test }.SelectMany(d => Column0(d))];
        Assert.NotEqual(first.Order(), first);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => 2f * i), first.Order());
    }

    [Fact]
    public void ASplitRepeatsWithItsSeed()
    {
        float[] Train(ulong seed) => Column0(Small(40).Split(0.5, new Generator(seed)).Train);
        Assert.Equal(Train(1), Train(1));
        Assert.NotEqual(Train(1), Train(2));
    }

    [Fact]
    public void ARegressionSplitsWithoutClasses()
    {
        (Dataset train, Dataset test) = Datasets.NoisySine(10, new Generator(1)).Split(0.7, new Generator(1));
        Assert.Equal((7, 3), (train.Count, test.Count));
    }

    [Fact]
    public void ImpossibleSplitsAreRefused()
    {
        Generator g = new(1);
        AssertError("train must be a share between 0 and 1, got 1", () => Small().Split(1, g));
        AssertError("got 0", () => Small().Split(0, g));
        AssertError("got NaN", () => Small().Split(double.NaN, g));
        AssertError("validation must be a share between 0 and 1, got -0.1", () => Small().Split(0.5, -0.1, g));
        AssertError("train 0.7 and validation 0.3 must sum to less than 1", () => Small().Split(0.7, 0.3, g));
        AssertError("Class 'odd' of 'small' has 1 samples, too few", () => Small().Subset(0, 2, 4, 1).Split(0.5, g));
        AssertError("1 samples of 'small' are too few", () => Small().Subset(0).Split(0.5, g, stratified: false));
    }

    [Fact]
    public void AClassWithoutSamplesDoesNotHinderASplit() =>
        Assert.Equal([2, 0], Small().Subset(0, 2, 4, 6).Split(0.5, new Generator(1)).Train.CountByClass());

    private static float[] Column0(Dataset data) => [.. data.X.ToArray().Where((_, i) => i % 2 == 0)];

    private static void AssertError(string part, Func<object> action) =>
        Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(action).Message);
}
