namespace DeepLearning.Tests.Losses;

public class LossTests
{
    [Fact]
    public void HalfSquaredErrorOfTheNotes()
    {
        // S3, the 2-2-2 network: E = 0.298371, and ∂E/∂o = o − t.
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor o = Tensor.From(new double[] { 0.751365, 0.772928 }).RequireGradient(), t = Tensor.From(new double[] { 0.01, 0.99 });
        Tensor loss = new HalfSquaredError().Forward(o, t);
        Assert.Equal(0.298371, loss.ToDouble(), 1e-6);
        Golden.Close([0.741365, -0.217072], Tensor.Gradients(loss, [o])[0].ToDoubles(), 1e-12);
    }

    [Fact]
    public void HalfSquaredErrorOfABatchIsTheMeanOfItsSamples()
    {
        Tensor images = Tensor.Ones(3, 2, 2);
        Assert.Equal(2, new HalfSquaredError().Forward(images, Tensor.Zeros(3, 2, 2)).Item());
        Assert.Equal([2f, 2, 2], new HalfSquaredError(Reduction.None).Forward(images, Tensor.Zeros(3, 2, 2)).ToArray());
    }

    [Fact]
    public void FromLogitsEqualsFromProbabilities()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor z = Tensor.Normal(new Generator(1), 0, 2, 8, 5), t = Tensor.Normal(new Generator(2), 0, 1, 8, 5).Softmax();
        Tensor labels = Tensor.From([0, 1, 2, 3, 4, 0, 1, 2]);
        Agree(new BinaryCrossEntropy(true).Forward(z, t), new BinaryCrossEntropy().Forward(z.Sigmoid(), t));
        Agree(new CategoricalCrossEntropy(true).Forward(z, t), new CategoricalCrossEntropy().Forward(z.Softmax(), t));
        Agree(new SparseCategoricalCrossEntropy(true).Forward(z, labels), new SparseCategoricalCrossEntropy().Forward(z.Softmax(), labels));
        Agree(new KlDivergence(true).Forward(z, t), new KlDivergence().Forward(z.Softmax(), t));
        Agree(new SparseCategoricalCrossEntropy(true).Forward(z, labels),
            new CategoricalCrossEntropy(true).Forward(z, Tensor.OneHot(labels, 5)));

