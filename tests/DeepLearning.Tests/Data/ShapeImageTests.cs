namespace DeepLearning.Tests;

public class ShapeImageTests
{
    [Fact]
    public void ASeedRepeatsAndFactorsFillTheirRanges()
    {
        FactorImages set = Datasets.ShapeImages(600, new Generator(1));
        Assert.Equal((new Shape(600, 1, 32, 32), new Shape(600, 5)), (set.Images.X.Shape, set.Factors.Shape));
        Assert.Equal([200, 200, 200], set.Images.CountByClass());
        Assert.Equal(set.Images.Y.ToArray(), set.Factor("shape").ToArray());
        Assert.Equal(set.Images.X.ToArray()[..1024], Datasets.ShapeImages(1, new Generator(1)).Images.X.ToArray());
        foreach ((string name, double low, double high) in new[] { ("x", -1.0, 1.0), ("y", -1, 1), ("scale", 0.5, 1),
            ("rotation", 0, 2 * Math.PI) })
        {
            float[] values = set.Factor(name).ToArray();
            Assert.InRange(values.Min(), low, low + 0.02 * (high - low));
            Assert.InRange(values.Max(), high - 0.02 * (high - low), high);
        }
    }

    [Fact]
    public void NothingIsCutOffAndTheMiddleIsWhereTheFactorsSay()
    {
        FactorImages set = Datasets.ShapeImages(300, new Generator(2), size: 64);
        double[] factors = set.Factors.ToDoubles();
        foreach ((float[] image, int i) in set.Images.X.ToArray().Chunk(4096).Select((image, i) => (image, i)))
        {
            double area = image.Sum(), radius = 16 * factors[5 * i + 3];
            double share = area / (Math.PI * radius * radius);
            Assert.Equal(new[] { 2 / Math.PI, 0.5, 0.608 }[i % 3], share, 0.02);
            double x = 0, y = 0;
            for (int p = 0; p < 4096; p++) (x, y) = (x + image[p] * (p % 64 + 0.5) / area, y + image[p] * (p / 64 + 0.5) / area);
            if (i % 3 == 2) continue;
            Assert.Equal(32 + 16 * factors[5 * i + 1], x, 0.1);
            Assert.Equal(32 + 16 * factors[5 * i + 2], y, 0.1);
        }
    }

    [Fact]
    public void SymmetriesAreThoseOfTheShapes()
    {
        double[] turns = [0.3, 0.3 + Math.PI / 2, 0.3 + Math.PI, 0.3 + 2 * Math.PI];
        foreach (int shape in new[] { 0, 1, 2 })
        {
            float[][] images =
                [.. Datasets.ShapeImages([.. turns.Select(turn => new ShapeFactors(shape, 0, 0, 1, turn))]).Images.X.ToArray().Chunk(1024)];
            double[] differences = [.. images.Select(image => image.Zip(images[0], (a, b) => Math.Abs(a - b)).Sum())];
            Assert.Equal(0, differences[3], 1e-3);
            Assert.Equal(shape == 0, differences[1] < 1);
            Assert.Equal(shape < 2, differences[2] < 1);
        }
    }

    [Fact]
    public void WrongFactorsAreRefused()
    {
        Assert.Contains("got 15",
            Assert.Throws<ArgumentOutOfRangeException>(() => Datasets.ShapeImages([new(0, 0, 0, 1, 0)], size: 15)).Message);
        Assert.Contains("got 15",
            Assert.Throws<ArgumentOutOfRangeException>(() => Datasets.ShapeImages(2, new Generator(1), size: 15)).Message);
        Assert.Contains("scale above 0", Assert.Throws<ArgumentException>(() => Datasets.ShapeImages([new(0, 0, 0, 0, 0)])).Message);
        Assert.Throws<ArgumentException>(() => Datasets.ShapeImages([new(3, 0, 0, 1, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Datasets.ShapeImages([]));
    }
}
