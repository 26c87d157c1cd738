namespace DeepLearning;

internal sealed partial class Recurrence
{
    private void Backward(Operation op, Tensor gradient)
    {
        Tensor x = _inputs[0], rows = x.Reshape(Rows, x.Shape[2]);
        Tensor? dx = op.Needs(0) ? Tensor.Empty(x.Shape, Device) : null;
        Tensor[] dFirst = [.. Enumerable.Range(0, _inputs.Length - StateIndex(0))
            .Select(_ => Tensor.Empty(new Shape(_directions, _n, _h), Device))];
        for (int direction = 0; direction < _directions; direction++)
        {
            Storage dHidden = Last(gradient, direction, 0), dCell = Last(gradient, direction, 1);
            (Tensor du, Tensor dv) = StepsBack(direction, gradient, dHidden, dCell);
            if (dFirst.Length > 0) Place(dHidden, dFirst[0].Storage, direction * _n * _h);
            if (dFirst.Length > 1) Place(dCell, dFirst[1].Storage, direction * _n * _h);
            Device.Free(dHidden);
            Device.Free(dCell);
            SendWeights(op, direction, rows, du, dv);
            if (dx is null) continue;
            Device.MatMul(new MatMulArgs(du.Storage, Weight(direction, 0).Storage, dx.Storage, Rows, x.Shape[2], du.Shape[1])
            {
                Accumulate = direction > 0,
            });
        }
        if (dx is not null) op.Send(0, dx);
        for (int part = 0; part < dFirst.Length; part++) op.Send(StateIndex(part), dFirst[part]);
    }

    // ∂loss/∂u and ∂loss/∂v: [N·T, blocks·H].
    private (Tensor U, Tensor V) StepsBack(int direction, Tensor gradient, Storage dHidden, Storage dCell)
    {
        Pass pass = _passes[direction];
        Tensor du = Tensor.Empty(new Shape(Rows, Blocks * _h), Device);
        Tensor dv = _kind == RecurrentKind.Gru ? Tensor.Empty(du.Shape, Device) : du;
        // The forward pass's states are past; only the kept tensors matter here.
        Device.RecurrentGradient(
            new RecurrentGradientArgs(Args(direction, pass.Gates, pass.Before, pass.Memory, dHidden, dCell, gradient.Storage))
        {
            Output = gradient.Storage, Hidden = dHidden, Cell = dCell, U = du.Storage, V = ReferenceEquals(dv, du) ? null : dv.Storage,
        });
        return (du, dv);
    }

    private void SendWeights(Operation op, int direction, Tensor x, Tensor du, Tensor dv)
    {
        int wih = WeightIndex(direction, 0), whh = wih + 1, bih = wih + 2, bhh = wih + 3;
        if (op.Needs(wih)) op.Send(wih, Tensor.MatMul(du, x, true, false));
        if (op.Needs(whh)) op.Send(whh, Tensor.MatMul(dv, _passes[direction].Before!.Reshape(Rows, _h), true, false));
        if (!HasBias || !(op.Needs(bih) || op.Needs(bhh))) return;
        Tensor sum = du.Sum(0);
        op.Send(bih, sum);
        op.Send(bhh, ReferenceEquals(du, dv) ? sum : dv.Sum(0));
    }

    // ∂loss/∂(a direction's last h or c).
    private Storage Last(Tensor gradient, int direction, int part)
    {
        Storage state = Device.Allocate(_n * _h);
        if (part == 1 && !IsLstm) return state;
        if (_withState) Take(gradient.Storage, OutputCount + part * StateCount + direction * _n * _h, state);
        else Device.Fill(state, _n * _h, 0);
        return state;
    }
}
