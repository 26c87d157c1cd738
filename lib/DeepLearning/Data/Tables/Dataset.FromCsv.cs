namespace DeepLearning;

public sealed partial class Dataset
{
    /// <summary>
    /// Reads a table from a comma-separated file whose first line names the columns: one column is the target, the others, which hold
    /// numbers, are the features. Numbers are written with a point, 0.5; a field may stand in quotes.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="target">The name of the column to be predicted.</param>
    /// <param name="classes">
    /// Whether the target is a class, y: [N], whose classes are the column's values in order, numbers by size and names by the alphabet;
    /// or, if false, a number, y: [N, 1]. Unless told, it is a class if one of its values is not a number.
    /// </param>
    /// <param name="features">The names of the columns that are features, in this order; all but the target unless given.</param>
    /// <param name="separator">What stands between two fields; a comma by default.</param>
    /// <returns>x: [N, D], with the names of columns and classes.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The table is damaged, or a feature is not a number; the message says line and column.
    /// </exception>
    /// <exception cref="ArgumentException">There is no such column; the message says which there are.</exception>
    /// <example><code>
    /// File.WriteAllText("fruit.csv", "length,weight,kind\n7.1,150,apple\n11.9,120,banana\n");
    /// Dataset fruit = Dataset.FromCsv("fruit.csv", target: "kind");
    /// Dataset weights = Dataset.FromCsv("fruit.csv", target: "weight", features: ["length"]);
    /// </code></example>
    public static Dataset FromCsv(string path, string target, bool? classes = null, IReadOnlyList<string>? features = null,
        char separator = ',')
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using StreamReader reader = new(path);
        return FromCsv(reader, target, classes, features, separator, Path.GetFileNameWithoutExtension(path));
    }

    /// <summary>The same from text that is open already.</summary>
    /// <param name="reader">Where the table is read from; it is left open.</param>
    /// <param name="target">The name of the column to be predicted.</param>
    /// <param name="classes">Whether the target is a class; see the other overload.</param>
    /// <param name="features">The names of the columns that are features; all but the target unless given.</param>
    /// <param name="separator">What stands between two fields; a comma by default.</param>
    /// <param name="name">What the data set is called.</param>
    /// <inheritdoc cref="FromCsv(string, string, bool?, IReadOnlyList{string}, char)" path="/exception"/>
    public static Dataset FromCsv(TextReader reader, string target, bool? classes = null, IReadOnlyList<string>? features = null,
        char separator = ',',
        string name = "data")
    {
        ArgumentCheck.NotNull(reader);
        ArgumentException.ThrowIfNullOrEmpty(target);
        return new CsvTable(reader, name, separator).ToDataset(target, classes, features);
    }
}
