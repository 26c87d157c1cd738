namespace DeepLearning;

// Parts of a tensor. All of them are strided copies; the derivative puts the gradient back where the numbers were taken from.
public partial class Tensor
{
    /// <summary>
    /// Part of an axis: <paramref name="length"/> entries from <paramref name="start"/> on, every <paramref name="step"/>-th.
    /// </summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="start">The first entry; a negative one counts from the end.</param>
    /// <param name="length">How many entries.</param>
    /// <param name="step">From one entry to the next; negative goes backwards.</param>
    public Tensor Slice(int axis, int start, int length, int step = 1)
    {
        axis = Shape.Axis(axis);
        CheckStep(step);
        if (length < 0) throw new ArgumentOutOfRangeException(nameof(length), length, $"Slice takes 0 or more entries, got {length}.");
        long first = length > 0 && start < 0 ? start + (long)Shape[axis] : start, last = first + (length - 1L) * step;
        if (length > 0 && ((ulong)first >= (ulong)Shape[axis] || (ulong)last >= (ulong)Shape[axis]))
            throw new ArgumentOutOfRangeException(
                nameof(start), start, $"Entries {first} … {last} (step {step}) are outside axis {axis} of {Shape}; {Entries(axis)}.");
        int[] strides = Strides(Shape);
        int offset = length == 0 ? 0 : (int)first * strides[axis];
        strides[axis] = length > 1 ? strides[axis] * step : 0;
        return Taken("slice", Replaced(axis, length), offset, strides);
    }

    /// <summary>
    /// Part of an axis: Slice(0, 1..^1) leaves out the first and the last row, and with step 2 takes every second of them.
    /// </summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="range">Entries, as in C#: the end is not included, ^ counts from the end.</param>
    /// <param name="step">Every how many-th of them; negative takes them from the last to the first.</param>
    public Tensor Slice(int axis, Range range, int step = 1)
    {
        axis = Shape.Axis(axis);
        int from = range.Start.GetOffset(Shape[axis]), to = range.End.GetOffset(Shape[axis]);
        if (from < 0 || to > Shape[axis] || from > to)
            throw new ArgumentOutOfRangeException(
                nameof(range), range, $"Entries {range} are outside axis {axis} of {Shape}; {Entries(axis)}.");
        CheckStep(step);
        long apart = Math.Abs((long)step);
        int length = (int)((to - from + apart - 1) / apart);
        return Slice(axis, length == 0 ? 0 : step > 0 ? from : to - 1, length, step);
    }

    /// <summary>
    /// A block, by a range for each axis: x[.., 1..3] is columns 1 and 2 of a matrix. Axes that are not named stay whole.
    /// </summary>
    [System.Runtime.CompilerServices.IndexerName("Element")]
    public Tensor this[Range first, params ReadOnlySpan<Range> others]
    {
        get
        {
            if (others.Length >= Rank)
                throw new ArgumentException($"A tensor {Shape} takes at most {Rank} ranges, got {others.Length + 1}.");
            Tensor part = this;
            for (int axis = 0; axis <= others.Length; axis++)
            {
                Range range = axis == 0 ? first : others[axis - 1];
                if (!range.Equals(System.Range.All)) part = part.Slice(axis, range);
            }
            return part;
        }
    }

    /// <summary>One entry of an axis, which disappears: Select(0, i) is row i of a matrix.</summary>
    public Tensor Select(int axis, int index)
    {
        axis = Shape.Axis(axis);
        if (index < -Shape[axis] || index >= Shape[axis])
            throw new ArgumentOutOfRangeException(
                nameof(index), index, $"Entry {index} is outside axis {axis} of {Shape}; {Entries(axis)}.");
        return Slice(axis, index, 1).Squeeze(axis);
    }

    // Which entries an axis has, for messages.
    private string Entries(int axis) => Shape[axis] == 0 ? "it is empty"
        : $"it has 0 to {Shape[axis] - 1}, or counted from the end {-Shape[axis]} to -1";

