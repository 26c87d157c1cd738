using ILGPU;

namespace DeepLearning;

/// <summary>A parameter's blocks, and what may differ from one parameter to the next.</summary>
internal struct UpdateBlock
{
    /// <summary>S is the first memory, v or s: no formula has both.</summary>
    public ArrayView<float> W, G, S, R;
    /// <summary>The first thread that works on it.</summary>
    public int First, Count;
    public float Rate, Decay, Shrink;
}

/// <summary>
/// How much of a running mean is kept, and how much of the new number comes in: 1 less that, which float32 alone would round.
/// </summary>
internal readonly struct Kept(double share)
{
    public readonly float Share = (float)share, Rest = (float)(1 - share);
}

/// <summary>What all parameters of a launch have in common, and up to eight of them.</summary>
internal struct UpdateKernelArgs
{
    public const int MostBlocks = 8;

    public Kept Rho, Beta1, Beta2;
    public float Momentum, Ahead, Epsilon, ScaleG, ScaleS, ScaleR;
    public UpdateBlock B0, B1, B2, B3, B4, B5, B6, B7;
    /// <summary>AmsGrad's largest r so far; it takes one parameter a launch.</summary>
    public ArrayView<float> MaxR;

    /// <summary>Block i &lt; 8.</summary>
    public void Put(int i, in UpdateBlock block)
    {
        switch (i)
        {
            case 0: B0 = block; break;
            case 1: B1 = block; break;
            case 2: B2 = block; break;
            case 3: B3 = block; break;
            case 4: B4 = block; break;
            case 5: B5 = block; break;
            case 6: B6 = block; break;
            default: B7 = block; break;
        }
    }

    /// <summary>The block that thread i works on; where there are fewer than eight, the others begin behind the last thread.</summary>
    public readonly UpdateBlock At(int i) =>
        i < B1.First ? B0 : i < B2.First ? B1
            : i < B3.First ? B2 : i < B4.First ? B3 : i < B5.First ? B4 : i < B6.First ? B5 : i < B7.First ? B6 : B7;
}

/// <summary>Optimizers: a thread for four numbers of a parameter, one pass over memory, and several parameters in one launch.</summary>
internal static class UpdateKernels
{
    public static void Step<T>(Index1D i, UpdateKernelArgs p) where T : struct, IUpdateRule
    {
        T rule = default;
        UpdateBlock block = p.At(i);
        int at = 4 * (i - block.First);
        if (at + 4 <= block.Count)
        {
            Float4 w = Float4.Load(block.W, at), g = Float4.Load(block.G, at);
            Float4 s = rule.HasS ? Float4.Load(block.S, at) : default, r = rule.HasR ? Float4.Load(block.R, at) : default,
                m = rule.HasM ? Float4.Load(p.MaxR, at) : default;
            Change(rule, p, block, ref w.A, g.A, ref s.A, ref r.A, ref m.A);
            Change(rule, p, block, ref w.B, g.B, ref s.B, ref r.B, ref m.B);
            Change(rule, p, block, ref w.C, g.C, ref s.C, ref r.C, ref m.C);
            Change(rule, p, block, ref w.D, g.D, ref s.D, ref r.D, ref m.D);
            w.Store(block.W, at);
            if (rule.HasS) s.Store(block.S, at);
            if (rule.HasR) r.Store(block.R, at);
            if (rule.HasM) m.Store(p.MaxR, at);
            return;
        }
        for (; at < block.Count; at++)
        {
            float w = block.W[at], s = rule.HasS ? block.S[at] : 0, r = rule.HasR ? block.R[at] : 0, m = rule.HasM ? p.MaxR[at] : 0;
            Change(rule, p, block, ref w, block.G[at], ref s, ref r, ref m);
            block.W[at] = w;
            if (rule.HasS) block.S[at] = s;
            if (rule.HasR) block.R[at] = r;
            if (rule.HasM) p.MaxR[at] = m;
        }
    }

    private static void Change<T>(T rule, in UpdateKernelArgs p, in UpdateBlock block, ref float w, float g, ref float s,
        ref float r, ref float m)
        where T : struct, IUpdateRule
    {
        w -= block.Shrink * w;
        w = rule.Next(p, block.Rate, w, g + block.Decay * w, ref s, ref r, ref m);
    }
}
