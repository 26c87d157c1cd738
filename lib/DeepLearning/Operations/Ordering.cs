namespace DeepLearning;

// What depends on the order along an axis: running sums, and sorting. Sorted values are gathered by the order that sorts them, so that each
// number's gradient finds its way back to where it stood.
public partial class Tensor
{
    /// <summary>Running sums along an axis: y_l = Σ x_k over k ≤ l.</summary>
    public Tensor CumulativeSum(int axis = -1) => CumulativeSum(Shape.Axis(axis), reverse: false);

    private Tensor CumulativeSum(int axis, bool reverse)
    {
        Tensor y = Empty(Shape, Device);
        Device.CumulativeSum(Storage, y.Storage, Shape.Product(0, axis), Shape[axis], Shape.Product(axis + 1, Rank), reverse);
        return Record("cumulativesum", y, new CumulativeSumState(axis, reverse), static (op, g) =>
        {
            (int axis, bool reverse) = op.State;
            op.Send(0, g.CumulativeSum(axis, !reverse));
        }, this);
    }

    /// <summary>
    /// The order that sorts an axis: entry l is the place of the l-th smallest. Equal numbers keep their order, NaN comes as the largest;
    /// no gradient.
    /// </summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="descending">The largest first.</param>
    public Tensor ArgSort(int axis = -1, bool descending = false)
    {
        axis = Shape.Axis(axis);
        if (Shape[axis] > ArgumentCheck.LargestWhole)
            throw new ArgumentException(
                $"Sorting numbers places up to {ArgumentCheck.LargestWhole} exactly in float32, axis {axis} of {Shape} has more.");
        Tensor order = Empty(Shape, Device);
        Device.ArgSort(descending, Storage, order.Storage, Shape.Product(0, axis), Shape[axis], Shape.Product(axis + 1, Rank));
        return order;
    }

    /// <summary>An axis in ascending order, and the places its numbers came from; see <see cref="ArgSort"/>.</summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="descending">The largest first.</param>
    public (Tensor Values, Tensor Index) Sort(int axis = -1, bool descending = false)
    {
        Tensor order = ArgSort(axis, descending);
        return (Gather(axis, order), order);
    }

    /// <summary>
    /// The median of all numbers: the middle one in ascending order, of two in the middle the lower; NaN if any is NaN. The gradient is
    /// shared equally among equal ones.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are no numbers.</exception>
    public Tensor Median()
    {
        Tensor y = Detach().Reshape(Count).Median(0).Values;
        return Record("median", y, new MedianState(KeptAll()), static (op, g) => op.ShareAmongEqual(op.State.Kept, g), this);
    }

    /// <summary>
    /// The median along an axis, of two in the middle the lower, and its place; NaN, and the place of the first, if any is NaN.
    /// </summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="keepAxes">Keeps the axis with length 1.</param>
    /// <exception cref="InvalidOperationException">The axis is empty.</exception>
    public (Tensor Values, Tensor Index) Median(int axis, bool keepAxes = false)
    {
        axis = Shape.Axis(axis);
        if (Shape[axis] == 0) throw new InvalidOperationException($"Axis {axis} of {Shape} is empty and has no median.");
        Tensor order = ArgSort(axis), middle = order.Slice(axis, (Shape[axis] - 1) / 2, 1);
        Tensor last = Detach().Gather(axis, order.Slice(axis, Shape[axis] - 1, 1));
        // NaN is sorted behind all numbers, and the first NaN is what ArgMax finds.
        Tensor index = Where(Equal(last, last), middle, ArgMax(axis, keepAxes: true)), values = Gather(axis, index);
        return keepAxes ? (values, index) : (values.Squeeze(axis), index.Squeeze(axis));
    }

    /// <summary>The <paramref name="count"/> largest numbers along an axis, largest first, and their places.</summary>
    /// <param name="count">From 0 to the length of the axis.</param>
    /// <param name="axis">Which axis.</param>
    /// <param name="largest">False for the smallest, smallest first.</param>
    public (Tensor Values, Tensor Index) TopK(int count, int axis = -1, bool largest = true)
    {
        if (count < 0 || count > Shape[axis])
            throw new ArgumentOutOfRangeException(nameof(count), count,
                $"Axis {axis} of {Shape} has {Shape[axis]} numbers to choose from, got {count}.");
        Tensor order = ArgSort(axis, largest).Slice(axis, 0, count);
        return (Gather(axis, order), order);
    }
}

/// <summary>Running sums.</summary>
/// <param name="Axis">Along which axis.</param>
/// <param name="Reverse">Whether from the last to the first.</param>
internal readonly record struct CumulativeSumState(int Axis, bool Reverse) : IOperationState;

/// <summary>The number in the middle of all.</summary>
/// <param name="Kept">The result's shape with its axes kept.</param>
internal readonly record struct MedianState(Shape Kept) : IOperationState;
