namespace DeepLearning;

// Sums, means and extremes over any axes. With keepAxes the reduced axes stay, with length 1, so that the result broadcasts back.
public partial class Tensor
{
    /// <summary>Σ x over all numbers.</summary>
    public Tensor Sum() => SumTo(KeptAll(), DeepLearning.Shape.Scalar);

    /// <summary>Σ x over the given axes.</summary>
    /// <param name="axes">Which axes; negative ones count from the end.</param>
    /// <param name="keepAxes">Keeps the reduced axes with length 1.</param>
    public Tensor Sum(int[] axes, bool keepAxes = false)
    {
        ArgumentCheck.NotNull(axes);
        return Sum((ReadOnlySpan<int>)axes, keepAxes);
    }

    /// <summary>Σ x over one axis.</summary>
    public Tensor Sum(int axis, bool keepAxes = false) => Sum([axis], keepAxes);

    private Tensor Sum(ReadOnlySpan<int> axes, bool keepAxes) => SumTo(Kept(axes), Left(axes, keepAxes));

    private Tensor SumTo(Shape kept, Shape shape) => Record("sum", Reduce(ReduceOp.Sum, kept, shape), new SumState(kept),
        static (op, g) => op.Send(0, g.Reshape(op.State.Kept).BroadcastTo(op[0].Shape)), this);

    // Σ x / divisor, without recording.
    internal Tensor Mean(double divisor)
    {
        Tensor y = Empty(DeepLearning.Shape.Scalar, Device);
        Device.Mean(Storage, y.Storage, Count, divisor);
        return y;
    }

    /// <summary>The mean of all numbers.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public Tensor Mean() => Sum() / Averaged(Count);

    /// <summary>The mean over the given axes.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    /// <exception cref="InvalidOperationException">An axis is empty.</exception>
    public Tensor Mean(int[] axes, bool keepAxes = false)
    {
        ArgumentCheck.NotNull(axes);
        return Sum(axes, keepAxes) / Averaged(CountOf(axes));
    }

    /// <summary>The mean over one axis.</summary>
    /// <inheritdoc cref="Mean(int[], bool)"/>
    public Tensor Mean(int axis, bool keepAxes = false) => Mean([axis], keepAxes);

    /// <summary>The mean squared distance from the mean, over the given axes.</summary>
    /// <param name="axes">Which axes; all unless given.</param>
    /// <param name="keepAxes">Keeps the reduced axes with length 1.</param>
    /// <param name="correction">
    /// Divides by count − correction: 0 for the variance of these numbers, 1 to estimate that of what they were drawn from.
    /// </param>
    /// <exception cref="InvalidOperationException">There are not more numbers than <paramref name="correction"/>.</exception>
    public Tensor Variance(int[]? axes = null, bool keepAxes = false, int correction = 0)
    {
        axes ??= AllAxes();
        long divisor = Freedom(axes, correction);
        return (this - Mean(axes, keepAxes: true)).Square().Sum(axes, keepAxes) / divisor;
    }

    /// <summary>The mean squared distance from the mean, over one axis.</summary>
    /// <inheritdoc cref="Variance(int[], bool, int)"/>
    public Tensor Variance(int axis, bool keepAxes = false, int correction = 0) => Variance([axis], keepAxes, correction);

    /// <summary>
    /// The standard deviation: the root of <see cref="Variance(int[], bool, int)"/>. Where all numbers are equal its gradient is 0.
    /// </summary>
    /// <inheritdoc cref="Variance(int[], bool, int)"/>
    public Tensor Std(int[]? axes = null, bool keepAxes = false, int correction = 0)
    {
        axes ??= AllAxes();
        long divisor = Freedom(axes, correction);
        return (this - Mean(axes, keepAxes: true)).Norm(axes, keepAxes: keepAxes) / Math.Sqrt(divisor);
    }

    /// <summary>The standard deviation over one axis.</summary>
    /// <inheritdoc cref="Variance(int[], bool, int)"/>
    public Tensor Std(int axis, bool keepAxes = false, int correction = 0) => Std([axis], keepAxes, correction);

    // How many numbers there are for each of those that are left.
    private long CountOf(int[] axes)
    {
        long count = 1;
        foreach (int axis in axes) count *= Shape[axis];
        return count;
    }

    private long Averaged(long count) => count > 0 ? count
        : throw new InvalidOperationException($"A mean over no numbers is undefined; the tensor is {Shape}.");

    // What a sum of squares over axes is divided by.
    private long Freedom(int[] axes, int correction)
    {
        long count = CountOf(axes);
        return correction >= 0 && count > correction ? count - correction
            : throw new InvalidOperationException($"A variance over {count} numbers with correction {correction} is undefined.");
    }

