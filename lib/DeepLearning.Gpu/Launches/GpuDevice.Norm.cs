namespace DeepLearning;

public sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void BatchNorm(in BatchNormArgs p, Storage? beta, Storage y) => EachRow(NormKernels.Batch, p.Channels, p.Samples * p.Inner,
        Norm(p.X, p.Gamma, beta, p.Samples, 1, p.Channels, p.Inner, p.Epsilon) with { Y = Write(y), Mean = Write(p.Mean), Spread = Write(p.Variance) });

    /// <inheritdoc/>
    public override void BatchNormGradient(in BatchNormArgs p, Storage dy, Storage? dx, Storage dGamma, Storage dBeta) =>
        EachRow(NormKernels.BatchGradient, p.Channels, p.Samples * p.Inner, Norm(p.X, p.Gamma, null, p.Samples, 1, p.Channels, p.Inner, p.Epsilon) with
        {
            Mean = Read(p.Mean), Spread = Read(p.Variance), DY = Read(dy), DX = WriteOr(dx, dGamma), WantsDX = Flag(dx is not null), DGamma = Write(dGamma),
            DBeta = Write(dBeta),
        });

    /// <inheritdoc/>
    public override void GroupNorm(in GroupNormArgs p, Storage? beta, Storage y) => EachRow(NormKernels.Rows, p.Rows, p.Length,
        Norm(p.X, p.Gamma, beta, p.Samples, p.Groups, p.Channels, p.Inner, p.Epsilon) with { Y = Write(y), Mean = Write(p.Mean), Spread = Write(p.Inverse) });

    /// <inheritdoc/>
    public override void GroupNormGradient(in GroupNormArgs p, Storage dy, Storage? dx, Storage dGamma, Storage dBeta)
    {
        NormKernelArgs kernel = Norm(p.X, p.Gamma, null, p.Samples, p.Groups, p.Channels, p.Inner, p.Epsilon) with
        {
            Mean = Read(p.Mean), Spread = Read(p.Inverse), DY = Read(dy), DX = WriteOr(dx, dGamma), DGamma = Write(dGamma), DBeta = Write(dBeta),
        };
        EachRow(NormKernels.ChannelGradient, p.Groups * p.Channels, p.Samples * p.Inner, kernel);
        if (dx is not null) EachRow(NormKernels.RowsGradient, p.Rows, p.Length, kernel);
    }

    // y[c] = Σ x[n, c, i] over n and i.
    private void ChannelSums(Storage x, Storage y, int samples, int channels, int inner) =>
        EachRow(NormKernels.ChannelSums, channels, samples * inner, Norm(x, null, null, samples, 1, channels, inner, 0) with { Y = Write(y) });

    private static NormKernelArgs Norm(Storage x, Storage? gamma, Storage? beta, int samples, int groups, int channels, int inner, double epsilon) => new()
    {
        X = Read(x), Y = Read(x), Mean = Read(x), Spread = Read(x), Gamma = ReadOr(gamma, x), Beta = ReadOr(beta, x), DY = Read(x), DX = Read(x),
        DGamma = Read(x), DBeta = Read(x), HasGamma = Flag(gamma is not null), HasBeta = Flag(beta is not null), Samples = samples, Groups = groups,
        Channels = channels, Inner = inner, Epsilon = (float)epsilon,
    };
}
