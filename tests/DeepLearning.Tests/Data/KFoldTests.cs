namespace DeepLearning.Tests;

public class KFoldTests
{
    [Fact]
    public void EverySampleIsMeasuredOnOnce()
    {
        Dataset data = new(Tensor.Arange(11).Reshape(11, 1), Tensor.Arange(11));
        IReadOnlyList<(Dataset Train, Dataset Validation)> folds = data.KFold(3, new Generator(1));
        Assert.Equal([4, 4, 3], folds.Select(fold => fold.Validation.Count));
        Assert.Equal(data.Y.ToArray(), folds.SelectMany(fold => fold.Validation.Y.ToArray()).Order());
        foreach ((Dataset train, Dataset validation) in folds)
        {
            Assert.Equal(data.Y.ToArray(), train.Y.ToArray().Concat(validation.Y.ToArray()).Order());
            Assert.NotEqual(train.Y.ToArray().Order(), train.Y.ToArray());
        }
    }

    [Fact]
    public void ClassesKeepTheirShares()
    {
        foreach ((Dataset train, Dataset validation) in Datasets.Iris().KFold(5, new Generator(2)))
        {
            Assert.Equal([40, 40, 40], train.CountByClass());
            Assert.Equal([10, 10, 10], validation.CountByClass());
            Assert.True(train.Labels.Zip(train.Labels.Skip(1)).Count(pair => pair.First != pair.Second) > 20);
        }
        Assert.Contains(Datasets.Iris().KFold(5, new Generator(2), stratified: false),
            fold => fold.Validation.CountByClass().Distinct().Count() > 1);
    }

    [Fact]
    public void ASeedRepeats()
    {
        float[] First(ulong seed) => Datasets.Iris().KFold(5, new Generator(seed))[0].Validation.X.ToArray();
        Assert.Equal(First(1), First(1));
        Assert.NotEqual(First(1), First(2));
    }

    [Fact]
    public void ImpossibleFoldsAreRefused()
    {
        Dataset iris = Datasets.Iris();
        Assert.Contains("2 to 150 folds, got 1", Assert.Throws<ArgumentOutOfRangeException>(() => iris.KFold(1, new Generator(1))).Message);
        Assert.Contains("got 151", Assert.Throws<ArgumentOutOfRangeException>(() => iris.KFold(151, new Generator(1))).Message);
        Assert.Contains("Class 'setosa' of 'iris' has 50 samples, too few for 51 folds",
            Assert.Throws<ArgumentException>(() => iris.KFold(51, new Generator(1))).Message);
        Assert.Equal(150, iris.KFold(150, new Generator(1), stratified: false).Count);
    }
}
