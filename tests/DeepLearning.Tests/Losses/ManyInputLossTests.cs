namespace DeepLearning.Tests.Losses;

public class ManyInputLossTests
{
    private static readonly AdversarialLoss[] s_games =
        [new MinimaxLoss(), new NonSaturatingLoss(), new LeastSquaresLoss(), new HingeAdversarialLoss(), new WassersteinLoss()];

    [Fact]
    public void ADiscriminatorWhoKnowsNothingCostsTwoLn2()
    {
        Tensor none = Tensor.Zeros(4, 1);
        Assert.Equal(2 * Math.Log(2), new MinimaxLoss().Discriminator(none, none).ToDouble(), 1e-6);
        Assert.Equal(Math.Log(2), new NonSaturatingLoss().Generator(none).ToDouble(), 1e-6);
    }

    [Fact]
    public void WhereTheDiscriminatorIsSureOnlyMinimaxSaturates()
    {
        Tensor sure = Tensor.From([-30.0], 1, 1).RequireGradient();
        Assert.Equal(0, Slope(new MinimaxLoss()), 1e-12);
        Assert.Equal(-1, Slope(new NonSaturatingLoss()), 1e-6);

        double Slope(AdversarialLoss loss) => Tensor.Gradients(loss.Generator(sure), [sure])[0].ToDouble();
    }

    [Fact]
    public void ExtremeScoresStayFinite()
    {
        Tensor scores = Tensor.From([1000.0, -1000], 2, 1).RequireGradient();
        foreach (AdversarialLoss loss in s_games)
        {
            Tensor both = loss.Discriminator(scores, scores) + loss.Generator(scores);
            Assert.True(double.IsFinite(both.ToDouble()), loss.Name);
            Assert.All(Tensor.Gradients(both, [scores])[0].ToArray(), g => Assert.True(float.IsFinite(g), loss.Name));
        }
    }

    [Fact]
    public void RealAndFakeBatchesMayDifferInSize() =>
        Assert.All(s_games, loss => Assert.True(double.IsFinite(loss.Discriminator(Tensor.Ones(3, 1), Tensor.Ones(5, 1)).ToDouble())));

    [Fact]
    public void TheStandardNormalIsAtNoDistanceFromItself()
    {
        Tensor mean = Tensor.Zeros(3, 4).RequireGradient(), logVariance = Tensor.Zeros(3, 4).RequireGradient();
        Tensor divergence = GaussianDivergence.FromStandardNormal(mean, logVariance);
        Assert.Equal(new float[3], divergence.ToArray());
        Assert.All(Tensor.Gradients(divergence.Sum(), [mean, logVariance]), g => Assert.Equal(new float[12], g.ToArray()));
    }

    [Fact]
    public void DivergenceIsTheExpectedDifferenceOfLogDensities()
    {
        // KL = E_q (ln q(z) − ln p(z)), by drawing z from q.
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor mean = Tensor.Full(0.8, 200_000, 1), s = Tensor.Full(-0.6, 200_000, 1);
        Tensor z = GaussianDivergence.Sample(mean, s, new Generator(1));
        double drawn = (0.5 * (z.Square() - s - (z - mean).Square() / s.Exp())).Mean().ToDouble();
        Assert.Equal(GaussianDivergence.FromStandardNormal(mean, s).Mean().ToDouble(), drawn, 0.01);
    }

