using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>dx = dy·f′(x), where y = f(x) is at hand: the loop, and f′ for every operation.</summary>
internal static class CpuUnaryGradient
{
    private interface ISlope
    {
        /// <summary>About how many simple steps an element takes.</summary>
        static virtual int Cost => 1;

        Vector<float> At(Vector<float> x, Vector<float> y);
    }

    /// <summary>See <see cref="Device.UnaryGradient"/>.</summary>
    public static void Run(UnaryOp op, float[] x, float[] y, float[] dy, float[] dx, int n, double a, double b, Workers workers)
    {
        // Where the slope does not need both, the other's memory is not touched.
        switch (op)
        {
            case UnaryOp.Affine: Chain(new ConstantSlope((float)a), dy, dy, dy, dx, n, workers); break;
            case UnaryOp.Abs: Chain(new SignSlope(), x, x, dy, dx, n, workers); break;
            case UnaryOp.Sign or UnaryOp.Floor or UnaryOp.Step: Chain(new ConstantSlope(0), dy, dy, dy, dx, n, workers); break;
            case UnaryOp.Exp: Chain(new ExpSlope(), y, y, dy, dx, n, workers); break;
            case UnaryOp.Log: Chain(new LogSlope(), x, x, dy, dx, n, workers); break;
            case UnaryOp.Sqrt: Chain(new SqrtSlope(), y, y, dy, dx, n, workers); break;
            case UnaryOp.Square: Chain(new SquareSlope(), x, x, dy, dx, n, workers); break;
            case UnaryOp.Reciprocal: Chain(new ReciprocalSlope(), y, y, dy, dx, n, workers); break;
            case UnaryOp.Power when a == 0: Chain(new ConstantSlope(0), dy, dy, dy, dx, n, workers); break;
            case UnaryOp.Power when a == 2: Chain(new SquareSlope(), x, x, dy, dx, n, workers); break;
            case UnaryOp.Power: Chain(new PowerSlope((float)a), x, x, dy, dx, n, workers); break;
            case UnaryOp.Sin: Chain(new SinSlope(), x, x, dy, dx, n, workers); break;
            case UnaryOp.Cos: Chain(new CosSlope(), x, x, dy, dx, n, workers); break;
            case UnaryOp.Erf: Chain(new ErfSlope(), x, x, dy, dx, n, workers); break;
            case UnaryOp.Clamp: Chain(new ClampSlope((float)a, (float)b), x, x, dy, dx, n, workers); break;
            case UnaryOp.Tanh: Chain(new TanhSlope(), y, y, dy, dx, n, workers); break;
            case UnaryOp.Sigmoid: Chain(new SigmoidSlope(), y, y, dy, dx, n, workers); break;
            case UnaryOp.Softplus: Chain(new SoftplusSlope(), x, x, dy, dx, n, workers); break;
            case UnaryOp.Relu: Chain(new ReluSlope(0), y, y, dy, dx, n, workers); break;
            case UnaryOp.LeakyRelu: Chain(new ReluSlope((float)a), x, x, dy, dx, n, workers); break;
            case UnaryOp.Elu: Chain(new EluSlope((float)a), x, x, dy, dx, n, workers); break;
            case UnaryOp.Gelu: Chain(new GeluSlope(), x, x, dy, dx, n, workers); break;
            default: throw new ArgumentOutOfRangeException(nameof(op), op, null);
        }
    }

    private readonly struct ChainPieces<T>(T slope, float[] x, float[] y, float[] dy, float[] dx, int n, int count) : IPieces
        where T : struct, ISlope
    {
        public void Run(int i)
        {
            int from = Cut(n, i, count, 16), to = Cut(n, i + 1, count, 16);
            ChainRun(slope, ref x[from], ref y[from], ref dy[from], ref dx[from], to - from);
        }
    }

    private static void Chain<T>(T slope, float[] x, float[] y, float[] dy, float[] dx, int n, Workers workers) where T : struct, ISlope
    {
        int pieces = workers.Pieces((long)n * T.Cost);
        if (pieces > 1) workers.Run(new ChainPieces<T>(slope, x, y, dy, dx, n, pieces), pieces);
        else ChainRun(slope, ref MemoryMarshal.GetArrayDataReference(x), ref MemoryMarshal.GetArrayDataReference(y),
            ref MemoryMarshal.GetArrayDataReference(dy), ref MemoryMarshal.GetArrayDataReference(dx), n);
    }

