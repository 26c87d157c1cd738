using ILGPU;

namespace DeepLearning;

/// <summary>C = A·B for a batch of products; with splits, each product's sum over K is cut into so many parts.</summary>
internal struct ProductArgs<TA, TB, TC> where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget
{
    public TA A;
    public TB B;
    public TC C;
    public int M, N, K, Splits, Side, TilesM, TilesN;
    public int RowsOfAAreClose, RowsOfBAreClose;
    public ArrayView<float> Parts;
}

internal static class ProductKernels
{
    public const int MaxSide = 16, Each = 4;

    /// <summary>A thread for each number of C: for small products, and where barriers are dear.</summary>
    public static void Direct<TA, TB, TC>(Index1D index, ProductArgs<TA, TB, TC> p)
        where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget
    {
        int column = index % p.N, row = index / p.N % p.M, batch = index / p.N / p.M;
        float sum = 0;
        for (int k = 0; k < p.K; k++) sum += p.A.At(batch, row, k) * p.B.At(batch, k, column);
        p.C.Store(batch, row, column, sum);
    }

    /// <summary>
    /// A group of side × side threads makes a tile of C, each thread 4 × 4 numbers of it. Tiles of A and B are fetched once into the memory that the
    /// group shares, so that each number fetched serves 4·side products, and each number read there 4.
    /// </summary>
    public static void Tiled<TA, TB, TC>(ProductArgs<TA, TB, TC> p)
        where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget
    {
        // A step along K is one longer than the tile, so that threads that store along K do not meet in one bank.
        var tileA = SharedMemory.Allocate<float>(MaxSide * (MaxSide * Each + 1));
        var tileB = SharedMemory.Allocate<float>(MaxSide * (MaxSide * Each + 1));
        int side = p.Side, width = side * Each, pitch = width + 1, lane = Group.IdxX, tx = lane % side, ty = lane / side;
        int tile = Grid.IdxX, row0 = tile / p.TilesN % p.TilesM * width, column0 = tile % p.TilesN * width, part = tile / p.TilesN / p.TilesM;
        int batch = part / p.Splits, share = (p.K + p.Splits - 1) / p.Splits, from = part % p.Splits * share, to = from + share < p.K ? from + share : p.K;
        float c00 = 0, c01 = 0, c02 = 0, c03 = 0, c10 = 0, c11 = 0, c12 = 0, c13 = 0, c20 = 0, c21 = 0, c22 = 0, c23 = 0, c30 = 0, c31 = 0, c32 = 0, c33 = 0;
        for (int k0 = from; k0 < to; k0 += side)
        {
            for (int step = 0; step < Each; step++)
            {
                int e = lane + step * side * side;
                int k = p.RowsOfAAreClose != 0 ? e / width : e % side, row = p.RowsOfAAreClose != 0 ? e % width : e / side;
                tileA[k * pitch + row] = row0 + row < p.M && k0 + k < to ? p.A.At(batch, row0 + row, k0 + k) : 0;
                k = p.RowsOfBAreClose != 0 ? e % side : e / width;
                int column = p.RowsOfBAreClose != 0 ? e / side : e % width;
                tileB[k * pitch + column] = column0 + column < p.N && k0 + k < to ? p.B.At(batch, k0 + k, column0 + column) : 0;
            }
            Group.Barrier();
            for (int k = 0; k < side; k++)
            {
                int a = k * pitch + ty * Each, b = k * pitch + tx;
                float a0 = tileA[a], a1 = tileA[a + 1], a2 = tileA[a + 2], a3 = tileA[a + 3];
                float b0 = tileB[b], b1 = tileB[b + side], b2 = tileB[b + 2 * side], b3 = tileB[b + 3 * side];
                c00 += a0 * b0; c01 += a0 * b1; c02 += a0 * b2; c03 += a0 * b3;
                c10 += a1 * b0; c11 += a1 * b1; c12 += a1 * b2; c13 += a1 * b3;
                c20 += a2 * b0; c21 += a2 * b1; c22 += a2 * b2; c23 += a2 * b3;
                c30 += a3 * b0; c31 += a3 * b1; c32 += a3 * b2; c33 += a3 * b3;
            }
            Group.Barrier();
        }
        int i = row0 + ty * Each, j = column0 + tx;
        StoreRow(p, part, i, j, c00, c01, c02, c03);
        StoreRow(p, part, i + 1, j, c10, c11, c12, c13);
        StoreRow(p, part, i + 2, j, c20, c21, c22, c23);
        StoreRow(p, part, i + 3, j, c30, c31, c32, c33);
    }

    private static void StoreRow<TA, TB, TC>(in ProductArgs<TA, TB, TC> p, int part, int row, int column, float v0, float v1, float v2, float v3)
        where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget
    {
        if (row >= p.M) return;
        Store(p, part, row, column, v0);
        Store(p, part, row, column + p.Side, v1);
        Store(p, part, row, column + 2 * p.Side, v2);
        Store(p, part, row, column + 3 * p.Side, v3);
    }

    private static void Store<TA, TB, TC>(in ProductArgs<TA, TB, TC> p, int part, int row, int column, float value)
        where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget
    {
        if (column >= p.N) return;
        if (p.Splits == 1) p.C.Store(part, row, column, value);
        else p.Parts[(part * p.M + row) * p.N + column] = value;
    }

    /// <summary>Adds the parts of each number of C, always in the same order.</summary>
    public static void AddParts<TA, TB, TC>(Index1D index, ProductArgs<TA, TB, TC> p)
        where TA : struct, IMatrix where TB : struct, IMatrix where TC : struct, ITarget
    {
        int matrix = p.M * p.N, batch = index / matrix, at = index % matrix;
        float sum = 0;
        for (int split = 0; split < p.Splits; split++) sum += p.Parts[(batch * p.Splits + split) * matrix + at];
        p.C.Store(batch, at / p.N, at % p.N, sum);
    }
}
