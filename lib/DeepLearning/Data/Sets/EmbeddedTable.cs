using System.Globalization;

namespace DeepLearning;

/// <summary>A comma-separated file with a heading: numbers, and in the last column the class, by name or number.</summary>
internal sealed record EmbeddedTable(string[] Headings, double[] Numbers, string[] LastColumn)
{
    /// <summary>Reads a file of the data folder out of this assembly.</summary>
    public static EmbeddedTable Read(string file)
    {
        using StreamReader reader = Open(file);
        return Parse(reader, file);
    }

    /// <summary>A file of the data folder, as it is.</summary>
    public static StreamReader Open(string file) => new(typeof(EmbeddedTable).Assembly.GetManifestResourceStream(file)
        ?? throw new InvalidDataException($"This build of DeepLearning.dll lacks data/{file}; restore the file and build again."));

    public static EmbeddedTable Parse(TextReader reader, string file)
    {
        string[] headings = reader.ReadLine()?.Split(',') ?? throw Corrupt(file, 1, "a heading", "nothing");
        List<double> numbers = [];
        List<string> lastColumn = [];
        for (int line = 2; reader.ReadLine() is { } text; line++)
        {
            string[] fields = text.Split(',');
            if (fields.Length != headings.Length) throw Corrupt(file, line, $"{headings.Length} values", $"{fields.Length}");
            foreach (string field in fields[..^1])
            {
                numbers.Add(double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                    && double.IsFinite(number)
                    ? number
                    : throw Corrupt(file, line, "a number", $"'{field}'"));
            }
            lastColumn.Add(fields[^1]);
        }
        return new(headings, [.. numbers], [.. lastColumn]);
    }

    /// <summary>The table as a data set; complains unless it has as many rows as it should.</summary>
    public (Tensor X, Tensor Y) ToTensors(string file, int rows, string[] classes)
    {
        CheckRows(file, rows);
        int[] labels = [.. LastColumn.Select((name, i) => Array.IndexOf(classes, name) is var label and >= 0
            ? label
            : throw Corrupt(file, i + 2, $"one of {string.Join(", ", classes)}", $"'{name}'"))];
        return (Tensor.From(Numbers, rows, Headings.Length - 1), Tensor.From(labels, rows));
    }

    /// <summary>The table as a regression: the last column is a number too.</summary>
    public (Tensor X, Tensor Y) ToRegression(string file, int rows)
    {
        CheckRows(file, rows);
        double[] y = [.. LastColumn.Select((text, i) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture,
            out double number)
            && double.IsFinite(number) ? number : throw Corrupt(file, i + 2, "a number", $"'{text}'"))];
        return (Tensor.From(Numbers, rows, Headings.Length - 1), Tensor.From(y, rows, 1));
    }

    private void CheckRows(string file, int rows)
    {
        if (LastColumn.Length != rows) throw Corrupt(file, LastColumn.Length + 1, $"{rows} samples", $"{LastColumn.Length}");
    }

    private static InvalidDataException Corrupt(string file, int line, string expected, string got) =>
        new($"data/{file} is damaged at line {line}: expected {expected}, got {got}; restore the file and build again.");
}
