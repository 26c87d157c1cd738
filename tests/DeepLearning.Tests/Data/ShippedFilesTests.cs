using System.Security.Cryptography;

namespace DeepLearning.Tests;

public class ShippedFilesTests
{
    // The same sums stand in data/README.md.
    [Theory]
    [InlineData("digits.csv", "5b7ec5cd43ad9c096d4cbbd752fd7bf086d65c294fb19b7e7e89cb676b4a03d0")]
    [InlineData("iris.csv", "b6b8efc86732bc48c9fbddba53e2c191fd4f263c0ee98e2b1b7d3543e8d2121d")]
    [InlineData("wine.csv", "5d6f84429d54cc6e27652f348ff6404592a07188ea6036d73eca9a857315a04a")]
    [InlineData("breast-cancer.csv", "af399a019264f7999e6b395ee90576e46564867aa4c8a40797c96be87dc1be55")]
    [InlineData("diabetes.csv", "2d9516499b8b56e76cf361824b4608b0bef572b03e561ba3410ca4b4ce37b5d4")]
    [InlineData("karate-club.csv", "3700ad982d70ec779331ec810074b1b13ec38063733e8b914898db468887b966")]
    [InlineData("airline-passengers.csv", "f73e3f60f2cf735648911ce7f38dd6c0df7741bc95599d563483eb1dd407f6a7")]
    [InlineData("wonderland.txt", "e311dbf5165be6a1c164111ccfb90982cfc4d6ca3372422bda110912c0d197ff")]
    [InlineData("names.csv", "db3ee59cf5eec63571684901f3fe8c9252d8d3a059acc9bb183d4db240a21119")]
    public void FilesAreEmbeddedByteForByte(string file, string sha256)
    {
        using Stream? stream = typeof(Dataset).Assembly.GetManifestResourceStream(file);
        Assert.NotNull(stream);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    // from sklearn.datasets import load_digits
    // d = load_digits(); np.bincount(d.target), d.data[0], d.data.sum(), (d.data.std(0) == 0).sum(), d.target[-10:]
    [Fact]
    public void DigitsAreThoseOfScikitLearn()
    {
        Dataset digits = Datasets.Digits();
        Assert.Equal([1797, 64], digits.X.Shape.Dims.ToArray());
        Assert.Equal([1797], digits.Y.Shape.Dims.ToArray());
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], digits.CountByClass());
        Assert.Equal([5, 4, 8, 8, 4, 9, 0, 8, 9, 8], digits.Labels.TakeLast(10));

        float[] pixels = digits.X.ToArray();
        float[] zero =
        [
            0, 0, 5, 13, 9, 1, 0, 0,
            0, 0, 13, 15, 10, 15, 5, 0,
            0, 3, 15, 2, 0, 11, 8, 0,
            0, 4, 12, 0, 0, 8, 8, 0,
            0, 5, 8, 0, 0, 9, 8, 0,
            0, 4, 11, 0, 1, 12, 7, 0,
            0, 2, 14, 5, 10, 12, 0, 0,
            0, 0, 6, 13, 10, 0, 0, 0,
        ];
        Assert.Equal(zero, pixels[..64]);
        Assert.Equal(561718, pixels.Sum(p => (double)p));
        Assert.Equal((0, 16), (pixels.Min(), pixels.Max()));
        Assert.Equal(3, Enumerable.Range(0, 64).Count(c => Enumerable.Range(0, 1797).All(r => pixels[r * 64 + c] == pixels[c])));
    }

    [Fact]
    public void DigitsAsImagesHaveAChannelAxis()
    {
        Dataset images = Datasets.Digits(images: true);
        Assert.Equal([1797, 1, 8, 8], images.X.Shape.Dims.ToArray());
        Assert.Equal(Datasets.Digits().X.ToArray(), images.X.ToArray());
    }

    // from sklearn.datasets import load_iris
    // i = load_iris(); i.data.mean(0), i.data.std(0), i.data[[0, 34, 37]]
    [Fact]
    public void IrisIsFishers()
    {
        Dataset iris = Datasets.Iris();
        Assert.Equal([150, 4], iris.X.Shape.Dims.ToArray());
        Assert.Equal([50, 50, 50], iris.CountByClass());
        Assert.Equal(["setosa", "versicolor", "virginica"], iris.Classes);
        float[] expected = [5.1f, 3.5f, 1.4f, 0.2f, 4.9f, 3.1f, 1.5f, 0.2f, 4.9f, 3.6f, 1.4f, 0.1f];
        Assert.Equal(expected, iris.Subset(0, 34, 37).X.ToArray());

        Standardizer columns = Standardizer.Fit(iris.X);
        AssertClose([5.84333333, 3.05733333, 3.758, 1.19933333], columns.Mean.ToDoubles(), 1e-6);
        AssertClose([0.82530129, 0.43441097, 1.75940407, 0.75969263], columns.Deviation.ToDoubles(), 1e-6);
    }

    [Fact]
    public void DataSetsSayWhereTheyAreFrom()
    {
        foreach (Dataset data in new[] { Datasets.Digits(), Datasets.Iris(), Datasets.Wine(), Datasets.BreastCancer() })
        {
            Assert.Contains("UCI", data.Source);
            Assert.Contains("CC BY 4.0", data.Source);
            Assert.NotEmpty(data.Description);
        }
    }

    [Theory]
    [InlineData("", "line 1: expected a heading, got nothing")]
    [InlineData("a,b,k\n1,2,x\n1,x\n", "line 3: expected 3 values, got 2")]
    [InlineData("a,b,k\n1,oops,x\n", "line 2: expected a number, got 'oops'")]
    [InlineData("a,b,k\n1,NaN,x\n", "line 2: expected a number, got 'NaN'")]
    [InlineData("a,b,k\n1,2,x\n", "line 2: expected 2 samples, got 1")]
    [InlineData("a,b,k\n1,2,x\n3,4,z\n", "line 3: expected one of x, y, got 'z'")]
    public void ADamagedFileNamesItsLine(string text, string message)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => EmbeddedTable.Parse(new StringReader(text), "file.csv").ToTensors("file.csv", 2, ["x", "y"]));
        Assert.Contains(message, error.Message);
        Assert.Contains("data/file.csv", error.Message);
    }

    [Fact]
    public void AMissingFileIsNamed() =>
        Assert.Contains("data/none.csv", Assert.Throws<InvalidDataException>(() => EmbeddedTable.Read("none.csv")).Message);

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
