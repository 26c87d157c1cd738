using static DeepLearning.Tests.Training.Problems;

namespace DeepLearning.Tests.Training;

/// <summary>
/// Metrics of classes and regression, whole and over batches, against scikit-learn 1.2.1:
/// <code>
/// from sklearn import metrics as m     # y, s, b, t, T, P below as numpy arrays
/// p = s.argmax(1); m.confusion_matrix(y, p); m.precision_score(y, p, average=…, zero_division=0); m.top_k_accuracy_score(y, s, k=…)
/// q = (t > 0.5).astype(int); m.f1_score(b, q); m.roc_curve(b, t, drop_intermediate=False); m.roc_auc_score(b, t); m.r2_score(T, P)
/// </code>
/// </summary>
public class ClassMetricTests
{
    private static readonly Tensor s_y = Tensor.From([0, 1, 2, 2, 1, 0, 0, 2, 1, 1, 0, 3]);

    private static readonly Tensor s_s = Tensor.From(new[,]
    {
        { 0.7, 0.1, 0.1, 0.1 }, { 0.2, 0.5, 0.2, 0.1 }, { 0.1, 0.2, 0.6, 0.1 }, { 0.5, 0.1, 0.3, 0.1 }, { 0.1, 0.6, 0.2, 0.1 },
        { 0.4, 0.5, 0.05, 0.05 },
        { 0.6, 0.2, 0.1, 0.1 }, { 0.1, 0.1, 0.7, 0.1 }, { 0.3, 0.4, 0.2, 0.1 }, { 0.1, 0.2, 0.6, 0.1 }, { 0.8, 0.1, 0.05, 0.05 },
        { 0.1, 0.4, 0.3, 0.2 },
    });

    private static readonly Tensor s_b = Tensor.From([0, 1, 1, 0, 1, 0, 1, 0, 0, 1]);

    private static readonly Tensor s_t = Tensor.From([0.1, 0.9, 0.4, 0.4, 0.8, 0.3, 0.4, 0.6, 0.2, 0.7]);

    private static readonly Tensor s_targets = Tensor.From(new[,] { { 1.5, -2 }, { 0.3, 4 }, { 2.2, 1 }, { -1, 0.5 }, { 3, 2.5 } });

    private static readonly Tensor s_predictions =
        Tensor.From(new[,] { { 1.2, -1.5 }, { 0.1, 3.0 }, { 2.5, 1.2 }, { -0.4, 1.5 }, { 2.6, 2 } });

    public static TheoryData<string, Metric, double> Golden => new()
    {
        { "y", Metric.Precision(), 0.5041666666666667 }, { "y", Metric.Recall(), 0.5416666666666666 }, { "y", Metric.F1(),
            0.5208333333333333 },
        { "y", Metric.Precision(Average.Micro), 0.6666666666666666 }, { "y", Metric.Recall(Average.Micro), 0.6666666666666666 },
        { "y", Metric.F1(Average.Micro), 0.6666666666666666 }, { "y", Metric.Accuracy, 0.6666666666666666 },
        { "y", Metric.TopK(1), 0.6666666666666666 }, { "y", Metric.TopK(2), 0.9166666666666666 }, { "y", Metric.TopK(3), 1 },
        { "b", Metric.Precision(Average.Binary), 0.75 }, { "b", Metric.Recall(Average.Binary), 0.6 }, { "b", Metric.F1(Average.Binary),
            0.6666666666666665 },
        { "b", Metric.F1(), 0.6969696969696968 }, { "b", Metric.AreaUnderRoc, 0.88 },
        { "T", Metric.RSquared, 0.9003642753487271 },
    };

    [Theory, MemberData(nameof(Golden), DisableDiscoveryEnumeration = true)]
    public void MatchesScikitLearnWholeAndInBatches(string data, Metric metric, double expected)
    {
        (Tensor prediction, Tensor target) = data == "y" ? (s_s, s_y) : data == "b" ? (s_t, s_b) : (s_predictions, s_targets);
        Assert.Equal(expected, metric.Measure(prediction, target), 1e-6);
        foreach (int size in (int[])[1, 2, 5, 7])
        {
            MetricTotal total = metric.Start();
            for (int start = 0; start < target.Shape[0]; start += size)
            {
                int length = Math.Min(size, target.Shape[0] - start);
                total.Add(prediction.Slice(0, start, length), target.Slice(0, start, length));
            }
            Assert.Equal(expected, total.Value, 1e-6);
        }
    }

