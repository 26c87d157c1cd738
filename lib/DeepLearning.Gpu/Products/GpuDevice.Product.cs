namespace DeepLearning;

public sealed partial class GpuDevice
{
    private const int ShortestShare = 128;

    // A group makes a tile with so many threads along each side.
    private int TileSide { get; }

    // Products are made in tiles; else every number by itself, which is quicker where a barrier costs much, as on the processor.
    private readonly bool _useTiles;

    /// <inheritdoc/>
    public override void MatMul(in MatMulArgs p) => Product(
        new StridedMatrix { Data = Read(p.A), BatchStride = p.StrideA, RowStride = p.TransposeA ? 1 : p.K, ColumnStride = p.TransposeA ? p.M : 1 },
        new StridedMatrix { Data = Read(p.B), BatchStride = p.StrideB, RowStride = p.TransposeB ? 1 : p.N, ColumnStride = p.TransposeB ? p.K : 1 },
        new MatrixTarget
        {
            Data = Write(p.C), Bias = ReadOr(p.Bias, p.A), Rows = p.M, Columns = p.N, HasBias = Flag(p.Bias is not null), Accumulate = Flag(p.Accumulate),
        }, p.Batch, p.M, p.N, p.K, p.TransposeA, p.TransposeB);

    // Whether neighbours in memory lie along a column of A, or of B, decides which threads fetch which numbers.
    private void Product<TA, TB, TC>(TA a, TB b, TC c, int batch, int m, int n, int k, bool columnsOfA, bool columnsOfB)
        where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget
    {
        if (batch * m * n == 0) return;
        int width = TileSide * ProductKernels.Each;
        ProductArgs<TA, TB, TC> p = new()
        {
            A = a, B = b, C = c, M = m, N = n, K = k, Splits = 1, Side = TileSide, TilesM = (m + width - 1) / width, TilesN = (n + width - 1) / width,
            RowsOfAAreClose = Flag(columnsOfA), RowsOfBAreClose = Flag(columnsOfB), Parts = Read(Nothing),
        };
        if (!_useTiles)
        {
            Each(ProductKernels.Direct, batch * m * n, p);
            return;
        }
        // A product with few tiles and a long sum would leave most of the card idle: its sum is cut into parts.
        int groups = batch * p.TilesM * p.TilesN;
        p.Splits = Math.Clamp(Math.Min(_wantedGroups / groups, k / ShortestShare), 1, 256);
        Storage? parts = p.Splits > 1 ? Allocate(batch * p.Splits * m * n) : null;
        if (parts is not null) p.Parts = Write(parts);
        EachGroup(ProductKernels.Tiled, groups * p.Splits, TileSide * TileSide, p);
        if (parts is null) return;
        Each(ProductKernels.AddParts, batch * m * n, p);
        Free(parts);
    }
}
