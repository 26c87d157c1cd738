using System.Numerics;
using System.Runtime.InteropServices;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>y = f(x): the loop, and f for every operation.</summary>
internal static class CpuUnary
{
    private interface IMap
    {
        /// <summary>About how many simple steps an element takes.</summary>
        static virtual int Cost => 1;

        Vector<float> Of(Vector<float> x);
    }

    /// <summary>See <see cref="Device.Unary"/>.</summary>
    public static void Run(UnaryOp op, float[] x, float[] y, int n, double a, double b, Workers workers)
    {
        switch (op)
        {
            case UnaryOp.Affine: Map(new AffineMap((float)a, (float)b), x, y, n, workers); break;
            case UnaryOp.Abs: Map(new AbsMap(), x, y, n, workers); break;
            case UnaryOp.Sign: Map(new SignMap(), x, y, n, workers); break;
            case UnaryOp.Exp: Map(new ExpMap(), x, y, n, workers); break;
            case UnaryOp.Log: Map(new LogMap(), x, y, n, workers); break;
            case UnaryOp.Sqrt: Map(new SqrtMap(), x, y, n, workers); break;
            case UnaryOp.Square: Map(new SquareMap(), x, y, n, workers); break;
            case UnaryOp.Reciprocal: Map(new ReciprocalMap(), x, y, n, workers); break;
            case UnaryOp.Power: MapPower(a, x, y, n, workers); break;
            case UnaryOp.Sin: Map(new SinMap(), x, y, n, workers); break;
            case UnaryOp.Cos: Map(new CosMap(), x, y, n, workers); break;
            case UnaryOp.Erf: Map(new ErfMap(), x, y, n, workers); break;
            case UnaryOp.Floor: Map(new FloorMap(), x, y, n, workers); break;
            case UnaryOp.Clamp: Map(new ClampMap((float)a, (float)b), x, y, n, workers); break;
            case UnaryOp.Step: Map(new StepMap(), x, y, n, workers); break;
            case UnaryOp.Tanh: Map(new TanhMap(), x, y, n, workers); break;
            case UnaryOp.Sigmoid: Map(new SigmoidMap(), x, y, n, workers); break;
            case UnaryOp.Softplus: Map(new SoftplusMap(), x, y, n, workers); break;
            case UnaryOp.Relu: Map(new ReluMap(), x, y, n, workers); break;
            case UnaryOp.LeakyRelu: Map(new LeakyReluMap((float)a), x, y, n, workers); break;
            case UnaryOp.Elu: Map(new EluMap((float)a), x, y, n, workers); break;
            case UnaryOp.Gelu: Map(new GeluMap(), x, y, n, workers); break;
            default: throw new ArgumentOutOfRangeException(nameof(op), op, null);
        }
    }

    private static void MapPower(double exponent, float[] x, float[] y, int n, Workers workers)
    {
        if (exponent == 1) Map(new AffineMap(1, 0), x, y, n, workers);
        else if (exponent == 2) Map(new SquareMap(), x, y, n, workers);
        else if (exponent == 3) Map(new CubeMap(), x, y, n, workers);
        else if (exponent == -1) Map(new ReciprocalMap(), x, y, n, workers);
        else Map(new PowerMap((float)exponent), x, y, n, workers);
    }

    private readonly struct MapPieces<T>(T f, float[] x, float[] y, int n, int count) : IPieces where T : struct, IMap
    {
        public void Run(int i)
        {
            int from = Cut(n, i, count, 16), to = Cut(n, i + 1, count, 16);
            MapRun(f, ref x[from], ref y[from], to - from);
        }
    }

    private static void Map<T>(T f, float[] x, float[] y, int n, Workers workers) where T : struct, IMap
    {
        int pieces = workers.Pieces((long)n * T.Cost);
        if (pieces == 1) MapRun(f, ref MemoryMarshal.GetArrayDataReference(x), ref MemoryMarshal.GetArrayDataReference(y), n);
        else workers.Run(new MapPieces<T>(f, x, y, n, pieces), pieces);
    }

