using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>
/// The optimizers' formulas in one pass over memory, each for a vector of numbers: the same as in its optimizer's
/// <see cref="Optimizer.Update"/>.
/// </summary>
internal static class CpuUpdate
{
    private interface IUpdate
    {
        static abstract void Apply(in Factors p, ref Vector<float> w, Vector<float> g, ref Vector<float> s, ref Vector<float> r);
    }

    // The numbers of UpdateArgs, once for all elements of a vector.
    internal readonly struct Factors(in UpdateArgs p)
    {
        public readonly Vector<float> Rate = V((float)p.LearningRate), Decay = V((float)p.WeightDecay), Shrink = V((float)p.Shrink),
            Momentum = V((float)p.Momentum), Ahead = V((float)p.Ahead), Rho = V((float)p.Rho), AddRho = V((float)(1 - p.Rho)),
            Beta1 = V((float)p.Beta1), Add1 = V((float)(1 - p.Beta1)), Beta2 = V((float)p.Beta2), Add2 = V((float)(1 - p.Beta2)),
            Epsilon = V((float)p.Epsilon), ScaleG = V((float)p.ScaleG), ScaleS = V((float)p.ScaleS), ScaleR = V((float)p.ScaleR);
    }

    /// <summary>See <see cref="Device.Update(ReadOnlySpan{UpdateArgs})"/>.</summary>
    public static void Run(in UpdateArgs p, Workers workers)
    {
        switch (p.Rule)
        {
            case UpdateRule.Sgd: Run<SgdUpdate>(in p, workers); break;
            case UpdateRule.Momentum: Run<MomentumUpdate>(in p, workers); break;
            case UpdateRule.AdaGrad: Run<AdaGradUpdate>(in p, workers); break;
            case UpdateRule.RmsProp: Run<RmsPropUpdate>(in p, workers); break;
            case UpdateRule.RmsPropNesterov: Run<RmsPropNesterovUpdate>(in p, workers); break;
            case UpdateRule.Adadelta: Run<AdadeltaUpdate>(in p, workers); break;
            case UpdateRule.Adam: Run<AdamUpdate>(in p, workers); break;
            case UpdateRule.AmsGrad: CpuAmsGradUpdate.Run(in p, workers); break;
            case UpdateRule.Lion: Run<LionUpdate>(in p, workers); break;
            default: throw new ArgumentOutOfRangeException(nameof(p), p.Rule, null);
        }
    }

    private readonly struct UpdatePieces<T>(UpdateArgs p, int count) : IPieces where T : struct, IUpdate
    {
        public void Run(int i) => Run<T>(in p, Cut(p.N, i, count, 16), Cut(p.N, i + 1, count, 16));
    }

    private static void Run<T>(in UpdateArgs p, Workers workers) where T : struct, IUpdate
    {
        int pieces = workers.Pieces(4L * p.N);
        if (pieces > 1) workers.Run(new UpdatePieces<T>(p, pieces), pieces);
        else Run<T>(in p, 0, p.N);
    }

    private static void Run<T>(in UpdateArgs args, int from, int to) where T : struct, IUpdate
    {
        if (typeof(T) == typeof(AdamUpdate) && Vector512.IsHardwareAccelerated) from = CpuAdamUpdate.Run(in args, from, to);
        Factors p = new(in args);
        // A rule without a memory never writes to it: the gradient stands in.
        ref float w0 = ref First(args.W), g0 = ref First(args.G), s0 = ref First(args.S ?? args.V ?? args.G),
            r0 = ref First(args.R ?? args.G);
        int width = Vector<float>.Count, i = from;
        for (; i <= to - width; i += width)
        {
            nuint at = (nuint)i;
            Vector<float> wi = Vector.LoadUnsafe(ref w0, at), si = Vector.LoadUnsafe(ref s0, at), ri = Vector.LoadUnsafe(ref r0, at);
            T.Apply(in p, ref wi, Vector.LoadUnsafe(ref g0, at), ref si, ref ri);
            wi.StoreUnsafe(ref w0, at);
            if (args.S is not null || args.V is not null) si.StoreUnsafe(ref s0, at);
            if (args.R is not null) ri.StoreUnsafe(ref r0, at);
        }
        if (i == to) return;
        int rest = to - i;
        Vector<float> wn = LoadPart(ref Unsafe.Add(ref w0, i), rest), sn = LoadPart(ref Unsafe.Add(ref s0, i), rest),
            rn = LoadPart(ref Unsafe.Add(ref r0, i), rest);
        T.Apply(in p, ref wn, LoadPart(ref Unsafe.Add(ref g0, i), rest), ref sn, ref rn);
        StorePart(wn, ref Unsafe.Add(ref w0, i), rest);
        if (args.S is not null || args.V is not null) StorePart(sn, ref Unsafe.Add(ref s0, i), rest);
        if (args.R is not null) StorePart(rn, ref Unsafe.Add(ref r0, i), rest);
    }

