namespace DeepLearning;

// Numbers chosen by index. Indices are tensors of whole numbers, which float32 holds exactly up to 2²⁴.
public partial class Tensor
{
    /// <summary>
    /// Chosen entries of an axis, in the order named: for a matrix and axis 0 its rows, result[i, j] = this[index[i], j].
    /// </summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="index">[M] whole numbers from 0 to the axis' length − 1; one may be named again and again.</param>
    /// <returns>Of this shape, with M in place of the axis' length: [N, C] → [M, C] for axis 0.</returns>
    /// <exception cref="ArgumentException">The index is not [M].</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index is not a whole number in its range.</exception>
    public Tensor IndexSelect(int axis, Tensor index)
    {
        ArgumentCheck.NotNull(index);
        axis = Shape.Axis(axis);
        if (index.Rank != 1)
            throw new ArgumentException($"IndexSelect needs a list of indices [M] for axis {axis} of {Shape}, got {index.Shape}.");
        SameDevice("gather", this, index);
        if (axis > 0) return Gather(axis, index.Along(axis, Replaced(axis, index.Count)));
        Tensor y = Empty(Replaced(0, index.Count), Device);
        Device.Gather(Storage, Shape[0], Shape.Product(1, Rank), index.Storage, index.Count, y.Storage);
        return Record("gather", y, new GatherState(index),
            static (op, g) => op.Send(0, g.IndexAdd(0, op.State.Index, op[0].Shape[0])), this);
    }

    /// <summary>The rows with the given numbers.</summary>
    public Tensor Rows(params int[] index)
    {
        ArgumentCheck.NotNull(index);
        using Device.DeviceSwitch _ = DeepLearning.Device.Use(Device);
        return IndexSelect(0, From(index));
    }

    /// <summary>
    /// Adds every entry of an axis to a tensor of zeros at the place that its index names: the transpose of <see cref="IndexSelect"/>. For
    /// a matrix and axis 0, result[index[i], j] += this[i, j].
    /// </summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="index">[M] whole numbers from 0 to length − 1, one for each entry of the axis.</param>
    /// <param name="length">How long the axis of the result is.</param>
    /// <inheritdoc cref="IndexSelect" path="/exception"/>
    public Tensor IndexAdd(int axis, Tensor index, int length)
    {
        ArgumentCheck.NotNull(index);
        axis = Shape.Axis(axis);
        if (index.Rank != 1 || index.Count != Shape[axis])
            throw new ArgumentException(
                $"IndexAdd needs one index for each of the {Shape[axis]} entries of axis {axis} of {Shape}, got {index.Shape}.");
        SameDevice("scatter-add", this, index);
        if (axis > 0) return ScatterAdd(axis, index.Along(axis, Shape), length);
        Tensor y = Full(0, Replaced(0, length), Device);
        Device.ScatterAdd(Storage, index.Storage, index.Count, y.Storage, length, Shape.Product(1, Rank));
        return Record("scatter", y, new ScatterState(index), static (op, g) => op.Send(0, g.IndexSelect(0, op.State.Index)), this);
    }

    /// <summary>
    /// Numbers chosen along an axis, each by an index of its own: for a matrix and axis 1, result[i, j] = this[i, index[i, j]]. What
    /// <see cref="ArgSort"/> gives for an axis sorts it.
    /// </summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="index">
    /// Whole numbers from 0 to the axis' length − 1, with as many axes as this tensor; along <paramref name="axis"/> of any length, along
    /// the others at most as long as this tensor is.
    /// </param>
    /// <returns>Of the index's shape.</returns>
    /// <exception cref="ArgumentException">The index's shape does not fit.</exception>
    /// <inheritdoc cref="IndexSelect" path="/exception[@cref='ArgumentOutOfRangeException']"/>
    public Tensor Gather(int axis, Tensor index)
    {
        ArgumentCheck.NotNull(index);
        axis = Shape.Axis(axis);
        Tensor x = Within(index.Shape, axis) ?? throw new ArgumentException(
            $"Gather needs indices with the {Rank} axes of {Shape}, none longer than it except axis {axis}, got {index.Shape}.");
        SameDevice("gather", this, index);
        Tensor y = Empty(index.Shape, Device);
        int outer = index.Shape.Product(0, axis), inner = index.Shape.Product(axis + 1, Rank);
        Device.GatherAlong(x.Storage, index.Storage, y.Storage, outer, Shape[axis], index.Shape[axis], inner);
        return Record("gather", y, new GatherAlongState(index, axis), static (op, g) =>
        {
            (Tensor index, int axis) = op.State;
            op.Send(0, g.ScatterAdd(axis, index, op[0].Shape[axis]));
        }, x);
    }

