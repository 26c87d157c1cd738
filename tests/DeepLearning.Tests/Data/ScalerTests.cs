namespace DeepLearning.Tests;

public class ScalerTests
{
    [Fact]
    public void StandardizedColumnsHaveMean0AndVariance1()
    {
        Dataset iris = Datasets.Iris();
        Dataset scaled = Standardizer.Fit(iris.X).Transform(iris);
        double[] x = scaled.X.ToDoubles();
        for (int c = 0; c < 4; c++)
        {
            double[] column = [.. Enumerable.Range(0, 150).Select(r => x[r * 4 + c])];
            Assert.Equal(0, column.Average(), 1e-6);
            Assert.Equal(1, column.Average(v => v * v), 1e-5);
        }
        Assert.Equal(iris.Features, scaled.Features);
    }

    // StandardScaler().fit([[1, 5, 2], [3, 5, 4], [8, 5, 6]]).transform([[4, 7, 4]]) = [[0, 2, 0]]; scale_ = [2.94392029, 1, 1.63299316]
    [Fact]
    public void AColumnThatNeverChangesIsOnlyShifted()
    {
        Standardizer standardizer = Standardizer.Fit(Tensor.From(new double[,] { { 1, 5, 2 }, { 3, 5, 4 }, { 8, 5, 6 } }));
        Assert.Equal([4, 5, 4], standardizer.Mean.ToArray());
        double[] deviation = standardizer.Deviation.ToDoubles();
        Assert.Equal(2.94392029, deviation[0], 1e-6);
        Assert.Equal(1, deviation[1]);
        Assert.Equal(1.63299316, deviation[2], 1e-6);
        Assert.Equal([0, 2, 0], standardizer.Transform(Tensor.From(new double[,] { { 4, 7, 4 } })).ToArray());
    }

    [Fact]
    public void MinAndMaxLandOnTheRange()
    {
        Tensor x = Tensor.From(new double[,] { { 1, 5 }, { 3, 5 }, { 9, 5 } });
        Assert.Equal([0, 0, 0.25f, 0, 1, 0], MinMaxScaler.Fit(x).Transform(x).ToArray());
        Assert.Equal([-1, -1, -0.5f, -1, 1, -1], MinMaxScaler.Fit(x, -1, 1).Transform(x).ToArray());
    }

    [Fact]
    public void TheInverseGivesTheDataBack()
    {
        Tensor x = Tensor.Uniform(new Generator(1), -50, 90, 20, 1, 2, 3);
        foreach (ColumnScaler scaler in new ColumnScaler[] { Standardizer.Fit(x), MinMaxScaler.Fit(x, 2, 5) })
        {
            Tensor scaled = scaler.Transform(x);
            Assert.Equal(x.Shape, scaled.Shape);
            float[] back = scaler.Inverse(scaled).ToArray(), original = x.ToArray();
            for (int i = 0; i < back.Length; i++) Assert.Equal(original[i], back[i], 1e-4);
        }
    }

    [Fact]
    public void WhatWasLearnedIsUsedOnOtherData()
    {
        Standardizer standardizer = Standardizer.Fit(Tensor.From(new double[,] { { 0 }, { 2 } }));
        Assert.Equal([9], standardizer.Transform(Tensor.From(new double[,] { { 10 } })).ToArray());
    }

    [Fact]
    public void WrongShapesAreRefused()
    {
        Standardizer standardizer = Standardizer.Fit(Tensor.Zeros(3, 2));
        Assert.Contains("fitted to [N, 2], got [3, 4]",
            Assert.Throws<ArgumentException>(() => standardizer.Transform(Tensor.Zeros(3, 4))).Message);
        Assert.Contains("got [2]", Assert.Throws<ArgumentException>(() => standardizer.Inverse(Tensor.Zeros(2))).Message);
        Assert.Contains("got shape [0, 2]", Assert.Throws<ArgumentException>(() => Standardizer.Fit(Tensor.Zeros(0, 2))).Message);
        Assert.Contains("got shape [4]", Assert.Throws<ArgumentException>(() => MinMaxScaler.Fit(Tensor.Zeros(4))).Message);
        Assert.Contains("got 1 to 1", Assert.Throws<ArgumentException>(() => MinMaxScaler.Fit(Tensor.Zeros(3, 2), 1, 1)).Message);
    }
}
