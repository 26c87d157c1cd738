using System.Text;

namespace DeepLearning;

public sealed partial class Explanation
{
    private NumberFormat Format => new(Digits);

    /// <summary>The whole account: forward pass, then every parameter, the last layer first, then a table.</summary>
    public override string ToString() => ToText();

    /// <inheritdoc cref="ToString"/>
    public string ToText() => $"{ForwardText()}\n{BackwardText()}\n{TableText()}";

    /// <summary>One parameter: its local derivatives, its paths, their sum, its update.</summary>
    /// <exception cref="ArgumentException">No parameter has this name.</exception>
    public string ToText(string parameter)
    {
        StringBuilder text = new();
        Write(text, Parameter(parameter), []);
        return text.ToString();
    }

    /// <summary>The forward pass, a line for each number.</summary>
    public string ForwardText() => $"Forward pass\n{string.Concat(Forward.Select(step => $"  {step.Text}\n"))}";

    /// <summary>The backward pass and the updates; a local derivative is worked out where it is first needed.</summary>
    public string BackwardText()
    {
        StringBuilder text = new($"Backward pass, α = {Format.Write(LearningRate)}\n");
        HashSet<LocalDerivative> known = [];
        foreach (ExplainedParameter parameter in Backward)
        {
            text.Append('\n');
            Write(text, parameter, known);
        }
        return text.ToString();
    }

    /// <summary>The table as text.</summary>
    public string TableText()
    {
        string[][] rows = [["parameter", "value", "gradient", "updated"],
            .. Parameters.Select(p => new[] { p.Name, Format.Write(p.Value), Format.Write(p.Gradient), Format.Write(p.Updated) })];
        int[] widths = [.. Enumerable.Range(0, 4).Select(c => rows.Max(row => row[c].Length))];
        return string.Concat(rows.Select(row =>
            $"  {row[0].PadRight(widths[0])}  {string.Join("  ", row.Skip(1).Select((cell, c) => cell.PadLeft(widths[c + 1])))}\n"));
    }

    /// <summary>The account of one parameter as LaTeX, an <c>aligned</c> block without dollar signs.</summary>
    /// <inheritdoc cref="ToText(string)" path="/exception"/>
    public string ToLatex(string parameter)
    {
        ExplainedParameter p = Parameter(parameter);
        List<string> lines = [.. p.Paths.SelectMany(path => path.Factors).Distinct().Select(d => d.Latex)];
        string gradient = SymbolLatex.Derivative(LossName, p.Name), name = SymbolLatex.Of(p.Name);
        string total = Format.Write(p.Gradient, latex: true);
        if (p.Paths.Count == 0) lines.Add($"{gradient} = 0");
        for (int i = 0; i < p.Paths.Count; i++)
        {
            string chain = string.Join(" ", p.Paths[i].Factors.Select(f => SymbolLatex.Derivative(f.Of, f.With)));
            string numbers = Product(p.Paths[i], latex: true), end = i == p.Paths.Count - 1 && numbers != total ? $" = {total}" : "";
            if (p.Paths.Count == 1 && chain != gradient) lines.Add($"{gradient} = {chain} = {numbers}{end}");
            else if (p.Paths.Count > 1) lines.Add($"P_{{{i + 1}}} = {chain} = {numbers} = {Format.Write(p.Paths[i].Product, true)}");
        }
        if (p.Paths.Count > 1)
        {
            string names = string.Join(" + ", p.Paths.Select((_, i) => $"P_{{{i + 1}}}"));
            string sum = string.Join(" + ", p.Paths.Select((path, i) => Bracketed(path.Product, i > 0, latex: true)));
            lines.Add($"{gradient} = {names} = {sum} = {total}");
        }
        lines.Add($"{SymbolLatex.Of(p.Name + "'")} = {name} - \\alpha\\,{gradient} = {Format.Write(p.Value, true)} - {Step(p, latex: true)}"
            + $" = {Format.Write(p.Updated, true)}");
        return Aligned(lines);
    }

    /// <summary>The forward pass as LaTeX, an <c>aligned</c> block without dollar signs.</summary>
    public string ToLatex() => Aligned(Forward.Select(step => step.Latex));

    private static string Aligned(IEnumerable<string> lines) =>
        $"\\begin{{aligned}}\n{string.Join(" \\\\\n", lines.Select(Align))}\n\\end{{aligned}}";

    private static string Align(string line)
    {
        int at = line.IndexOf(" = ", StringComparison.Ordinal);
        return at < 0 ? line : $"{line[..at]} &{line[at..]}";
    }

    private void Write(StringBuilder text, ExplainedParameter p, HashSet<LocalDerivative> known)
    {
        string gradient = $"∂{LossName}/∂{p.Name}";
        text.Append($"{p.Name} = {Format.Write(p.Value)}\n");
        foreach (LocalDerivative derivative in p.Paths.SelectMany(path => path.Factors).Where(known.Add))
            text.Append($"  {derivative.Text}\n");
        if (p.Paths.Count == 0) text.Append($"  {LossName} does not change with {p.Name}: {gradient} = 0\n");
        else if (p.Paths.Count == 1) WriteChain(text, p.Paths[0], $"  {gradient}", "    ");
        else
        {
            for (int i = 0; i < p.Paths.Count; i++)
            {
                text.Append($"  path {i + 1} of {p.Paths.Count}, through {string.Join(", ", p.Paths[i].Through)}:\n");
                WriteChain(text, p.Paths[i], "   ", "    ");
            }
            string sum = string.Join(" + ", p.Paths.Select((path, i) => Bracketed(path.Product, i > 0)));
            text.Append($"  {gradient} = {sum} = {Format.Write(p.Gradient)}\n");
        }
        text.Append($"  {p.Name}' = {p.Name} − α·{gradient} = {Format.Write(p.Value)} − {Step(p, latex: false)}");
        text.Append($" = {Format.Write(p.Updated)}\n");
    }

    private void WriteChain(StringBuilder text, GradientPath path, string start, string indent)
    {
        string symbols = string.Join(" × ", path.Factors.Select(f => f.Symbol)), numbers = Product(path, latex: false);
        bool named = start.Trim() != "" && symbols != start.Trim();
        text.Append(named ? $"{start} = {symbols}\n" : start.Trim() == "" ? $"{start} {symbols}\n" : "");
        if (named || start.Trim() == "") text.Append($"{indent}= {numbers}");
        else text.Append($"{start} = {numbers}");
        text.Append(path.Factors.Count > 1 ? $" = {Format.Write(path.Product)}\n" : "\n");
    }

    private string Product(GradientPath path, bool latex) =>
        string.Join(latex ? " \\times " : " × ", path.Factors.Select((f, i) => Bracketed(f.Value, i > 0, latex)));

    private string Step(ExplainedParameter p, bool latex) =>
        Format.Write(LearningRate, latex) + (latex ? " \\times " : "×") + Bracketed(p.Gradient, true, latex);

    private string Bracketed(double value, bool bracketed, bool latex = false) =>
        bracketed && value < 0 ? $"({Format.Write(value, latex)})" : Format.Write(value, latex);
}
