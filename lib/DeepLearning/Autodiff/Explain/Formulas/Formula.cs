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
    public virtual IEnumerable<ScalarNode> Operands => Inner.SelectMany(f => f.Operands);

    /// <summary>The parts it mentions that have a line of their own, each after those it needs itself.</summary>
    public virtual IEnumerable<FormulaPart> Parts => Inner.SelectMany(f => f.Parts);

    /// <summary>The formulas it is put together from.</summary>
    protected virtual IEnumerable<Formula> Inner => [];

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

    public static implicit operator Formula(ScalarNode node) => node.IsLiteral ? node.Value : new Symbol(node);

    public static Formula operator +(Formula a, Formula b) => new Sum([a, b]);

    public static Formula operator -(Formula a, Formula b) => new Difference(a, b);

    public static Formula operator *(Formula a, Formula b) => new Product([a, b]);

    public static Formula operator /(Formula a, Formula b) => new Quotient(a, b);

    public static Formula operator -(Formula a) => new Minus(a);

    /// <summary>A sum of one or more terms.</summary>
    public static Formula SumOf(IEnumerable<Formula> terms) => terms.ToArray() is var all && all.Length == 1 ? all[0] : new Sum(all);

    /// <summary>A product, without the factors that are 1.</summary>
    public static Formula ProductOf(params ReadOnlySpan<Formula> factors)
    {
        Formula[] all = [.. factors.ToArray().Where(f => f is not Number { Constant: 1 })];
        return all.Length switch { 0 => 1, 1 => all[0], _ => new Product(all) };
    }

    public static Formula Exp(Formula x) => new Function("exp", x, Math.Exp);

    public static Formula Ln(Formula x) => new Function("ln", x, Math.Log);

    public static Formula Sqrt(Formula x) => new Function("√", x, Math.Sqrt);

    public static Formula Abs(Formula x) => new Function("abs", x, Math.Abs);

    public static Formula Square(Formula x) => new Power(x, 2);

    /// <summary>xⁿ, or what that is for n = 0 and 1.</summary>
    public static Formula Raised(Formula x, double n) => n switch { 0 => 1, 1 => x, _ => new Power(x, n) };

    public static Formula Sigmoid(Formula x) => 1 / (1 + Exp(-x));

    protected static void Bracketed(StringBuilder text, FormulaStyle style, Formula inner)
    {
        text.Append(style.Latex ? "\\left(" : "(");
        inner.Write(text, style, first: true);
        text.Append(style.Latex ? "\\right)" : ")");
    }

    // Writes a part of a product, quotient or power: sums in brackets.
    protected static void WritePart(StringBuilder text, FormulaStyle style, Formula part, bool first, bool tight = false)
    {
        bool alone = part is Symbol or Number or Function or Named or Extreme;
        if (part is Sum or Difference || (tight && (!alone || IsNegative(part, style))))
            Bracketed(text, style, part);
        else part.Write(text, style, first);
    }

    private static bool IsNegative(Formula part, FormulaStyle style) =>
        part is Number { Value: < 0 } || (style.Numbers && part is (Symbol or Named) and { Value: < 0 });
}

/// <summary>A fixed number such as ½.</summary>
internal sealed record Number(double Constant, string? Text = null, string? Latex = null) : Formula
{
    public static Number Half { get; } = new(0.5, "½", "\\tfrac{1}{2}");

    public override double Value => Constant;

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

/// <summary>A part of formulas that deserves a name and a line of its own, such as a mean.</summary>
/// <param name="stem">What it is called, but for a number that tells it from others.</param>
/// <param name="formula">How it is computed.</param>
internal sealed class FormulaPart(string stem, Formula formula)
{
    public string Stem { get; } = stem;

    public Formula Formula { get; } = formula;

    public string Name { get; set; } = stem;
}

/// <summary>A part, mentioned by its name.</summary>
internal sealed record Named(FormulaPart Part) : Formula
{
    public override double Value => Part.Formula.Value;

    public override IEnumerable<FormulaPart> Parts => [.. base.Parts, Part];

    protected override IEnumerable<Formula> Inner => [Part.Formula];

    public override void Write(StringBuilder text, FormulaStyle style, bool first)
    {
        string written = style.Numbers ? style.Format.Write(Value, style.Latex) : style.Latex ? SymbolLatex.Of(Part.Name) : Part.Name;
        text.Append(style.Numbers && Value < 0 && !first ? $"({written})" : written);
    }
}
