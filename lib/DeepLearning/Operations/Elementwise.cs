namespace DeepLearning;

// Functions of one tensor, element by element. The table holds f′(x) written with operations, so that a gradient can be differentiated
// again; when it need not be, the device's fused gradient kernel does the same in one pass.
public partial class Tensor
{
    private delegate Tensor SlopeOf(Tensor x, Tensor y, double a, double b);

    private static readonly Dictionary<UnaryOp, SlopeOf> s_slopes = new()
    {
        [UnaryOp.Affine] = (x, _, a, _) => Full(a, x.Shape, x.Device),
        [UnaryOp.Abs] = (x, _, _, _) => x.Sign(),
        [UnaryOp.Sign] = (x, _, _, _) => Full(0, x.Shape, x.Device),
        [UnaryOp.Exp] = (_, y, _, _) => y,
        [UnaryOp.Log] = (x, _, _, _) => x.Reciprocal(),
        [UnaryOp.Sqrt] = (_, y, _, _) => 0.5 * y.Reciprocal(),
        [UnaryOp.Square] = (x, _, _, _) => 2 * x,
        [UnaryOp.Reciprocal] = (_, y, _, _) => -y.Square(),
        [UnaryOp.Power] = (x, _, a, _) => a == 0 ? Full(0, x.Shape, x.Device) : a * x.Power(a - 1),
        [UnaryOp.Sin] = (x, _, _, _) => x.Cos(),
        [UnaryOp.Cos] = (x, _, _, _) => -x.Sin(),
        [UnaryOp.Erf] = (x, _, _, _) => 2 / Math.Sqrt(Math.PI) * (-x.Square()).Exp(),
        [UnaryOp.Floor] = (x, _, _, _) => Full(0, x.Shape, x.Device),
        [UnaryOp.Clamp] = (x, _, a, b) => (x >= a) * (x <= b),
        [UnaryOp.Step] = (x, _, _, _) => Full(0, x.Shape, x.Device),
        [UnaryOp.Tanh] = (_, y, _, _) => 1 - y.Square(),
        [UnaryOp.Sigmoid] = (_, y, _, _) => y * (1 - y),
        [UnaryOp.Softplus] = (x, _, _, _) => x.Sigmoid(),
        [UnaryOp.Relu] = (x, _, _, _) => x > 0,
        [UnaryOp.LeakyRelu] = (x, _, a, _) => (x > 0) * (1 - a) + a,
        // Where x is positive its exponential, which may be ∞, is not taken.
        [UnaryOp.Elu] = (x, _, a, _) => Where(x > 0, 1, a * (-(-x).Relu()).Exp()),
        [UnaryOp.Gelu] = (x, _, _, _) => 0.5 * (1 + (x / Math.Sqrt(2)).Erf()) + x * (-0.5 * x.Square()).Exp() / Math.Sqrt(2 * Math.PI),
    };

    /// <summary>|x|, with derivative 0 at 0.</summary>
    public Tensor Abs() => Map(UnaryOp.Abs);

    /// <summary>−1, 0 or 1; derivative 0.</summary>
    public Tensor Sign() => Map(UnaryOp.Sign);

    /// <summary>eˣ</summary>
    public Tensor Exp() => Map(UnaryOp.Exp);

    /// <summary>ln x</summary>
    public Tensor Log() => Map(UnaryOp.Log);

    /// <summary>√x</summary>
    public Tensor Sqrt() => Map(UnaryOp.Sqrt);

    /// <summary>x²</summary>
    public Tensor Square() => Map(UnaryOp.Square);

    /// <summary>1/x</summary>
    public Tensor Reciprocal() => Map(UnaryOp.Reciprocal);

    /// <summary>xᵃ</summary>
    public Tensor Power(double a) => Map(UnaryOp.Power, a);

    /// <summary>sin x</summary>
    public Tensor Sin() => Map(UnaryOp.Sin);

    /// <summary>cos x</summary>
    public Tensor Cos() => Map(UnaryOp.Cos);

    /// <summary>The error function, 2/√π ∫₀ˣ e^(−t²) dt.</summary>
    public Tensor Erf() => Map(UnaryOp.Erf);

    /// <summary>The greatest whole number ≤ x; derivative 0.</summary>
    public Tensor Floor() => Map(UnaryOp.Floor);

    /// <summary>x limited to [low, high]; derivative 1 inside, ends included, and 0 outside.</summary>
    public Tensor Clamp(double low, double high) => low <= high
        ? Map(UnaryOp.Clamp, low, high)
        : throw new ArgumentException($"Clamp needs low ≤ high, got {low} and {high}.");

    /// <summary>1 for x ≥ 0, else 0; derivative 0.</summary>
    public Tensor Step() => Map(UnaryOp.Step);

    /// <summary>tanh x</summary>
    public Tensor Tanh() => Map(UnaryOp.Tanh);

    /// <summary>σ(x) = 1/(1 + e⁻ˣ)</summary>
    public Tensor Sigmoid() => Map(UnaryOp.Sigmoid);

    /// <summary>ln(1 + eˣ)</summary>
    public Tensor Softplus() => Map(UnaryOp.Softplus);

    /// <summary>max(0, x); derivative 0 at 0.</summary>
    public Tensor Relu() => Map(UnaryOp.Relu);

    /// <summary>x for x &gt; 0, else slope·x.</summary>
    public Tensor LeakyRelu(double slope = 0.01) => Map(UnaryOp.LeakyRelu, slope);

    /// <summary>x for x &gt; 0, else alpha·(eˣ − 1).</summary>
    public Tensor Elu(double alpha = 1) => Map(UnaryOp.Elu, alpha);

    /// <summary>x·Φ(x), with Φ the normal distribution function.</summary>
    public Tensor Gelu() => Map(UnaryOp.Gelu);

    private Tensor Map(UnaryOp op, double a = 0, double b = 0)
    {
        if (this is PendingTensor pending && Fusion.TryMap(op, pending, a, b) is { } later) return later;
        Tensor y = Empty(Shape, Device);
        Device.Unary(op, Storage, y.Storage, Count, a, b);
        return Mapped(op, y, a, b);
    }

    private Tensor Mapped(UnaryOp op, Tensor y, double a = 0, double b = 0)
    {
        if (!RequiresGradient || !IsRecording) return y;
        y.ComesFrom(new Operation<MapState>(NameOf(op), y, new MapState(op, a, b), s_mapDerivative, [this]));
        return y;
    }

    private static readonly Operation<MapState>.Derivative s_mapDerivative = static (operation, gradient) =>
    {
        (UnaryOp op, double a, double b) = operation.State;
        Tensor x = operation[0], y = operation.Output;
        operation.Send(0, IsRecording ? gradient * s_slopes[op](x, y, a, b) : x.FusedSlope(op, y, gradient, a, b));
    };

    private Tensor FusedSlope(UnaryOp op, Tensor y, Tensor gradient, double a, double b)
    {
        Tensor dx = Empty(Shape, Device);
        Device.UnaryGradient(op, Storage, y.Storage, gradient.Storage, dx.Storage, Count, a, b);
        return dx;
    }
}

/// <summary>A function of one tensor, element by element.</summary>
/// <param name="Op">Which function.</param>
/// <param name="A">Its first parameter, such as a slope.</param>
/// <param name="B">Its second.</param>
internal readonly record struct MapState(UnaryOp Op, double A, double B) : IOperationState;
