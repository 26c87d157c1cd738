using System.Text;

namespace DeepLearning;

/// <summary>A named function of one formula, such as ln(x); e^(x) is the one called <c>exp</c>, |x| the one called <c>abs</c>.</summary>
internal sealed record Function(string Name, Formula Argument, Func<double, double> Compute) : Formula
{
    public override double Value => Compute(Argument.Value);

    protected override IEnumerable<Formula> Inner => [Argument];

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        string x = Argument.ToText(style);
        text.Append((Name, style.Latex) switch
        {
            ("exp", false) => $"e^({x})",
            ("exp", true) => $"e^{{{x}}}",
            ("abs", false) => $"|{x}|",
            ("abs", true) => $"\\left|{x}\\right|",
            ("√", true) => $"\\sqrt{{{x}}}",
            ("ln" or "tanh" or "sin" or "cos", true) => $"\\{Name}\\left({x}\\right)",
            (_, true) => $"\\operatorname{{{Name}}}\\left({x}\\right)",
            _ => $"{Name}({x})",
        });
    }
}

/// <summary>The largest or smallest of several: max(a, b, …).</summary>
internal sealed record Extreme(bool Largest, IReadOnlyList<Formula> Compared) : Formula
{
    public override double Value => Largest ? Compared.Max(f => f.Value) : Compared.Min(f => f.Value);

    protected override IEnumerable<Formula> Inner => Compared;

    public override void Write(StringBuilder text, FormulaStyle style, bool first) =>
        text.Append($"{(style.Latex ? "\\" : "")}{(Largest ? "max" : "min")}({string.Join(", ", Compared.Select(f => f.ToText(style)))})");
}
