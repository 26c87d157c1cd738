namespace DeepLearning.Kernels;

/// <summary>The element-wise kernels for one number: value and derivative of each, side by side.</summary>
public static class ScalarMath
{
    /// <summary>f(x); see <see cref="UnaryOp"/>.</summary>
    public static double Value(UnaryOp op, double x, double a = 0, double b = 0) => op switch
    {
        UnaryOp.Affine => a * x + b,
        UnaryOp.Abs => Math.Abs(x),
        UnaryOp.Sign => double.IsNaN(x) ? x : Math.Sign(x),
        UnaryOp.Exp => Math.Exp(x),
        UnaryOp.Log => Math.Log(x),
        UnaryOp.Sqrt => Math.Sqrt(x),
        UnaryOp.Square => x * x,
        UnaryOp.Reciprocal => 1 / x,
        UnaryOp.Power => Math.Pow(x, a),
        UnaryOp.Sin => Math.Sin(x),
        UnaryOp.Cos => Math.Cos(x),
        UnaryOp.Erf => Erf(x),
        UnaryOp.Floor => Math.Floor(x),
        UnaryOp.Clamp => x < a ? a : x > b ? b : x,
        UnaryOp.Step => x >= 0 ? 1 : 0,
        UnaryOp.Tanh => Math.Tanh(x),
        UnaryOp.Sigmoid => Sigmoid(x),
        UnaryOp.Softplus => Softplus(x),
        UnaryOp.Relu => x < 0 ? 0 : x,
        UnaryOp.LeakyRelu => x > 0 ? x : a * x,
        UnaryOp.Elu => x > 0 ? x : a * (Math.Exp(x) - 1),
        UnaryOp.Gelu => x * NormalCdf(x),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };

    /// <summary>f′(x), where y = f(x) is at hand.</summary>
    public static double Slope(UnaryOp op, double x, double y, double a = 0, double b = 0) => op switch
    {
        UnaryOp.Affine => a,
        UnaryOp.Abs => double.IsNaN(x) ? x : Math.Sign(x),
        UnaryOp.Sign or UnaryOp.Floor or UnaryOp.Step => 0,
        UnaryOp.Exp => y,
        UnaryOp.Log => 1 / x,
        UnaryOp.Sqrt => 0.5 / y,
        UnaryOp.Square => 2 * x,
        UnaryOp.Reciprocal => -y * y,
        UnaryOp.Power => a == 0 ? 0 : a * Math.Pow(x, a - 1),
        UnaryOp.Sin => Math.Cos(x),
        UnaryOp.Cos => -Math.Sin(x),
        UnaryOp.Erf => 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x),
        UnaryOp.Clamp => x >= a && x <= b ? 1 : 0,
        UnaryOp.Tanh => 1 - y * y,
        UnaryOp.Sigmoid => y * (1 - y),
        UnaryOp.Softplus => Sigmoid(x),
        UnaryOp.Relu => x > 0 ? 1 : 0,
        UnaryOp.LeakyRelu => x > 0 ? 1 : a,
        UnaryOp.Elu => x > 0 ? 1 : a * Math.Exp(x),
        UnaryOp.Gelu => NormalCdf(x) + x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };

    /// <summary>f(a, b); see <see cref="BinaryOp"/>.</summary>
    public static double Value(BinaryOp op, double a, double b) => op switch
    {
        BinaryOp.Add => a + b,
        BinaryOp.Subtract => a - b,
        BinaryOp.Multiply => a * b,
        BinaryOp.Divide => a / b,
        BinaryOp.Power => Math.Pow(a, b),
        BinaryOp.Maximum => Math.Max(a, b),
        BinaryOp.Minimum => Math.Min(a, b),
        BinaryOp.Equal => a == b ? 1 : 0,
        BinaryOp.NotEqual => a != b ? 1 : 0,
        BinaryOp.Less => a < b ? 1 : 0,
        BinaryOp.LessEqual => a <= b ? 1 : 0,
        BinaryOp.Greater => a > b ? 1 : 0,
        BinaryOp.GreaterEqual => a >= b ? 1 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };

    /// <summary>What a reduction starts from.</summary>
    public static double Start(ReduceOp op) => op switch
    {
        ReduceOp.Sum => 0,
        ReduceOp.Product => 1,
        ReduceOp.Max => double.NegativeInfinity,
        ReduceOp.Min => double.PositiveInfinity,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };

    /// <summary>One step of a reduction.</summary>
    public static double Value(ReduceOp op, double soFar, double x) => op switch
    {
        ReduceOp.Sum => soFar + x,
        ReduceOp.Product => soFar * x,
        ReduceOp.Max => Math.Max(soFar, x),
        ReduceOp.Min => Math.Min(soFar, x),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };

    /// <summary>σ(x) without overflow for any x.</summary>
    public static double Sigmoid(double x)
    {
        if (x >= 0) return 1 / (1 + Math.Exp(-x));
        double e = Math.Exp(x);
        return e / (1 + e);
    }

    /// <summary>ln(1 + eˣ) without overflow for any x.</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>Φ(x) = ½(1 + erf(x/√2)), by the complement where that would cancel.</summary>
    public static double NormalCdf(double x) => 0.5 * Erfc(-x / Math.Sqrt(2));

    /// <summary>erf(x) to double precision: the Maclaurin series near 0, the complement's continued fraction elsewhere.</summary>
    public static double Erf(double x) => Math.Abs(x) < 2 ? ErfSeries(x) : x > 0 ? 1 - ErfcTail(x) : ErfcTail(-x) - 1;

    private static double Erfc(double x) => x >= 2 ? ErfcTail(x) : x <= -2 ? 2 - ErfcTail(-x) : 1 - ErfSeries(x);

    // erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)): all terms of one sign, so nothing cancels.
    private static double ErfSeries(double x)
    {
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // erfc(x) = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + ³⁄₂/(x + …)))) for x ≥ 2.
    private static double ErfcTail(double x)
    {
        double fraction = x;
        for (int k = 80; k >= 1; k--) fraction = x + 0.5 * k / fraction;
        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }

    // ln(1 + x) without losing digits for small x (Kahan).
    private static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }
}
