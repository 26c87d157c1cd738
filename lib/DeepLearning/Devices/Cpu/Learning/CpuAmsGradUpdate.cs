using System.Numerics;
using System.Runtime.CompilerServices;
using static DeepLearning.Kernels.CpuUpdate;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>AMSGrad, the one formula with three memories.</summary>
internal static class CpuAmsGradUpdate
{
    private readonly struct AmsGradPieces(UpdateArgs p, int count) : IPieces
    {
        public void Run(int i) => AmsGradRun(in p, Cut(p.N, i, count, 16), Cut(p.N, i + 1, count, 16));
    }

    public static void Run(in UpdateArgs p, Workers workers)
    {
        int pieces = workers.Pieces(5L * p.N);
        if (pieces > 1) workers.Run(new AmsGradPieces(p, pieces), pieces);
        else AmsGradRun(in p, 0, p.N);
    }

    private static void AmsGradRun(in UpdateArgs args, int from, int to)
    {
        Factors p = new(in args);
        ref float w0 = ref First(args.W), g0 = ref First(args.G), s0 = ref First(args.S!), r0 = ref First(args.R!),
            m0 = ref First(args.MaxR!);
        int width = Vector<float>.Count, i = from;
        for (; i <= to - width; i += width)
        {
            nuint at = (nuint)i;
            Vector<float> w = Vector.LoadUnsafe(ref w0, at), s = Vector.LoadUnsafe(ref s0, at), r = Vector.LoadUnsafe(ref r0, at),
                m = Vector.LoadUnsafe(ref m0, at);
            AmsGradStep(in p, ref w, Vector.LoadUnsafe(ref g0, at), ref s, ref r, ref m);
            w.StoreUnsafe(ref w0, at);
            s.StoreUnsafe(ref s0, at);
            r.StoreUnsafe(ref r0, at);
            m.StoreUnsafe(ref m0, at);
        }
        if (i == to) return;
        int rest = to - i;
        Vector<float> wn = LoadPart(ref Unsafe.Add(ref w0, i), rest), sn = LoadPart(ref Unsafe.Add(ref s0, i), rest),
            rn = LoadPart(ref Unsafe.Add(ref r0, i), rest), mn = LoadPart(ref Unsafe.Add(ref m0, i), rest);
        AmsGradStep(in p, ref wn, LoadPart(ref Unsafe.Add(ref g0, i), rest), ref sn, ref rn, ref mn);
        StorePart(wn, ref Unsafe.Add(ref w0, i), rest);
        StorePart(sn, ref Unsafe.Add(ref s0, i), rest);
        StorePart(rn, ref Unsafe.Add(ref r0, i), rest);
        StorePart(mn, ref Unsafe.Add(ref m0, i), rest);
    }

    private static void AmsGradStep(in Factors p, ref Vector<float> w, Vector<float> g, ref Vector<float> s, ref Vector<float> r,
        ref Vector<float> m)
    {
        g = Decayed(in p, ref w, g);
        s = p.Beta1 * s + p.Add1 * g;
        r = p.Beta2 * r + p.Add2 * g * g;
        m = Vector.Max(m, r);
        w -= p.Rate * p.ScaleS * s / (p.Epsilon + Vector.SquareRoot(p.ScaleR * m));
    }
}