    private static void CheckStep(int step)
    {
        if (step == 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(step), step, "Slice needs a step other than 0: 1 takes every entry, -1 takes them backwards.");
        }
    }

    /// <summary>An axis cut into parts of the given lengths; <see cref="Concatenate"/> joins them again.</summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="lengths">How many entries each part has; together all of them.</param>
    public Tensor[] Split(int axis, params ReadOnlySpan<int> lengths)
    {
        axis = Shape.Axis(axis);
        long total = 0;
        foreach (int length in lengths) total += length;
        if (total != Shape[axis])
            throw new ArgumentException(
                $"Axis {axis} of {Shape} has {Shape[axis]} entries, the parts [{string.Join(", ", lengths.ToArray())}] have {total}.");
        Tensor[] parts = new Tensor[lengths.Length];
        for (int i = 0, start = 0; i < parts.Length; start += lengths[i++]) parts[i] = Slice(axis, start, lengths[i]);
        return parts;
    }

    /// <summary>An axis cut into <paramref name="count"/> parts whose lengths differ by at most one, the longer ones first.</summary>
    public Tensor[] Chunk(int axis, int count)
    {
        int length = Shape[axis];
        if (count < 1) throw new ArgumentOutOfRangeException(nameof(count), count, $"Chunk needs 1 or more parts, got {count}.");
        return Split(axis, [.. Enumerable.Range(0, count).Select(i => length / count + (i < length % count ? 1 : 0))]);
    }

    /// <summary>The named axes in reverse order.</summary>
    public Tensor Flip(params ReadOnlySpan<int> axes)
    {
        Tensor result = this;
        foreach (int axis in axes) result = result.Slice(axis, Shape[axis] - 1, Shape[axis], -1);
        return result;
    }

    /// <summary>An axis moved round: entry i comes to place i + shift, and what leaves at one end comes in at the other.</summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="shift">How far; negative moves toward the front.</param>
    public Tensor Roll(int axis, int shift)
    {
        int length = Shape[axis];
        if (length == 0 || shift % length == 0) return this;
        int first = length - (shift % length + length) % length;
        return Concatenate(axis, Slice(axis, first, length - first), Slice(axis, 0, first));
    }

    /// <summary>The diagonal of two axes, which disappear; it becomes the last axis. The trace is <c>Diagonal().Sum(-1)</c>.</summary>
    public Tensor Diagonal(int first = -2, int second = -1)
    {
        (first, second) = (Shape.Axis(first), Shape.Axis(second));
        if (first == second) throw new ArgumentException($"A diagonal needs two different axes of {Shape}, got {first} twice.");
        int[] strides = Strides(Shape), others = [.. AllAxes().Where(axis => axis != first && axis != second)];
        Shape shape = new([.. others.Select(axis => Shape[axis]), Math.Min(Shape[first], Shape[second])]);
        return Taken("diagonal", shape, 0, [.. others.Select(axis => strides[axis]), strides[first] + strides[second]]);
    }

    // The numbers at offset + i·strides for every index i of a shape, all at different places; and the other way, those numbers put back
    // among others.
    private Tensor Taken(string name, Shape shape, int offset, int[] strides) =>
        Record(name, CopyOf(shape, offset, strides), new TakeState(offset, strides), static (op, g) =>
        {
            (int offset, int[] strides) = op.State;
            op.Send(0, g.Placed("place", op[0].Shape, offset, strides, 0));
        }, this);

    private Tensor Placed(string name, Shape shape, int offset, int[] strides, double elsewhere)
    {
        Tensor y = Full(elsewhere, shape, Device);
        Device.Copy(Storage, 0, Strides(Shape), y.Storage, offset, strides, Shape.Dims, add: false);
        return Record(name, y, new PlaceState(offset, strides), static (op, g) =>
        {
            (int offset, int[] strides) = op.State;
            op.Send(0, g.Taken("take", op[0].Shape, offset, strides));
        }, this);
    }
}

/// <summary>Part of a tensor: the numbers at Offset + i·Strides.</summary>
internal readonly record struct TakeState(int Offset, int[] Strides) : IOperationState
{
    public bool OnlyMoves => true;
}

/// <summary>Numbers put at Offset + i·Strides among constants.</summary>
internal readonly record struct PlaceState(int Offset, int[] Strides) : IOperationState
{
    public bool OnlyMoves => true;
}