    private static void MapRun<T>(T f, ref float x, ref float y, int n) where T : struct, IMap
    {
        int width = Vector<float>.Count, i = 0;
        if (n < width)
        {
            if (n > 0) StorePart(f.Of(LoadPart(ref x, n)), ref y, n);
            return;
        }
        // The last vector overlaps the one before it; it is computed first, because y may be x.
        Vector<float> last = f.Of(Vector.LoadUnsafe(ref x, (nuint)(n - width)));
        for (; i <= n - 2 * width; i += 2 * width)
        {
            Vector<float> first = f.Of(Vector.LoadUnsafe(ref x, (nuint)i));
            Vector<float> second = f.Of(Vector.LoadUnsafe(ref x, (nuint)(i + width)));
            first.StoreUnsafe(ref y, (nuint)i);
            second.StoreUnsafe(ref y, (nuint)(i + width));
        }
        if (i <= n - width) f.Of(Vector.LoadUnsafe(ref x, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        last.StoreUnsafe(ref y, (nuint)(n - width));
    }

    private readonly struct AffineMap(float a, float b) : IMap
    {
        public Vector<float> Of(Vector<float> x) => Vector.MultiplyAddEstimate(x, V(a), V(b));
    }

    private readonly struct AbsMap : IMap
    {
        public Vector<float> Of(Vector<float> x) => Vector.Abs(x);
    }

    private readonly struct SignMap : IMap
    {
        public Vector<float> Of(Vector<float> x) => VectorMath.Sign(x);
    }

    private readonly struct ExpMap : IMap
    {
        public static int Cost => 4;
        public Vector<float> Of(Vector<float> x) => VectorMath.Exp(x);
    }

    private readonly struct LogMap : IMap
    {
        public static int Cost => 4;
        public Vector<float> Of(Vector<float> x) => VectorMath.Log(x);
    }

    private readonly struct SqrtMap : IMap
    {
        public Vector<float> Of(Vector<float> x) => Vector.SquareRoot(x);
    }

    private readonly struct SquareMap : IMap
    {
        public Vector<float> Of(Vector<float> x) => x * x;
    }

    private readonly struct CubeMap : IMap
    {
        public Vector<float> Of(Vector<float> x) => x * x * x;
    }

    private readonly struct ReciprocalMap : IMap
    {
        public Vector<float> Of(Vector<float> x) => V(1) / x;
    }

    private readonly struct PowerMap(float exponent) : IMap
    {
        public static int Cost => 32;
        public Vector<float> Of(Vector<float> x) => VectorMath.Power(x, V(exponent));
    }

    private readonly struct SinMap : IMap
    {
        public static int Cost => 8;
        public Vector<float> Of(Vector<float> x) => Vector.Sin(x);
    }

    private readonly struct CosMap : IMap
    {
        public static int Cost => 8;
        public Vector<float> Of(Vector<float> x) => Vector.Cos(x);
    }

    private readonly struct ErfMap : IMap
    {
        public static int Cost => 8;
        public Vector<float> Of(Vector<float> x) => VectorMath.Erf(x);
    }

    private readonly struct FloorMap : IMap
    {
        public Vector<float> Of(Vector<float> x) => Vector.Floor(x);
    }

    private readonly struct ClampMap(float low, float high) : IMap
    {
        public Vector<float> Of(Vector<float> x) => Vector.ConditionalSelect(Vector.LessThan(x, V(low)), V(low),
            Vector.ConditionalSelect(Vector.GreaterThan(x, V(high)), V(high), x));
    }

    private readonly struct StepMap : IMap
    {
        public Vector<float> Of(Vector<float> x) => VectorMath.OneWhere(Vector.GreaterThanOrEqual(x, V(0)));
    }

    private readonly struct TanhMap : IMap
    {
        public static int Cost => 4;
        public Vector<float> Of(Vector<float> x) => VectorMath.Tanh(x);
    }

    private readonly struct SigmoidMap : IMap
    {
        public static int Cost => 4;
        public Vector<float> Of(Vector<float> x) => VectorMath.Sigmoid(x);
    }

    private readonly struct SoftplusMap : IMap
    {
        public static int Cost => 8;
        public Vector<float> Of(Vector<float> x) => VectorMath.Softplus(x);
    }

    private readonly struct ReluMap : IMap
    {
        public Vector<float> Of(Vector<float> x) => Vector.ConditionalSelect(Vector.LessThan(x, V(0)), V(0), x);
    }

    private readonly struct LeakyReluMap(float slope) : IMap
    {
        public Vector<float> Of(Vector<float> x) => Vector.ConditionalSelect(Vector.GreaterThan(x, V(0)), x, V(slope) * x);
    }

    private readonly struct EluMap(float a) : IMap
    {
        public static int Cost => 4;
        public Vector<float> Of(Vector<float> x)
        {
            var positive = Vector.GreaterThan(x, V(0));
            return Vector.ConditionalSelect(positive, x, V(a) * VectorMath.ExpM1OfNegative(Vector.ConditionalSelect(positive, V(0), x)));
        }
    }

    private readonly struct GeluMap : IMap
    {
        public static int Cost => 8;
        public Vector<float> Of(Vector<float> x) => x * VectorMath.Normal(x).Cdf;
    }
}
