namespace DeepLearning;

public sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void Update(in UpdateArgs p) => Each(UpdateKernels.Step, p.N, new UpdateKernelArgs
    {
        Rule = p.Rule, W = Write(p.W), G = Read(p.G), S = WriteOr(p.S, p.W), R = WriteOr(p.R, p.W), M = WriteOr(p.M, p.W), Rate = (float)p.Rate,
        Decay = (float)p.Decay, Shrink = (float)p.Shrink, KeepS = (float)p.KeepS, TakeS = (float)(1 - p.KeepS), KeepR = (float)p.KeepR,
        TakeR = (float)(1 - p.KeepR), Delta = (float)p.Delta, Ahead = (float)p.Ahead, ScaleG = (float)p.ScaleG, ScaleS = (float)p.ScaleS,
        ScaleR = (float)p.ScaleR,
    });

    /// <inheritdoc/>
    public override void Random(RandomKind kind, ulong seed, ulong block, double a, double b, Storage y, int n) =>
        Each(kind == RandomKind.Uniform ? RandomKernels.Uniform : RandomKernels.Normal, (n + 3) / 4,
            new RandomArgs { Y = Write(y), Seed = seed, Block = block, A = a, B = b, Count = n });
}
