namespace DeepLearning;

/// <summary>The data sets of the course: real ones that come with the library, and synthetic ones drawn from a formula.</summary>
/// <example><code>
/// Dataset iris = Datasets.Iris(), moons = Datasets.Moons(200, new Generator(1), noise: 0.1);
/// Console.WriteLine(iris);
/// </code></example>
public static partial class Datasets
{
    private const string Synthetic = "Synthetic, drawn by this library.";

    /// <summary>1797 images of handwritten digits, 8 × 8 pixels of ink from 0 to 16, in ten classes.</summary>
    /// <remarks>x: [1797, 64], or [1797, 1, 8, 8] as images; y: [1797]. Divide x by 16 for ink from 0 to 1.</remarks>
    /// <param name="images">Give x the axes channel, row, column that convolutions take.</param>
    public static Dataset Digits(bool images = false)
    {
        string[] classes = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];
        (Tensor x, Tensor y) = EmbeddedTable.Read("digits.csv").ToTensors("digits.csv", 1797, classes);
        return new(images ? x.Reshape(x.Shape[0], 1, 8, 8) : x, y, classes)
        {
            Name = "digits",
            Description = "Handwritten digits of 13 writers; each pixel counts the ink dots in a block of 4 × 4, 0 to 16.",
            Source = "E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (test part), UCI Machine Learning Repository, " +
                "1998; CC BY 4.0.",
        };
    }

    /// <summary>
    /// Sepal and petal sizes of 150 irises, 50 of each of three species. One species is linearly separable from the rest, the other two are
    /// not.
    /// </summary>
    /// <remarks>x: [150, 4] in cm; y: [150], ordered by species.</remarks>
    public static Dataset Iris()
    {
        string[] classes = ["setosa", "versicolor", "virginica"];
        EmbeddedTable table = EmbeddedTable.Read("iris.csv");
        (Tensor x, Tensor y) = table.ToTensors("iris.csv", 150, classes);
        return new(x, y, classes, ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"])
        {
            Name = "iris",
            Description = "Length and width of sepals and petals of iris flowers, in cm.",
            Source = "R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7, 1936; UCI Machine " +
                "Learning Repository; CC BY 4.0.",
        };
    }

    /// <summary>Draws samples with two features one by one.</summary>
    private static Dataset Plane(string name, string description, int count, string[] classes,
        Func<int, (double X1, double X2, int Label)> draw,
        string[]? features = null)
    {
        CheckCount(count, 1);
        double[] x = new double[2 * count];
        int[] y = new int[count];
        for (int i = 0; i < count; i++) (x[2 * i], x[2 * i + 1], y[i]) = draw(i);
        return new(Tensor.From(x, count, 2), Tensor.From(y, count), classes, features ?? ["x₁", "x₂"])
        {
            Name = name,
            Description = description,
            Source = Synthetic,
        };
    }

    private static string[] Numbered(int classes) => [.. Enumerable.Range(0, classes).Select(k => $"{k}")];

    private static void CheckCount(int count, int least)
    {
        if (count < least) throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected {least} or more samples, got {count}.");
    }

    private static void CheckNoise(double noise, Generator generator)
    {
        ArgumentCheck.NotNull(generator);
        if (noise is not (>= 0 and < double.PositiveInfinity))
            throw new ArgumentOutOfRangeException(nameof(noise), noise, $"noise is a standard deviation, 0 or more; got {noise}.");
    }
}
