namespace DeepLearning.Kernels;

/// <summary>The optimizers' update rules for one number: w, s, r and m change as written.</summary>
public static class UpdateMath
{
    /// <summary>One step; see <see cref="UpdateArgs"/> for the symbols.</summary>
    public static void Apply(in UpdateArgs p, ref double w, double g, ref double s, ref double r, ref double m)
    {
        w -= p.Shrink * w;
        g += p.Decay * w;
        switch (p.Rule)
        {
            case UpdateRule.Sgd:
                w -= p.Rate * g;
                break;
            case UpdateRule.Momentum:
                Move(in p, ref w, ref s, p.Rate * g);
                break;
            case UpdateRule.AdaGrad:
                r += g * g;
                w -= p.Rate * g / (p.Delta + Math.Sqrt(r));
                break;
            case UpdateRule.RmsProp:
                r = p.KeepR * r + (1 - p.KeepR) * g * g;
                w -= p.Rate * g / (p.Delta + Math.Sqrt(r));
                break;
            case UpdateRule.RmsPropMomentum:
                r = p.KeepR * r + (1 - p.KeepR) * g * g;
                Move(in p, ref w, ref s, p.Rate * g / (p.Delta + Math.Sqrt(r)));
                break;
            case UpdateRule.Adadelta:
                r = p.KeepR * r + (1 - p.KeepR) * g * g;
                double change = Math.Sqrt(s + p.Delta) / Math.Sqrt(r + p.Delta) * g;
                s = p.KeepR * s + (1 - p.KeepR) * change * change;
                w -= p.Rate * change;
                break;
            case UpdateRule.Adam:
                s = p.KeepS * s + (1 - p.KeepS) * g;
                r = p.KeepR * r + (1 - p.KeepR) * g * g;
                w -= p.Rate * (p.ScaleG * g + p.ScaleS * s) / (p.Delta + Math.Sqrt(p.ScaleR * r));
                break;
            case UpdateRule.AmsGrad:
                s = p.KeepS * s + (1 - p.KeepS) * g;
                r = p.KeepR * r + (1 - p.KeepR) * g * g;
                m = Math.Max(m, r);
                w -= p.Rate * p.ScaleS * s / (p.Delta + Math.Sqrt(p.ScaleR * m));
                break;
            case UpdateRule.Lion:
                double step = p.KeepS * s + (1 - p.KeepS) * g;
                w -= step > 0 ? p.Rate : step < 0 ? -p.Rate : 0;
                s = p.KeepR * s + (1 - p.KeepR) * g;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(p), p.Rule, null);
        }
    }

    // v ← μv − step; w ← w + v. Where w stands for the point w + μv, that point moves on by μ(v_new − v_old) as well.
    private static void Move(in UpdateArgs p, ref double w, ref double v, double step)
    {
        double before = v;
        v = p.KeepS * v - step;
        w += v + p.Ahead * (v - before);
    }
}
