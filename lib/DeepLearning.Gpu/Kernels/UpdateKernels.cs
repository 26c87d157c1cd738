using ILGPU;

namespace DeepLearning;

internal struct UpdateKernelArgs
{
    public UpdateRule Rule;
    public ArrayView<float> W, G, S, R, M;
    public float Rate, Decay, Shrink, KeepS, TakeS, KeepR, TakeR, Delta, Ahead, ScaleG, ScaleS, ScaleR;
}

/// <summary>The rules of <see cref="UpdateMath"/>, one thread a parameter, one pass over memory.</summary>
internal static class UpdateKernels
{
    public static void Step(Index1D i, UpdateKernelArgs p)
    {
        float w = p.W[i];
        w -= p.Shrink * w;
        float g = p.G[i] + p.Decay * w;
        switch (p.Rule)
        {
            case UpdateRule.Sgd:
                w -= p.Rate * g;
                break;
            case UpdateRule.Momentum:
                w += Move(i, p, p.Rate * g);
                break;
            case UpdateRule.AdaGrad:
                p.R[i] += g * g;
                w -= p.Rate * g / (p.Delta + MathF.Sqrt(p.R[i]));
                break;
            case UpdateRule.RmsProp:
                w -= p.Rate * g / (p.Delta + MathF.Sqrt(Squares(i, p, g)));
                break;
            case UpdateRule.RmsPropMomentum:
                w += Move(i, p, p.Rate * g / (p.Delta + MathF.Sqrt(Squares(i, p, g))));
                break;
            case UpdateRule.Adadelta:
                float change = MathF.Sqrt(p.S[i] + p.Delta) / MathF.Sqrt(Squares(i, p, g) + p.Delta) * g;
                p.S[i] = p.KeepR * p.S[i] + p.TakeR * change * change;
                w -= p.Rate * change;
                break;
            case UpdateRule.Adam:
                float s = Mean(i, p, g);
                w -= p.Rate * (p.ScaleG * g + p.ScaleS * s) / (p.Delta + MathF.Sqrt(p.ScaleR * Squares(i, p, g)));
                break;
            case UpdateRule.AmsGrad:
                float mean = Mean(i, p, g), r = Squares(i, p, g), most = FloatMath.Max(p.M[i], r);
                p.M[i] = most;
                w -= p.Rate * p.ScaleS * mean / (p.Delta + MathF.Sqrt(p.ScaleR * most));
                break;
            default:
                float before = p.S[i], step = p.KeepS * before + p.TakeS * g;
                w -= step > 0 ? p.Rate : step < 0 ? -p.Rate : 0;
                p.S[i] = p.KeepR * before + p.TakeR * g;
                break;
        }
        p.W[i] = w;
    }

    private static float Mean(int i, in UpdateKernelArgs p, float g) => p.S[i] = p.KeepS * p.S[i] + p.TakeS * g;

    private static float Squares(int i, in UpdateKernelArgs p, float g) => p.R[i] = p.KeepR * p.R[i] + p.TakeR * g * g;

    // v ← μv − step; returns how far w moves.
    private static float Move(int i, in UpdateKernelArgs p, float step)
    {
        float before = p.S[i], v = p.KeepS * before - step;
        p.S[i] = v;
        return v + p.Ahead * (v - before);
    }
}
