namespace DeepLearning;

/// <summary>Weighted sums: z = x·Wᵀ + b, and matrix products.</summary>
internal static class ProductFormulas
{
    public static Formula Linear(ScalarGraph graph, Operation op, int element)
    {
        int inputs = op[1].Shape[1], outputs = op[1].Shape[0], row = element / outputs, neuron = element % outputs;
        ScalarNode[] x = graph[op[0]], w = graph[op[1]];
        List<Formula> terms = [.. Enumerable.Range(0, inputs).Select(i => w[neuron * inputs + i] * (Formula)x[row * inputs + i])];
        if (op.Inputs.Count > 2) terms.Add(graph[op[2]][neuron]);
        return Formula.SumOf(terms);
    }

    public static Formula MatMul(ScalarGraph graph, Operation op, MatMulState state, int element)
    {
        int rows = op.Output.Shape[-2], columns = op.Output.Shape[-1], inner = op[0].Shape[state.TransposeA ? -2 : -1];
        int batch = element / (rows * columns), row = element / columns % rows, column = element % columns;
        ReadOnlySpan<ScalarNode> a = Matrix(graph[op[0]], rows * inner, batch), b = Matrix(graph[op[1]], inner * columns, batch);
        List<Formula> terms = [];
        for (int k = 0; k < inner; k++)
        {
            ScalarNode left = a[state.TransposeA ? k * rows + row : row * inner + k];
            ScalarNode right = b[state.TransposeB ? column * inner + k : k * columns + column];
            terms.Add(left * (Formula)right);
        }
        return Formula.SumOf(terms);
    }

    // One matrix may serve the whole batch.
    private static ReadOnlySpan<ScalarNode> Matrix(ScalarNode[] all, int size, int batch) =>
        all.AsSpan(all.Length == size ? 0 : batch * size, size);
}