    /// <summary>The largest number.</summary>
    public Tensor Max() => Max(AllAxes());

    /// <summary>The largest over the given axes; the gradient is shared equally among equal ones.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor Max(int[] axes, bool keepAxes = false) => Extreme(ReduceOp.Max, axes, keepAxes);

    /// <summary>The largest over one axis.</summary>
    public Tensor Max(int axis, bool keepAxes = false) => Max([axis], keepAxes);

    /// <summary>The smallest number.</summary>
    public Tensor Min() => Min(AllAxes());

    /// <summary>The smallest over the given axes; the gradient is shared equally among equal ones.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor Min(int[] axes, bool keepAxes = false) => Extreme(ReduceOp.Min, axes, keepAxes);

    /// <summary>The smallest over one axis.</summary>
    public Tensor Min(int axis, bool keepAxes = false) => Min([axis], keepAxes);

    /// <summary>The index of the largest number along an axis, the first if several are equal; no gradient.</summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="keepAxes">Keeps the reduced axis with length 1.</param>
    public Tensor ArgMax(int axis = -1, bool keepAxes = false) => ArgReduce(largest: true, [axis], keepAxes);

    /// <summary>
    /// The index of the largest number over several axes, counted through them in row-major order; the first if several are equal.
    /// </summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor ArgMax(int[] axes, bool keepAxes = false) => ArgReduce(largest: true, axes, keepAxes);

    /// <summary>The index of the smallest number along an axis, the first if several are equal; no gradient.</summary>
    /// <inheritdoc cref="ArgMax(int, bool)"/>
    public Tensor ArgMin(int axis = -1, bool keepAxes = false) => ArgReduce(largest: false, [axis], keepAxes);

    /// <summary>
    /// The index of the smallest number over several axes, counted through them in row-major order; the first if several are equal.
    /// </summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor ArgMin(int[] axes, bool keepAxes = false) => ArgReduce(largest: false, axes, keepAxes);

    /// <summary>Π x over all numbers.</summary>
    public Tensor Product() => Product(AllAxes());

    /// <summary>Π x over the given axes.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor Product(int[] axes, bool keepAxes = false)
    {
        ArgumentCheck.NotNull(axes);
        Shape left = Left(axes, keepAxes);
        if (!RequiresGradient || !IsRecording) return Reduce(ReduceOp.Product, Kept(axes), left);
        Tensor x = this;
        foreach (int axis in axes) x = x.ProductByHalves(Shape.Axis(axis));
        return x.Reshape(left);
    }

    /// <summary>Π x over one axis.</summary>
    public Tensor Product(int axis, bool keepAxes = false) => Product([axis], keepAxes);

    // One half of an axis times the other until one entry is left: unlike Π x / xᵢ, its derivatives are right where some x are 0.
    private Tensor ProductByHalves(int axis)
    {
        Tensor x = Shape[axis] == 0 ? Pad(axis, 0, 1, 1) : this;
        for (int length; (length = x.Shape[axis]) > 1;)
        {
            Tensor[] halves = x.Split(axis, (length + 1) / 2, length / 2);
            x = halves[0] * halves[1].Pad(axis, 0, length % 2, 1);
        }
        return x;
    }

    private Tensor Extreme(ReduceOp kind, int[] axes, bool keepAxes)
    {
        ArgumentCheck.NotNull(axes);
        Shape kept = Kept(axes);
        if (Count == 0 && AllAxes().Any(axis => Shape[axis] == 0 && kept[axis] == 1))
            throw new InvalidOperationException($"An empty tensor {Shape} has no {NameOf(kind)}.");
        return Record(NameOf(kind), Reduce(kind, kept, Left(axes, keepAxes)), new ExtremeState(kind, kept),
            static (op, g) => op.ShareAmongEqual(op.State.Kept, g), this);
    }

    private Tensor ArgReduce(bool largest, int[] axes, bool keepAxes)
    {
        ArgumentCheck.NotNull(axes);
        Shape left = Left(axes, keepAxes);
        int[] named = [.. axes.Select(Shape.Axis).Order()];
        if (named.Length == 0)
            throw new ArgumentException($"The place of an extreme needs an axis of {Shape} to look along, none was named.");
        int first = named[0], length = named.Aggregate(1, (count, axis) => count * Shape[axis]);
        if (length > ArgumentCheck.LargestWhole)
            throw new ArgumentException(
                $"Places are exact in float32 up to {ArgumentCheck.LargestWhole}, " +
                $"the axes [{string.Join(", ", axes)}] of {Shape} have {length}.");
        if (length == 0)
            throw new InvalidOperationException($"Axis {named.First(axis => Shape[axis] == 0)} of {Shape} is empty and has no extreme.");
        // Axes that are apart are brought together.
        Tensor x = named[^1] - first == named.Length - 1 ? this
            : Detach().Permute([.. AllAxes()[..first], .. named, .. AllAxes()[first..].Except(named)]);
        Tensor y = Empty(left, Device);
        Device.ArgReduce(largest, x.Storage, y.Storage, Shape.Product(0, first), length, x.Shape.Product(first + named.Length, Rank));
        return y;
    }

