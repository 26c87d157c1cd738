namespace DeepLearning.Tests.Losses;

/// <summary>Every loss's derivative, and the derivative of that, against central differences in double precision.</summary>
public class LossGradientTests
{
    private static readonly Dictionary<string, (Func<Reduction, Loss> Make, Func<Tensor> Prediction, Func<Tensor> Target)> s_cases = new()
    {
        ["MeanSquaredError"] = (r => new MeanSquaredError(r), Numbers, Others),
        ["HalfSquaredError"] = (r => new HalfSquaredError(r), Numbers, Others),
        ["HalfSquaredError of one sample"] = (r => new HalfSquaredError(r), () => Numbers().Reshape(12).Detach(),
            () => Others().Reshape(12)),
        ["MeanAbsoluteError"] = (r => new MeanAbsoluteError(r), Numbers, Others),
        ["Huber"] = (r => new Huber(0.8, r), Numbers, Others),
        ["BinaryCrossEntropy"] = (r => new BinaryCrossEntropy(false, r), Probabilities, () => Others().Sigmoid()),
        ["BinaryCrossEntropy from logits"] = (r => new BinaryCrossEntropy(true, r), Numbers, () => Others().Sigmoid()),
        ["BinaryCrossEntropy, yes weighs 3"] = (r => new BinaryCrossEntropy(false, r, 3), Probabilities, () => Others().Sigmoid()),
        ["BinaryCrossEntropy from logits, yes weighs 3"] = (r => new BinaryCrossEntropy(true, r, 3), Numbers, () => Others().Sigmoid()),
        ["CategoricalCrossEntropy"] = (r => new CategoricalCrossEntropy(false, r), Probabilities, Distributions),
        ["CategoricalCrossEntropy from logits"] = (r => new CategoricalCrossEntropy(true, r), Numbers, Distributions),
        ["SparseCategoricalCrossEntropy"] = (r => new SparseCategoricalCrossEntropy(false, r), Probabilities, Labels),
        ["SparseCategoricalCrossEntropy from logits"] = (r => new SparseCategoricalCrossEntropy(true, r), Numbers, Labels),
        ["SparseCategoricalCrossEntropy of a sequence"] = (r => new SparseCategoricalCrossEntropy(true, r),
            () => Numbers().Reshape(2, 3, 2).Detach(), () => Tensor.From([1, 0, 1, 0, 0, 1], 2, 3)),
        ["SparseCategoricalCrossEntropy of one sample"] = (r => new SparseCategoricalCrossEntropy(true, r),
            () => Numbers().Reshape(12).Detach(), () => Tensor.Scalar(7)),
        ["SparseCategoricalCrossEntropy weighted"] = (r => new SparseCategoricalCrossEntropy(true, r, [0.5, 2, 1.5, 1]), Numbers, Labels),
        ["SparseCategoricalCrossEntropy of a sequence with padding"] = (r => new SparseCategoricalCrossEntropy(true, r, [0.5, 2], -1),
            () => Numbers().Reshape(2, 3, 2).Detach(), () => Tensor.From([1, 0, -1, 0, -1, 1], 2, 3)),
        ["SparseCategoricalCrossEntropy smoothed, weighted, with padding"] =
            (r => new SparseCategoricalCrossEntropy(true, r, [0.5, 2, 1.5, 1], 0, 0.2),
                Numbers, () => Tensor.From([3, 0, 2])),
        ["SparseCategoricalCrossEntropy from probabilities, smoothed"] =
            (r => new SparseCategoricalCrossEntropy(false, r, labelSmoothing: 0.2),
                Probabilities, Labels),
        ["CategoricalCrossEntropy smoothed and weighted"] = (r => new CategoricalCrossEntropy(false, r, [0.5, 2, 1.5, 1], 0.2),
            Probabilities, Distributions),
        ["CategoricalCrossEntropy from logits, smoothed and weighted"] = (r => new CategoricalCrossEntropy(true, r, [0.5, 2, 1.5, 1], 0.2),
            Numbers, Distributions),
        ["CategoricalCrossEntropy of sums that are not 1"] = (r => new CategoricalCrossEntropy(true, r), Numbers,
            () => 0.9992 * Distributions()),
        ["KlDivergence of sums that are not 1"] = (r => new KlDivergence(true, r), Numbers, () => 0.9992 * Distributions()),
        ["NegativeLogLikelihood"] = (r => new NegativeLogLikelihood(r), () => Probabilities().Log(), Labels),
        ["NegativeLogLikelihood weighted"] = (r => new NegativeLogLikelihood(r, [0.5, 2, 1.5, 1], 0), () => Probabilities().Log(), Labels),
        ["Focal"] = (r => new Focal(2, null, r), Numbers, Labels),
        ["Focal, gamma 0.5, weighted"] = (r => new Focal(0.5, [0.5, 2, 1.5, 1], r), Numbers, Labels),
        ["Focal of a sequence"] = (r => new Focal(1, null, r), () => Numbers().Reshape(2, 3, 2).Detach(),
            () => Tensor.From([1, 0, 1, 0, 0, 1], 2, 3)),
        ["BinaryFocal"] = (r => new BinaryFocal(2, null, r), Numbers, () => Others() > 0),
        ["BinaryFocal, gamma 0.5, alpha"] = (r => new BinaryFocal(0.5, 0.25, r), Numbers, () => Others() > 0),
        ["GaussianNegativeLogLikelihood"] = (r => new GaussianNegativeLogLikelihood(true, r), Numbers, () => Others().Slice(1, 0, 2)),
        ["CosineDistance"] = (r => new CosineDistance(r), Numbers, Others),
        ["CosineDistance of a sequence"] = (r => new CosineDistance(r), () => Numbers().Reshape(2, 3, 2).Detach(),
            () => Others().Reshape(2, 3, 2)),
        ["KlDivergence"] = (r => new KlDivergence(false, r), Probabilities, Distributions),
        ["KlDivergence from logits"] = (r => new KlDivergence(true, r), Numbers, Distributions),
        ["Hinge"] = (r => new Hinge(r), Numbers, () => Others().Sign()),
    };

