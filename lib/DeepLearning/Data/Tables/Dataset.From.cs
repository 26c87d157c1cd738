using System.Numerics;

namespace DeepLearning;

// Data sets from arrays.
public sealed partial class Dataset
{
    /// <summary>A classification from arrays: a row of features and a label for each sample.</summary>
    /// <param name="x">Features, [N, D].</param>
    /// <param name="labels">The class of each row, 0 … C − 1.</param>
    /// <param name="classes">A name for each class; "0", "1", … up to the largest label unless given.</param>
    /// <param name="features">A name for each column; may be left out.</param>
    /// <returns>x: [N, D], y: [N].</returns>
    /// <exception cref="ArgumentException">There is no row, counts differ, or a label is not one of the classes.</exception>
    /// <example><code>
    /// Dataset fruit = Dataset.From(new[,] { { 7.1, 150 }, { 6.8, 140 }, { 11.9, 120 } }, [0, 0, 1], classes: ["apple", "banana"]);
    /// </code></example>
    public static Dataset From<T>(T[,] x, int[] labels, IReadOnlyList<string>? classes = null, IReadOnlyList<string>? features = null)
        where T : struct, INumber<T> => OfClasses(Matrix(x), labels, classes, features);

    /// <summary>The same from an array of rows.</summary>
    /// <param name="x">Features, an array for each sample, all of one length.</param>
    /// <param name="labels">The class of each row, 0 … C − 1.</param>
    /// <param name="classes">A name for each class; "0", "1", … up to the largest label unless given.</param>
    /// <param name="features">A name for each column; may be left out.</param>
    /// <returns>x: [N, D], y: [N].</returns>
    /// <exception cref="ArgumentException">
    /// There is no row, rows differ in length, counts differ, or a label is not one of the classes.
    /// </exception>
    /// <example><code>
    /// Dataset fruit = Dataset.From(new double[][] { [7.1, 150], [6.8, 140], [11.9, 120] }, [0, 0, 1], classes: ["apple", "banana"]);
    /// </code></example>
    public static Dataset From<T>(T[][] x, int[] labels, IReadOnlyList<string>? classes = null, IReadOnlyList<string>? features = null)
        where T : struct, INumber<T> => OfClasses(Matrix(x, nameof(x)), labels, classes, features);

    /// <summary>A regression from arrays: a row of features and a number for each sample.</summary>
    /// <param name="x">Features, [N, D].</param>
    /// <param name="targets">The number to be predicted from each row.</param>
    /// <param name="features">A name for each column; may be left out.</param>
    /// <returns>x: [N, D], y: [N, 1].</returns>
    /// <exception cref="ArgumentException">There is no row, or counts differ.</exception>
    /// <example><code>
    /// Dataset line = Dataset.From(new[,] { { 1.0 }, { 2.0 }, { 3.0 } }, [2.1, 3.9, 6.2]);
    /// </code></example>
    public static Dataset From<T>(T[,] x, double[] targets, IReadOnlyList<string>? features = null)
        where T : struct, INumber<T> => OfNumbers(Matrix(x), targets, features);

    /// <summary>The same from an array of rows.</summary>
    /// <param name="x">Features, an array for each sample, all of one length.</param>
    /// <param name="targets">The number to be predicted from each row.</param>
    /// <param name="features">A name for each column; may be left out.</param>
    /// <returns>x: [N, D], y: [N, 1].</returns>
    /// <exception cref="ArgumentException">There is no row, rows differ in length, or counts differ.</exception>
    /// <example><code>
    /// Dataset line = Dataset.From(new double[][] { [1], [2], [3] }, [2.1, 3.9, 6.2]);
    /// </code></example>
    public static Dataset From<T>(T[][] x, double[] targets, IReadOnlyList<string>? features = null)
        where T : struct, INumber<T> => OfNumbers(Matrix(x, nameof(x)), targets, features);

    /// <summary>A regression with several outputs from arrays.</summary>
    /// <param name="x">Features, [N, D].</param>
    /// <param name="targets">The numbers to be predicted from each row, [N, out].</param>
    /// <param name="features">A name for each column; may be left out.</param>
    /// <returns>x: [N, D], y: [N, out].</returns>
    /// <exception cref="ArgumentException">There is no row, or counts differ.</exception>
    /// <example><code>
    /// Dataset points = Dataset.From(new[,] { { 1.0 }, { 2.0 } }, new[,] { { 0.5, 1.5 }, { 1.0, 3.0 } });
    /// </code></example>
    public static Dataset From<T>(T[,] x, T[,] targets, IReadOnlyList<string>? features = null) where T : struct, INumber<T> =>
        new(Matrix(x), Matrix(targets), features: features);

    private static Dataset OfClasses(Tensor x, int[] labels, IReadOnlyList<string>? classes, IReadOnlyList<string>? features)
    {
        ArgumentCheck.NotNull(labels);
        int largest = labels.DefaultIfEmpty(0).Max();
        if (classes is null && largest >= Math.Max(1000, 10 * labels.Length))
            throw new ArgumentException($"A label of {largest} would make {largest} + 1 classes of {labels.Length} samples; number the " +
                "classes from 0, or give their names.");
        return new Dataset(x, Tensor.From(labels), classes ?? [.. Enumerable.Range(0, Math.Max(largest, 0) + 1).Select(c => $"{c}")],
            features);
    }

    private static Dataset OfNumbers(Tensor x, double[] targets, IReadOnlyList<string>? features)
    {
        ArgumentCheck.NotNull(targets);
        return new Dataset(x, Tensor.From(targets, targets.Length, 1), features: features);
    }

    private static Tensor Matrix<T>(T[,] rows) where T : struct, INumber<T>
    {
        ArgumentCheck.NotNull(rows);
        return Tensor.From([.. rows.Cast<T>().Select(double.CreateChecked)], rows.GetLength(0), rows.GetLength(1));
    }

    private static Tensor Matrix<T>(T[][] rows, string name) where T : struct, INumber<T>
    {
        ArgumentCheck.NotNull(rows, name);
        int width = rows.FirstOrDefault()?.Length ?? 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] is null) throw new ArgumentNullException(name, $"Row {i} of {name} is null.");
            if (rows[i].Length != width)
                throw new ArgumentException($"Every row of {name} needs as many numbers as the first, {width}, but row {i} has " +
                    $"{rows[i].Length}.");
        }
        return Tensor.From([.. rows.SelectMany(row => row).Select(double.CreateChecked)], rows.Length, width);
    }
}
