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
            var (y, h, c) = ComposedPass(inputs, direction);
            outputs.Add(y);
            hidden.Add(h);
            if (IsLstm) cells.Add(c);
        }
        Tensor all = Tensor.Concatenate(2, [.. outputs]);
        return _withState ? Tensor.Concatenate(0, [all.Reshape(-1), .. hidden.Select(h => h.Reshape(-1)), .. cells.Select(c => c.Reshape(-1))]) : all;
    }

    private (Tensor Output, Tensor H, Tensor C) ComposedPass(Tensor[] inputs, int direction)
    {
        Tensor[] weights = inputs[WeightIndex(direction, 0)..WeightIndex(direction + 1, 0)];
        Tensor? bih = HasBias ? weights[2] : null, bhh = HasBias ? weights[3] : null;
        Tensor u = Tensor.Linear(inputs[0].Reshape(Rows, inputs[0].Shape[2]), weights[0], bih);
        int[] lengths = _lengths is null ? [.. Enumerable.Repeat(_t, _n)] : Array.ConvertAll(_lengths.ToArray(), length => (int)length);
        int[] backwards = [.. Enumerable.Range(0, Rows).Select(i => i % _t < lengths[i / _t] ? i / _t * _t + lengths[i / _t] - 1 - i % _t : i)];
        if (direction == 1) u = u.Rows(backwards);
        u = u.Reshape(_n, _t, Blocks * _h);
        Tensor h = Start(0), c = Start(1);
        List<Tensor> outputs = [];
        for (int step = 0; step < _t; step++)
        {
            var (nextH, nextC) = RecurrentCells.Step(_kind, u.Select(1, step), Tensor.Linear(h, weights[1], bhh), h, c);
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

/// <summary>The recurrent cells' equations in tensor operations; see <see cref="RecurrentKind"/>.</summary>
internal static class RecurrentCells
{
    /// <summary>The new state from u = x·W_ihᵀ + b_ih and v = h·W_hhᵀ + b_hh, and the old one; c is an LSTM's alone.</summary>
    public static (Tensor H, Tensor C) Step(RecurrentKind kind, Tensor u, Tensor v, Tensor h, Tensor c)
    {
        switch (kind)
        {
            case RecurrentKind.Lstm:
                Tensor[] gates = LstmGates(u, v);
                c = gates[1] * c + gates[0] * gates[2];
                return (gates[3] * c.Tanh(), c);
            case RecurrentKind.Gru:
                gates = GruGates(u, v);
                return ((1 - gates[1]) * gates[2] + gates[1] * h, c);
            case RecurrentKind.Relu:
                return ((u + v).Relu(), c);
            default:
                return ((u + v).Tanh(), c);
        }
    }

    /// <summary>i, f, g, o</summary>
    public static Tensor[] LstmGates(Tensor u, Tensor v)
    {
        Tensor sum = u + v;
        return [Block(sum, 0, 4).Sigmoid(), Block(sum, 1, 4).Sigmoid(), Block(sum, 2, 4).Tanh(), Block(sum, 3, 4).Sigmoid()];
    }

    /// <summary>r, z, n</summary>
    public static Tensor[] GruGates(Tensor u, Tensor v)
    {
        Tensor r = (Block(u, 0, 3) + Block(v, 0, 3)).Sigmoid(), z = (Block(u, 1, 3) + Block(v, 1, 3)).Sigmoid();
        return [r, z, (Block(u, 2, 3) + r * Block(v, 2, 3)).Tanh()];
    }

    private static Tensor Block(Tensor x, int i, int of) => x.Slice(-1, i * (x.Shape[-1] / of), x.Shape[-1] / of);
}
