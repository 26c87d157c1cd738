using System.Text;

namespace DeepLearning;

/// <summary>
/// What a model is made of, layer by layer: shapes, parameters and multiplications, with the sums behind each. Its text is the table of S3
/// "Compute the output shape and number of parameters of each layer".
/// </summary>
/// <remarks>Shapes are of one sample; images are written height × width × channels, as in the notes.</remarks>
public sealed class ModelSummary
{
    private readonly List<SummaryRow> _rows = [];

    internal ModelSummary(Layer model, ReadOnlySpan<int> inputShape)
    {
        Input = new Shape(inputShape);
        (ParameterCount, TrainableCount) = (model.ParameterCount, model.TrainableCount);
        Dictionary<Layer, int> row = [];
        List<IDisposable> hooks = [];
        foreach ((string name, Layer layer) in model.Parts())
        {
            if (!row.TryAdd(layer, _rows.Count)) continue;
            _rows.Add(new SummaryRow(name, layer, null, layer.OwnParameterCount, new LayerArithmetic()));
            hooks.Add(layer.OnForward((_, x, y) => _rows[row[layer]] = _rows[row[layer]].Seen(x.Shape, y.Shape)));
        }
        try
        {
            using IDisposable modes = model.Evaluating(), quiet = Tensor.NoGradient(), scope = Tensor.Scope();
            using IDisposable place = Device.Use(model.Parameters.FirstOrDefault()?.Device ?? Device.Current);
            Output = model.Forward(Tensor.Zeros([1, .. inputShape])).Shape;
        }
        finally
        {
            hooks.ForEach(hook => hook.Dispose());
        }
    }

    /// <summary>A row for each layer that is made of no others or has parameters of its own, in order.</summary>
    public IReadOnlyList<SummaryRow> Rows => _rows;

    /// <summary>Of one sample.</summary>
    public Shape Input { get; }

    /// <summary>Of a batch of one sample.</summary>
    public Shape Output { get; }

    /// <summary>How many numbers are in the model's parameters.</summary>
    public int ParameterCount { get; }

    /// <summary>Those of them that are not frozen.</summary>
    public int TrainableCount { get; }

    /// <summary>Multiplications of a forward pass, for one sample.</summary>
    public long MultiplyAdds => _rows.Sum(row => row.Arithmetic.MultiplyAdds);

    /// <summary>The table.</summary>
    public override string ToString()
    {
        int parameterDigits = Digits(row => row.ParameterCount), multiplyDigits = Digits(row => row.Arithmetic.MultiplyAdds);
        string frozen = TrainableCount < ParameterCount ? $", {TrainableCount} not frozen" : "";
        string[][] cells =
        [
            ["", "layer", "output", "", "parameters", "multiply-adds"],
            ["", "input", SummaryRow.Text(Input, first: 0), "", "", ""],
            .. _rows.Select(row => row.Cells(parameterDigits, multiplyDigits)),
            ["", "total", "", "", $"{ParameterCount}{frozen}", $"{MultiplyAdds}"],
        ];
        int[] widths = [.. Enumerable.Range(0, 6).Select(column => cells.Max(row => row[column].Length))];
        string rule = new('─', widths.Where(width => width > 0).Sum(width => width + 2) - 2);
        StringBuilder text = new();
        for (int i = 0; i < cells.Length; i++)
        {
            if (i == 1 || i == cells.Length - 1) text.AppendLine(rule);
            IEnumerable<string> line = Enumerable.Range(0, 6).Where(column => widths[column] > 0)
                .Select(column => cells[i][column].PadRight(widths[column]));
            text.AppendLine(string.Join("  ", line).TrimEnd());
        }
        return text.ToString().ReplaceLineEndings("\n");
    }

    private int Digits(Func<SummaryRow, long> number) => _rows.Select(row => $"{number(row)}".Length).DefaultIfEmpty(1).Max();
}

/// <summary>One layer of a <see cref="ModelSummary"/>.</summary>
/// <param name="Name">Where it is in the model, such as <c>3</c> or <c>encoder.0</c>.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Output">
/// Its output for one sample, batch axis first; null if the model does not use it by <see cref="DeepLearning.Layer.Forward"/>.
/// </param>
/// <param name="ParameterCount">Its own parameters.</param>
/// <param name="Arithmetic">The sums behind the numbers; a layer used several times adds up its multiplications.</param>
public sealed record SummaryRow(string Name, Layer Layer, Shape? Output, int ParameterCount, LayerArithmetic Arithmetic)
{
    internal string[] Cells(int parameterDigits, int multiplyDigits) =>
    [
        Name, $"{Layer}", Output is null ? "" : Text(Output, first: 1), Arithmetic.Shape,
        Sum(ParameterCount, parameterDigits, Arithmetic.Parameters),
        Sum(Arithmetic.MultiplyAdds, multiplyDigits, Arithmetic.MultiplyAddsText),
    ];

    internal SummaryRow Seen(Shape x, Shape y)
    {
        LayerArithmetic sums = Layer.Arithmetic(x, y);
        return this with
        {
            Output = y,
            Arithmetic = sums with
            {
                MultiplyAdds = Arithmetic.MultiplyAdds + sums.MultiplyAdds,
                Steps = Output is null ? sums.Steps : Arithmetic.Steps + sums.Steps,
            },
        };
    }

    // Channels come first in memory and last in the notes.
    internal static string Text(Shape shape, int first)
    {
        int[] dims = [.. shape.Dims[first..]];
        return string.Join('×', dims.Length == 3 ? [dims[1], dims[2], dims[0]] : dims);
    }

    private static string Sum(long value, int digits, string text) => $"{value}".PadLeft(digits) + (text == "" ? "" : $" = {text}");
}
