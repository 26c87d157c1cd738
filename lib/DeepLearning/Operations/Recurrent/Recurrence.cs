namespace DeepLearning;

/// <summary>
/// A recurrent cell's equations: the new h and c from u = x_t·W_ihᵀ + b_ih, v = h·W_hhᵀ + b_hh and the old h and c; c is an LSTM's alone,
/// others pass it on.
/// </summary>
internal delegate (Tensor H, Tensor C) RecurrentStep(Tensor u, Tensor v, Tensor h, Tensor c);

/// <summary>
/// One recurrent layer, in one or both directions, as one operation: the products of all times with W_ih at once, the steps in one kernel,
/// and on the way back the gradients of the weights as one product over all times.
/// </summary>
internal sealed partial class Recurrence : IOperationState
{
    private readonly record struct Pass(Tensor Gates, Tensor? Before, Tensor? Memory);

    private readonly RecurrentKind _kind;
    private readonly RecurrentStep _step;
    private readonly Tensor[] _inputs;
    private readonly Tensor? _lengths;
    private readonly int _directions, _perDirection, _n, _t, _h;
    private readonly bool _hasState, _withState;
    private readonly List<Pass> _passes = [];

    /// <param name="kind">Which cell.</param>
    /// <param name="step">The same cell's equations in tensor operations.</param>
    /// <param name="x">[N, T, F]</param>
    /// <param name="weights">For each direction W_ih: [blocks·H, F], W_hh: [blocks·H, H], and b_ih, b_hh: [blocks·H] or neither.</param>
    /// <param name="directions">1, or 2 for there and back.</param>
    /// <param name="state">First states [directions, N, H]; zeros if null.</param>
    /// <param name="lengths">[N], or null when all have T steps.</param>
    /// <param name="withState">Whether the last states are wanted, too.</param>
    public Recurrence(RecurrentKind kind, RecurrentStep step, Tensor x, IReadOnlyCollection<Tensor> weights, int directions,
        RecurrentState? state, Tensor? lengths, bool withState)
    {
        (_kind, _step, _directions, _lengths, _withState, _hasState) = (kind, step, directions, lengths, withState, state is not null);
        _perDirection = weights.Count / directions;
        (_n, _t) = (x.Shape[0], x.Shape[1]);
        _inputs = state is null ? [x, .. weights]
            : state.Cell is null ? [x, .. weights, state.Hidden]
            : [x, .. weights, state.Hidden, state.Cell];
        _h = _inputs[2].Shape[1];
    }

    private Device Device => _inputs[0].Device;

    private bool IsLstm => _kind == RecurrentKind.Lstm;

    private int Blocks => RecurrentArgs.BlocksOf(_kind);

    private int Rows => _n * _t;

    private int OutputCount => Rows * _directions * _h;

    private int StateCount => _directions * _n * _h;

    /// <summary>[N, T, directions·H]; or with states that, then h, then c, all in a row.</summary>
    public Tensor Forward()
    {
        bool keep = Tensor.IsRecording && _inputs.Any(input => input.RequiresGradient);
        Tensor y =
            Tensor.Empty(_withState ? new Shape(OutputCount + (IsLstm ? 2 : 1) * StateCount) : new Shape(_n, _t, _directions * _h), Device);
        for (int direction = 0; direction < _directions; direction++)
        {
            Pass pass = Run(direction, y, keep);
            if (keep) _passes.Add(pass);
            else pass.Gates.Dispose();
        }
        return Tensor.Record(_kind is RecurrentKind.Tanh or RecurrentKind.Relu ? "rnn" : _kind.ToString().ToLowerInvariant(), y, this,
            static (op, g) =>
        {
            if (Tensor.IsRecording) op.SendThrough(g, op.State.Composed);
            else op.State.Backward(op, g);
        }, _inputs);
    }

    /// <summary>The gates [N, T, blocks·H] and what else <see cref="RecurrentArgs"/> keeps, of one direction.</summary>
    public (Tensor Gates, Tensor Before, Tensor Memory, Tensor Output) Trace(int direction)
    {
        Tensor y = Tensor.Empty(new Shape(_n, _t, _directions * _h), Device);
        Pass pass = Run(direction, y, keep: true);
        return (pass.Gates, pass.Before!, pass.Memory!, y.Slice(2, direction * _h, _h));
    }

    private Pass Run(int direction, Tensor y, bool keep)
    {
        Tensor x = _inputs[0], w = Weight(direction, 0);
        int width = Blocks * _h;
        Tensor gates = Tensor.Empty(new Shape(_n, _t, width), Device);
        Tensor? before = keep ? Tensor.Empty(new Shape(_n, _t, _h), Device) : null;
        Tensor? memory = keep && _kind is RecurrentKind.Lstm or RecurrentKind.Gru ? Tensor.Empty(new Shape(_n, _t, _h), Device) : null;
        Device.MatMul(new MatMulArgs(x.Storage, w.Storage, gates.Storage, Rows, width, x.Shape[2])
        {
            TransposeB = true,
            Bias = HasBias ? Weight(direction, 2).Storage : null,
        });
        Storage hidden = First(direction, 0), cell = First(direction, 1);
        Device.Recurrent(Args(direction, gates, before, memory, hidden, cell, y.Storage));
        if (_withState)
        {
            Place(hidden, y.Storage, OutputCount + direction * _n * _h);
            if (IsLstm) Place(cell, y.Storage, OutputCount + StateCount + direction * _n * _h);
        }
        Device.Free(hidden);
        Device.Free(cell);
        return new Pass(gates, before, memory);
    }

    private RecurrentArgs Args(int direction, Tensor gates, Tensor? before, Tensor? memory, Storage hidden, Storage cell, Storage y) =>
        new(_kind, _n, _t, _h)
        {
            Gates = gates.Storage, Before = before?.Storage, Memory = memory?.Storage, Hidden = hidden, Cell = cell, Output = y,
            Weight = Weight(direction, 1).Storage, Bias = HasBias ? Weight(direction, 3).Storage : null, Lengths = _lengths?.Storage,
            Reverse = direction == 1, Width = _directions * _h, Offset = direction * _h,
        };

    private bool HasBias => _perDirection == 4;

    private Tensor Weight(int direction, int i) => _inputs[WeightIndex(direction, i)];

    private int WeightIndex(int direction, int i) => 1 + direction * _perDirection + i;

    private int StateIndex(int part) => 1 + _directions * _perDirection + part;

    // Where a direction's h (part 0) or c (part 1) begins; only an LSTM has the latter, nobody looks at that of others.
    private Storage First(int direction, int part)
    {
        Storage state = Device.Allocate(_n * _h);
        if (part == 1 && !IsLstm) return state;
        if (_hasState) Take(_inputs[StateIndex(part)].Storage, direction * _n * _h, state);
        else Device.Fill(state, _n * _h, 0);
        return state;
    }

    private void Take(Storage from, int at, Storage to) => Device.Copy(from, at, [1], to, 0, [1], [_n * _h], add: false);

    private void Place(Storage from, Storage to, int at) => Device.Copy(from, 0, [1], to, at, [1], [_n * _h], add: false);
}
