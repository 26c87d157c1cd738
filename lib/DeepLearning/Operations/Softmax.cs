namespace DeepLearning;

// Softmax over the last axis.
public partial class Tensor
{
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
