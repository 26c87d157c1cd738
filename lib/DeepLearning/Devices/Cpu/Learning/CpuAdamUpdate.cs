using System.Runtime.Intrinsics;
using static DeepLearning.Kernels.CpuUpdate;

namespace DeepLearning.Kernels;

/// <summary>
/// Adam with vectors of 512 bits. Most networks are trained with it, and it is the one formula that costs a tenth of a step: its root and
/// its quotient take the processor the longer, the narrower the vectors are.
/// </summary>
internal static class CpuAdamUpdate
{
    /// <summary>From <paramref name="from"/> on as far as whole vectors go before <paramref name="to"/>; returns where that is.</summary>
    public static int Run(in UpdateArgs p, int from, int to)
    {
        ref float w0 = ref First(p.W), g0 = ref First(p.G), s0 = ref First(p.S!), r0 = ref First(p.R!);
        Vector512<float> rateG = W(p.LearningRate * p.ScaleG), rateS = W(p.LearningRate * p.ScaleS), scaleR = W(p.ScaleR),
            epsilon = W(p.Epsilon), shrink = W(-p.Shrink),
            decay = W(p.WeightDecay), beta1 = W(p.Beta1), add1 = W(1 - p.Beta1), beta2 = W(p.Beta2), add2 = W(1 - p.Beta2);
        int i = from;
        for (; i <= to - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            nuint at = (nuint)i;
            Vector512<float> w = Vector512.LoadUnsafe(ref w0, at), g = Vector512.LoadUnsafe(ref g0, at);
            w = Vector512.MultiplyAddEstimate(shrink, w, w);
            g = Vector512.MultiplyAddEstimate(decay, w, g);
            var s = Vector512.MultiplyAddEstimate(beta1, Vector512.LoadUnsafe(ref s0, at), add1 * g);
            var r = Vector512.MultiplyAddEstimate(beta2, Vector512.LoadUnsafe(ref r0, at), add2 * g * g);
            w -= Vector512.MultiplyAddEstimate(rateG, g, rateS * s) / (epsilon + Vector512.Sqrt(scaleR * r));
            w.StoreUnsafe(ref w0, at);
            s.StoreUnsafe(ref s0, at);
            r.StoreUnsafe(ref r0, at);
        }
        return i;

        static Vector512<float> W(double value) => Vector512.Create((float)value);
    }
}