    /// <summary>
    /// Adds every number to a tensor of zeros at the place along an axis that its index names: the transpose of <see cref="Gather"/>.
    /// For a matrix and axis 1, result[i, index[i, j]] += this[i, j].
    /// </summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="index">Whole numbers from 0 to length − 1, of this tensor's shape.</param>
    /// <param name="length">How long the axis of the result is.</param>
    /// <inheritdoc cref="Gather" path="/exception"/>
    public Tensor ScatterAdd(int axis, Tensor index, int length)
    {
        ArgumentCheck.NotNull(index);
        axis = Shape.Axis(axis);
        if (!index.Shape.Equals(Shape))
            throw new ArgumentException($"ScatterAdd needs one index for each number of {Shape}, got {index.Shape}.");
        SameDevice("scatter-add", this, index);
        Tensor y = Full(0, Replaced(axis, length), Device);
        Device.ScatterAddAlong(Storage, index.Storage, y.Storage, Shape.Product(0, axis), length, Shape[axis],
            Shape.Product(axis + 1, Rank));
        return Record("scatter", y, new ScatterAlongState(index, axis), static (op, g) =>
        {
            (Tensor index, int axis) = op.State;
            op.Send(0, g.Gather(axis, index));
        }, this);
    }

    /// <summary>One number from each row of a matrix: result[i] = this[i, column[i]].</summary>
    /// <param name="column">[N] whole numbers from 0 to columns − 1.</param>
    public Tensor Pick(Tensor column)
    {
        ArgumentCheck.NotNull(column);
        if (Rank != 2 || column.Rank != 1 || column.Count != Shape[0])
            throw new ArgumentException($"Pick needs a matrix [N, C] and [N] column numbers, got {Shape} and {column.Shape}.");
        SameDevice("pick", this, column);
        Tensor y = Empty(column.Shape, Device);
        Device.GatherAlong(Storage, column.Storage, y.Storage, Shape[0], Shape[1], 1, 1);
        return Record("gather", y, new GatherState(column), static (op, g) =>
        {
            Tensor column = op.State.Index.Detach();
            op.Send(0, g.Unsqueeze(1).ScatterAdd(1, column.Unsqueeze(1), op[0].Shape[1]));
        }, this);
    }

    // This shape with another length along an axis.
    private Shape Replaced(int axis, int length)
    {
        int[] dims = Shape.Dims.ToArray();
        dims[axis] = length;
        return new Shape(dims);
    }

    // A list laid along an axis and repeated along all others.
    private Tensor Along(int axis, Shape shape)
    {
        int[] dims = new int[shape.Rank];
        Array.Fill(dims, 1);
        dims[axis] = Count;
        return Detach().Reshape(new Shape(dims)).BroadcastTo(shape);
    }

    // The part of this tensor that a shape spans along all axes but one; null if it is longer somewhere.
    private Tensor? Within(Shape shape, int axis)
    {
        if (shape.Rank != Rank) return null;
        Tensor part = this;
        for (int i = 0; i < Rank; i++)
        {
            if (i == axis || shape[i] == Shape[i]) continue;
            if (shape[i] > Shape[i]) return null;
            part = part.Slice(i, 0, shape[i]);
        }
        return part;
    }
}

/// <summary>Numbers or rows chosen by index.</summary>
internal readonly record struct GatherState(Tensor Index) : IOperationState
{
    public IEnumerable<Tensor> Data => [Index];

    public bool OnlyMoves => true;
}

/// <summary>Rows added up by index.</summary>
internal readonly record struct ScatterState(Tensor Index) : IOperationState
{
    public IEnumerable<Tensor> Data => [Index];
}

/// <summary>Numbers chosen along an axis, each by an index of its own.</summary>
internal readonly record struct GatherAlongState(Tensor Index, int Axis) : IOperationState
{
    public IEnumerable<Tensor> Data => [Index];

    public bool OnlyMoves => true;
}

/// <summary>Numbers added up along an axis, each at an index of its own.</summary>
internal readonly record struct ScatterAlongState(Tensor Index, int Axis) : IOperationState
{
    public IEnumerable<Tensor> Data => [Index];
}
