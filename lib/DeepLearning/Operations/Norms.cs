namespace DeepLearning;

// Norms and logsumexp, with derivatives that stay finite where a plain composition would divide 0 by 0.
public partial class Tensor
{
    /// <summary>√Σx² over all numbers; the gradient where all are 0 is 0.</summary>
    public Tensor Norm() => Norm(AllAxes());

    /// <summary>
    /// ‖x‖_p = (Σ|x|^p)^(1/p) over the given axes. Where a norm has no derivative the one of least size is taken: 0 at 0.
    /// </summary>
    /// <param name="axes">Which axes; negative ones count from the end.</param>
    /// <param name="p">1 for Σ|x|, 2 for the length, ∞ for max |x|; p ≥ 1.</param>
    /// <param name="keepAxes">Keeps the reduced axes with length 1.</param>
    public Tensor Norm(int[] axes, double p = 2, bool keepAxes = false)
    {
        ArgumentCheck.NotNull(axes);
        if (!(p >= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, $"A norm needs p ≥ 1, got {p}.");
        if (p == 1) return Abs().Sum(axes, keepAxes);
        if (double.IsPositiveInfinity(p)) return Abs().Max(axes, keepAxes);
        Shape kept = Kept(axes), left = Left(axes, keepAxes);
        // Divided by the largest, so that powers of large numbers are not ∞ and those of small ones not 0.
        Tensor size = Detach().Abs(), largest = size.Reduce(ReduceOp.Max, kept, kept);
        Tensor unit = Where((largest > 0) * (largest < double.PositiveInfinity), largest, 1), shares = size / unit;
        Tensor y = unit * shares.Power(p).Reduce(ReduceOp.Sum, kept, kept).Power(1 / p);
        return Record("norm", y.Reshape(left), new NormState(p, kept), static (op, g) =>
        {
            (double p, Shape kept) = op.State;
            Tensor x = op[0], y = op.Output.Reshape(kept), zero = Equal(y, 0).Detach(), some = Where(zero, 1, y);
            // ∂‖x‖/∂x = sign(x)·(|x|/‖x‖)^(p−1)
            Tensor slope = p == 2 ? x / some : x.Sign() * Where(Equal(x, 0), 1, x.Abs() / some).Power(p - 1);
            op.Send(0, Where(zero, 0, g.Reshape(kept)) * slope);
        }, this);
    }

    /// <summary>The norm over one axis.</summary>
    /// <inheritdoc cref="Norm(int[], double, bool)"/>
    public Tensor Norm(int axis, double p = 2, bool keepAxes = false) => Norm([axis], p, keepAxes);

    /// <summary>
    /// ln Σ eˣ over the given axes, without overflow: max x + ln Σ e^(x − max x). Over nothing, or nothing but −∞, it is
    /// −∞, with gradient 0.
    /// </summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor LogSumExp(int[] axes, bool keepAxes = false)
    {
        ArgumentCheck.NotNull(axes);
        Shape kept = Kept(axes), left = Left(axes, keepAxes);
        Tensor x = Detach(), max = x.Reduce(ReduceOp.Max, kept, kept), shift = Where(Equal(max.Abs(), double.PositiveInfinity), 0, max);
        Tensor y = (x - shift).Exp().Reduce(ReduceOp.Sum, kept, kept).Log() + shift;
        return Record("logsumexp", y.Reshape(left), new LogSumExpState(kept), static (op, g) =>
        {
            Tensor y = op.Output.Reshape(op.State.Kept), finite = Where(Equal(y, double.NegativeInfinity), 0, y);
            op.Send(0, g.Reshape(op.State.Kept) * (op[0] - finite).Exp());
        }, this);
    }

    /// <summary>ln Σ eˣ over one axis.</summary>
    /// <inheritdoc cref="LogSumExp(int[], bool)"/>
    public Tensor LogSumExp(int axis = -1, bool keepAxes = false) => LogSumExp([axis], keepAxes);
}

/// <summary>‖x‖_p over some axes.</summary>
/// <param name="P">p.</param>
/// <param name="Kept">The shape with the reduced axes of length 1.</param>
internal readonly record struct NormState(double P, Shape Kept) : IOperationState;

/// <summary>ln Σ eˣ over some axes.</summary>
/// <param name="Kept">The shape with the reduced axes of length 1.</param>
internal readonly record struct LogSumExpState(Shape Kept) : IOperationState;
