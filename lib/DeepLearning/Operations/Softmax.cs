namespace DeepLearning;

// Softmax. Kernels go through rows, so that another axis than the last is exchanged with it.
public partial class Tensor
{
    /// <summary>Over an axis: y_j = e^(x_j) / Σ_k e^(x_k), computed from x − max x so that nothing overflows.</summary>
    /// <param name="axis">Along which the results sum to 1.</param>
    public Tensor Softmax(int axis = -1) => SoftmaxAlong(axis, log: false);

    /// <summary>Over an axis: x_j − ln Σ_k e^(x_k); exact where a probability would round to 0.</summary>
    /// <param name="axis">Along which the exponentials of the results sum to 1.</param>
    public Tensor LogSoftmax(int axis = -1) => SoftmaxAlong(axis, log: true);

    private Tensor SoftmaxAlong(int axis, bool log)
    {
        if (Rank == 0) throw new InvalidOperationException("Softmax needs an axis, the tensor is a single number.");
        axis = Shape.Axis(axis);
        return axis == Rank - 1 ? SoftmaxRows(log) : Transpose(axis, -1).SoftmaxRows(log).Transpose(axis, -1);
    }

    private Tensor SoftmaxRows(bool log)
    {
        int columns = Shape[-1], rows = columns == 0 ? 0 : Count / columns;
        Tensor y = Empty(Shape, Device);
        Device.Softmax(Storage, y.Storage, rows, columns, log);
        return Record(log ? "logsoftmax" : "softmax", y, new SoftmaxState(log), static (op, g) =>
        {
            bool log = op.State.Log;
            Tensor y = op.Output;
            if (!IsRecording) op.Send(0, y.FusedSoftmaxGradient(g, log));
            else op.Send(0, log ? g - y.Exp() * g.Sum(-1, keepAxes: true) : y * (g - (g * y).Sum(-1, keepAxes: true)));
        }, this);
    }

    private Tensor FusedSoftmaxGradient(Tensor gradient, bool log)
    {
        Tensor dx = Empty(Shape, Device);
        Device.SoftmaxGradient(Storage, gradient.Storage, dx.Storage, Count / Shape[-1], Shape[-1], log);
        return dx;
    }
}

/// <summary>Softmax over the last axis.</summary>
/// <param name="Log">Whether its logarithm.</param>
internal readonly record struct SoftmaxState(bool Log) : IOperationState;