    private static void ChainRun<T>(T slope, ref float x, ref float y, ref float dy, ref float dx, int n) where T : struct, ISlope
    {
        int width = Vector<float>.Count;
        if (n < width)
        {
            if (n > 0) StorePart(LoadPart(ref dy, n) * slope.At(LoadPart(ref x, n), LoadPart(ref y, n)), ref dx, n);
            return;
        }
        Vector<float> last = At(ref x, ref y, ref dy, n - width);
        for (int i = 0; i <= n - width; i += width) At(ref x, ref y, ref dy, i).StoreUnsafe(ref dx, (nuint)i);
        last.StoreUnsafe(ref dx, (nuint)(n - width));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector<float> At(ref float x, ref float y, ref float dy, int i) =>
            Vector.LoadUnsafe(ref dy, (nuint)i) * slope.At(Vector.LoadUnsafe(ref x, (nuint)i), Vector.LoadUnsafe(ref y, (nuint)i));
    }

    private readonly struct ConstantSlope(float a) : ISlope
    {
        public Vector<float> At(Vector<float> x, Vector<float> y) => V(a);
    }

    private readonly struct SignSlope : ISlope
    {
        public Vector<float> At(Vector<float> x, Vector<float> y) => VectorMath.Sign(x);
    }

    private readonly struct ExpSlope : ISlope
    {
        public Vector<float> At(Vector<float> x, Vector<float> y) => y;
    }

    private readonly struct LogSlope : ISlope
    {
        public Vector<float> At(Vector<float> x, Vector<float> y) => V(1) / x;
    }

    private readonly struct SqrtSlope : ISlope
    {
        public Vector<float> At(Vector<float> x, Vector<float> y) => V(0.5f) / y;
    }

    private readonly struct SquareSlope : ISlope
    {
        public Vector<float> At(Vector<float> x, Vector<float> y) => x + x;
    }

    private readonly struct ReciprocalSlope : ISlope
    {
        public Vector<float> At(Vector<float> x, Vector<float> y) => -y * y;
    }

    private readonly struct PowerSlope(float a) : ISlope
    {
        public static int Cost => 32;
        public Vector<float> At(Vector<float> x, Vector<float> y) => V(a) * VectorMath.Power(x, V(a - 1));
    }

    private readonly struct SinSlope : ISlope
    {
        public static int Cost => 8;
        public Vector<float> At(Vector<float> x, Vector<float> y) => Vector.Cos(x);
    }

    private readonly struct CosSlope : ISlope
    {
        public static int Cost => 8;
        public Vector<float> At(Vector<float> x, Vector<float> y) => -Vector.Sin(x);
    }

    private readonly struct ErfSlope : ISlope
    {
        public static int Cost => 4;
        public Vector<float> At(Vector<float> x, Vector<float> y) => V(1.12837917f) * VectorMath.ExpOfMinusSquare(x);
    }

    private readonly struct ClampSlope(float low, float high) : ISlope
    {
        public Vector<float> At(Vector<float> x, Vector<float> y) =>
            VectorMath.OneWhere(Vector.GreaterThanOrEqual(x, V(low)) & Vector.LessThanOrEqual(x, V(high)));
    }

    private readonly struct TanhSlope : ISlope
    {
        public Vector<float> At(Vector<float> x, Vector<float> y) => Vector.FusedMultiplyAdd(-y, y, V(1));
    }

    private readonly struct SigmoidSlope : ISlope
    {
        public Vector<float> At(Vector<float> x, Vector<float> y) => y * (V(1) - y);
    }

    private readonly struct SoftplusSlope : ISlope
    {
        public static int Cost => 4;
        public Vector<float> At(Vector<float> x, Vector<float> y) => VectorMath.Sigmoid(x);
    }

    private readonly struct ReluSlope(float negative) : ISlope
    {
        public Vector<float> At(Vector<float> x, Vector<float> y) =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, V(0)), V(1), V(negative));
    }

    private readonly struct EluSlope(float a) : ISlope
    {
        public static int Cost => 4;
        public Vector<float> At(Vector<float> x, Vector<float> y) =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, V(0)), V(1), V(a) * VectorMath.Exp(x));
    }

    private readonly struct GeluSlope : ISlope
    {
        public static int Cost => 8;
        public Vector<float> At(Vector<float> x, Vector<float> y)
        {
            (Vector<float> cdf, Vector<float> e) = VectorMath.Normal(x);
            return Vector.MultiplyAddEstimate(x, e * V(0.398942280f), cdf);
        }
    }
}