    internal static ref float First(Storage storage) => ref MemoryMarshal.GetArrayDataReference(CpuStorage.Data(storage));

    internal static Vector<float> Decayed(in Factors p, ref Vector<float> w, Vector<float> g)
    {
        w = Vector.MultiplyAddEstimate(-p.Shrink, w, w);
        return Vector.MultiplyAddEstimate(p.Decay, w, g);
    }

    private static void Move(in Factors p, ref Vector<float> w, ref Vector<float> v, Vector<float> step)
    {
        Vector<float> before = v;
        v = p.Momentum * v - step;
        w += v + p.Ahead * (v - before);
    }

    private readonly struct SgdUpdate : IUpdate
    {
        public static void Apply(in Factors p, ref Vector<float> w, Vector<float> g, ref Vector<float> s, ref Vector<float> r)
        {
            g = Decayed(in p, ref w, g);
            w -= p.Rate * g;
        }
    }

    private readonly struct MomentumUpdate : IUpdate
    {
        public static void Apply(in Factors p, ref Vector<float> w, Vector<float> g, ref Vector<float> s, ref Vector<float> r) =>
            Move(in p, ref w, ref s, p.Rate * Decayed(in p, ref w, g));
    }

    private readonly struct AdaGradUpdate : IUpdate
    {
        public static void Apply(in Factors p, ref Vector<float> w, Vector<float> g, ref Vector<float> s, ref Vector<float> r)
        {
            g = Decayed(in p, ref w, g);
            r += g * g;
            w -= p.Rate * g / (p.Epsilon + Vector.SquareRoot(r));
        }
    }

    private readonly struct RmsPropUpdate : IUpdate
    {
        public static void Apply(in Factors p, ref Vector<float> w, Vector<float> g, ref Vector<float> s, ref Vector<float> r)
        {
            g = Decayed(in p, ref w, g);
            r = p.Rho * r + p.AddRho * g * g;
            w -= p.Rate * g / (p.Epsilon + Vector.SquareRoot(r));
        }
    }

    private readonly struct RmsPropNesterovUpdate : IUpdate
    {
        public static void Apply(in Factors p, ref Vector<float> w, Vector<float> g, ref Vector<float> s, ref Vector<float> r)
        {
            g = Decayed(in p, ref w, g);
            r = p.Rho * r + p.AddRho * g * g;
            Move(in p, ref w, ref s, p.Rate * g / (p.Epsilon + Vector.SquareRoot(r)));
        }
    }

    private readonly struct AdadeltaUpdate : IUpdate
    {
        public static void Apply(in Factors p, ref Vector<float> w, Vector<float> g, ref Vector<float> s, ref Vector<float> r)
        {
            g = Decayed(in p, ref w, g);
            r = p.Rho * r + p.AddRho * g * g;
            Vector<float> step = Vector.SquareRoot(s + p.Epsilon) / Vector.SquareRoot(r + p.Epsilon) * g;
            s = p.Rho * s + p.AddRho * step * step;
            w -= p.Rate * step;
        }
    }

    private readonly struct AdamUpdate : IUpdate
    {
        public static void Apply(in Factors p, ref Vector<float> w, Vector<float> g, ref Vector<float> s, ref Vector<float> r)
        {
            g = Decayed(in p, ref w, g);
            s = Vector.MultiplyAddEstimate(p.Beta1, s, p.Add1 * g);
            r = Vector.MultiplyAddEstimate(p.Beta2, r, p.Add2 * g * g);
            w -= p.Rate * Vector.MultiplyAddEstimate(p.ScaleG, g, p.ScaleS * s) / (p.Epsilon + Vector.SquareRoot(p.ScaleR * r));
        }
    }

    private readonly struct LionUpdate : IUpdate
    {
        public static void Apply(in Factors p, ref Vector<float> w, Vector<float> g, ref Vector<float> s, ref Vector<float> r)
        {
            g = Decayed(in p, ref w, g);
            Vector<float> step = p.Beta1 * s + p.Add1 * g;
            Vector<float> up = Vector.ConditionalSelect(Vector.GreaterThan(step, default), p.Rate, default);
            w -= Vector.ConditionalSelect(Vector.LessThan(step, default), -p.Rate, up);
            s = p.Beta2 * s + p.Add2 * g;
        }
    }
}
