using System.Text;

namespace DeepLearning;

// What formulas are put together with.
internal sealed record Sum(IReadOnlyList<Formula> Terms) : Formula
{
    public override double Value => Terms.Sum(t => t.Value);

    protected override IEnumerable<Formula> Inner => Terms;

    public override Formula Replace(ScalarNode node, Formula by) =>
        new Sum([.. Terms.Select(t => t.Replace(node, by)).SelectMany(t => t is Sum inner ? inner.Terms : [t])]);

    public override Formula? Derivative(ScalarNode node)
    {
        Formula?[] parts = [.. Terms.Select(t => t.Derivative(node))];
        if (parts.Any(p => p is null)) return null;
        Formula[] left = [.. parts.OfType<Formula>().Where(p => p is not Number { Constant: 0 })];
        return left.Length switch { 0 => 0, 1 => left[0], _ => new Sum(left) };
    }

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        for (int i = 0; i < Terms.Count; i++)
        {
            if (i > 0) text.Append(" + ");
            Terms[i].Write(text, style, first && i == 0);
        }
    }
}

internal sealed record Difference(Formula Left, Formula Right) : Formula
{
    public override double Value => Left.Value - Right.Value;

    protected override IEnumerable<Formula> Inner => [Left, Right];

    public override Formula? Derivative(ScalarNode node) => (Left.Derivative(node), Right.Derivative(node)) switch
    {
        (null, _) or (_, null) => null,
        (var left, Number { Constant: 0 }) => left,
        (Number { Constant: 0 }, Number right) => -right.Constant,
        (Number { Constant: 0 }, var right) => new Minus(right!),
        var (left, right) => left! - right!,
    };

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        Left.Write(text, style, first);
        text.Append(style.Latex ? " - " : " − ");
        if (Right is Sum or Difference) Bracketed(text, style, Right);
        else Right.Write(text, style, first: false);
    }
}

internal sealed record Product(IReadOnlyList<Formula> Factors) : Formula
{
    public override double Value => Factors.Aggregate(1.0, (product, f) => product * f.Value);

    protected override IEnumerable<Formula> Inner => Factors;

    public override Formula? Derivative(ScalarNode node)
    {
        List<Formula> terms = [];
        for (int i = 0; i < Factors.Count; i++)
        {
            Formula? slope = Factors[i].Derivative(node);
            if (slope is null) return null;
            if (slope is Number { Constant: 0 }) continue;
            Formula[] product = [.. Factors.Select((f, k) => k == i ? slope : f).Where(f => f is not Number { Constant: 1 })];
            terms.Add(product.Length switch { 0 => 1, 1 => product[0], _ => new Product(product) });
        }
        return terms.Count switch { 0 => 0, 1 => terms[0], _ => new Sum(terms) };
    }

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        for (int i = 0; i < Factors.Count; i++)
        {
            if (i > 0) text.Append(Between(Factors[i - 1], Factors[i], style));
            WritePart(text, style, Factors[i], first && i == 0);
        }
    }

    // Nothing before a bracket, or between ½ and a name; a dot between names; a cross between numbers.
    private static string Between(Formula before, Formula after, FormulaStyle style) =>
        after is Sum or Difference or Power { Base: Sum or Difference }
            || (before is Number { Text: not null } && !(style.Numbers && !style.Latex)) ? ""
        : style.Numbers ? (style.Latex ? " \\times " : "×") : style.Latex ? "\\," : "·";
}

internal sealed record Quotient(Formula Above, Formula Below) : Formula
{
    public override double Value => Above.Value / Below.Value;

    protected override IEnumerable<Formula> Inner => [Above, Below];

    public override Formula? Derivative(ScalarNode node) => Below.Operands.Contains(node) ? null : Above.Derivative(node) switch
    {
        null => null,
        Number { Constant: 0 } => 0,
        var slope => slope / Below,
    };

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        if (style.Latex)
        {
            text.Append($"\\frac{{{Above.ToText(style)}}}{{{Below.ToText(style)}}}");
            return;
        }
        WritePart(text, style, Above, first, tight: Above is Quotient);
        text.Append('/');
        WritePart(text, style, Below, first: false, tight: true);
    }
}

internal sealed record Power(Formula Base, Formula Exponent) : Formula
{
    public override double Value => Math.Pow(Base.Value, Exponent.Value);

    protected override IEnumerable<Formula> Inner => [Base, Exponent];

    public override Formula? Derivative(ScalarNode node) => Base.Derivative(node) switch
    {
        Number { Constant: 0 } => 0,
        Number { Constant: 1 } when Exponent is Number { Constant: 2 } => (Formula)2 * Base,
        _ => null,
    };

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        WritePart(text, style, Base, first: false, tight: true);
        if (style.Latex) text.Append($"^{{{Exponent.ToText(style)}}}");
        else if (Exponent is Number { Constant: 2 }) text.Append('²');
        else
        {
            text.Append('^');
            WritePart(text, style, Exponent, first: false, tight: true);
        }
    }
}

/// <summary>−x in front of a formula.</summary>
internal sealed record Minus(Formula Negated) : Formula
{
    public override double Value => -Negated.Value;

    protected override IEnumerable<Formula> Inner => [Negated];

    public override Formula? Derivative(ScalarNode node) => Negated.Derivative(node) switch
    {
        null => null,
        Number n => -n.Constant,
        var slope => new Minus(slope),
    };

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        if (!first) text.Append('(');
        text.Append(style.Latex ? "-" : "−");
        if (Negated is Sum or Difference) Bracketed(text, style, Negated);
        else Negated.Write(text, style, first: false);
        if (!first) text.Append(')');
    }
}