    [Fact]
    public void ConfusionMatrixCountsAndRates()
    {
        ConfusionMatrix matrix = ConfusionMatrix.Of(s_s, s_y, ["cat", "dog", "fox", "owl"]);
        Assert.Equal(new double[,] { { 3, 1, 0, 0 }, { 0, 3, 1, 0 }, { 1, 0, 2, 0 }, { 0, 1, 0, 0 } }, matrix.Counts);
        double[] precision = [0.75, 0.6, 2 / 3.0, 0], recall = [0.75, 0.75, 2 / 3.0, 0], f1 = [0.75, 2 / 3.0, 2 / 3.0, 0];
        for (int c = 0; c < 4; c++)
        {
            Assert.Equal(precision[c], matrix.Precision(c), 1e-12);
            Assert.Equal(recall[c], matrix.Recall(c), 1e-12);
            Assert.Equal(f1[c], matrix.F1(c), 1e-12);
        }
        Assert.Equal((12, 4, 1), (matrix.Total, matrix.Support(1), matrix[3, 1]));
        Assert.Equal("""
            true \ said  cat  dog  fox  owl  recall  precision     F1
                    cat    3    1    0    0   0.750      0.750  0.750
                    dog    0    3    1    0   0.750      0.600  0.667
                    fox    1    0    2    0   0.667      0.667  0.667
                    owl    0    1    0    0   0.000      0.000  0.000
            accuracy 0.667 of 12 samples
            """, matrix.ToString());
    }

    [Fact]
    public void TargetsMayBeColumnsOrRowsWithAOne()
    {
        double expected = Metric.F1().Measure(s_s, s_y);
        Assert.Equal(expected, Metric.F1().Measure(s_s, s_y.Reshape(12, 1)));
        Assert.Equal(expected, Metric.F1().Measure(s_s, Tensor.OneHot(s_y, 4)));
        Assert.Equal(Metric.TopK(2).Measure(s_s, s_y), Metric.TopK(2).Measure(s_s, Tensor.OneHot(s_y, 4)));
        Assert.Equal(Metric.F1(Average.Binary).Measure(s_t, s_b),
            Metric.F1(Average.Binary, threshold: 0).Measure(s_t.Reshape(10, 1) - 0.5, s_b));
        Tensor two = Tensor.Stack(1, 1 - s_t, s_t);
        Assert.Equal(0.88, Metric.AreaUnderRoc.Measure(two, s_b), 1e-9);
    }

    [Fact]
    public void ClassesThatAreNotThereAreLeftOutOfTheMacroMean() =>
        Assert.Equal(1, Metric.F1().Measure(Tensor.From(new[,] { { 1.0, 0, 0 }, { 0, 1, 0 } }), Tensor.From([0, 1])));

    [Fact]
    public void RocCurveHasAPointForEachDifferentScore()
    {
        RocCurve curve = RocCurve.Of(s_t, s_b);
        DeepLearning.Tests.Golden.Close([0, 0, 0, 0, 0.2, 0.4, 0.6, 0.8, 1], curve.FalsePositiveRate, 1e-12);
        DeepLearning.Tests.Golden.Close([0, 0.2, 0.4, 0.6, 0.6, 1, 1, 1, 1], curve.TruePositiveRate, 1e-12);
        DeepLearning.Tests.Golden.Close([0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1], curve.Thresholds[1..], 1e-6);
        Assert.Equal(double.PositiveInfinity, curve.Thresholds[0]);
        Assert.Equal("ROC curve of 9 points, area 0.880", curve.ToString());
    }

    [Fact]
    public void AreaIsTheShareOfPairsInTheRightOrderTiesHalf()
    {
        Generator generator = new(5);
        for (int trial = 0; trial < 20; trial++)
        {
            double[] scores = [.. Enumerable.Range(0, 40).Select(_ => (double)generator.Integer(8))],
                targets = [.. Enumerable.Range(0, 40).Select(i => (double)(i % 3 == 0 ? 1 : 0))];
            IEnumerable<double> pairs =
                        from i in Enumerable.Range(0, 40) where targets[i] == 1 from j in Enumerable.Range(0, 40) where targets[j] == 0
                        select scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            Assert.Equal(pairs.Average(), RocCurve.Of(scores, targets).AreaUnderCurve, 1e-12);
        }
        Assert.Equal(0.5, RocCurve.Of([1, 1, 1], [0, 1, 0]).AreaUnderCurve);
        Assert.Equal(0, RocCurve.Of([3, 1], [0, 1]).AreaUnderCurve);
    }

