namespace DeepLearning;

/// <summary>A convolution's output: the pixels of its window, each times a weight of the kernel. Over the padding a pixel is 0.</summary>
internal static class ConvolutionFormulas
{
    public static Formula Value(ScalarGraph graph, Operation op, ConvArgs p, int element)
    {
        int column = element % p.OutW, row = element / p.OutW % p.OutH;
        int kernel = element / (p.OutW * p.OutH) % p.K, sample = element / (p.OutW * p.OutH * p.K);
        ScalarNode[] x = graph[op[0]], w = graph[op[1]];
        int firstChannel = kernel / p.GroupK * p.GroupC;
        List<Formula> terms = [];
        for (int tap = 0; tap < p.Taps; tap++)
        {
            int a = tap / p.KernelW % p.KernelH, b = tap % p.KernelW, channel = firstChannel + tap / (p.KernelW * p.KernelH);
            int i = row * p.StrideH + a * p.DilationH - p.PadH, j = column * p.StrideW + b * p.DilationW - p.PadW;
            bool inside = i >= 0 && i < p.H && j >= 0 && j < p.W;
            terms.Add(w[kernel * p.Taps + tap] * (inside ? x[((sample * p.C + channel) * p.H + i) * p.W + j] : (Formula)0));
        }
        if (op.Inputs.Count > 2) terms.Add(graph[op[2]][kernel]);
        return Formula.SumOf(terms);
    }

    /// <summary>What y and w add to one number of x.</summary>
    public static Formula? Transposed(ScalarGraph graph, Operation op, ConvArgs p, int element)
    {
        int column = element % p.W, row = element / p.W % p.H, channel = element / (p.W * p.H) % p.C, sample = element / (p.W * p.H * p.C);
        ScalarNode[] y = graph[op[0]], w = graph[op[1]];
        int group = channel / p.GroupC;
        List<Formula> terms = [];
        for (int kernel = group * p.GroupK; kernel < (group + 1) * p.GroupK; kernel++)
        for (int a = 0; a < p.KernelH; a++)
        for (int b = 0; b < p.KernelW; b++)
        {
            int i = row + p.PadH - a * p.DilationH, j = column + p.PadW - b * p.DilationW;
            if (i < 0 || j < 0 || i % p.StrideH != 0 || j % p.StrideW != 0 || i / p.StrideH >= p.OutH || j / p.StrideW >= p.OutW) continue;
            int tap = (channel % p.GroupC * p.KernelH + a) * p.KernelW + b;
            terms.Add(w[kernel * p.Taps + tap] * (Formula)y[((sample * p.K + kernel) * p.OutH + i / p.StrideH) * p.OutW + j / p.StrideW]);
        }
        return terms.Count == 0 ? null : Formula.SumOf(terms);
    }

    /// <summary>The sum's own derivative; where that is 0 for want of a pixel, it says so.</summary>
    public static (Formula? Formula, string Remark) Slope(ScalarEdge edge) =>
        (null, edge.Slope == 0 && edge.To.Formula?.Derivative(edge.From) is Number ? $", because {edge.From.Name} meets the padding" : "");
}
