using ILGPU;

namespace DeepLearning;

internal struct RecurrentKernelArgs
{
    public RecurrentKind Kind;
    public ArrayView<float> Gates, V, Hidden, Cell, Output, Before, Memory, Lengths, DHidden, DCell, DOutput, U, DV, DVAll;
    public int T, H, Blocks, Step, Reverse, Width, Offset, HasLengths, HasBefore, HasMemory, HasDVAll;
}

/// <summary>One step of a recurrent layer, one thread for each number of its state; see <see cref="RecurrentArgs"/>.</summary>
internal static class RecurrentKernels
{
    public static void Forward(Index1D state, RecurrentKernelArgs p)
    {
        int n = state / p.H, j = state % p.H, length = p.HasLengths != 0 ? (int)p.Lengths[n] : p.T;
        bool active = p.Step < length;
        int at = n * p.T + (active && p.Reverse != 0 ? length - 1 - p.Step : p.Step), u = at * p.Blocks * p.H + j, v = n * p.Blocks * p.H + j;
        int output = at * p.Width + p.Offset + j;
        float before = p.Hidden[state];
        if (p.HasBefore != 0) p.Before[at * p.H + j] = active ? before : 0;
        if (p.HasMemory != 0) p.Memory[at * p.H + j] = !active ? 0 : p.Kind == RecurrentKind.Gru ? p.V[v + 2 * p.H] : p.Cell[state];
        if (!active)
        {
            for (int block = 0; block < p.Blocks; block++) p.Gates[u + block * p.H] = 0;
            p.Output[output] = 0;
            return;
        }
        float after = Next(p, state, u, v, before);
        p.Hidden[state] = after;
        p.Output[output] = after;
    }

    private static float Next(in RecurrentKernelArgs p, int state, int u, int v, float before)
    {
        float first = p.Gates[u] + p.V[v];
        if (p.Kind == RecurrentKind.Relu || p.Kind == RecurrentKind.Tanh)
        {
            float h = p.Kind == RecurrentKind.Relu ? FloatMath.Max(0, first) : FloatMath.Tanh(first);
            p.Gates[u] = h;
            return h;
        }
        float i = FloatMath.Sigmoid(first), f = FloatMath.Sigmoid(p.Gates[u + p.H] + p.V[v + p.H]);
        p.Gates[u] = i;
        p.Gates[u + p.H] = f;
        if (p.Kind == RecurrentKind.Gru)
        {
            float candidate = FloatMath.Tanh(p.Gates[u + 2 * p.H] + i * p.V[v + 2 * p.H]);
            p.Gates[u + 2 * p.H] = candidate;
            return (1 - f) * candidate + f * before;
        }
        float g = FloatMath.Tanh(p.Gates[u + 2 * p.H] + p.V[v + 2 * p.H]), o = FloatMath.Sigmoid(p.Gates[u + 3 * p.H] + p.V[v + 3 * p.H]);
        p.Gates[u + 2 * p.H] = g;
        p.Gates[u + 3 * p.H] = o;
        float cell = f * p.Cell[state] + i * g;
        p.Cell[state] = cell;
        return o * FloatMath.Tanh(cell);
    }

    public static void Backward(Index1D state, RecurrentKernelArgs p)
    {
        int n = state / p.H, j = state % p.H, length = p.HasLengths != 0 ? (int)p.Lengths[n] : p.T;
        bool active = p.Step < length;
        int at = n * p.T + (active && p.Reverse != 0 ? length - 1 - p.Step : p.Step), u = at * p.Blocks * p.H + j, v = n * p.Blocks * p.H + j;
        if (active)
        {
            float dh = p.DHidden[state] + p.DOutput[at * p.Width + p.Offset + j];
            p.DHidden[state] = p.Kind == RecurrentKind.Gru ? dh * p.Gates[u + p.H] : 0;
            Shares(p, state, u, v, at * p.H + j, dh);
        }
        else
        {
            for (int block = 0; block < p.Blocks; block++) Put(p, u, v, block, 0);
        }
        if (p.HasDVAll == 0) return;
        for (int block = 0; block < p.Blocks; block++) p.DVAll[u + block * p.H] = p.DV[v + block * p.H];
    }

    private static void Put(in RecurrentKernelArgs p, int u, int v, int block, float value)
    {
        p.U[u + block * p.H] = value;
        p.DV[v + block * p.H] = value;
    }

    private static void Shares(in RecurrentKernelArgs p, int state, int u, int v, int at, float dh)
    {
        float i = p.Gates[u];
        if (p.Kind == RecurrentKind.Relu || p.Kind == RecurrentKind.Tanh)
        {
            Put(p, u, v, 0, p.Kind == RecurrentKind.Relu ? (i > 0 ? dh : 0) : dh * (1 - i * i));
            return;
        }
        float f = p.Gates[u + p.H], g = p.Gates[u + 2 * p.H];
        if (p.Kind == RecurrentKind.Gru)
        {
            float dn = dh * (1 - f) * (1 - g * g);
            Put(p, u, v, 0, dn * p.Memory[at] * i * (1 - i));
            Put(p, u, v, 1, dh * (p.Before[at] - g) * f * (1 - f));
            p.U[u + 2 * p.H] = dn;
            p.DV[v + 2 * p.H] = dn * i;
            return;
        }
        float o = p.Gates[u + 3 * p.H], before = p.Memory[at], tanh = FloatMath.Tanh(f * before + i * g), dc = p.DCell[state] + dh * o * (1 - tanh * tanh);
        Put(p, u, v, 0, dc * g * i * (1 - i));
        Put(p, u, v, 1, dc * before * f * (1 - f));
        Put(p, u, v, 2, dc * i * (1 - g * g));
        Put(p, u, v, 3, dh * tanh * o * (1 - o));
        p.DCell[state] = dc * f;
    }
}
