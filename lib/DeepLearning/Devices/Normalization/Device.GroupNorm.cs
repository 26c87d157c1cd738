namespace DeepLearning;

// Group and layer normalization composed of primitive kernels, for devices that have no kernel of their own.
public abstract partial class Device
{
    /// <summary>
    /// Takes the statistics of every group of every sample, and y = γ·x̂ + β with x̂ = (x − mean)·inverse; see <see cref="GroupNormArgs"/>.
    /// </summary>
    public virtual void GroupNorm(in GroupNormArgs p, Storage? beta, Storage y)
    {
        int[] rows = [p.Rows, p.Length], all = [p.Length, 1];
        Reduce(ReduceOp.Sum, p.X, p.Mean, p.Rows, p.Length, 1);
        Unary(UnaryOp.Affine, p.Mean, p.Mean, p.Rows, 1.0 / p.Length);
        Binary(BinaryOp.Subtract, p.X, all, p.Mean, [1, 0], y, rows);
        Storage squares = Allocate(p.Count);
        Unary(UnaryOp.Square, y, squares, p.Count);
        Reduce(ReduceOp.Sum, squares, p.Inverse, p.Rows, p.Length, 1);
        Unary(UnaryOp.Affine, p.Inverse, p.Inverse, p.Rows, 1.0 / p.Length, p.Epsilon);
        Unary(UnaryOp.Power, p.Inverse, p.Inverse, p.Rows, -0.5);
        Binary(BinaryOp.Multiply, y, all, p.Inverse, [1, 0], y, rows);
        if (p.Gamma is { } gamma) ByChannel(BinaryOp.Multiply, p, y, gamma, y);
        if (beta is not null) ByChannel(BinaryOp.Add, p, y, beta, y);
        Free(squares);
    }

    /// <summary>
    /// The way back: dβ = Σ dy and dγ = Σ dy·x̂ over samples and positions; with g = γ·dy, and means over each group,
    /// dx = inverse·(g − mean g − x̂·mean(g·x̂)). Without <paramref name="dx"/> only the two sums.
    /// </summary>
    public virtual void GroupNormGradient(in GroupNormArgs p, Storage dy, Storage? dx, Storage dGamma, Storage dBeta)
    {
        int[] rows = [p.Rows, p.Length], all = [p.Length, 1];
        Storage normal = Allocate(p.Count), work = Allocate(p.Count), mean = Allocate(p.Rows);
        Binary(BinaryOp.Subtract, p.X, all, p.Mean, [1, 0], normal, rows);
        Binary(BinaryOp.Multiply, normal, all, p.Inverse, [1, 0], normal, rows);
        SumChannels(p, dy, dBeta);
        Binary(BinaryOp.Multiply, dy, [1], normal, [1], work, [p.Count]);
        SumChannels(p, work, dGamma);
        if (dx is not null)
        {
            if (p.Gamma is { } gamma) ByChannel(BinaryOp.Multiply, p, dy, gamma, dx);
            else Copy(dy, 0, [1], dx, 0, [1], [p.Count], add: false);
            Binary(BinaryOp.Multiply, dx, [1], normal, [1], work, [p.Count]);
            Reduce(ReduceOp.Sum, work, mean, p.Rows, p.Length, 1);
            Unary(UnaryOp.Affine, mean, mean, p.Rows, 1.0 / p.Length);
            Binary(BinaryOp.Multiply, normal, all, mean, [1, 0], normal, rows);
            Reduce(ReduceOp.Sum, dx, mean, p.Rows, p.Length, 1);
            Unary(UnaryOp.Affine, mean, mean, p.Rows, 1.0 / p.Length);
            Binary(BinaryOp.Subtract, dx, all, mean, [1, 0], dx, rows);
            Binary(BinaryOp.Subtract, dx, [1], normal, [1], dx, [p.Count]);
            Binary(BinaryOp.Multiply, dx, all, p.Inverse, [1, 0], dx, rows);
        }
        foreach (Storage scratch in (Storage[])[normal, work, mean]) Free(scratch);
    }

    // y = x op v, where v has a number for each of the Groups·Channels channels.
    private void ByChannel(BinaryOp op, in GroupNormArgs p, Storage x, Storage v, Storage y)
    {
        int channels = p.Groups * p.Channels;
        Binary(op, x, [channels * p.Inner, p.Inner, 1], v, [0, 1, 0], y, [p.Samples, channels, p.Inner]);
    }

    private void SumChannels(in GroupNormArgs p, Storage x, Storage y)
    {
        int channels = p.Groups * p.Channels;
        Storage rows = Allocate(p.Samples * channels);
        Reduce(ReduceOp.Sum, x, rows, p.Samples * channels, p.Inner, 1);
        Reduce(ReduceOp.Sum, rows, y, 1, p.Samples, channels);
        Free(rows);
    }
}