        static void Agree(Tensor a, Tensor b) => Assert.Equal(a.ToDouble(), b.ToDouble(), 1e-12);
    }

    [Fact]
    public void CrossEntropyIsEntropyPlusDivergence()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor z = Tensor.Normal(new Generator(1), 0, 2, 8, 5), t = Tensor.Normal(new Generator(2), 0, 1, 8, 5).Softmax();
        double entropy = -(t * t.Log()).Sum(1).Mean().ToDouble();
        Assert.Equal(new CategoricalCrossEntropy(true).Forward(z, t).ToDouble(),
            entropy + new KlDivergence(true).Forward(z, t).ToDouble(), 1e-12);
        Assert.Equal(0, new KlDivergence().Forward(t, t).ToDouble());
    }

    [Fact]
    public void ExtremeLogitsAreExact()
    {
        Tensor z = Tensor.From(new double[] { 1000, -1000 }, 1, 2).RequireGradient();
        Check(new SparseCategoricalCrossEntropy(true), Tensor.From([0]), 0, [0, 0]);
        Check(new SparseCategoricalCrossEntropy(true), Tensor.From([1]), 2000, [1, -1]);
        Check(new CategoricalCrossEntropy(true), Tensor.From(new double[] { 0, 1 }, 1, 2), 2000, [1, -1]);
        Check(new BinaryCrossEntropy(true, Reduction.Sum), Tensor.From(new double[] { 1, 0 }, 1, 2), 0, [0, 0]);
        Check(new BinaryCrossEntropy(true, Reduction.Sum), Tensor.From(new double[] { 0, 1 }, 1, 2), 2000, [1, -1]);
        Check(new KlDivergence(true), Tensor.From(new double[] { 1, 0 }, 1, 2), 0, [0, 0]);

        void Check(Loss loss, Tensor target, double expected, double[] gradient)
        {
            Tensor value = loss.Forward(z, target);
            Assert.Equal(expected, value.ToDouble());
            Assert.Equal(gradient, Tensor.Gradients(value, [z])[0].ToDoubles());
        }
    }

    [Fact]
    public void SmallBinaryTermsKeepTheirDigits() =>
        Assert.Equal(Math.Exp(-20),
            new BinaryCrossEntropy(true).Forward(Tensor.From(new double[] { 20 }), Tensor.Ones(1)).ToDouble(), 1e-14);

    [Fact]
    public void ProbabilitiesOfZeroCostAsMuchAsOneInTenMillion()
    {
        double most = -Math.Log(1e-7);
        Tensor p = Tensor.From(new double[] { 0, 1 }, 1, 2).RequireGradient();
        foreach (Loss loss in (Loss[])[new BinaryCrossEntropy(), new CategoricalCrossEntropy(), new KlDivergence()])
        {
            Assert.Equal(0, loss.Forward(p, Tensor.From(new double[] { 0, 1 }, 1, 2)).ToDouble());
            Tensor wrong = loss.Forward(p, Tensor.From(new double[] { 1, 0 }, 1, 2));
            Assert.Equal(most, wrong.ToDouble(), 1e-5);
            Assert.All(Tensor.Gradients(wrong, [p])[0].ToArray(), g => Assert.True(float.IsFinite(g)));
        }
        Assert.Equal(most, new SparseCategoricalCrossEntropy().Forward(p, Tensor.From([0])).ToDouble(), 1e-5);
    }

    [Fact]
    public void NotANumberInAPredictionShowsInTheLoss()
    {
        Tensor bad = Tensor.From(new double[] { double.NaN, 0.5 }, 1, 2), t = Tensor.From(new double[] { 1, 0 }, 1, 2);
        foreach (Loss loss in (Loss[])[new MeanSquaredError(), new Huber(), new BinaryCrossEntropy(), new BinaryCrossEntropy(true),
            new CategoricalCrossEntropy(), new CategoricalCrossEntropy(true), new KlDivergence()])
            Assert.True(double.IsNaN(loss.Forward(bad, t).ToDouble()), loss.Name);
        Assert.True(double.IsNaN(new SparseCategoricalCrossEntropy(true).Forward(bad, Tensor.From([0])).ToDouble()));
    }

    [Fact]
    public void OneAgainstAllHinge()
    {
        Tensor scores = Tensor.From(new double[] { 2, 0.5, -3 }, 1, 3);
        Tensor target = 2 * Tensor.OneHot(Tensor.From([0]), 3) - 1;
        Assert.Equal([0f, 1.5f, 0], new Hinge(Reduction.None).Forward(scores, target).ToArray());
    }

    [Fact]
    public void NothingIsRememberedWithoutRecording()
    {
        Tensor y = Tensor.Ones(2).RequireGradient();
        using (Tensor.NoGradient()) Assert.Null(new MeanSquaredError().Forward(y, Tensor.Ones(2).RequireGradient()).Origin);
        Assert.Null(new MeanSquaredError().Forward(Tensor.Ones(2), Tensor.Ones(2)).Origin);
    }

    [Fact]
    public void TargetsWhoseSumsAreNotExactlyOneKeepTheValuesSlope()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor z = T(0.2, -0.4, 0.7).RequireGradient(), t = T(0.333, 0.333, 0.333);
        foreach (Loss loss in (Loss[])[new CategoricalCrossEntropy(true), new KlDivergence(true)])
            Assert.Equal(-0.020572, Tensor.Gradients(loss.Forward(z, t), [z])[0].ToDoubles()[0], 1e-6);
    }

    private static Tensor T(params double[] values) => Tensor.From(values, 1, values.Length);

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "MeanSquaredError needs a target of the prediction's shape [4, 1], got [4]; Reshape one of them.",
            () => new MeanSquaredError().Forward(Tensor.Ones(4, 1), Tensor.Ones(4)) },
        { "HalfSquaredError got an empty batch, [0, 3]; it needs at least one sample.",
            () => new HalfSquaredError().Forward(Tensor.Zeros(0, 3), Tensor.Zeros(0, 3)) },
        { "SparseCategoricalCrossEntropy got an empty batch, [0, 3]; it needs at least one sample.",
            () => new SparseCategoricalCrossEntropy(true).Forward(Tensor.Zeros(0, 3), Tensor.Zeros(0)) },
        { "Huber takes its target as constant, but this one [2] needs a gradient; pass target.Detach().",
            () => new Huber().Forward(Tensor.Ones(2), Tensor.Ones(2).RequireGradient()) },
        { "Huber's delta must be above 0, got 0.", () => _ = new Huber(0) },
        { "Huber's delta must be a finite number, got Infinity.", () => _ = new Huber(double.PositiveInfinity) },
        { "labelSmoothing must be from 0 to 1, got NaN.", () => _ = new CategoricalCrossEntropy(labelSmoothing: double.NaN) },
        { "labelSmoothing must be from 0 to 1, got 1.5.", () => _ = new SparseCategoricalCrossEntropy(labelSmoothing: 1.5) },
        { "CategoricalCrossEntropy has weights for 2 classes, but the prediction [1, 3] has 3.",
            () => new CategoricalCrossEntropy(true, classWeights: [1, 2]).Forward(T(1, 2, 3), T(0, 1, 0)) },
        { "CategoricalCrossEntropy needs class weights of 0 or more, finite ones, got Infinity.",
            () => _ = new CategoricalCrossEntropy(classWeights: [1, double.PositiveInfinity]) },
        { "SparseCategoricalCrossEntropy needs an ignoreLabel from -16777216 to 16777216, which float32 holds exactly, got 16777217.",
            () => _ = new SparseCategoricalCrossEntropy(ignoreLabel: 16777217) },
        { "SparseCategoricalCrossEntropy needs a label for each row of [2, 3, 4, 5], a target [2, 3, 4], got [2, 4, 5]; " +
            "for classes along axis 1 say axis: 1.",
            () => new SparseCategoricalCrossEntropy(true).Forward(Tensor.Ones(2, 3, 4, 5), Tensor.Zeros(2, 4, 5)) },
        { "KlDivergence was told that the classes are along axis 2, but the prediction [1, 2] has 2 axes.",
            () => new KlDivergence(axis: 2).Forward(T(0.5, 0.5), T(0.5, 0.5)) },
        { "CategoricalCrossEntropy needs targets whose sum over the classes is 1, got sums 2 … 2; for several labels a sample use " +
            "BinaryCrossEntropy, and for classes along axis 1 say axis: 1.",
            () => new CategoricalCrossEntropy(true).Forward(Tensor.Ones(2, 2, 4), Tensor.Full(0.5, 2, 2, 4)) },
        { "target is null where a tensor is needed; pass one, such as Tensor.From([1.0, 2]).",
            () => new MeanSquaredError().Forward(T(1), null!) },
        { "prediction is null where a tensor is needed; pass one, such as Tensor.From([1.0, 2]).",
            () => new SparseCategoricalCrossEntropy().Forward(null!, T(1)) },
        { "labels is null where a tensor is needed; pass one, such as Tensor.From([1.0, 2]).",
            () => new Contrastive().Forward(T(1), T(1), null!) },
        { "b is null where a tensor is needed; pass one, such as Tensor.From([1.0, 2]).",
            () => new CosineEmbedding().Forward(T(1), null!, T(1)) },
        { "BinaryCrossEntropy's positiveWeight must be 0 or more, got -1.", () => _ = new BinaryCrossEntropy(positiveWeight: -1) },
        { "BinaryCrossEntropy needs targets from 0 to 1, got 0 … 2.", () => new BinaryCrossEntropy(true).Forward(T(1, 1), T(0, 2)) },
        { "BinaryCrossEntropy needs targets from 0 to 1, got NaN … NaN.",
            () => new BinaryCrossEntropy(true).Forward(T(1, 1), T(0, double.NaN)) },
        { "BinaryCrossEntropy needs probabilities from 0 to 1, got -1.5 … 0.5; if these are logits, say fromLogits: true.",
            () => new BinaryCrossEntropy().Forward(T(-1.5, 0.5), T(0, 1)) },
        { "CategoricalCrossEntropy needs a target of the prediction's shape [2, 3], a number for each class, got [2]; " +
            "for labels use SparseCategoricalCrossEntropy.",
            () => new CategoricalCrossEntropy(true).Forward(Tensor.Ones(2, 3), Tensor.Ones(2)) },
        { "CategoricalCrossEntropy needs targets whose sum over the classes is 1, got sums 2 … 2; for several labels a sample use " +
            "BinaryCrossEntropy.",
            () => new CategoricalCrossEntropy(true).Forward(T(1, 2, 3), T(1, 0, 1)) },
        { "CategoricalCrossEntropy needs targets from 0 to 1, got -1 … 2.",
            () => new CategoricalCrossEntropy(true).Forward(T(1, 2), T(-1, 2)) },
        { "CategoricalCrossEntropy needs probabilities from 0 to 1, got 0.5 … 3; if these are logits, say fromLogits: true.",
            () => new CategoricalCrossEntropy().Forward(T(0.5, 3), T(0, 1)) },
        { "CategoricalCrossEntropy needs a prediction for each class, [N, C], got a single number.",
            () => new CategoricalCrossEntropy().Forward(Tensor.Scalar(1), Tensor.Scalar(1)) },
        { "SparseCategoricalCrossEntropy needs a label for each row of [2, 3], a target [2], got [2, 3]; for one-hot targets use " +
            "CategoricalCrossEntropy.",
            () => new SparseCategoricalCrossEntropy(true).Forward(Tensor.Ones(2, 3), Tensor.Ones(2, 3)) },
        { "SparseCategoricalCrossEntropy needs a label for each row of [2, 3], a target [2], got [2, 1].",
            () => new SparseCategoricalCrossEntropy(true).Forward(Tensor.Ones(2, 3), Tensor.Ones(2, 1)) },
        { "An index must be a whole number from 0 to 2, got 3; check the labels or tokens against the number of classes.",
            () => new SparseCategoricalCrossEntropy(true).Forward(Tensor.Ones(2, 3), Tensor.From([0, 3])) },
        { "An index must be a whole number from 0 to 2, got 0.5; check the labels or tokens against the number of classes.",
            () => new SparseCategoricalCrossEntropy(true).Forward(Tensor.Ones(2, 3), Tensor.From(new double[] { 0, 0.5 })) },
        { "Label 1 must be a whole number from 0 to 2, got 3.",
            () => new SparseCategoricalCrossEntropy().Forward(Tensor.Full(0.3, 2, 3), Tensor.From([0, 3])) },
        { "Label 1 must be a whole number from 0 to 2, got -0.5.",
            () => new SparseCategoricalCrossEntropy().Forward(Tensor.Full(0.3, 2, 3), Tensor.From(new double[] { 0, -0.5 })) },
        { "SparseCategoricalCrossEntropy needs probabilities from 0 to 1, got 1 … 5; if these are logits, say fromLogits: true.",
            () => new SparseCategoricalCrossEntropy().Forward(T(5, 1, 2), Tensor.From([0])) },
        { "KlDivergence needs targets whose sum over the classes is 1, got sums 0.5 … 0.5",
            () => new KlDivergence().Forward(T(0.5, 0.5), T(0.25, 0.25)) },
        { "KlDivergence needs a prediction for each class", () => new KlDivergence().Forward(Tensor.Scalar(1), Tensor.Scalar(1)) },
        { "Hinge needs targets −1 and +1, got 0 … 1; labels 0 and 1 become those by 2 * y - 1.",
            () => new Hinge().Forward(T(0.5, 2), T(0, 1)) },
        { "Hinge needs targets −1 and +1, got NaN … NaN", () => new Hinge().Forward(T(0.5, 2), T(double.NaN, 1)) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(mistake).Message);
}