    [Fact]
    public void RSquaredOfLargeTargetsKeepsItsDigits()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor y = Tensor.From([10_000_001.0, 10_000_002, 10_000_003, 10_000_004]);
        Assert.Equal(1, Metric.RSquared.Measure(y, y));
        Assert.Equal(0, Metric.RSquared.Measure(Tensor.Full(10_000_002.5, 4), y), 1e-12);
        Assert.Equal(1, Metric.RSquared.Measure(Tensor.Ones(3), Tensor.Ones(3)));
        Assert.Equal(0, Metric.RSquared.Measure(Tensor.Zeros(3), Tensor.Ones(3)));
    }

    [Fact]
    public void TrainerMeasuresOverTheWholeEvaluation()
    {
        Dataset data = Blobs(150);
        Trainer trainer = Quiet(Net(), metrics: [Metric.Accuracy, Metric.F1(), Metric.TopK(2)]);
        trainer.Fit(Batches(data), 1, data);
        Evaluation whole = trainer.Evaluate(data, 150), parts = trainer.Evaluate(data, 7);
        Assert.Equal(whole["macro F1"], parts["macro F1"], 1e-12);
        Assert.Equal(whole["macro F1"], ConfusionMatrix.Of(trainer.Predict(data.X), data.Y).F1(Average.Macro), 1e-12);
        Assert.Equal(whole["macro F1"], trainer.History.ValidationMetric("macro F1")[0], 1e-12);
        Assert.InRange(trainer.History.Metric("top-2 accuracy")[0], 0, 1);
    }

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "A metric of classes needs a label for each of 12 predictions [12, 4], [12], got [10].", () => Metric.F1().Measure(s_s, s_b) },
        { "A metric of classes needs a score for each class, [N, C], or one number a sample, [N], got [2, 3, 4].",
            () => Metric.F1().Measure(Tensor.Ones(2, 3, 4), Tensor.Ones(2)) },
        { "A label must be a whole number from 0 to 3, got 4.", () => Metric.F1().Measure(s_s, Tensor.Full(4, 12)) },
        { "A label must be a whole number from 0 to 3, got 0.5.", () => ConfusionMatrix.Of(s_s, Tensor.Full(0.5, 12)) },
        { "Average.Binary is for 2 classes, here are 4; use Average.Macro or Average.Micro.",
            () => Metric.F1(Average.Binary).Measure(s_s, s_y) },
        { "Top-5 accuracy needs scores for 5 classes or more, [N, C], got [12, 4].", () => Metric.TopK(5).Measure(s_s, s_y) },
        { "Top-k needs a k of 1 or more, got 0.", () => Metric.TopK(0) },
        { "An index must be a whole number from 0 to 3, got 9", () => Metric.TopK(2).Measure(s_s, Tensor.Full(9, 12)) },
        { "This confusion matrix has 2 classes, but the prediction [12, 4] has 4.", () => new ConfusionMatrix(2).Add(s_s, s_y) },
        { "A confusion matrix needs 2 classes or more, got 1.", () => _ = new ConfusionMatrix(1) },
        { "A confusion matrix of 4 classes needs as many names, got 1.", () => ConfusionMatrix.Of(s_s, s_y, ["cat"]) },
        { "A ROC curve is of two classes, a prediction [N], [N, 1] or [N, 2], got [12, 4]", () => Metric.AreaUnderRoc.Measure(s_s, s_y) },
        { "A ROC curve needs samples of both classes, got 0 of class 1 and 10 of class 0.",
            () => Metric.AreaUnderRoc.Measure(s_t, Tensor.Zeros(10)) },
        { "A ROC curve needs targets 0 and 1, got 2.", () => RocCurve.Of([1, 2], [0, 2]) },
        { "A ROC curve needs a target for each score, got 2 scores and 1 targets.", () => RocCurve.Of([1, 2], [0]) },
        { "A ROC curve needs scores that are numbers, got NaN.", () => RocCurve.Of([1, double.NaN], [0, 1]) },
        { "R² needs a prediction for each sample, [N] or [N, D], got a single number.",
            () => Metric.RSquared.Measure(Tensor.Scalar(1), Tensor.Scalar(1)) },
        { "A metric got predictions of shape [10] and targets of shape [12]; they must match.", () => Metric.RSquared.Measure(s_t, s_y) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(mistake).Message);

    [Fact]
    public void AClassThatDoesNotExistIsNamed()
    {
        ConfusionMatrix matrix = new(3);
        foreach (Action mistake in new Action[] { () => _ = matrix[3, 0], () => matrix.Precision(-1), () => matrix.Recall(3),
            () => matrix.F1(3), () => matrix.Support(3), () => matrix.Add(Tensor.Ones(1, 3), Tensor.From([-1])),
            () => matrix.Add(Tensor.Ones(1, 3), Tensor.From([0.5])), () => matrix.Add(Tensor.Ones(1, 3), Tensor.From([double.NaN])) })
            Assert.StartsWith("A label must be a whole number from 0 to 2, got ",
                Assert.Throws<ArgumentOutOfRangeException>(mistake).Message);
        Assert.StartsWith("Expected 0 or more numbers to put in order, got -1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Generator(1).Permutation(-1)).Message);
    }
}
