namespace DeepLearning;

/// <summary>
/// A rule of <see cref="UpdateMath"/>. Each is a type, so that it gets a kernel of its own that reads only the memory it has.
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
            return w - rate * g / (p.Delta + MathF.Sqrt(r));
        }
    }

    public struct RmsProp : IUpdateRule
    {
        public readonly bool HasS => false;
        public readonly bool HasR => true;
        public readonly bool HasM => false;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m)
        {
            r = Squares(p, r, g);
            return w - rate * g / (p.Delta + MathF.Sqrt(r));
        }
    }

    public struct RmsPropMomentum : IUpdateRule
    {
        public readonly bool HasS => true;
        public readonly bool HasR => true;
        public readonly bool HasM => false;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m)
        {
            r = Squares(p, r, g);
            return w + Move(p, ref s, rate * g / (p.Delta + MathF.Sqrt(r)));
        }
    }

    public struct Adadelta : IUpdateRule
    {
        public readonly bool HasS => true;
        public readonly bool HasR => true;
        public readonly bool HasM => false;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m)
        {
            r = Squares(p, r, g);
            float change = MathF.Sqrt(s + p.Delta) / MathF.Sqrt(r + p.Delta) * g;
            s = Squares(p, s, change);
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
            s = p.KeepS * s + p.TakeS * g;
            r = Squares(p, r, g);
            return w - rate * (p.ScaleG * g + p.ScaleS * s) / (p.Delta + MathF.Sqrt(p.ScaleR * r));
        }
    }

    public struct AmsGrad : IUpdateRule
    {
        public readonly bool HasS => true;
        public readonly bool HasR => true;
        public readonly bool HasM => true;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m)
        {
            s = p.KeepS * s + p.TakeS * g;
            r = Squares(p, r, g);
            m = FloatMath.Max(m, r);
            return w - rate * p.ScaleS * s / (p.Delta + MathF.Sqrt(p.ScaleR * m));
        }
    }

    public struct Lion : IUpdateRule
    {
        public readonly bool HasS => true;
        public readonly bool HasR => false;
        public readonly bool HasM => false;

        public readonly float Next(in UpdateKernelArgs p, float rate, float w, float g, ref float s, ref float r, ref float m)
        {
            float step = p.KeepS * s + p.TakeS * g;
            s = p.KeepR * s + p.TakeR * g;
            return w - (step > 0 ? rate : step < 0 ? -rate : 0);
        }
    }

    private static float Squares(in UpdateKernelArgs p, float r, float g) => p.KeepR * r + p.TakeR * g * g;

    // v ← μv − step; returns how far w moves.
    private static float Move(in UpdateKernelArgs p, ref float v, float step)
    {
        float before = v;
        v = p.KeepS * v - step;
        return v + p.Ahead * (v - before);
    }
}
