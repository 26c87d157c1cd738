using System.Text;

namespace DeepLearning;

/// <summary>How a formula is written.</summary>
/// <param name="Numbers">With values in place of names.</param>
/// <param name="Latex">As LaTeX rather than as plain text.</param>
/// <param name="Format">How values are written.</param>
internal sealed record FormulaStyle(bool Numbers, bool Latex, NumberFormat Format);

/// <summary>
/// A formula over single numbers that can be computed, written with names, written with values, and written as LaTeX. Having one source for
/// all four is what lets every line of an explanation be checked against the number the operation really gave.
/// </summary>
internal abstract record Formula
{
    public abstract double Value { get; }

    /// <summary>The numbers it mentions.</summary>
    public abstract IEnumerable<ScalarNode> Operands { get; }

    /// <param name="text">Receives the formula.</param>
    /// <param name="style">How.</param>
    /// <param name="first">Whether nothing stands before it, so that a minus sign needs no brackets.</param>
    public abstract void Write(StringBuilder text, FormulaStyle style, bool first);

    /// <summary>∂this/∂node for sums and products; null where no rule is known.</summary>
    public virtual Formula? Derivative(ScalarNode node) => null;

    /// <summary>This formula with another in the place of a number, for sums.</summary>
    public virtual Formula Replace(ScalarNode node, Formula by) => this;

    public string ToText(FormulaStyle style)
    {
        StringBuilder text = new();
        Write(text, style, first: true);
        return text.ToString();
    }

    public static implicit operator Formula(double value) => new Number(value);

    public static implicit operator Formula(ScalarNode node) => new Symbol(node);

    public static Formula operator +(Formula a, Formula b) => new Sum([a, b]);

    public static Formula operator -(Formula a, Formula b) => new Difference(a, b);

    public static Formula operator *(Formula a, Formula b) => new Product([a, b]);

    public static Formula operator /(Formula a, Formula b) => new Quotient(a, b);

    protected static void Bracketed(StringBuilder text, FormulaStyle style, Formula inner)
    {
        text.Append(style.Latex ? "\\left(" : "(");
        inner.Write(text, style, first: true);
        text.Append(style.Latex ? "\\right)" : ")");
    }

    // Writes a part of a product, quotient or power: sums in brackets.
    protected static void Part(StringBuilder text, FormulaStyle style, Formula part, bool first, bool tight = false)
    {
        if (part is Sum or Difference || (tight && part is not (Symbol or Number or Function)) || (tight && IsNegative(part, style)))
            Bracketed(text, style, part);
        else part.Write(text, style, first);
    }

    private static bool IsNegative(Formula part, FormulaStyle style) =>
        part is Number { Value: < 0 } || (style.Numbers && part is Symbol { Value: < 0 });
}

/// <summary>A fixed number such as ½.</summary>
internal sealed record Number(double Constant, string? Text = null, string? Latex = null) : Formula
{
    public static Number Half { get; } = new(0.5, "½", "\\tfrac{1}{2}");

    public override double Value => Constant;

    public override IEnumerable<ScalarNode> Operands => [];

    public override Formula Derivative(ScalarNode node) => 0;

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        string number = (style.Latex ? Latex : Text) ?? style.Format.Write(Constant, style.Latex);
        text.Append(Constant < 0 && !first ? $"({number})" : number);
    }
}

/// <summary>A number of the network.</summary>
internal sealed record Symbol(ScalarNode Node) : Formula
{
    public override double Value => Node.Value;

    public override IEnumerable<ScalarNode> Operands => [Node];

    public override Formula Derivative(ScalarNode node) => node == Node ? 1 : 0;

    public override Formula Replace(ScalarNode node, Formula by) => node == Node ? by : this;

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        string written = style.Numbers ? style.Format.Write(Node.Value, style.Latex) : style.Latex ? SymbolLatex.Of(Node.Name) : Node.Name;
        text.Append(style.Numbers && Node.Value < 0 && !first ? $"({written})" : written);
    }
}

internal sealed record Sum(IReadOnlyList<Formula> Terms) : Formula
{
    public override double Value => Terms.Sum(t => t.Value);

    public override IEnumerable<ScalarNode> Operands => Terms.SelectMany(t => t.Operands);

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

    public override IEnumerable<ScalarNode> Operands => Left.Operands.Concat(Right.Operands);

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

    public override IEnumerable<ScalarNode> Operands => Factors.SelectMany(f => f.Operands);

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
            Part(text, style, Factors[i], first && i == 0);
        }
    }

    // Nothing before a bracket or after ½; a dot between names; a cross between numbers.
    private static string Between(Formula before, Formula after, FormulaStyle style) =>
        after is Sum or Difference || (after is Power && before is Number) || before is Number { Text: not null } ? ""
        : style.Numbers ? (style.Latex ? " \\times " : "×") : style.Latex ? "\\," : "·";
}

internal sealed record Quotient(Formula Above, Formula Below) : Formula
{
    public override double Value => Above.Value / Below.Value;

    public override IEnumerable<ScalarNode> Operands => Above.Operands.Concat(Below.Operands);

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        if (style.Latex)
        {
            text.Append($"\\frac{{{Above.ToText(style)}}}{{{Below.ToText(style)}}}");
            return;
        }
        Part(text, style, Above, first, tight: Above is Quotient);
        text.Append('/');
        Part(text, style, Below, first: false, tight: true);
    }
}

internal sealed record Power(Formula Base, int Exponent) : Formula
{
    public override double Value => Math.Pow(Base.Value, Exponent);

    public override IEnumerable<ScalarNode> Operands => Base.Operands;

    public override Formula? Derivative(ScalarNode node) => Base.Derivative(node) switch
    {
        Number { Constant: 0 } => 0,
        Number { Constant: 1 } when Exponent == 2 => (Formula)2 * Base,
        _ => null,
    };

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        Part(text, style, Base, first: false, tight: true);
        text.Append(style.Latex ? $"^{{{Exponent}}}" : Exponent == 2 ? "²" : $"^{Exponent}");
    }
}

/// <summary>A named function of one formula, such as ln(x); e^(x) is the one called <c>exp</c>.</summary>
internal sealed record Function(string Name, Formula Argument, Func<double, double> Compute) : Formula
{
    public override double Value => Compute(Argument.Value);

    public override IEnumerable<ScalarNode> Operands => Argument.Operands;

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        if (Name == "exp")
        {
            text.Append(style.Latex ? $"e^{{{Argument.ToText(style)}}}" : $"e^({Argument.ToText(style)})");
            return;
        }
        text.Append(!style.Latex ? Name : Name is "ln" or "tanh" or "max" ? $"\\{Name}" : $"\\operatorname{{{Name}}}");
        Bracketed(text, style, Argument);
    }
}

/// <summary>−x in front of a formula.</summary>
internal sealed record Minus(Formula Inner) : Formula
{
    public override double Value => -Inner.Value;

    public override IEnumerable<ScalarNode> Operands => Inner.Operands;

    public override Formula? Derivative(ScalarNode node) => Inner.Derivative(node) switch
    {
        null => null,
        Number n => -n.Constant,
        var slope => new Minus(slope),
    };

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        if (!first) text.Append('(');
        text.Append(style.Latex ? "-" : "−");
        if (Inner is Sum or Difference) Bracketed(text, style, Inner);
        else Inner.Write(text, style, first: false);
        if (!first) text.Append(')');
    }
}