    // Reduces the axes that have length 1 in `kept`, run by run of neighbouring ones, the last run first; each run is one kernel call on
    // [outer, length, inner]. The result is given the shape `shape`.
    private Tensor Reduce(ReduceOp kind, Shape kept, Shape shape)
    {
        Storage current = Storage;
        int inner = 1;
        for (int end = Rank; end > 0;)
        {
            bool reduced = IsReduced(end - 1);
            int start = end - 1;
            while (start > 0 && IsReduced(start - 1) == reduced) start--;
            int length = Shape.Product(start, end);
            end = start;
            if (!reduced)
            {
                inner *= length;
                continue;
            }
            int outer = Shape.Product(0, start);
            bool last = outer * inner == shape.Count;
            Tensor next = Empty(last ? shape : DeepLearning.Shape.Of(outer * inner), Device);
            Device.Reduce(kind, current, next.Storage, outer, length, inner);
            if (last) return next;
            current = next.Storage;
        }
        return new Tensor(shape, current);

        bool IsReduced(int axis) => kept[axis] == 1 && Shape[axis] != 1;
    }

    /// <summary>Sums over the axes that broadcasting from <paramref name="shape"/> to this shape stretched.</summary>
    internal Tensor SumTo(Shape shape)
    {
        if (Shape.Equals(shape)) return this;
        Span<int> kept = stackalloc int[Rank];
        kept.Fill(1);
        shape.Dims.CopyTo(kept[(Rank - shape.Rank)..]);
        return SumTo(DeepLearning.Shape.Of(kept), shape);
    }

    private int[] AllAxes() => [.. Enumerable.Range(0, Rank)];

    // This shape with length 1 along the given axes.
    private Shape Kept(ReadOnlySpan<int> axes)
    {
        Span<int> dims = stackalloc int[Rank];
        Shape.Dims.CopyTo(dims);
        foreach (int axis in axes) dims[Shape.Axis(axis)] = 1;
        return DeepLearning.Shape.Of(dims);
    }

    // The same for all axes.
    private Shape KeptAll()
    {
        Span<int> dims = stackalloc int[Rank];
        dims.Fill(1);
        return DeepLearning.Shape.Of(dims);
    }

    // The shape of a result: without the given axes, or with length 1 along them.
    private Shape Left(ReadOnlySpan<int> axes, bool keepAxes)
    {
        Span<bool> named = stackalloc bool[Rank];
        foreach (int axis in axes)
        {
            ref bool taken = ref named[Shape.Axis(axis)];
            taken = !taken ? true : throw new ArgumentException($"Axis {axis} was named twice.");
        }
        if (keepAxes) return Kept(axes);
        Span<int> dims = stackalloc int[Rank];
        int rank = 0;
        for (int i = 0; i < Rank; i++)
        {
            if (!named[i]) dims[rank++] = Shape[i];
        }
        return DeepLearning.Shape.Of(dims[..rank]);
    }
}

/// <summary>A sum over some axes.</summary>
/// <param name="Kept">The shape with the reduced axes of length 1.</param>
internal readonly record struct SumState(Shape Kept) : IOperationState;

/// <summary>The largest or the smallest over some axes.</summary>
/// <param name="Op">Which of them.</param>
/// <param name="Kept">The shape with the reduced axes of length 1.</param>
internal readonly record struct ExtremeState(ReduceOp Op, Shape Kept) : IOperationState;

internal static class ExtremeGradient
{
    /// <summary>Sends the gradient of a number picked from many to all that are equal to it, in equal shares.</summary>
    public static void ShareAmongEqual(this Operation operation, Shape kept, Tensor gradient)
    {
        Tensor taken = Tensor.Equal(operation[0].Detach(), operation.Output.Detach().Reshape(kept));
        operation.Send(0,
            taken / taken.Sum([.. Enumerable.Range(0, kept.Rank).Where(axis => kept[axis] == 1)], keepAxes: true) * gradient.Reshape(kept));
    }
}
