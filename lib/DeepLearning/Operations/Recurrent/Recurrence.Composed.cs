namespace DeepLearning;

// The same written with tensor operations, step by step, so that its gradient can be differentiated again.
internal sealed partial class Recurrence
{
    /// <inheritdoc/>
    public Func<Tensor[], Tensor> StepByStep => Composed;

    private Tensor Composed(Tensor[] inputs)
    {
        using IDisposable _ = DeepLearning.Device.Use(Device);
        List<Tensor> outputs = [], hidden = [], cells = [];
        for (int direction = 0; direction < _directions; direction++)
        {
            (Tensor y, Tensor h, Tensor c) = ComposedPass(inputs, direction);
            outputs.Add(y);
            hidden.Add(h);
            if (IsLstm) cells.Add(c);
        }
        Tensor all = Tensor.Concatenate(2, [.. outputs]);
        return _withState
            ? Tensor.Concatenate(0, [all.Reshape(-1), .. hidden.Select(h => h.Reshape(-1)), .. cells.Select(c => c.Reshape(-1))]) : all;
    }

    private (Tensor Output, Tensor H, Tensor C) ComposedPass(Tensor[] inputs, int direction)
    {
        Tensor[] weights = inputs[WeightIndex(direction, 0)..WeightIndex(direction + 1, 0)];
        Tensor? bih = HasBias ? weights[2] : null, bhh = HasBias ? weights[3] : null;
        Tensor u = Tensor.Linear(inputs[0].Reshape(Rows, inputs[0].Shape[2]), weights[0], bih);
        int[] lengths = _lengths is null ? [.. Enumerable.Repeat(_t, _n)] : Array.ConvertAll(_lengths.ToArray(), length => (int)length);
        int[] backwards = [.. Enumerable.Range(0, Rows)
            .Select(i => i % _t < lengths[i / _t] ? i / _t * _t + lengths[i / _t] - 1 - i % _t : i)];
        if (direction == 1) u = u.Rows(backwards);
        u = u.Reshape(_n, _t, Blocks * _h);
        Tensor h = Start(0), c = Start(1);
        List<Tensor> outputs = [];
        for (int step = 0; step < _t; step++)
        {
            (Tensor nextH, Tensor nextC) = _step(u.Select(1, step), Tensor.Linear(h, weights[1], bhh), h, c);
            if (_lengths is null)
            {
                outputs.Add(nextH);
                (h, c) = (nextH, nextC);
                continue;
            }
            Tensor active = Tensor.From([.. lengths.Select(length => step < length ? 1.0 : 0.0)], _n, 1);
            outputs.Add(active * nextH);
            h = active * nextH + (1 - active) * h;
            if (IsLstm) c = active * nextC + (1 - active) * c;
        }
        Tensor y = Tensor.Stack(1, [.. outputs]);
        return (direction == 1 ? y.Reshape(Rows, _h).Rows(backwards).Reshape(_n, _t, _h) : y, h, c);

        Tensor Start(int part) => _hasState && (part == 0 || IsLstm) ? inputs[StateIndex(part)].Select(0, direction) : Tensor.Zeros(_n, _h);
    }
}
