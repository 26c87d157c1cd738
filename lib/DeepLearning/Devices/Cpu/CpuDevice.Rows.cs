using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeepLearning;

// Softmax and its logarithm, row by row: the largest, the exponentials with their sum, and one more pass.
public sealed partial class CpuDevice
{
    private readonly struct SoftmaxPieces(float[] x, float[] y, int rows, int columns, bool log, int count) : IPieces
    {
        public void Run(int i)
        {
            int to = Cut(rows, i + 1, count, 1);
            for (int r = Cut(rows, i, count, 1); r < to; r++) SoftmaxRow(ref x[r * columns], ref y[r * columns], columns, log);
        }
    }

    private readonly struct SoftmaxGradientPieces(float[] y, float[] dy, float[] dx, int rows, int columns, bool log, int count) : IPieces
    {
        public void Run(int i)
        {
            int to = Cut(rows, i + 1, count, 1);
            for (int r = Cut(rows, i, count, 1); r < to; r++)
                SoftmaxGradientRow(ref y[r * columns], ref dy[r * columns], ref dx[r * columns], columns, log);
        }
    }

    /// <inheritdoc/>
    public override void Softmax(Storage x, Storage y, int rows, int columns, bool log)
    {
        if (rows == 0 || columns == 0) return;
        int pieces = Math.Min(Pieces(8L * rows * columns), rows);
        ForkJoin<SoftmaxPieces>.Run(new(Data(x), Data(y), rows, columns, log, pieces), pieces, _maxThreads);
    }

    /// <inheritdoc/>
    public override void SoftmaxGradient(Storage y, Storage dy, Storage dx, int rows, int columns, bool log)
    {
        if (rows == 0 || columns == 0) return;
        int pieces = Math.Min(Pieces((log ? 6L : 2L) * rows * columns), rows);
        ForkJoin<SoftmaxGradientPieces>.Run(new(Data(y), Data(dy), Data(dx), rows, columns, log, pieces), pieces, _maxThreads);
    }

    // Returns max x and Σ e^(x − max x).
    private static (float Max, double Sum) SoftmaxRow(ref float x, ref float y, int n, bool log)
    {
        float max = (float)ReduceRow<MaximumOp>(ReduceOp.Max, ref x, n);
        int width = Vector<float>.Count, i = 0;
        double sum = 0;
        for (; i < n; i += width)
        {
            int count = Math.Min(width, n - i);
            var part = count == width ? Vector.LoadUnsafe(ref x, (nuint)i) : LoadPart(ref Unsafe.Add(ref x, i), count, float.NegativeInfinity);
            var shifted = part - V(max);
            var e = VectorMath.Exp(shifted);
            sum += Vector.Sum(e);
            var result = log ? shifted : e;
            if (count == width) result.StoreUnsafe(ref y, (nuint)i);
            else StorePart(result, ref Unsafe.Add(ref y, i), count);
        }
        if (log) BinaryRun<SubtractOp>(ref y, (float)Math.Log(sum), ref y, n);
        else BinaryRun<DivideOp>(ref y, (float)sum, ref y, n);
        return (max, sum);
    }

    private static void SoftmaxGradientRow(ref float y, ref float dy, ref float dx, int n, bool log)
    {
        int width = Vector<float>.Count, i = 0;
        double sum = 0;
        for (; i <= n - width; i += width)
        {
            var up = Vector.LoadUnsafe(ref dy, (nuint)i);
            sum += Vector.Sum(log ? up : up * Vector.LoadUnsafe(ref y, (nuint)i));
        }
        for (; i < n; i++) sum += log ? Unsafe.Add(ref dy, i) : Unsafe.Add(ref dy, i) * Unsafe.Add(ref y, i);
        var total = V((float)sum);
        for (i = 0; i < n; i += width)
        {
            int count = Math.Min(width, n - i);
            bool whole = count == width;
            var up = whole ? Vector.LoadUnsafe(ref dy, (nuint)i) : LoadPart(ref Unsafe.Add(ref dy, i), count);
            var output = whole ? Vector.LoadUnsafe(ref y, (nuint)i) : LoadPart(ref Unsafe.Add(ref y, i), count);
            var result = log ? up - VectorMath.Exp(output) * total : output * (up - total);
            if (whole) result.StoreUnsafe(ref dx, (nuint)i);
            else StorePart(result, ref Unsafe.Add(ref dx, i), count);
        }
    }
}
