using System.Numerics;
using System.Runtime.CompilerServices;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>Softmax and its logarithm, row by row: the largest, the exponentials with their sum, and one more pass.</summary>
internal static class CpuSoftmax
{
    private readonly struct SoftmaxPieces(float[] x, float[] y, int rows, int columns, bool log, int count) : IPieces
    {
        public unsafe void Run(int i)
        {
            int to = Cut(rows, i + 1, count, 1);
            fixed (float* from = x, result = y)
            for (int r = Cut(rows, i, count, 1); r < to; r++) Row(from + (nint)r * columns, result + (nint)r * columns, columns, log);
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

    /// <summary>See <see cref="Device.Softmax"/>.</summary>
    public static void Forward(float[] x, float[] y, int rows, int columns, bool log, Workers workers)
    {
        if (rows == 0 || columns == 0) return;
        int pieces = Math.Min(workers.Pieces(8L * rows * columns), rows);
        workers.Run(new SoftmaxPieces(x, y, rows, columns, log, pieces), pieces);
    }

    /// <summary>See <see cref="Device.SoftmaxGradient"/>.</summary>
    public static void Gradient(float[] y, float[] dy, float[] dx, int rows, int columns, bool log, Workers workers)
    {
        if (rows == 0 || columns == 0) return;
        int pieces = Math.Min(workers.Pieces((log ? 6L : 2L) * rows * columns), rows);
        workers.Run(new SoftmaxGradientPieces(y, dy, dx, rows, columns, log, pieces), pieces);
    }

    /// <summary>One row; returns max x and Σ e^(x − max x). y may be x.</summary>
    public static unsafe (float Max, double Sum) Row(float* x, float* y, int n, bool log)
    {
        int width = Vector<float>.Count, whole = n - n % width, rest = n - whole;
        Vector<float> largest = rest == 0 ? V(float.NegativeInfinity) : LoadPart(x + whole, rest, float.NegativeInfinity);
        for (int i = 0; i < whole; i += width) largest = MaximumOp.Of(largest, Vector.Load(x + i));
        float max = Fold<MaximumOp>(largest);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < whole; i += width) Power(Vector.Load(x + i)).Store(y + i);
        if (rest > 0) StorePart(Power(LoadPart(x + whole, rest, float.NegativeInfinity)), y + whole, rest);
        double sum = Vector.Sum(sums);
        Vector<float> divisor = V((float)(log ? Math.Log(sum) : sum));
        for (int i = 0; i < whole; i += width) Scaled(Vector.Load(y + i)).Store(y + i);
        if (rest > 0) StorePart(Scaled(LoadPart(y + whole, rest, 0)), y + whole, rest);
        return (max, sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector<float> Power(Vector<float> part)
        {
            Vector<float> shifted = part - V(max);
            Vector<float> e = VectorMath.Exp(shifted);
            Vector.Widen(e, out Vector<double> low, out Vector<double> high);
            sums += low + high;
            return log ? shifted : e;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector<float> Scaled(Vector<float> part) => log ? part - divisor : part / divisor;
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
        Vector<float> total = V((float)sum);
        for (i = 0; i < n; i += width)
        {
            int count = Math.Min(width, n - i);
            bool whole = count == width;
            Vector<float> up = whole ? Vector.LoadUnsafe(ref dy, (nuint)i) : LoadPart(ref Unsafe.Add(ref dy, i), count);
            Vector<float> output = whole ? Vector.LoadUnsafe(ref y, (nuint)i) : LoadPart(ref Unsafe.Add(ref y, i), count);
            Vector<float> result = log ? up - VectorMath.Exp(output) * total : output * (up - total);
            if (whole) result.StoreUnsafe(ref dx, (nuint)i);
            else StorePart(result, ref Unsafe.Add(ref dx, i), count);
        }
    }
}
