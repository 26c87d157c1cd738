namespace DeepLearning.Tests;

public class RenderedDigitTests
{
    private static readonly RenderedDigitOptions s_clean = new() { Noise = 0 };

    public static TheoryData<DigitDomain> Domains => [.. Enum.GetValues<DigitDomain>()];

    [Theory, MemberData(nameof(Domains))]
    public void ASeedRepeatsWhateverTheCount(DigitDomain domain)
    {
        RenderedDigitOptions options = new() { Domain = domain };
        FactorImages all = Datasets.RenderedDigits(30, new Generator(1), options);
        Assert.Equal((new Shape(30, 1, 28, 28), new Shape(30, 8)), (all.Images.X.Shape, all.Factors.Shape));
        Assert.Equal([3, 3, 3, 3, 3, 3, 3, 3, 3, 3], all.Images.CountByClass());
        FactorImages some = Datasets.RenderedDigits(10, new Generator(1), options);
        Assert.Equal(all.Images.X.ToArray()[..7840], some.Images.X.ToArray());
        Assert.Equal(all.Factors.ToArray()[..80], some.Factors.ToArray());
        Assert.NotEqual(some.Images.X.ToArray(), Datasets.RenderedDigits(10, new Generator(2), options).Images.X.ToArray());
        Assert.All(all.Images.X.ToArray(), pixel => Assert.InRange(pixel, 0, 1));
    }

    [Fact]
    public void DomainsShowTheSameDigits()
    {
        float[] plain = Draw(DigitDomain.Plain), inverted = Draw(DigitDomain.Inverted), textured = Draw(DigitDomain.Textured),
            outline = Draw(DigitDomain.Outline);
        for (int i = 0; i < plain.Length; i++)
        {
            Assert.Equal(1 - plain[i], inverted[i], 1e-6);
            Assert.Equal(4 * plain[i] * (1 - plain[i]), outline[i], 1e-5);
        }
        // Ink and paper stay apart on every texture.
        foreach ((float[] ink, float[] image) in plain.Chunk(784).Zip(textured.Chunk(784)))
        {
            float[] written = [.. image.Where((_, i) => ink[i] == 1)], paper = [.. image.Where((_, i) => ink[i] == 0)];
            if (written.Length > 0) Assert.True(written.Min() > paper.Max() || written.Max() < paper.Min());
        }
        Assert.Equal(Factors(DigitDomain.Plain), Factors(DigitDomain.Textured));

        float[] Draw(DigitDomain domain) =>
            Datasets.RenderedDigits(40, new Generator(3), s_clean with { Domain = domain }).Images.X.ToArray();
        float[] Factors(DigitDomain domain) =>
            Datasets.RenderedDigits(40, new Generator(3), s_clean with { Domain = domain }).Factors.ToArray();
    }

    [Fact]
    public void FactorsAreWithinTheirRangesAndNamed()
    {
        FactorImages set = Datasets.RenderedDigits(1000, new Generator(4));
        Assert.Equal(["style", "slant", "rotation", "scale", "aspect", "shift x", "shift y", "thickness"], set.FactorNames);
        AssertFills("slant", -0.35, 0.35);
        AssertFills("rotation", -8, 8);
        AssertFills("scale", 0.58, 0.75);
        AssertFills("aspect", 0.55, 0.8);
        AssertFills("shift x", -1.5, 1.5);
        AssertFills("thickness", 1.3, 3.2);
        float[] styles = set.Factor("style").ToArray();
        for (int digit = 0; digit < 10; digit++)
            Assert.Equal(digit == 7 ? 4 : 3, styles.Where((_, i) => i % 10 == digit).Distinct().Count());
        Assert.Contains("There is no factor 'colour'; the factors are style, slant",
            Assert.Throws<ArgumentException>(() => set.Factor("colour")).Message);

        void AssertFills(string name, double low, double high)
        {
            float[] values = set.Factor(name).ToArray();
            Assert.InRange(values.Min(), low - 1e-6, low + 0.02 * (high - low));
            Assert.InRange(values.Max(), high - 0.02 * (high - low), high + 1e-6);
        }
    }

