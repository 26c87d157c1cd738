using System.Globalization;

namespace DeepLearning;

/// <summary>A comma-separated table with a heading, as a data set: one column is the target, others are the features.</summary>
internal sealed class CsvTable
{
    private readonly string _name;
    private readonly List<string> _headings;
    private readonly List<(int Line, List<string> Fields)> _rows = [];

    /// <exception cref="InvalidDataException">
    /// The table is empty, a heading comes twice, or a row has other columns than the heading.
    /// </exception>
    public CsvTable(TextReader reader, string name, char separator)
    {
        if (separator is '"' or '\r' or '\n' or ' ')
            throw new ArgumentException("A separator is a character such as ',', ';' or a tab; it cannot be a quote, a space or a line " +
                "break.", nameof(separator));
        _name = name;
        CsvReader csv = new(reader, separator);
        try
        {
            _headings = csv.Next() ?? throw new InvalidDataException("it is empty; a table begins with a heading, the names of " +
                "its columns");
            if (_headings.GroupBy(heading => heading).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw new InvalidDataException($"line {csv.Line}: the heading has '{twice.Key}' twice; give each column a name of its own");
            while (csv.Next() is { } fields)
            {
                if (fields.Count != _headings.Count)
                    throw new InvalidDataException($"line {csv.Line}: expected {_headings.Count} values as in the heading, got " +
                        $"{fields.Count}" +
                        $"{(_headings.Count == 1 ? $"; if the columns are not separated by '{separator}', say separator" : "")}");
                _rows.Add((csv.Line, fields));
            }
            if (_rows.Count == 0) throw new InvalidDataException("it has a heading and no rows");
        }
        catch (InvalidDataException e)
        {
            throw Wrong(e.Message);
        }
    }

    public Dataset ToDataset(string target, bool? classes, IReadOnlyList<string>? features)
    {
        int column = Column(target);
        string[] names = features is null ? [.. _headings.Where(heading => heading != target)] : [.. features];
        if (names.Length == 0) throw Wrong($"it has no column beside the target '{target}'");
        if (names.Contains(target))
            throw new ArgumentException($"'{target}' is the target, so it is no feature; leave it out of features.");
        int[] columns = [.. names.Select(Column)];
        double[] x = new double[_rows.Count * columns.Length];
        for (int i = 0; i < x.Length; i++) x[i] = Number(i / columns.Length, columns[i % columns.Length], isTarget: false);
        Tensor matrix = Tensor.From(x, _rows.Count, columns.Length);
        bool ofClasses = classes ?? _rows.Exists(row => row.Fields[column].Length > 0 && !IsNumber(row.Fields[column], out _));
        if (!ofClasses)
        {
            double[] y = [.. Enumerable.Range(0, _rows.Count).Select(row => Number(row, column, isTarget: true))];
            return new Dataset(matrix, Tensor.From(y, _rows.Count, 1), features: names) { Name = _name };
        }
        int empty = _rows.FindIndex(row => row.Fields[column].Length == 0);
        if (empty >= 0) throw Wrong($"line {_rows[empty].Line}, column '{target}': expected a class, got nothing; leave the row out");
        string[] order = Ordered([.. _rows.Select(row => row.Fields[column]).Distinct()]);
        Dictionary<string, int> labels = order.Select((name, label) => (name, label)).ToDictionary(pair => pair.name, pair => pair.label);
        return new Dataset(matrix, Tensor.From([.. _rows.Select(row => labels[row.Fields[column]])]), order, names) { Name = _name };
    }

    private int Column(string name) => _headings.IndexOf(name) is var column and >= 0
        ? column
        : throw new ArgumentException($"'{_name}' has no column '{name}'; it has " +
            $"{string.Join(", ", _headings.Select(heading => $"'{heading}'"))}.");

    private double Number(int row, int column, bool isTarget)
    {
        string text = _rows[row].Fields[column];
        if (IsNumber(text, out double number)) return number;
        string remedy = text.Length == 0 ? "fill the gap or leave the row out"
            : isTarget ? "say classes: true if the target is a class" : "leave the column out by naming the others as features, or turn " +
                "it into numbers";
        throw Wrong($"line {_rows[row].Line}, column '{_headings[column]}': expected a number, got " +
            $"{(text.Length == 0 ? "nothing" : $"'{text}'")}; {remedy}");
    }

    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    // Numbers by size, names in alphabetical order.
    private static string[] Ordered(string[] names) => names.All(name => IsNumber(name, out _))
        ? [.. names.OrderBy(name => double.Parse(name, CultureInfo.InvariantCulture))]
        : [.. names.Order(StringComparer.Ordinal)];

    private InvalidDataException Wrong(string what) => new($"'{_name}', {what}.");
}
