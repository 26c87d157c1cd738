using static DeepLearning.Kernels.Cutting;

namespace DeepLearning.Kernels;

/// <summary>The matrix product, in one of three ways.</summary>
/// <remarks>
/// <see cref="DirectProduct"/>: tiny or thin products, straight from the operands, where preparing them would cost more than it saves.
/// <see cref="VectorProduct"/>: a vector times a matrix (one row, or one column), which is bound by reading the matrix once.
/// <see cref="PackedProduct"/>: everything else, blocked for the caches, packed for the vector units.
/// </remarks>
internal static class CpuMatMul
{
    /// <summary>See <see cref="Device.MatMul(in MatMulArgs)"/>.</summary>
    public static void Run(in MatMulArgs p, Workers workers)
    {
        if (p.M == 0 || p.N == 0 || p.Batch == 0) return;
        long one = (long)p.M * p.N * p.K;
        if (p.Batch == 1 || one >= Workers.WorthSharingProduct)
        {
            for (int batch = 0; batch < p.Batch; batch++) Multiply(new OneProduct(p, batch), workers);
            return;
        }
        int pieces = one * p.Batch < Workers.WorthSharingProduct || workers.Threads == 1 ? 1 : Math.Min(2 * workers.Threads, p.Batch);
        workers.Run(new BatchPieces(p, pieces), pieces);
    }

    private readonly struct BatchPieces(MatMulArgs p, int count) : IPieces
    {
        public void Run(int i)
        {
            int to = Cut(p.Batch, i + 1, count, 1);
            for (int batch = Cut(p.Batch, i, count, 1); batch < to; batch++) Multiply(new OneProduct(p, batch), Workers.One);
        }
    }

    private static void Multiply(in OneProduct p, Workers workers)
    {
        if ((long)p.M * p.N * p.K <= 2048 || p.K < 4) DirectProduct.Run(p);
        else if (p.M == 1 || p.N == 1) VectorProduct.Run(p, workers);
        else PackedProduct.Run(p, workers);
    }
}
