using static DeepLearning.Kernels.Cutting;

namespace DeepLearning.Kernels;

/// <summary>A classifier's loss and its gradient, row by row while the row is in the cache.</summary>
internal static class CpuCrossEntropy
{
    private readonly struct CrossEntropyPieces(
        float[] x, float[] label, float[] loss, float[] p, int rows, int columns, int count) : IPieces
    {
        public unsafe void Run(int i)
        {
            int to = Cut(rows, i + 1, count, 1);
            fixed (float* from = x, result = p)
            for (int r = Cut(rows, i, count, 1); r < to; r++)
            {
                (float max, double sum) = CpuSoftmax.Row(from + (nint)r * columns, result + (nint)r * columns, columns, log: false);
                // The two terms apart: where the right class has the largest logit, only the logarithm is left.
                loss[r] = (float)(max - (double)x[r * columns + (int)label[r]] + Math.Log(sum));
            }
        }
    }

    private readonly struct CrossEntropyGradientPieces(
        float[] p, float[] label, float[] weight, int weightStride, float[] dx, int rows, int columns, int count) : IPieces
    {
        public void Run(int i)
        {
            int from = Cut(rows, i, count, 1), to = Cut(rows, i + 1, count, 1);
            if (from == to) return;
            if (weightStride == 0)
                Combining.Run<MultiplyOp>(ref p[from * columns], weight[0], ref dx[from * columns], (to - from) * columns);
            for (int r = from; r < to; r++)
            {
                float w = weight[r * weightStride];
                if (weightStride != 0) Combining.Run<MultiplyOp>(ref p[r * columns], w, ref dx[r * columns], columns);
                int right = r * columns + (int)label[r];
                dx[right] = w * (p[right] - 1);
            }
        }
    }

    /// <summary>See <see cref="Device.CrossEntropy"/>.</summary>
    public static void Forward(float[] x, float[] label, float[] loss, float[] p, int rows, int columns, Workers workers)
    {
        Indices.Check(label.AsSpan(0, rows), columns);
        int pieces = Math.Min(workers.Pieces(8L * rows * columns), rows);
        workers.Run(new CrossEntropyPieces(x, label, loss, p, rows, columns, pieces), pieces);
    }

    /// <summary>See <see cref="Device.CrossEntropyGradient"/>.</summary>
    public static void Gradient(float[] p, float[] label, float[] weight, int weightStride, float[] dx, int rows, int columns,
        Workers workers)
    {
        int pieces = Math.Min(workers.Pieces(1L * rows * columns), rows);
        workers.Run(new CrossEntropyGradientPieces(p, label, weight, weightStride, dx, rows, columns, pieces), pieces);
    }
}
