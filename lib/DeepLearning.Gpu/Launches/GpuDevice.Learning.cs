using ILGPU;

namespace DeepLearning;

public sealed partial class GpuDevice
{
    // In the order of the rules.
    private static readonly Action<Index1D, UpdateKernelArgs>[] s_rules =
    [
        UpdateKernels.Step<UpdateRules.Sgd>, UpdateKernels.Step<UpdateRules.Momentum>, UpdateKernels.Step<UpdateRules.AdaGrad>,
        UpdateKernels.Step<UpdateRules.RmsProp>, UpdateKernels.Step<UpdateRules.RmsPropNesterov>, UpdateKernels.Step<UpdateRules.Adadelta>,
        UpdateKernels.Step<UpdateRules.Adam>, UpdateKernels.Step<UpdateRules.AmsGrad>, UpdateKernels.Step<UpdateRules.Lion>,
    ];

    /// <inheritdoc/>
    public override bool FusesUpdates => true;

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<UpdateArgs> steps)
    {
        for (int start = 0, end; start < steps.Length; start = end)
        {
            for (end = start + 1; end < steps.Length && end - start < UpdateKernelArgs.MostBlocks && GoTogether(steps[start], steps[end]);)
                end++;
            UpdateTogether(steps[start..end]);
        }
    }

    // Whether two steps differ in nothing but what a block says for itself.
    private static bool GoTogether(in UpdateArgs a, in UpdateArgs b) => a.MaxR is null && a == b with
    {
        W = a.W, G = a.G, V = a.V, S = a.S, R = a.R, N = a.N, LearningRate = a.LearningRate, WeightDecay = a.WeightDecay, Shrink = a.Shrink,
    };

    private void UpdateTogether(ReadOnlySpan<UpdateArgs> steps)
    {
        UpdateArgs p = steps[0];
        UpdateKernelArgs kernel = new()
        {
            MaxR = WriteOr(p.MaxR, p.W), Rho = new Kept(p.Rho), Beta1 = new Kept(p.Beta1), Beta2 = new Kept(p.Beta2),
            Momentum = (float)p.Momentum, Ahead = (float)p.Ahead, Epsilon = (float)p.Epsilon, ScaleG = (float)p.ScaleG,
            ScaleS = (float)p.ScaleS, ScaleR = (float)p.ScaleR,
        };
        int threads = 0;
        for (int i = 0; i < UpdateKernelArgs.MostBlocks; i++)
        {
            UpdateArgs step = steps[Math.Min(i, steps.Length - 1)];
            kernel.Put(i, new UpdateBlock
            {
                W = Write(step.W), G = Read(step.G), S = WriteOr(step.S ?? step.V, step.W), R = WriteOr(step.R, step.W), First = threads,
                Count = step.N, Rate = (float)step.LearningRate, Decay = (float)step.WeightDecay, Shrink = (float)step.Shrink,
            });
            if (i < steps.Length) threads += Float4.Count(step.N);
        }
        Each(s_rules[(int)p.Rule], threads, kernel);
    }

    /// <inheritdoc/>
    public override void Random(RandomKind kind, ulong seed, ulong block, double a, double b, Storage y, int n) =>
        Each(kind == RandomKind.Uniform ? RandomKernels.Uniform : RandomKernels.Normal, Float4.Count(n),
            new RandomArgs { Y = Write(y), Seed = seed, Block = block, A = a, B = b, Count = n });

    /// <inheritdoc/>
    public override void DropMask(ulong seed, ulong block, double rate, double kept, Storage y, int n) =>
        Each(RandomKernels.DropMask, Float4.Count(n),
            new RandomArgs { Y = Write(y), Seed = seed, Block = block, A = -rate, B = 1 - rate, Kept = kept, Count = n });
}