    public static TheoryData<string, Reduction> Cases
    {
        get
        {
            TheoryData<string, Reduction> data = [];
            foreach (string name in s_cases.Keys)
            foreach (Reduction reduction in Enum.GetValues<Reduction>()) data.Add(name, reduction);
            return data;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void FirstDerivative(string name, Reduction reduction)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        (Tensor prediction, Func<Tensor> loss) = Setup(name, reduction);
        GradientCheck check = GradientCheck.Run(loss, [prediction]);
        Assert.True(check.Passed, check.ToString());
    }

    [Theory, MemberData(nameof(Cases))]
    public void SecondDerivative(string name, Reduction reduction)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        (Tensor prediction, Func<Tensor> loss) = Setup(name, reduction);
        Tensor u = Tensor.Normal(new Generator(7), 0, 1, prediction.Shape.Dims);
        GradientCheck check = GradientCheck.Run(() =>
        {
            bool outer = Tensor.IsRecording;
            using IDisposable _ = Tensor.Recording(on: true);
            return (Tensor.Gradients(loss(), [prediction], keepGraph: outer)[0] * u).Sum();
        }, [prediction], tolerance: 1e-5);
        Assert.True(check.Passed, check.ToString());
    }

    [Theory, MemberData(nameof(Cases))]
    public void IsOneStepInTheGraph(string name, Reduction reduction)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        (Func<Reduction, Loss> make, Func<Tensor> prediction, Func<Tensor> target) = s_cases[name];
        Tensor y = prediction().RequireGradient(), t = target();
        Loss loss = make(reduction);
        Operation step = loss.Forward(y, t).Origin!;
        Assert.Equal(loss.GetType().Name, step.Name);
        Assert.Same(loss, Assert.IsType<Operation<Loss>>(step).State);
        Assert.Equal([y, t], step.Inputs);
    }

    [Theory]
    [InlineData(Reduction.Mean), InlineData(Reduction.Sum), InlineData(Reduction.None)]
    public void ClassesAlongAxis1(Reduction reduction)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        Tensor x = Tensor.Normal(new Generator(5), 0, 1, 2, 3, 2, 2).RequireGradient(),
            labels = Tensor.From([0, 1, 2, 1, 2, 2, -1, 0], 2, 2, 2);
        Tensor soft = Tensor.Normal(new Generator(6), 0, 1, 2, 2, 2, 3).Softmax().Permute(0, 3, 1, 2);
        (Loss, Tensor)[] cases =
        [
            (new SparseCategoricalCrossEntropy(true, reduction, [1, 2, 0.5], -1, 0.1, 1), labels),
            (new CategoricalCrossEntropy(true, reduction, [1, 2, 0.5], 0.1, 1), soft),
            (new KlDivergence(true, reduction, 1), soft),
            (new Focal(2, [1, 2, 0.5], reduction, -1, 1), labels),
        ];
        foreach ((Loss loss, Tensor target) in cases)
        {
            GradientCheck first = GradientCheck.Run(() => loss.Forward(x, target).Square().Sum(), [x]);
            Assert.True(first.Passed, $"{loss.Name}: {first}");
            GradientCheck second = GradientCheck.Run(() =>
            {
                using IDisposable _ = Tensor.Recording(on: true);
                return Tensor.Gradients(loss.Forward(x, target).Square().Sum(), [x], keepGraph: true)[0].Square().Sum();
            }, [x], tolerance: 1e-5);
            Assert.True(second.Passed, $"{loss.Name}: {second}");
        }
    }

    // The loss is squared, so that a gradient that forgot what came from above would show.
    private static (Tensor Prediction, Func<Tensor> Loss) Setup(string name, Reduction reduction)
    {
        (Func<Reduction, Loss> make, Func<Tensor> prediction, Func<Tensor> target) = s_cases[name];
        Tensor y = prediction().RequireGradient(), t = target();
        Loss loss = make(reduction);
        return (y, () => loss.Forward(y, t).Square().Sum());
    }

    private static Tensor Numbers() => Tensor.Normal(new Generator(1), 0, 1.5, 3, 4);

    private static Tensor Others() => Tensor.Normal(new Generator(2), 0, 1, 3, 4);

    private static Tensor Probabilities() => Tensor.Uniform(new Generator(3), 0.1, 0.9, 3, 4);

    private static Tensor Distributions() => Tensor.Normal(new Generator(4), 0, 1, 3, 4).Softmax();

    private static Tensor Labels() => Tensor.From([3, 0, 2]);
}