    [Fact]
    public void SamplesLetGradientsThrough()
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor mean = Golden.A().RequireGradient(), s = Golden.B().RequireGradient();
        GradientCheck check = GradientCheck.Run(() => GaussianDivergence.Sample(mean, s, new Generator(4)).Square().Sum(), [mean, s]);
        Assert.True(check.Passed, check.ToString());
    }

    [Fact]
    public void VariationalTotalIsItsParts()
    {
        VariationalLoss objective = new(new HalfSquaredError(Reduction.Sum), beta: 3);
        (Tensor total, Tensor error, Tensor divergence) = objective.Forward(Golden.A(), Golden.B(), Golden.Q(), Golden.D());
        Assert.Equal(total.ToDouble(), error.ToDouble() + 3 * divergence.ToDouble(), 1e-5);
        objective.Beta = 0;
        Assert.Equal(error.ToDouble(), objective.Forward(Golden.A(), Golden.B(), Golden.Q(), Golden.D()).Total.ToDouble(), 1e-6);
        Assert.Equal("VariationalLoss(HalfSquaredError, β 0)", objective.ToString());
    }

    [Fact]
    public void EqualEmbeddingsHaveSlopes()
    {
        Tensor a = Tensor.Ones(2, 3).RequireGradient(), b = Tensor.Ones(2, 3).RequireGradient(),
            zero = Tensor.Zeros(2, 3).RequireGradient();
        Tensor[] losses =
        [
            new TripletMargin().Forward(a, b, b), new Contrastive().Forward(a, b, Tensor.From([1, 0])),
            new CosineEmbedding().Forward(a, zero, Tensor.From([1, -1])), new CosineDistance().Forward(a, Tensor.Zeros(2, 3)),
        ];
        Assert.All(losses,
            loss => Assert.All(Tensor.Gradients(loss, [a, b, zero]).SelectMany(g => g.ToArray()), g => Assert.True(float.IsFinite(g))));
        Assert.Equal(1, losses[0].ToDouble(), 1e-5);
        Assert.Equal(1, losses[3].ToDouble(), 1e-5);
    }

    [Fact]
    public void CosineDistanceIgnoresLengths()
    {
        Tensor a = Golden.A(), b = Golden.B();
        Assert.Equal(new CosineDistance().Forward(a, b).ToDouble(), new CosineDistance().Forward(7 * a, 0.1 * b).ToDouble(), 1e-6);
        Assert.Equal([0f, 2],
            new CosineDistance(Reduction.None).Forward(Tensor.From([3.0, 0, 0, 5], 2, 2), Tensor.From([1.0, 0, 0, -2], 2, 2)).ToArray());
    }

    [Fact]
    public void ATinyVarianceIsLiftedAndCanGrow()
    {
        Tensor mean = Tensor.Zeros(1, 1), variance = Tensor.From([1e-9], 1, 1).RequireGradient();
        Tensor loss = new GaussianNegativeLogLikelihood().Forward(mean, variance, Tensor.Ones(1, 1));
        Assert.Equal(0.5 * (Math.Log(1e-6) + 1e6), loss.ToDouble(), 1);
        Assert.True(Tensor.Gradients(loss, [variance])[0].ToDouble() < 0);
    }

    private static Tensor Pairs(int n = 2) => Tensor.Ones(n, 3);

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "CosineEmbedding needs a margin from -1 to 1, got 2.", () => _ = new CosineEmbedding(2) },
        { "CosineEmbedding needs a and b of one shape, got [2, 3] and [3, 3].",
            () => new CosineEmbedding().Forward(Pairs(), Pairs(3), Tensor.From([1, 1])) },
        { "CosineEmbedding needs a label for each of 2 pairs, [2], got [3].",
            () => new CosineEmbedding().Forward(Pairs(), Pairs(), Tensor.From([1, 1, 1])) },
        { "CosineEmbedding needs labels 1 (similar) and -1 (different), got 0 … 1; labels 0 and 1 become those by 2 * y - 1.",
            () => new CosineEmbedding().Forward(Pairs(), Pairs(), Tensor.From([0, 1])) },
        { "CosineEmbedding got an empty batch, [0, 3]; it needs at least one sample.",
            () => new CosineEmbedding().Forward(Tensor.Zeros(0, 3), Tensor.Zeros(0, 3), Tensor.Zeros(0)) },
        { "CosineEmbedding got a on cpu and b on reference; move one of them with To(…).",
            () => new CosineEmbedding().Forward(Pairs(), Pairs().To(Device.Reference), Tensor.From([1, 1])) },
        { "CosineDistance needs vectors along the last axis, [N, D], got a single number.",
            () => new CosineDistance().Forward(Tensor.Scalar(1), Tensor.Scalar(1)) },
        { "TripletMargin's margin must be above 0, got 0.", () => _ = new TripletMargin(0) },
        { "TripletMargin needs a finite norm of 1 or more, got 0.5.", () => _ = new TripletMargin(1, 0.5) },
        { "TripletMargin needs anchor and negative of one shape, got [2, 3] and [2, 4].",
            () => new TripletMargin().Forward(Pairs(), Pairs(), Tensor.Ones(2, 4)) },
        { "TripletMargin needs a row for each sample, [N, D], got [3].",
            () => new TripletMargin().Forward(Tensor.Ones(3), Tensor.Ones(3), Tensor.Ones(3)) },
        { "Contrastive's margin must be above 0, got -1.", () => _ = new Contrastive(-1) },
        { "Contrastive needs labels 1 (similar) and 0 (different), got -1 … 1.",
            () => new Contrastive().Forward(Pairs(), Pairs(), Tensor.From([-1, 1])) },
        { "Contrastive needs a and b of one shape", () => new Contrastive().Forward(Pairs(), Tensor.Ones(3), Tensor.From([-1, 1])) },
        { "GaussianDivergence needs mean and logVariance of one shape, got [2, 3] and [3, 3].",
            () => GaussianDivergence.FromStandardNormal(Pairs(), Pairs(3)) },
        { "GaussianDivergence needs a row for each sample, [N, …], got a single number.",
            () => GaussianDivergence.Sample(Tensor.Scalar(1), Tensor.Scalar(1), new Generator(1)) },
        { "VariationalLoss adds up a sample's terms, since the divergence is a sum too; give MeanSquaredError Reduction.Sum.",
            () => _ = new VariationalLoss(new MeanSquaredError()) },
        { "beta must be 0 or more, got -1.", () => _ = new VariationalLoss(new MeanSquaredError(Reduction.Sum), -1) },
        { "VariationalLoss needs as many samples as codes, got targets [3, 3] and means [2, 3].",
            () => new VariationalLoss(new MeanSquaredError(Reduction.Sum)).Forward(Pairs(3), Pairs(3), Pairs(), Pairs()) },
        { "GaussianNegativeLogLikelihood needs a mean and a logarithm of the variance for each number of the target, a prediction [N, …, " +
            "2D] for [N, …, D], got [2, 3] for [2, 3].",
            () => new GaussianNegativeLogLikelihood().Forward(Pairs(), Pairs()) },
        { "GaussianNegativeLogLikelihood needs variances of 0 or more, got -1; predict their logarithm, or use Softplus.",
            () => new GaussianNegativeLogLikelihood().Forward(Pairs(), -Pairs(), Pairs()) },
        { "GaussianNegativeLogLikelihood needs mean and variance of one shape",
            () => new GaussianNegativeLogLikelihood().Forward(Pairs(), Pairs(3), Pairs()) },
        { "HingeAdversarialLoss got no fake scores, [0, 1]; it needs at least one.",
            () => new HingeAdversarialLoss().Generator(Tensor.Zeros(0, 1)) },
        { "WassersteinLoss got no real scores, [0]; it needs at least one.",
            () => new WassersteinLoss().Discriminator(Tensor.Zeros(0), Tensor.Ones(1)) },
        { "Focal's gamma must be 0 or more, got -1.", () => _ = new Focal(-1) },
        { "Focal needs class weights of 0 or more, got -2.", () => _ = new Focal(2, [1, -2]) },
        { "Focal needs class weights of 0 or more, got NaN.", () => _ = new Focal(2, [1, double.NaN]) },
        { "Focal has weights for 2 classes, but the prediction [2, 3] has 3.",
            () => new Focal(2, [1, 2]).Forward(Pairs(), Tensor.From([0, 1])) },
        { "Focal needs a label for each row of [2, 3], a target [2], got [2, 3]; for one-hot targets use CategoricalCrossEntropy.",
            () => new Focal().Forward(Pairs(), Pairs()) },
        { "Label 1 must be a whole number from 0 to 2, got 3.", () => new Focal().Forward(Pairs(), Tensor.From([0, 3])) },
        { "An index must be a whole number from 0 to 2, got 3", () => new Focal(2, [1, 1, 1]).Forward(Pairs(), Tensor.From([0, 3])) },
        { "Label 0 must be a whole number from 0 to 2, got -1.",
            () => new NegativeLogLikelihood().Forward(-Pairs(), Tensor.From([-1, 0])) },
        { "NegativeLogLikelihood needs logarithms of probabilities, 0 or less, got up to 1; apply LogSoftmax, " +
            "or use SparseCategoricalCrossEntropy for logits.",
            () => new NegativeLogLikelihood().Forward(Pairs(), Tensor.From([1, 0])) },
        { "NegativeLogLikelihood got only labels that count nothing, ignored ones or of weight 0, so there is no mean; " +
            "leave such a batch out.",
            () => new NegativeLogLikelihood(ignoreLabel: 1).Forward(-Pairs(), Tensor.From([1, 1])) },
        { "BinaryFocal's gamma must be a finite number, got NaN.", () => _ = new BinaryFocal(double.NaN) },
        { "BinaryFocal needs an alpha from 0 to 1, got 1.5.", () => _ = new BinaryFocal(2, 1.5) },
        { "BinaryFocal needs targets 0 and 1, got 0 … 0.5.", () => new BinaryFocal().Forward(Tensor.Ones(2), Tensor.From([0, 0.5])) },
        { "BinaryFocal needs a target of the prediction's shape [2], got [3]; Reshape one of them.",
            () => new BinaryFocal().Forward(Tensor.Ones(2), Tensor.Ones(3)) },
    };

    [Theory, MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void MistakesAreNamed(string message, Action mistake) =>
        Assert.StartsWith(message, Assert.ThrowsAny<Exception>(mistake).Message);
}
