namespace DeepLearning;

// Softmax over the last axis, and choosing rows by index.
public partial class Tensor
{
    private const int LargestExactIndex = 1 << 24;

    /// <summary>Over the last axis: y_j = e^(x_j) / Σ_k e^(x_k), computed from x − max x so that nothing overflows.</summary>
    public Tensor Softmax() => SoftmaxRows(log: false);

    /// <summary>Over the last axis: x_j − ln Σ_k e^(x_k); exact where a probability would round to 0.</summary>
    public Tensor LogSoftmax() => SoftmaxRows(log: true);

    private Tensor SoftmaxRows(bool log)
    {
        if (Rank == 0) throw new InvalidOperationException("Softmax needs an axis, the tensor is a single number.");
        int columns = Shape[-1], rows = columns == 0 ? 0 : Count / columns;
        Tensor y = Empty(Shape, Device);
        Device.Softmax(Storage, y.Storage, rows, columns, log);
        return Record(log ? "logsoftmax" : "softmax", y, static (op, g) =>
        {
            bool log = (bool)op.State!;
            Tensor y = op.Output;
            if (!IsRecording) op.Send(0, y.FusedSoftmaxGradient(g, log));
            else op.Send(0, log ? g - y.Exp() * g.Sum(-1, keepAxes: true) : y * (g - (g * y).Sum(-1, keepAxes: true)));
        }, log, this);
    }

    private Tensor FusedSoftmaxGradient(Tensor gradient, bool log)
    {
        Tensor dx = Empty(Shape, Device);
        Device.SoftmaxGradient(Storage, gradient.Storage, dx.Storage, Count / Shape[-1], Shape[-1], log);
        return dx;
    }

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
        return Record("gather", y, static (op, g) => op.Send(0, g.ScatterAdd((Tensor)op.State!, op[0].Shape[0])), index, this);
    }

    /// <summary>The rows with the given numbers.</summary>
    public Tensor Rows(params int[] index)
    {
        using IDisposable _ = DeepLearning.Device.Use(Device);
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
        return Record("scatter", y, static (op, g) => op.Send(0, g.Gather((Tensor)op.State!)), index, this);
    }

    /// <summary>One number from each row of a matrix: result[i] = this[i, column[i]].</summary>
    /// <param name="column">[N] whole numbers from 0 to columns − 1.</param>
    public Tensor Pick(Tensor column)
    {
        if (Rank != 2 || column.Rank != 1 || column.Count != Shape[0])
            throw new ArgumentException($"Pick needs a matrix [N, C] and [N] column numbers, got {Shape} and {column.Shape}.");
        SameDevice("pick", this, column);
        if (Count > LargestExactIndex)
            throw new ArgumentException($"Pick addresses at most {LargestExactIndex} numbers exactly in float32, the matrix {Shape} has {Count}; take fewer rows at a time.");
        using IDisposable _ = DeepLearning.Device.Use(Device);
        Tensor wrong = ((column < 0) + (column >= Shape[1]) + NotEqual(column, column.Floor())).Max();
        if (wrong.ToDouble() > 0)
            throw new ArgumentOutOfRangeException(nameof(column), $"A label must be a whole number from 0 to {Shape[1] - 1}, got {column.Min().Item()} … {column.Max().Item()}.");
        Tensor flat = Range(Shape[0], 0, Shape[1]) + column.Detach();
        return Reshape(Count, 1).Gather(flat).Reshape(Shape[0]);
    }
}
