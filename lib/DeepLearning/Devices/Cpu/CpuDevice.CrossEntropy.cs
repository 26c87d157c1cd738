namespace DeepLearning.Kernels;

// A classifier's loss and its gradient, row by row while the row is in the cache.
public sealed partial class CpuDevice
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
                var (max, sum) = SoftmaxRow(from + (nint)r * columns, result + (nint)r * columns, columns, log: false);
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
            if (weightStride == 0) BinaryRun<MultiplyOp>(ref p[from * columns], weight[0], ref dx[from * columns], (to - from) * columns);
            for (int r = from; r < to; r++)
            {
                float w = weight[r * weightStride];
                if (weightStride != 0) BinaryRun<MultiplyOp>(ref p[r * columns], w, ref dx[r * columns], columns);
                int right = r * columns + (int)label[r];
                dx[right] = w * (p[right] - 1);
            }
        }
    }

    /// <inheritdoc/>
    public override void CrossEntropy(Storage x, Storage label, Storage loss, Storage p, int rows, int columns)
    {
        CheckIndices(Data(label).AsSpan(0, rows), columns);
        int pieces = Math.Min(Pieces(8L * rows * columns), rows);
        ForkJoin<CrossEntropyPieces>.Run(new(Data(x), Data(label), Data(loss), Data(p), rows, columns, pieces), pieces, _maxThreads);
    }

    /// <inheritdoc/>
    public override void CrossEntropyGradient(Storage p, Storage label, Storage weight, int weightStride, Storage dx, int rows, int columns)
    {
        int pieces = Math.Min(Pieces(1L * rows * columns), rows);
        ForkJoin<CrossEntropyGradientPieces>.Run(
            new(Data(p), Data(label), Data(weight), weightStride, Data(dx), rows, columns, pieces), pieces, _maxThreads);
    }
}
