namespace DeepLearning;

/// <summary>
/// An optimizer's formula, as its Update says it. Each is a type, so that it gets a kernel of its own that reads only the memory it has.
/// </summary>
internal interface IUpdateRule
{
    bool HasS { get; }

    bool HasR { get; }

    bool HasM { get; }

    /// <summary>The next w; s, r and m change in place.</summary>
    float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m);
}

/// <summary>Each <see cref="UpdateRule"/>.</summary>
internal static class UpdateRules
{
    public struct Sgd : IUpdateRule
    {
        public readonly bool HasS => false;
        public readonly bool HasR => false;
        public readonly bool HasM => false;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m) =>
            w - rate * g;
    }

    public struct Momentum : IUpdateRule
    {
        public readonly bool HasS => true;
        public readonly bool HasR => false;
        public readonly bool HasM => false;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m) =>
            w + Move(p, ref s, rate * g);
    }

    public struct AdaGrad : IUpdateRule
    {
        public readonly bool HasS => false;
        public readonly bool HasR => true;
        public readonly bool HasM => false;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m)
        {
            r += g * g;
            return w - rate * g / (p.Epsilon + MathF.Sqrt(r));
        }
    }

    public struct RmsProp : IUpdateRule
    {
        public readonly bool HasS => false;
        public readonly bool HasR => true;
        public readonly bool HasM => false;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m)
        {
            r = Mean(p.Rho, r, g * g);
            return w - rate * g / (p.Epsilon + MathF.Sqrt(r));
        }
    }

    public struct RmsPropNesterov : IUpdateRule
    {
        public readonly bool HasS => true;
        public readonly bool HasR => true;
        public readonly bool HasM => false;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m)
        {
            r = Mean(p.Rho, r, g * g);
            return w + Move(p, ref s, rate * g / (p.Epsilon + MathF.Sqrt(r)));
        }
    }

    public struct Adadelta : IUpdateRule
    {
        public readonly bool HasS => true;
        public readonly bool HasR => true;
        public readonly bool HasM => false;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m)
        {
            r = Mean(p.Rho, r, g * g);
            float change = MathF.Sqrt(s + p.Epsilon) / MathF.Sqrt(r + p.Epsilon) * g;
            s = Mean(p.Rho, s, change * change);
            return w - rate * change;
        }
    }

    public struct Adam : IUpdateRule
    {
        public readonly bool HasS => true;
        public readonly bool HasR => true;
        public readonly bool HasM => false;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m)
        {
            s = Mean(p.Beta1, s, g);
            r = Mean(p.Beta2, r, g * g);
            return w - rate * (p.ScaleG * g + p.ScaleS * s) / (p.Epsilon + MathF.Sqrt(p.ScaleR * r));
        }
    }

    public struct AmsGrad : IUpdateRule
    {
        public readonly bool HasS => true;
        public readonly bool HasR => true;
        public readonly bool HasM => true;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m)
        {
            s = Mean(p.Beta1, s, g);
            r = Mean(p.Beta2, r, g * g);
            m = FloatMath.Max(m, r);
            return w - rate * p.ScaleS * s / (p.Epsilon + MathF.Sqrt(p.ScaleR * m));
        }
    }

    public struct Lion : IUpdateRule
    {
        public readonly bool HasS => true;
        public readonly bool HasR => false;
        public readonly bool HasM => false;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m)
        {
            float step = Mean(p.Beta1, s, g);
            s = Mean(p.Beta2, s, g);
            return w - (step > 0 ? rate : step < 0 ? -rate : 0);
        }
    }

    // keep·mean + (1 − keep)·x
    private static float Mean(in Kept keep, float mean, float x) => keep.Share * mean + keep.Rest * x;

    // v ← μv − step; returns how far w moves.
    private static float Move(in UpdateKernelArgs p, ref float v, float step)
    {
        float before = v;
        v = p.Momentum * v - step;
        return v + p.Ahead * (v - before);
    }
}