    [Fact]
    public void FactorsAreSeenInTheImages()
    {
        FactorImages set = Datasets.RenderedDigits(1000, new Generator(5), s_clean);
        double[][] seen = [.. set.Images.X.ToArray().Chunk(784).Select(Moments)];
        Assert.InRange(Correlation("thickness", 0), 0.8, 1);
        Assert.InRange(Correlation("shift x", 1), 0.7, 1);
        Assert.InRange(Correlation("shift y", 2), 0.7, 1);
        Assert.InRange(Correlation("slant", 3), -1, -0.6);
        // Nothing is lost at the edges.
        Assert.True(set.Images.X.ToArray().Chunk(784)
            .Average(image => image.Where((_, i) => i % 28 is 0 or 27 || i / 28 is 0 or 27).Sum() / image.Sum()) < 0.005);

        // Mean over the digits of the correlation among the images of one digit.
        double Correlation(string factor, int moment)
        {
            double[] values = set.Factor(factor).ToDoubles();
            return Enumerable.Range(0, 10).Average(digit => Correlate([.. values.Where((_, i) => i % 10 == digit)],
                [.. seen.Where((_, i) => i % 10 == digit).Select(moments => moments[moment])]));
        }
    }

    // Ink, its centre, and how much rows lean to the right going down.
    private static double[] Moments(float[] image)
    {
        double ink = image.Sum(), x = 0, y = 0, xy = 0, yy = 0;
        for (int i = 0; i < image.Length; i++) (x, y) = (x + image[i] * (i % 28) / ink, y + image[i] * (i / 28) / ink);
        for (int i = 0; i < image.Length; i++)
            (xy, yy) = (xy + image[i] * (i % 28 - x) * (i / 28 - y), yy + image[i] * (i / 28 - y) * (i / 28 - y));
        return [ink, x, y, xy / yy];
    }

    private static double Correlate(double[] a, double[] b)
    {
        double ma = a.Average(), mb = b.Average();
        double ab = a.Zip(b, (u, v) => (u - ma) * (v - mb)).Sum();
        return ab / Math.Sqrt(a.Sum(u => (u - ma) * (u - ma)) * b.Sum(v => (v - mb) * (v - mb)));
    }

    // They are worth learning: a small network reads new ones, and is at a loss on paper it has never seen.
    [Fact]
    public void ANetworkLearnsThemAndFailsInAnotherDomain()
    {
        Sequential model = new(new Flatten(), new Dense(784, 64, new Generator(1)), new Relu(), new Dense(64, 10, new Generator(2)));
        Trainer trainer = new(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Adam(model.Parameters, 0.003))
        {
            Progress = null, Metrics = [Metric.Accuracy],
        };
        trainer.Fit(new DataLoader(Datasets.RenderedDigits(4000, new Generator(1)).Images, 50, new Generator(3)), 8);
        double plain = Accuracy(DigitDomain.Plain), textured = Accuracy(DigitDomain.Textured), inverted = Accuracy(DigitDomain.Inverted),
            display = Accuracy(DigitDomain.Display);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"plain {plain:P1}, textured {textured:P1}, inverted {inverted:P1}, display {display:P1}");
        Assert.InRange(plain, 0.93, 0.9999);
        Assert.InRange(textured, 0, plain - 0.2);
        Assert.InRange(inverted, 0, plain - 0.2);
        Assert.InRange(display, 0, plain - 0.1);

        double Accuracy(DigitDomain domain) =>
            trainer.Evaluate(Datasets.RenderedDigits(1000, new Generator(2), new() { Domain = domain }).Images).Metrics["accuracy"];
    }

    [Fact]
    public void OptionsAreChecked()
    {
        Assert.Equal(new Shape(2, 1, 40, 40), Datasets.RenderedDigits(2, new Generator(1), new() { Size = 40 }).Images.X.Shape);
        AssertError("got 0", 0, new());
        AssertError("8 × 8 or more, got 7", 1, new() { Size = 7 });
        AssertError("Slant must be 0 or more, got -1", 1, new() { Slant = -1 });
        AssertError("Scale must be a range above 0 whose end is not below its beginning, got 2 to 1", 1, new() { Scale = (2, 1) });
        AssertError("Thickness", 1, new() { Thickness = (0, 1) });

        static void AssertError(string message, int count, RenderedDigitOptions options) =>
            Assert.Contains(message,
                Assert.Throws<ArgumentOutOfRangeException>(() => Datasets.RenderedDigits(count, new Generator(1), options)).Message);
    }
}
