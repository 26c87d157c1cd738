namespace DeepLearning;

/// <summary>Functions of single numbers.</summary>
internal static class ElementwiseFormulas
{
    private static readonly Number s_rootOfTwo = new(Math.Sqrt(2), "√2", "\\sqrt{2}");
    private static readonly Number s_rootOfTwoPi = new(Math.Sqrt(2 * Math.PI), "√(2π)", "\\sqrt{2\\pi}");
    private static readonly Number s_twoOverRootOfPi = new(2 / Math.Sqrt(Math.PI), "2/√π", "\\tfrac{2}{\\sqrt{\\pi}}");

    public static Formula? Value(MapState map, Formula x) => map.Op switch
    {
        UnaryOp.Affine => Affine(map.A, map.B, x),
        UnaryOp.Abs => Formula.Abs(x),
        UnaryOp.Sign => new Function("sign", x, v => Math.Sign(v)),
        UnaryOp.Exp => Formula.Exp(x),
        UnaryOp.Log => Formula.Ln(x),
        UnaryOp.Sqrt => Formula.Sqrt(x),
        UnaryOp.Square => Formula.Square(x),
        UnaryOp.Reciprocal => 1 / x,
        UnaryOp.Power => new Power(x, map.A),
        UnaryOp.Sin => new Function("sin", x, Math.Sin),
        UnaryOp.Cos => new Function("cos", x, Math.Cos),
        UnaryOp.Erf => Erf(x),
        UnaryOp.Floor => new Function("floor", x, Math.Floor),
        UnaryOp.Clamp => Clamp(x, map.A, map.B),
        UnaryOp.Step => new Function("step", x, v => v >= 0 ? 1 : 0),
        UnaryOp.Tanh => new Function("tanh", x, Math.Tanh),
        UnaryOp.Sigmoid => Formula.Sigmoid(x),
        UnaryOp.Softplus => Formula.Ln(1 + Formula.Exp(x)),
        UnaryOp.Relu => new Extreme(true, [0, x]),
        UnaryOp.LeakyRelu => x.Value > 0 ? x : map.A * x,
        UnaryOp.Elu => x.Value > 0 ? x : map.A == 1 ? Formula.Exp(x) - 1 : map.A * (Formula.Exp(x) - 1),
        UnaryOp.Gelu => new Product([Number.Half, x, NormalShare(x)]),
        _ => null,
    };

    /// <summary>f′ in the form the notes use: for the sigmoid out(1 − out), not the quotient it comes from.</summary>
    public static (Formula? Formula, string Remark) Slope(MapState map, ScalarNode node, ScalarNode y)
    {
        Formula x = node;
        string sign = $", because {node.Name} {(node.Value > 0 ? "> 0" : "≤ 0")}";
        return map.Op switch
        {
            UnaryOp.Abs when node.Value < 0 => (-1, $", because {node.Name} < 0"),
            UnaryOp.Abs when node.Value == 0 => (0, $", because {node.Name} = 0"),
            UnaryOp.Abs => (1, sign),
            UnaryOp.Exp => (y, ""),
            UnaryOp.Log => (1 / x, ""),
            UnaryOp.Sqrt => (1 / (2 * (Formula)y), ""),
            UnaryOp.Reciprocal => (-Formula.Square(y), ""),
            UnaryOp.Power => (map.A * Formula.Raised(x, map.A - 1), ""),
            UnaryOp.Sin => (new Function("cos", x, Math.Cos), ""),
            UnaryOp.Cos => (-new Function("sin", x, Math.Sin), ""),
            UnaryOp.Erf => (s_twoOverRootOfPi * Formula.Exp(-Formula.Square(x)), ""),
            UnaryOp.Clamp when node.Value < map.A => (0, $", because {node.Name} is below the limit"),
            UnaryOp.Clamp when node.Value > map.B => (0, $", because {node.Name} is above the limit"),
            UnaryOp.Clamp => (1, ""),
            UnaryOp.Tanh => (1 - Formula.Square(y), ""),
            UnaryOp.Sigmoid => (y * (1 - (Formula)y), ""),
            UnaryOp.Softplus => (Formula.Sigmoid(x), ""),
            UnaryOp.Relu => (node.Value > 0 ? 1 : 0, sign),
            UnaryOp.LeakyRelu => (node.Value > 0 ? 1 : map.A, sign),
            UnaryOp.Elu => (node.Value > 0 ? 1 : map.A == 0 ? 0 : (Formula)y + map.A, sign),
            UnaryOp.Gelu => (Number.Half * NormalShare(x) + x * (Formula.Exp(-(Number.Half * Formula.Square(x))) / s_rootOfTwoPi), ""),
            _ => (null, ""),
        };
    }

    public static Formula? Value(BinaryOp kind, Formula a, Formula b) => kind switch
    {
        BinaryOp.Add => a + b,
        BinaryOp.Subtract => a - b,
        BinaryOp.Multiply => a * b,
        BinaryOp.Divide => a / b,
        BinaryOp.Power => new Power(a, b),
        BinaryOp.Maximum => new Extreme(true, [a, b]),
        BinaryOp.Minimum => new Extreme(false, [a, b]),
        _ => null,
    };

    /// <summary>Null where the formula's own derivative is the customary form.</summary>
    public static Formula? Slope(BinaryOp kind, ScalarNode x, ScalarNode y) => (kind, y.Formula) switch
    {
        (BinaryOp.Divide, Quotient { Below: Symbol below }) when below.Node == x => -(y / (Formula)x),
        (BinaryOp.Power, Power { Base: Symbol a, Exponent: var b }) when a.Node == x => b * new Power(a, b.Value - 1),
        (BinaryOp.Power, Power { Base: var a, Exponent: Symbol b }) when b.Node == x => y * Formula.Ln(a),
        _ => null,
    };

    private static Formula Affine(double scale, double shift, Formula x)
    {
        if (scale == -1 && shift != 0) return shift - x;
        Formula scaled = scale == 1 ? x : scale == -1 ? -x : scale * x;
        return shift == 0 ? scaled : shift < 0 ? scaled - (-shift) : scaled + shift;
    }

    private static Formula Clamp(Formula x, double low, double high)
    {
        Formula limited = high < double.MaxValue ? new Extreme(false, [high, x]) : x;
        return low > double.MinValue ? new Extreme(true, [low, limited]) : limited;
    }

    // 1 + erf(x/√2), which is 2Φ(x).
    private static Formula NormalShare(Formula x) => 1 + Erf(x / s_rootOfTwo);

    private static Function Erf(Formula x) => new("erf", x, ScalarMath.Erf);
}
