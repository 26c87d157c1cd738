namespace DeepLearning.Tests.Losses;

public class ClassLossTests
{
    private static Tensor Logits() => Tensor.Normal(new Generator(1), 0, 2, 6, 4);

    private static Tensor Labels() => Tensor.From([0, 3, 1, 2, 2, 0]);

    [Fact]
    public void FocalWithoutGammaIsCrossEntropy()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        double[] weights = [1, 0.5, 2, 3];
        Assert.Equal(new SparseCategoricalCrossEntropy(true).Forward(Logits(), Labels()).ToDouble(),
            new Focal(0).Forward(Logits(), Labels()).ToDouble(), 1e-12);
        Assert.Equal(new SparseCategoricalCrossEntropy(true, classWeights: weights).Forward(Logits(), Labels()).ToDouble(),
            new Focal(0, weights).Forward(Logits(), Labels()).ToDouble(), 1e-12);
        Tensor yes = Logits() > 0.5;
        Assert.Equal(new BinaryCrossEntropy(true).Forward(Logits(), yes).ToDouble(),
            new BinaryFocal(0).Forward(Logits(), yes).ToDouble(), 1e-12);
    }

    [Fact]
    public void NegativeLogLikelihoodOfLogSoftmaxIsCrossEntropy()
    {
        Tensor z = Logits().RequireGradient();
        Tensor one = new NegativeLogLikelihood().Forward(z.LogSoftmax(), Labels()),
            other = new SparseCategoricalCrossEntropy(true).Forward(z, Labels());
        Assert.Equal(other.ToDouble(), one.ToDouble(), 1e-6);
        Golden.Close(Tensor.Gradients(other, [z])[0].ToDoubles(), Tensor.Gradients(one, [z])[0].ToDoubles(), 1e-6);
    }

    [Fact]
    public void EqualWeightsChangeNothing()
    {
        foreach (Reduction reduction in (Reduction[])[Reduction.Mean, Reduction.Sum])
        {
            double plain = new SparseCategoricalCrossEntropy(true, reduction).Forward(Logits(), Labels()).ToDouble();
            double scaled = new SparseCategoricalCrossEntropy(true, reduction, [2, 2, 2, 2]).Forward(Logits(), Labels()).ToDouble();
            Assert.Equal(reduction == Reduction.Mean ? plain : 2 * plain, scaled, 1e-5);
        }
    }

    [Fact]
    public void PaddingIsAsIfItWereNotThere()
    {
        Tensor whole = Logits(), some = whole.Slice(0, 0, 4);
        double without = new SparseCategoricalCrossEntropy(true).Forward(some, Tensor.From([0, 3, 1, 2])).ToDouble();
        double padded = new SparseCategoricalCrossEntropy(true, ignoreLabel: -1)
            .Forward(whole, Tensor.From([0, 3, 1, 2, -1, -1])).ToDouble();
        Assert.Equal(without, padded, 1e-6);
    }

    [Fact]
    public void ExtremeLogitsAreExact()
    {
        Tensor z = Tensor.From([1000.0, -1000], 1, 2).RequireGradient();
        Check(new Focal(2), Tensor.From([0]), 0, [0, 0]);
        Check(new Focal(2), Tensor.From([1]), 2000, [1, -1]);
        Check(new Focal(0.5), Tensor.From([0]), 0, [0, 0]);
        Check(new BinaryFocal(2, null, Reduction.Sum), Tensor.From([1, 0], 1, 2), 0, [0, 0]);
        Check(new BinaryFocal(0.5, null, Reduction.Sum), Tensor.From([0, 1], 1, 2), 2000, [1, -1]);

        void Check(Loss loss, Tensor target, double expected, double[] gradient)
        {
            Tensor value = loss.Forward(z, target);
            Assert.Equal(expected, value.ToDouble(), 1e-9);
            Golden.Close(gradient, Tensor.Gradients(value, [z])[0].ToDoubles(), 1e-9);
        }
    }

    [Fact]
    public void EasySamplesCountLessTheLargerGammaIs()
    {
        Tensor easy = Tensor.From([4.0, 0, 0], 1, 3), label = Tensor.From([0]);
        double[] losses = [.. new double[] { 0, 1, 2, 5 }.Select(gamma => new Focal(gamma).Forward(easy, label).ToDouble())];
        Assert.Equal(losses.OrderDescending(), losses);
        Assert.True(losses[3] < 1e-6 * losses[0]);
    }

    [Fact]
    public void ImpossibleClassesThatAreNotTrueCountNothing() =>
        Assert.Equal(0, new NegativeLogLikelihood().Forward(Tensor.From([0, double.NegativeInfinity], 1, 2), Tensor.From([0])).ToDouble());

    [Fact]
    public void ExplainTakesClassLosses()
    {
        Sequential model = new(new Dense(2, 2, new Generator(1)));
        Explanation e = Explain.Of(model, Tensor.From([1.0, 2], 1, 2), Tensor.From([1]), new Focal());
        Assert.Contains("E = −(1 − p_o2)²·ln(p_o2) = −(1 − ", e.ToString());
        Assert.NotEmpty(Explain.Of(model, Tensor.From([1.0, 2], 1, 2), Tensor.From([1.0, 0], 1, 2),
            new BinaryCrossEntropy(true, positiveWeight: 3)).Parameters);
        Assert.NotEmpty(Explain.Of(model, Tensor.From([1.0, 2], 1, 2), Tensor.From([1]),
            new SparseCategoricalCrossEntropy(true, classWeights: [1, 3])).Parameters);
    }

    [Fact]
    public void NotANumberInAPredictionShowsInTheLoss()
    {
        Tensor bad = Tensor.From([double.NaN, 0.5], 1, 2), label = Tensor.From([0]), rows = Tensor.From([1.0, 0], 1, 2);
        Assert.All((Loss[])[new Focal(), new NegativeLogLikelihood(), new SparseCategoricalCrossEntropy(true, classWeights: [1, 2])],
            loss => Assert.True(double.IsNaN(loss.Forward(bad, label).ToDouble()), loss.Name));
        Assert.All((Loss[])[new BinaryFocal(), new CosineDistance()],
            loss => Assert.True(double.IsNaN(loss.Forward(bad, rows).ToDouble()), loss.Name));
        Assert.True(double.IsNaN(new GaussianNegativeLogLikelihood().Forward(bad, Tensor.From([1.0], 1, 1)).ToDouble()));
    }
}
