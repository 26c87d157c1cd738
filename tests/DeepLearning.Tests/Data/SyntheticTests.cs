namespace DeepLearning.Tests;

public class SyntheticTests
{
    public static TheoryData<string> Names => [.. s_makers.Keys];

    private static readonly Dictionary<string, Func<int, Generator, double, Dataset>> s_makers = new()
    {
        ["blobs"] = (n, g, noise) => Datasets.Blobs(n, g, noise: noise),
        ["moons"] = (n, g, noise) => Datasets.Moons(n, g, noise),
        ["circles"] = (n, g, noise) => Datasets.Circles(n, g, noise),
        ["spirals"] = (n, g, noise) => Datasets.Spirals(n, g, noise),
        ["xor"] = (n, g, noise) => Datasets.Xor(n, g, noise),
        ["elephant or dog"] = (n, g, noise) => Datasets.ElephantDog(n, g, noise),
        ["will I pass"] = (n, g, noise) => Datasets.WillIPass(n, g, noise),
        ["noisy sine"] = (n, g, noise) => Datasets.NoisySine(n, g, noise),
    };

    [Theory, MemberData(nameof(Names))]
    public void ASeedRepeatsExactlyAndAnotherDiffers(string name)
    {
        float[] first = s_makers[name](50, new Generator(7), 0.1).X.ToArray();
        Assert.Equal(first, s_makers[name](50, new Generator(7), 0.1).X.ToArray());
        Assert.NotEqual(first, s_makers[name](50, new Generator(8), 0.1).X.ToArray());
    }

    [Theory, MemberData(nameof(Names))]
    public void CountAndNoiseAreChecked(string name)
    {
        Assert.Equal(name, s_makers[name](1, new Generator(1), 0).Name);
        Assert.Contains("got 0", Assert.Throws<ArgumentOutOfRangeException>(() => s_makers[name](0, new Generator(1), 0)).Message);
        Assert.Contains("got -1", Assert.Throws<ArgumentOutOfRangeException>(() => s_makers[name](9, new Generator(1), -1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_makers[name](9, new Generator(1), double.NaN));
    }

    [Theory]
    [InlineData("blobs", 3)]
    [InlineData("moons", 2)]
    [InlineData("circles", 2)]
    [InlineData("spirals", 2)]
    [InlineData("xor", 2)]
    [InlineData("elephant or dog", 2)]
    public void ClassesAreBalanced(string name, int classes)
    {
        Dataset data = s_makers[name](classes * 20, new Generator(1), 0.1);
        Assert.Equal([classes * 20, 2], data.X.Shape.Dims.ToArray());
        Assert.Equal(Enumerable.Repeat(20, classes), data.CountByClass());
        Assert.Equal(2, data.Features.Count);
    }

    [Fact]
    public void BlobsWithoutNoiseAreTheirCentres()
    {
        AssertFormula(Datasets.Blobs(9, new Generator(1), classes: 3, noise: 0),
            (x1, x2, k) => Math.Abs(x1 - 4 * Math.Cos(2 * Math.PI * k / 3)) + Math.Abs(x2 - 4 * Math.Sin(2 * Math.PI * k / 3)));
        double[,] centres = { { 1, 2 }, { -3, 5 } };
        AssertFormula(Datasets.Blobs(8, new Generator(1), noise: 0, centres: centres),
            (x1, x2, k) => Math.Abs(x1 - centres[k, 0]) + Math.Abs(x2 - centres[k, 1]));
    }

    [Fact]
    public void BlobsHaveTheSpreadAskedFor()
    {
        const int n = 4000;
        Dataset cloud = Datasets.Blobs(n, new Generator(1), noise: 0.5, centres: new double[,] { { 1, -2 } });
        double[] x = cloud.X.ToDoubles();
        double[] first = [.. Enumerable.Range(0, n).Select(i => x[2 * i])], second = [.. Enumerable.Range(0, n).Select(i => x[2 * i + 1])];
        foreach ((double[] column, double mean) in new[] { (first, 1.0), (second, -2.0) })
        {
            Assert.Equal(mean, column.Average(), 3 * 0.5 / Math.Sqrt(n));
            Assert.Equal(0.25, column.Average(v => (v - mean) * (v - mean)), 3 * 0.25 * Math.Sqrt(2.0 / n));
        }
    }

    [Fact]
    public void MoonsWithoutNoiseLieOnTheirHalfCircles() => AssertFormula(Datasets.Moons(200, new Generator(2), 0), (x1, x2, k) => k == 0
        ? Math.Abs(x1 * x1 + x2 * x2 - 1) + Math.Max(0, -x2)
        : Math.Abs((x1 - 1) * (x1 - 1) + (x2 - 0.5) * (x2 - 0.5) - 1) + Math.Max(0, x2 - 0.5));

    [Fact]
    public void CirclesWithoutNoiseHaveTheirRadii() => AssertFormula(Datasets.Circles(200, new Generator(3), 0, inner: 0.3),
        (x1, x2, k) => Math.Abs(Math.Sqrt(x1 * x1 + x2 * x2) - (k == 0 ? 1 : 0.3)));

    [Fact]
    public void SpiralsWithoutNoiseLieOnTheirArms() => AssertFormula(Datasets.Spirals(300, new Generator(4), 0, classes: 3, turns: 1),
        (x1, x2, k) =>
        {
            double s = Math.Sqrt(x1 * x1 + x2 * x2), t = 2 * Math.PI * (s + k / 3.0);
            return s > 1 ? s : Math.Abs(x1 - s * Math.Cos(t)) + Math.Abs(x2 - s * Math.Sin(t));
        });

    [Fact]
    public void XorIsTheTruthTable()
    {
        Dataset table = Datasets.Xor();
        Assert.Equal([0, 0, 0, 1, 1, 0, 1, 1], table.X.ToArray());
        Assert.Equal([0, 1, 1, 0], table.Y.ToArray());
        AssertFormula(Datasets.Xor(40, new Generator(1), 0.05),
            (x1, x2, k) => Math.Abs(((int)Math.Round(x1) ^ (int)Math.Round(x2)) - k));
    }

    [Fact]
    public void ElephantsAndDogsAreDividedByHeight()
    {
        Dataset data = Datasets.ElephantDog(500, new Generator(5));
        AssertFormula(data,
            (height, weight, k) => weight > 0 && (k == 0 ? height is >= 1.2 and <= 3.2 : height is >= 0.25 and <= 0.8) ? 0 : 1);
        AssertFormula(Datasets.ElephantDog(100, new Generator(5), noise: 0),
            (height, weight, k) => weight / ((k == 0 ? 175 : 140) * height * height * height) - 1);
        Assert.Equal([1, 0, 0, 1], data.OneHot().Y.ToArray()[..4]);
        Assert.Equal(["elephant", "dog"], data.Classes);
    }

    [Fact]
    public void PassingTakesLecturesAndHours()
    {
        Dataset data = Datasets.WillIPass(5000, new Generator(6), noise: 0);
        AssertFormula(data,
            (lectures, hours, k) => lectures == Math.Floor(lectures) && lectures is >= 0 and <= 10 && hours is >= 0 and <= 10
                && k == (lectures + hours > 8 ? 1 : 0) ? 0 : 1);
        const double share = 37.0 / 55;
        Assert.Equal(share, data.CountByClass()[1] / 5000.0, 3 * Math.Sqrt(share * (1 - share) / 5000));

        Dataset lucky = Datasets.WillIPass(2000, new Generator(6), noise: 1);
        double[] x = lucky.X.ToDoubles();
        Assert.Contains(Enumerable.Range(0, 2000), i => x[2 * i] + x[2 * i + 1] > 8.5 && lucky.Labels[i] == 0);
    }

    [Fact]
    public void TheSineHasTheNoiseAskedFor()
    {
        const int n = 4000;
        Dataset exact = Datasets.NoisySine(100, new Generator(7), 0);
        Assert.Equal([100, 1], exact.Y.Shape.Dims.ToArray());
        Assert.All(Residuals(exact), r => Assert.Equal(0, r, 1e-5));

        double[] residuals = Residuals(Datasets.NoisySine(n, new Generator(7), 0.2));
        Assert.Equal(0, residuals.Average(), 3 * 0.2 / Math.Sqrt(n));
        Assert.Equal(0.04, residuals.Average(r => r * r), 3 * 0.04 * Math.Sqrt(2.0 / n));
        Assert.Throws<InvalidOperationException>(() => exact.Labels);
    }

    [Fact]
    public void OptionsAreChecked()
    {
        Generator g = new(1);
        Assert.Contains("got 1.5", Assert.Throws<ArgumentOutOfRangeException>(() => Datasets.Circles(10, g, inner: 1.5)).Message);
        Assert.Contains("got 1", Assert.Throws<ArgumentOutOfRangeException>(() => Datasets.Spirals(10, g, classes: 1)).Message);
        Assert.Contains("got 0", Assert.Throws<ArgumentOutOfRangeException>(() => Datasets.Blobs(10, g, classes: 0)).Message);
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => Datasets.Blobs(10, g, centres: new double[2, 3])).Message);
    }

