using ILGPU;

namespace DeepLearning;

/// <summary>
/// One number of a recurrent cell's state at one step; see <see cref="RecurrentKind"/>. Each block of u, v and the gates gives one of four
/// numbers: a plain cell has A alone, a GRU r, z, n and an LSTM i, f, g, o.
/// </summary>
internal struct RecurrentCell
{
    /// <summary>The state h, and an LSTM's c.</summary>
    public float Hidden, Cell;

    /// <summary>The gates (of a plain cell, h′).</summary>
    public Float4 Gates;

    /// <summary>The next state.</summary>
    public readonly RecurrentCell Next(RecurrentKind kind, in Float4 u, in Float4 v)
    {
        float first = u.A + v.A;
        RecurrentCell next = default;
        next.Cell = Cell;
        if (kind == RecurrentKind.Relu || kind == RecurrentKind.Tanh)
        {
            next.Hidden = kind == RecurrentKind.Relu ? FloatMath.Max(0, first) : FloatMath.Tanh(first);
            next.Gates.A = next.Hidden;
            return next;
        }
        float i = FloatMath.Sigmoid(first), f = FloatMath.Sigmoid(u.B + v.B);
        next.Gates.A = i;
        next.Gates.B = f;
        if (kind == RecurrentKind.Gru)
        {
            float candidate = FloatMath.Tanh(u.C + i * v.C);
            next.Gates.C = candidate;
            next.Hidden = (1 - f) * candidate + f * Hidden;
            return next;
        }
        float g = FloatMath.Tanh(u.C + v.C), o = FloatMath.Sigmoid(u.D + v.D);
        next.Gates.C = g;
        next.Gates.D = o;
        next.Cell = f * Cell + i * g;
        next.Hidden = o * FloatMath.Tanh(next.Cell);
        return next;
    }
}

/// <summary>
/// What reaches one number of the state on the way back: ∂loss/∂h and an LSTM's ∂loss/∂c, and the step's ∂loss/∂u and ∂loss/∂v.
/// </summary>
internal struct RecurrentShare
{
    /// <summary>∂loss/∂h past the product with W_hh, and ∂loss/∂c.</summary>
    public float Hidden, Cell;

    public Float4 U, V;

    /// <summary>From the shares of the new state to those of the old one.</summary>
    /// <param name="kind">Which cell.</param>
    /// <param name="gates">As <see cref="RecurrentCell"/> left them.</param>
    /// <param name="before">The old h.</param>
    /// <param name="memory">An LSTM's old c, a GRU's third block of v.</param>
    public readonly RecurrentShare Back(RecurrentKind kind, in Float4 gates, float before, float memory)
    {
        float dh = Hidden, i = gates.A, f = gates.B, g = gates.C, o = gates.D;
        RecurrentShare back = default;
        back.Cell = Cell;
        if (kind == RecurrentKind.Relu || kind == RecurrentKind.Tanh)
        {
            back.U.A = kind == RecurrentKind.Relu ? (i > 0 ? dh : 0) : dh * (1 - i * i);
            back.V = back.U;
            return back;
        }
        if (kind == RecurrentKind.Gru)
        {
            float dn = dh * (1 - f) * (1 - g * g);
            back.U = new Float4(dn * memory * i * (1 - i), dh * (before - g) * f * (1 - f), dn, 0);
            back.V = new Float4(back.U.A, back.U.B, dn * i, 0);
            back.Hidden = dh * f;
            return back;
        }
        float tanh = FloatMath.Tanh(f * memory + i * g), dc = Cell + dh * o * (1 - tanh * tanh);
        back.U = new Float4(dc * g * i * (1 - i), dc * memory * f * (1 - f), dc * i * (1 - g * g), dh * tanh * o * (1 - o));
        back.V = back.U;
        back.Cell = dc * f;
        return back;
    }
}

/// <summary>A block of numbers for each gate, side by side in memory.</summary>
internal static class GateBlocks
{
    /// <summary>The numbers at this place of each block.</summary>
    public static Float4 Read(ArrayView<float> view, int at, int blocks, int size)
    {
        Float4 read = default;
        read.A = view[at];
        if (blocks == 1) return read;
        read.B = view[at + size];
        read.C = view[at + 2 * size];
        if (blocks == 4) read.D = view[at + 3 * size];
        return read;
    }

    public static void Write(ArrayView<float> view, int at, int blocks, int size, in Float4 values)
    {
        view[at] = values.A;
        if (blocks == 1) return;
        view[at + size] = values.B;
        view[at + 2 * size] = values.C;
        if (blocks == 4) view[at + 3 * size] = values.D;
    }
}
