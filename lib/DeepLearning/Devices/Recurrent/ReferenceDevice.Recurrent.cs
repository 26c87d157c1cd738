namespace DeepLearning.Kernels;

// What a step of each recurrent cell means, number by number, and its derivative.
public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void RecurrentStep(in RecurrentArgs p, Storage v, int step)
    {
        int size = p.H, blocks = p.Blocks * size;
        double[] gates = Data(p.Gates), product = Data(v), hidden = Data(p.Hidden);
        for (int n = 0; n < p.N; n++)
        for (int j = 0; j < size; j++)
        {
            int at = n * p.T + Time(p, n, step, out bool active), u = at * blocks + j, w = n * blocks + j, state = n * size + j;
            if (p.Before is not null) Data(p.Before)[at * size + j] = active ? hidden[state] : 0;
            if (p.Memory is not null)
                Data(p.Memory)[at * size + j] = !active ? 0 : p.Kind == RecurrentKind.Gru ? product[w + 2 * size] : Data(p.Cell!)[state];
            if (active) hidden[state] = Step(p, gates, product, u, w, state);
            else for (int block = 0; block < p.Blocks; block++) gates[u + block * size] = 0;
            Data(p.Output)[at * p.Width + p.Offset + j] = active ? hidden[state] : 0;
        }
    }

    private static double Step(in RecurrentArgs p, double[] gates, double[] product, int u, int v, int state)
    {
        int size = p.H;
        switch (p.Kind)
        {
            case RecurrentKind.Lstm:
                double i = gates[u] = ScalarMath.Sigmoid(gates[u] + product[v]);
                double f = gates[u + size] = ScalarMath.Sigmoid(gates[u + size] + product[v + size]);
                double g = gates[u + 2 * size] = Math.Tanh(gates[u + 2 * size] + product[v + 2 * size]);
                double o = gates[u + 3 * size] = ScalarMath.Sigmoid(gates[u + 3 * size] + product[v + 3 * size]);
                double[] cell = Data(p.Cell!);
                cell[state] = f * cell[state] + i * g;
                return o * Math.Tanh(cell[state]);
            case RecurrentKind.Gru:
                double r = gates[u] = ScalarMath.Sigmoid(gates[u] + product[v]);
                double z = gates[u + size] = ScalarMath.Sigmoid(gates[u + size] + product[v + size]);
                double n = gates[u + 2 * size] = Math.Tanh(gates[u + 2 * size] + r * product[v + 2 * size]);
                return (1 - z) * n + z * Data(p.Hidden)[state];
            case RecurrentKind.Relu:
                return gates[u] = Math.Max(0, gates[u] + product[v]);
            default:
                return gates[u] = Math.Tanh(gates[u] + product[v]);
        }
    }

    /// <inheritdoc/>
    public override void RecurrentStepGradient(in RecurrentGradientArgs p, Storage dv, int step)
    {
        RecurrentArgs forward = p.Forward;
        int size = forward.H, blocks = forward.Blocks * size;
        double[] du = Data(p.U), dProduct = Data(dv), dHidden = Data(p.Hidden);
        for (int n = 0; n < forward.N; n++)
        for (int j = 0; j < size; j++)
        {
            int at = n * forward.T + Time(forward, n, step, out bool active), u = at * blocks + j, v = n * blocks + j, state = n * size + j;
            if (active)
            {
                dHidden[state] += Data(p.Output)[at * forward.Width + forward.Offset + j];
                StepGradient(p, du, dProduct, u, v, state, at * size + j);
            }
            else
            {
                for (int block = 0; block < forward.Blocks; block++) du[u + block * size] = dProduct[v + block * size] = 0;
            }
            if (p.V is null) continue;
            for (int block = 0; block < forward.Blocks; block++) Data(p.V)[u + block * size] = dProduct[v + block * size];
        }
    }

    private static void StepGradient(in RecurrentGradientArgs p, double[] du, double[] dv, int u, int v, int state, int at)
    {
        RecurrentArgs forward = p.Forward;
        int size = forward.H;
        double[] gates = Data(forward.Gates), dHidden = Data(p.Hidden);
        double dh = dHidden[state];
        dHidden[state] = 0;
        switch (forward.Kind)
        {
            case RecurrentKind.Lstm:
                double i = gates[u], f = gates[u + size], g = gates[u + 2 * size], o = gates[u + 3 * size],
                    before = Data(forward.Memory!)[at];
                double tanh = Math.Tanh(f * before + i * g), dc = Data(p.Cell!)[state] + dh * o * (1 - tanh * tanh);
                du[u] = dv[v] = dc * g * i * (1 - i);
                du[u + size] = dv[v + size] = dc * before * f * (1 - f);
                du[u + 2 * size] = dv[v + 2 * size] = dc * i * (1 - g * g);
                du[u + 3 * size] = dv[v + 3 * size] = dh * tanh * o * (1 - o);
                Data(p.Cell!)[state] = dc * f;
                break;
            case RecurrentKind.Gru:
                double r = gates[u], z = gates[u + size], n = gates[u + 2 * size], dn = dh * (1 - z) * (1 - n * n);
                du[u] = dv[v] = dn * Data(forward.Memory!)[at] * r * (1 - r);
                du[u + size] = dv[v + size] = dh * (Data(forward.Before!)[at] - n) * z * (1 - z);
                du[u + 2 * size] = dn;
                dv[v + 2 * size] = dn * r;
                dHidden[state] = dh * z;
                break;
            case RecurrentKind.Relu:
                du[u] = dv[v] = gates[u] > 0 ? dh : 0;
                break;
            default:
                du[u] = dv[v] = dh * (1 - gates[u] * gates[u]);
                break;
        }
    }

    // When sequence n is at a step; behind its end, the time to leave empty.
    private static int Time(in RecurrentArgs p, int n, int step, out bool active)
    {
        int length = p.Lengths is null ? p.T : (int)Data(p.Lengths)[n];
        active = step < length;
        return active && p.Reverse ? length - 1 - step : step;
    }
}