    private static double[] Residuals(Dataset sine)
    {
        double[] x = sine.X.ToDoubles(), y = sine.Y.ToDoubles();
        return [.. x.Select((v, i) => y[i] - Math.Sin(2 * Math.PI * v))];
    }

    /// <summary>Every sample must make the distance from its formula zero.</summary>
    private static void AssertFormula(Dataset data, Func<double, double, int, double> distance)
    {
        double[] x = data.X.ToDoubles();
        for (int i = 0; i < data.Count; i++) Assert.Equal(0, distance(x[2 * i], x[2 * i + 1], data.Labels[i]), 1e-5);
    }

    [Fact]
    public void TheCopyTaskAsksForWhatItShowed()
    {
        Dataset data = Datasets.CopyTask(20, new Generator(1), blanks: 4, length: 3, symbols: 5);
        Assert.Equal(new Shape(20, 10, 7), data.X.Shape);
        Assert.Equal(new Shape(20, 10), data.Y.Shape);
        float[] tokens = data.X.ArgMax().ToArray(), y = data.Y.ToArray();
        Assert.All(data.X.Sum(-1).ToArray(), sum => Assert.Equal(1, sum));
        for (int n = 0; n < 20; n++)
        {
            float[] sequence = tokens[(10 * n)..(10 * n + 10)], target = y[(10 * n)..(10 * n + 10)];
            Assert.All(sequence[..3], symbol => Assert.InRange(symbol, 1, 5));
            Assert.Equal([0, 0, 0, 0, 6, 0, 0], sequence[3..]);
            Assert.Equal([0, 0, 0, 0, 0, 0, 0, .. sequence[..3]], target);
        }
        Assert.Equal(5, tokens.Where(token => token is > 0 and < 6).Distinct().Count());
        ArgumentException error = Assert.Throws<ArgumentException>(() => Datasets.CopyTask(1, new Generator(1), blanks: -1));
        Assert.StartsWith("The copy task needs 0 or more blanks, a length of 1 or more and 2 or more symbols, got -1, 5 and 8.",
            error.Message);
    }
}
