namespace DeepLearning.Kernels;

// The matrix product. Three ways, by shape:
//
//   MatMulDirect   tiny or thin products, straight from the operands, where preparing them would cost more than it saves;
//   MatMulVector   a vector times a matrix (one row, or one column), which is bound by reading the matrix once;
//   MatMulPacked   everything else: blocked for the caches, packed for the vector units.
public sealed partial class CpuDevice
{
    // So many multiplications are worth a second thread: about 10 µs of one core.
    private const long WorthSharingProduct = 1 << 19;

    /// <summary>One product, with everything the loops need: where each operand starts and how it is laid out.</summary>
    private readonly struct Product(in MatMulArgs p, int batch)
    {
        public readonly int M = p.M, N = p.N, K = p.K;
        public readonly float[] A = Data(p.A), B = Data(p.B), C = Data(p.C);
        public readonly float[]? Bias = p.Bias is null ? null : Data(p.Bias);
        public readonly int StartA = batch * p.StrideA, StartB = batch * p.StrideB, StartC = batch * p.M * p.N;
        public readonly bool TransposeA = p.TransposeA, TransposeB = p.TransposeB, Accumulate = p.Accumulate;
    }

    /// <inheritdoc/>
    public override void MatMul(in MatMulArgs p)
    {
        if (p.M == 0 || p.N == 0 || p.Batch == 0) return;
        long one = (long)p.M * p.N * p.K;
        if (p.Batch == 1 || one >= WorthSharingProduct)
        {
            for (int batch = 0; batch < p.Batch; batch++) Multiply(new Product(p, batch), _maxThreads);
            return;
        }
        int pieces = one * p.Batch < WorthSharingProduct || _maxThreads == 1 ? 1 : Math.Min(2 * _maxThreads, p.Batch);
        ForkJoin<BatchPieces>.Run(new(p, pieces), pieces, _maxThreads);
    }

    private readonly struct BatchPieces(MatMulArgs p, int count) : IPieces
    {
        public void Run(int i)
        {
            int to = Cut(p.Batch, i + 1, count, 1);
            for (int batch = Cut(p.Batch, i, count, 1); batch < to; batch++) Multiply(new Product(p, batch), 1);
        }
    }

    private static void Multiply(in Product p, int threads)
    {
        if ((long)p.M * p.N * p.K <= 2048 || p.K < 4) MatMulDirect(p);
        else if (p.M == 1 || p.N == 1) MatMulVector(p, threads);
        else MatMulPacked(p, threads);
    }
}
