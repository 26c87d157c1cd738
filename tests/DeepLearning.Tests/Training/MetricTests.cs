namespace DeepLearning.Tests.Training;

public class MetricTests
{
    private static readonly Tensor s_scores = Tensor.From(new[,] { { 0.1, 0.7, 0.2 }, { 2, 1, 0.0 }, { 0, 0, 5.0 }, { 0, 3, 1.0 } });

    [Fact]
    public void AccuracyTakesLabelsColumnsAndRowsWithAOne()
    {
        Tensor labels = Tensor.From([1, 0, 2, 2]);
        Assert.Equal(0.75, Metric.Accuracy.Measure(s_scores, labels));
        Assert.Equal(0.75, Metric.Accuracy.Measure(s_scores, labels.Reshape(4, 1)));
        Assert.Equal(0.75, Metric.Accuracy.Measure(s_scores, Tensor.OneHot(labels, 3)));
    }

    [Fact]
    public void BinaryAccuracyHasAThreshold()
    {
        Tensor p = Tensor.From([0.9, 0.4, 0.2, -0.1], 4, 1), y = Tensor.From([1, 1, 0, 0]);
        Assert.Equal(0.75, Metric.BinaryAccuracy().Measure(p, y));
        Assert.Equal(0.75, Metric.BinaryAccuracy(0).Measure(p, y));
        Assert.Equal(1, Metric.BinaryAccuracy(0.3).Measure(p, y));
    }

    [Fact]
    public void Errors()
    {
        Tensor p = Tensor.From([1.0, 2, 4], 3, 1), y = Tensor.From([1.0, 0, 7]);
        Assert.Equal(5.0 / 3, Metric.MeanAbsoluteError.Measure(p, y), 1e-6);
        Assert.Equal(13.0 / 3, Metric.MeanSquaredError.Measure(p, y), 1e-6);
    }

    [Fact]
    public void ShapesThatDoNotFitAreNamed()
    {
        Assert.Contains("BinaryAccuracy",
            Assert.Throws<ArgumentException>(() => Metric.Accuracy.Measure(Tensor.Zeros(4, 1), Tensor.Zeros(4))).Message);
        Assert.Contains("[4, 3]",
            Assert.Throws<ArgumentException>(() => Metric.MeanSquaredError.Measure(s_scores, Tensor.Zeros(4))).Message);
    }
}
