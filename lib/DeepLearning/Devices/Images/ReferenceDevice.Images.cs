namespace DeepLearning.Kernels;

// Convolution and pooling.
public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void Conv(in ConvArgs p, Storage x, Storage w, Storage? bias, Storage y)
    {
        double[] to = Data(y);
        for (int i = 0; i < to.Length; i++) to[i] = bias is null ? 0 : Data(bias)[i / (p.OutH * p.OutW) % p.K];
        ForEachProduct(p, (xi, wi, yi) => to[yi] += Data(x)[xi] * Data(w)[wi]);
    }

    /// <inheritdoc/>
    public override void ConvInputGradient(in ConvArgs p, Storage dy, Storage w, Storage dx)
    {
        Data(dx).AsSpan().Clear();
        ForEachProduct(p, (xi, wi, yi) => Data(dx)[xi] += Data(dy)[yi] * Data(w)[wi]);
    }

    /// <inheritdoc/>
    public override void ConvWeightGradient(in ConvArgs p, Storage x, Storage dy, Storage dw, Storage? dbias)
    {
        Data(dw).AsSpan().Clear();
        ForEachProduct(p, (xi, wi, yi) => Data(dw)[wi] += Data(x)[xi] * Data(dy)[yi]);
        if (dbias is null) return;
        Data(dbias).AsSpan().Clear();
        for (int i = 0; i < Data(dy).Length; i++) Data(dbias)[i / (p.OutH * p.OutW) % p.K] += Data(dy)[i];
    }

    // Every product x·w that is part of a y: the whole of a convolution.
    private static void ForEachProduct(in ConvArgs p, Action<int, int, int> visit)
    {
        for (int n = 0; n < p.N; n++)
        for (int k = 0; k < p.K; k++)
        for (int i = 0; i < p.OutH; i++)
        for (int j = 0; j < p.OutW; j++)
        for (int c = 0; c < p.GroupC; c++)
        for (int a = 0; a < p.KernelH; a++)
        for (int b = 0; b < p.KernelW; b++)
        {
            int row = i * p.StrideH + a * p.DilationH - p.PadH, column = j * p.StrideW + b * p.DilationW - p.PadW;
            if (row < 0 || row >= p.H || column < 0 || column >= p.W) continue;
            int channel = k / p.GroupK * p.GroupC + c;
            visit(((n * p.C + channel) * p.H + row) * p.W + column, ((k * p.GroupC + c) * p.KernelH + a) * p.KernelW + b,
                ((n * p.K + k) * p.OutH + i) * p.OutW + j);
        }
    }

    /// <inheritdoc/>
    public override void MaxPool(in PoolArgs p, Storage x, Storage y, Storage index)
    {
        double[] from = Data(x), largest = Data(y), at = Data(index);
        ForEachWindow(p, (to, plane, cells, _) =>
        {
            int best = cells[0];
            foreach (int cell in cells)
            {
                if (from[plane + cell] > from[plane + best] || double.IsNaN(from[plane + cell])) best = cell;
            }
            (largest[to], at[to]) = (from[plane + best], best);
        });
    }

    /// <inheritdoc/>
    public override void MaxPoolPick(in PoolArgs p, Storage x, Storage index, Storage y)
    {
        int inside = p.H * p.W, outside = p.OutH * p.OutW;
        for (int i = 0; i < p.Planes * outside; i++) Data(y)[i] = Data(x)[i / outside * inside + (int)Data(index)[i]];
    }

    /// <inheritdoc/>
    public override void MaxPoolGradient(in PoolArgs p, Storage dy, Storage index, Storage dx)
    {
        int inside = p.H * p.W, outside = p.OutH * p.OutW;
        Data(dx).AsSpan().Clear();
        for (int i = 0; i < p.Planes * outside; i++) Data(dx)[i / outside * inside + (int)Data(index)[i]] += Data(dy)[i];
    }

    /// <inheritdoc/>
    public override void AveragePool(in PoolArgs p, Storage x, Storage y) =>
        ForEachWindow(p, (to, plane, cells, divisor) => Data(y)[to] = cells.Sum(cell => Data(x)[plane + cell]) / divisor);

    /// <inheritdoc/>
    public override void AveragePoolGradient(in PoolArgs p, Storage dy, Storage dx)
    {
        Data(dx).AsSpan().Clear();
        ForEachWindow(p, (from, plane, cells, divisor) =>
        {
            foreach (int cell in cells) Data(dx)[plane + cell] += Data(dy)[from] / divisor;
        });
    }

    // Where the window's result is, where its plane begins, its cells inside the plane, and what an average divides by.
    private static void ForEachWindow(in PoolArgs p, Action<int, int, int[], int> visit)
    {
        for (int plane = 0; plane < p.Planes; plane++)
        for (int i = 0; i < p.OutH; i++)
        for (int j = 0; j < p.OutW; j++)
        {
            (int top, int bottom) = p.Rows(i);
            (int left, int right) = p.Columns(j);
            List<int> cells = [];
            for (int row = top; row < bottom; row++)
            for (int column = left; column < right; column++) cells.Add(row * p.W + column);
            visit((plane * p.OutH + i) * p.OutW + j, plane * p.H * p.W, [.. cells], p.Divisor(bottom - top, right - left));
        }
    }
}
