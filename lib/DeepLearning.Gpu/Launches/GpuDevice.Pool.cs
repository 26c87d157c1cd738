namespace DeepLearning;

public sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void MaxPool(in PoolArgs p, Storage x, Storage y, Storage index)
    {
        Each(PoolKernels.Max, Outside(p), Pool(p) with { X = Read(x), Y = Write(y), Index = Write(index) });
    }

    /// <inheritdoc/>
    public override void MaxPoolPick(in PoolArgs p, Storage x, Storage index, Storage y) =>
        Each(PoolKernels.MaxPick, Outside(p), Pool(p) with { X = Read(x), Y = Write(y), Index = Read(index) });

    /// <inheritdoc/>
    public override void MaxPoolGradient(in PoolArgs p, Storage dy, Storage index, Storage dx) =>
        Each(PoolKernels.MaxGradient, Inside(p), Pool(p) with { X = Write(dx), Y = Read(dy), Index = Read(index) });

    /// <inheritdoc/>
    public override void AveragePool(in PoolArgs p, Storage x, Storage y) =>
        Each(PoolKernels.Average, Outside(p), Pool(p) with { X = Read(x), Y = Write(y), Index = Read(x) });

    /// <inheritdoc/>
    public override void AveragePoolGradient(in PoolArgs p, Storage dy, Storage dx) =>
        Each(PoolKernels.AverageGradient, Inside(p), Pool(p) with { X = Write(dx), Y = Read(dy), Index = Read(dy) });

    private static int Outside(in PoolArgs p) => p.Planes * p.OutH * p.OutW;

    private static int Inside(in PoolArgs p) => p.Planes * p.H * p.W;

    private static PoolKernelArgs Pool(in PoolArgs p) => new()
    {
        H = p.H, W = p.W, OutH = p.OutH, OutW = p.OutW, KernelH = p.KernelH, KernelW = p.KernelW, StrideH = p.StrideH, StrideW = p.StrideW,
        PadH = p.PadH, PadW = p.PadW, CountPadding = Flag(p.CountPadding), Adaptive = Flag(p.Adaptive), ByH = By(p.H), ByW = By(p.W),
        ByOutH = By(p.OutH), ByOutW = By(p.OutW), ByStrideH = By(p.StrideH), ByStrideW = By(p.StrideW),
    };

    // Where there is nothing to divide, the divisor may be 0.
    private static Divisor By(int divisor) => new(Math.Max(1, divisor));
}
