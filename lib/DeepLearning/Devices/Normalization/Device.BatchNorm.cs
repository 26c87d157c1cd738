namespace DeepLearning;

// Batch normalization composed of primitive kernels, for devices that have no kernel of their own.
public abstract partial class Device
{
    /// <summary>
    /// Takes mean and variance of every channel, and y = γ·x̂ + β with x̂ = (x − mean)/√(variance + ε); see <see cref="BatchNormArgs"/>.
    /// </summary>
    public virtual void BatchNorm(in BatchNormArgs p, Storage? beta, Storage y)
    {
        int m = p.Samples * p.Inner;
        int[] shape = [p.Samples, p.Channels, p.Inner], all = [p.Channels * p.Inner, p.Inner, 1];
        SumChannels(p, p.X, p.Mean);
        Unary(UnaryOp.Affine, p.Mean, p.Mean, p.Channels, 1.0 / m);
        Binary(BinaryOp.Subtract, p.X, all, p.Mean, [0, 1, 0], y, shape);
        Storage squares = Allocate(p.Count), inverse = Allocate(p.Channels);
        Unary(UnaryOp.Square, y, squares, p.Count);
        SumChannels(p, squares, p.Variance);
        Unary(UnaryOp.Affine, p.Variance, p.Variance, p.Channels, 1.0 / m);
        InverseDeviation(p, inverse);
        if (p.Gamma is { } gamma) Binary(BinaryOp.Multiply, inverse, [1], gamma, [1], inverse, [p.Channels]);
        Binary(BinaryOp.Multiply, y, all, inverse, [0, 1, 0], y, shape);
        if (beta is not null) Binary(BinaryOp.Add, y, all, beta, [0, 1, 0], y, shape);
        Free(squares);
        Free(inverse);
    }

    /// <summary>
    /// The way back: dβ = Σ dy, dγ = Σ dy·x̂, dx = γ/√(variance + ε)·(dy − dβ/m − x̂·dγ/m). Without <paramref name="dx"/> only the two
    /// sums.
    /// </summary>
    public virtual void BatchNormGradient(in BatchNormArgs p, Storage dy, Storage? dx, Storage dGamma, Storage dBeta)
    {
        int m = p.Samples * p.Inner;
        int[] shape = [p.Samples, p.Channels, p.Inner], all = [p.Channels * p.Inner, p.Inner, 1];
        Storage normal = Allocate(p.Count), work = Allocate(p.Count), inverse = Allocate(p.Channels), mean = Allocate(p.Channels);
        InverseDeviation(p, inverse);
        Binary(BinaryOp.Subtract, p.X, all, p.Mean, [0, 1, 0], normal, shape);
        Binary(BinaryOp.Multiply, normal, all, inverse, [0, 1, 0], normal, shape);
        SumChannels(p, dy, dBeta);
        Binary(BinaryOp.Multiply, dy, [1], normal, [1], work, [p.Count]);
        SumChannels(p, work, dGamma);
        if (dx is not null)
        {
            Unary(UnaryOp.Affine, dGamma, mean, p.Channels, 1.0 / m);
            Binary(BinaryOp.Multiply, normal, all, mean, [0, 1, 0], normal, shape);
            Binary(BinaryOp.Subtract, dy, [1], normal, [1], dx, [p.Count]);
            Unary(UnaryOp.Affine, dBeta, mean, p.Channels, 1.0 / m);
            Binary(BinaryOp.Subtract, dx, all, mean, [0, 1, 0], dx, shape);
            if (p.Gamma is { } gamma) Binary(BinaryOp.Multiply, inverse, [1], gamma, [1], inverse, [p.Channels]);
            Binary(BinaryOp.Multiply, dx, all, inverse, [0, 1, 0], dx, shape);
        }
        foreach (Storage scratch in (Storage[])[normal, work, inverse, mean]) Free(scratch);
    }

    private void InverseDeviation(in BatchNormArgs p, Storage y)
    {
        Unary(UnaryOp.Affine, p.Variance, y, p.Channels, 1, p.Epsilon);
        Unary(UnaryOp.Power, y, y, p.Channels, -0.5);
    }

    // y[c] = Σ x[n, c, i] over n and i.
    private void SumChannels(in BatchNormArgs p, Storage x, Storage y)
    {
        Storage rows = Allocate(p.Samples * p.Channels);
        Reduce(ReduceOp.Sum, x, rows, p.Samples * p.Channels, p.Inner, 1);
        Reduce(ReduceOp.Sum, rows, y, 1, p.Samples, p.Channels);
        Free(rows);
    }
}
