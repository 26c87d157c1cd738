namespace DeepLearning;

// Numbers chosen by index. Indices are tensors of whole numbers, which float32 holds exactly up to 2²⁴.
public partial class Tensor
{
    private const int LargestExactIndex = 1 << 24;

    /// <summary>Chosen rows, along the first axis: result[i] = this[index[i]].</summary>
    /// <param name="index">[N] whole numbers from 0 to rows − 1.</param>
    /// <returns>[N, …]</returns>
    public Tensor Gather(Tensor index)
    {
        if (Rank == 0 || index.Rank != 1) throw new ArgumentException($"Gather needs rows and a list of indices [N], got {Shape} and {index.Shape}.");
        SameDevice("gather", this, index);
        int width = Shape.Product(1, Rank);
        Tensor y = Empty(new Shape([index.Count, .. Shape.Dims[1..]]), Device);
        Device.Gather(Storage, Shape[0], width, index.Storage, index.Count, y.Storage);
        return Record("gather", y, new GatherState(index), static (op, g) => op.Send(0, g.ScatterAdd(op.State.Index, op[0].Shape[0])), this);
    }

    /// <summary>The rows with the given numbers.</summary>
    public Tensor Rows(params int[] index)
    {
        using var _ = DeepLearning.Device.Use(Device);
        return Gather(From(index));
    }

    /// <summary>Adds row i of this tensor to row index[i] of a tensor of zeros: the transpose of <see cref="Gather"/>.</summary>
    /// <param name="index">[N] whole numbers from 0 to rows − 1.</param>
    /// <param name="rows">How many rows the result has.</param>
    public Tensor ScatterAdd(Tensor index, int rows)
    {
        if (Rank == 0 || index.Rank != 1 || index.Count != Shape[0])
            throw new ArgumentException($"ScatterAdd needs one index for each of the {(Rank == 0 ? 0 : Shape[0])} rows of {Shape}, got {index.Shape}.");
        SameDevice("scatter-add", this, index);
        Tensor y = Full(0, new Shape([rows, .. Shape.Dims[1..]]), Device);
        Device.ScatterAdd(Storage, index.Storage, index.Count, y.Storage, rows, Shape.Product(1, Rank));
        return Record("scatter", y, new ScatterState(index), static (op, g) => op.Send(0, g.Gather(op.State.Index)), this);
    }

    /// <summary>
    /// Numbers chosen along an axis, each by an index of its own: for a matrix and axis 1, result[i, j] = this[i, index[i, j]]. What
    /// <see cref="ArgSort"/> gives for an axis sorts it.
    /// </summary>
    /// <param name="index">Whole numbers from 0 to the axis' length − 1; of this tensor's shape, except that the axis may have any length.</param>
    /// <param name="axis">Which axis.</param>
    /// <returns>Of the index's shape.</returns>
    public Tensor TakeAlong(Tensor index, int axis)
    {
        axis = Shape.Axis(axis);
        CheckAlong("TakeAlong", index, axis);
        Tensor y = Empty(index.Shape, Device);
        Device.GatherAlong(Storage, index.Storage, y.Storage, Shape.Product(0, axis), Shape[axis], index.Shape[axis], Shape.Product(axis + 1, Rank));
        return Record("gather", y, new GatherAlongState(index, axis), static (op, g) =>
        {
            var (index, axis) = op.State;
            op.Send(0, g.ScatterAddAlong(index, axis, op[0].Shape[axis]));
        }, this);
    }

    /// <summary>
    /// Adds every number to a tensor of zeros at the place along an axis that its index names: the transpose of <see cref="TakeAlong"/>.
    /// For a matrix and axis 1, result[i, index[i, j]] += this[i, j].
    /// </summary>
    /// <param name="index">Whole numbers from 0 to length − 1, of this tensor's shape.</param>
    /// <param name="axis">Which axis.</param>
    /// <param name="length">How long the axis of the result is.</param>
    public Tensor ScatterAddAlong(Tensor index, int axis, int length)
    {
        axis = Shape.Axis(axis);
        CheckAlong("ScatterAddAlong", index, axis);
        if (index.Shape[axis] != Shape[axis]) throw new ArgumentException($"ScatterAddAlong needs one index for each number of {Shape}, got {index.Shape}.");
        int[] dims = Shape.Dims.ToArray();
        dims[axis] = length;
        Tensor y = Full(0, new Shape(dims), Device);
        Device.ScatterAddAlong(Storage, index.Storage, y.Storage, Shape.Product(0, axis), length, Shape[axis], Shape.Product(axis + 1, Rank));
        return Record("scatter", y, new ScatterAlongState(index, axis), static (op, g) =>
        {
            var (index, axis) = op.State;
            op.Send(0, g.TakeAlong(index, axis));
        }, this);
    }

    private void CheckAlong(string name, Tensor index, int axis)
    {
        bool fits = index.Rank == Rank;
        for (int i = 0; fits && i < Rank; i++) fits = i == axis || index.Shape[i] == Shape[i];
        if (!fits) throw new ArgumentException($"{name} needs indices of shape {Shape}, except along axis {axis}, got {index.Shape}.");
        SameDevice(name, this, index);
    }

    /// <summary>One number from each row of a matrix: result[i] = this[i, column[i]].</summary>
    /// <param name="column">[N] whole numbers from 0 to columns − 1.</param>
    public Tensor Pick(Tensor column)
    {
        if (Rank != 2 || column.Rank != 1 || column.Count != Shape[0])
            throw new ArgumentException($"Pick needs a matrix [N, C] and [N] column numbers, got {Shape} and {column.Shape}.");
        SameDevice("pick", this, column);
        Tensor y = Empty(column.Shape, Device);
        Device.GatherAlong(Storage, column.Storage, y.Storage, Shape[0], Shape[1], 1, 1);
        return Record("gather", y, new GatherState(column), static (op, g) =>
        {
            Tensor column = op.State.Index.Detach();
            op.Send(0, g.Unsqueeze(1).ScatterAddAlong(column.Unsqueeze(1), 1, op[0].Shape[1]));
        }, this);
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
