using System.Numerics;
using System.Runtime.Intrinsics;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Packing;
using static DeepLearning.Kernels.ProductTiles;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

// The packed product, after Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008.
//
// A processor core can do 32 multiply-adds a cycle but load only a few vectors, so each number loaded must be used many times:
//
//   registers  a tile of C, 8 × 32, stays in 16 vector registers while a loop over k adds the outer product of a column of A (8 numbers,
//              each repeated over a vector) and a row of B (two vectors): 10 loads for 16 multiply-adds;
//   L1 cache   a strip of B, 256 × 32, is used by one tile after another down the block of A;
//   L2 cache   a block of A, 384 × 256, is used by one strip after another across B.
//
// Both are copied ("packed") first into the order in which the loop reads them, so that it only ever moves forward; transposed operands
// differ in the packing alone. A strip of B that only one tile needs is read where it lies. Edges are padded with zeros. Each thread does
// the same for its own columns of C (or rows, where C is tall), so every number of C is summed in the same order whatever the number of
// threads.
internal static class PackedProduct
{
    private const int BlockK = 256, BlockM = 384;

    /// <summary>C (+)= A·B (+ bias)</summary>
    public static void Run(in OneProduct p, Workers workers)
    {
        if (Vector512.IsHardwareAccelerated && p.N > 16) Run<Tile512>(p, workers);
        else if (Vector256.IsHardwareAccelerated) Run<Tile256>(p, workers);
        else Run<Tile128>(p, workers);
    }

    private static void Run<T>(in OneProduct p, Workers workers) where T : struct, ITile
    {
        bool byRows = p.M > 2 * p.N;
        int panels = byRows ? (p.M + T.Rows - 1) / T.Rows : (p.N + T.Columns - 1) / T.Columns;
        int pieces = (long)p.M * p.N * p.K < Workers.WorthSharingProduct ? 1 : Math.Min(workers.Threads, panels);
        workers.Run(new PackedPieces<T>(p, byRows, panels, pieces), pieces);
    }

    private readonly struct PackedPieces<T>(OneProduct p, bool byRows, int panels, int count) : IPieces where T : struct, ITile
    {
        public void Run(int i)
        {
            int size = byRows ? T.Rows : T.Columns, end = byRows ? p.M : p.N;
            int from = Cut(panels, i, count, 1) * size, to = Math.Min(end, Cut(panels, i + 1, count, 1) * size);
            if (byRows) Packed<T>(p, from, to, 0, p.N);
            else Packed<T>(p, 0, p.M, from, to);
        }
    }

    // Rows m0 … m1 and columns n0 … n1 of C.
    private static unsafe void Packed<T>(in OneProduct p, int m0, int m1, int n0, int n1) where T : struct, ITile
    {
        int kBlocks = Math.Max(1, (p.K + BlockK / 2) / BlockK), kSize = RoundUp((p.K + kBlocks - 1) / kBlocks, 8);
        int mBlocks = (m1 - m0 + BlockM - 1) / BlockM, mSize = RoundUp((m1 - m0 + mBlocks - 1) / mBlocks, T.Rows);
        float* packedB = Scratch.Room(kSize * (mSize + T.Columns) + 64), packedA = packedB + kSize * T.Columns,
            edge = stackalloc float[ProductTiles.MaxTile];
        fixed (float* a = &p.A[p.StartA], b = &p.B[p.StartB], c = &p.C[p.StartC], bias = p.Bias)
        {
            for (int k0 = 0; k0 < p.K; k0 += kSize)
            {
                int k = Math.Min(kSize, p.K - k0);
                bool add = p.Accumulate || k0 > 0, addBias = bias != null && k0 == 0;
                for (int i0 = m0; i0 < m1; i0 += mSize)
                {
                    int iEnd = Math.Min(m1, i0 + mSize);
                    for (int i = i0; i < iEnd; i += T.Rows)
                    {
                        float* panel = packedA + (i - i0) * k;
                        int rows = Math.Min(T.Rows, iEnd - i);
                        if (p.TransposeA) PackRows(a + (nint)k0 * p.M + i, p.M, k, rows, panel, T.Rows);
                        else PackTransposed(a + (nint)i * p.K + k0, p.K, rows, k, panel, T.Rows);
                    }
                    for (int j = n0; j < n1; j += T.Columns)
                    {
                        int columns = Math.Min(T.Columns, n1 - j);
                        bool inPlace = !p.TransposeB && iEnd - i0 <= T.Rows && columns == T.Columns;
                        float* strip = inPlace ? b + (nint)k0 * p.N + j : packedB;
                        int stride = inPlace ? p.N : T.Columns;
                        if (p.TransposeB) PackTransposed(b + (nint)j * p.K + k0, p.K, columns, k, packedB, T.Columns);
                        else if (!inPlace) PackRows(b + (nint)k0 * p.N + j, p.N, k, columns, packedB, T.Columns);
                        float* biasHere = addBias ? bias + j : null;
                        for (int i = i0; i < iEnd; i += T.Rows)
                        {
                            float* panel = packedA + (i - i0) * k, to = c + (nint)i * p.N + j;
                            int rows = Math.Min(T.Rows, iEnd - i);
                            if (rows == T.Rows && columns == T.Columns) T.Run(k, panel, strip, stride, to, p.N, add, biasHere);
                            else
                            {
                                T.Run(k, panel, strip, stride, edge, T.Columns, false, null);
                                CopyEdge(edge, T.Columns, to, p.N, rows, columns, add, biasHere);
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>Writes the part of a tile that lies within C.</summary>
    public static unsafe void CopyEdge(float* tile, int tileStride, float* c, int stride, int rows, int columns, bool add, float* bias)
    {
        int width = Vector<float>.Count;
        for (int i = 0; i < rows; i++, tile += tileStride, c += stride)
        for (int j = 0; j < columns; j += width)
        {
            int count = Math.Min(width, columns - j);
            var value = Vector.Load(tile + j);
            if (bias != null) value += count == width ? Vector.Load(bias + j) : LoadPart(ref bias[j], count);
            if (add) value += count == width ? Vector.Load(c + j) : LoadPart(ref c[j], count);
            if (count == width) value.Store(c + j);
            else StorePart(value, ref c[j], count);
        }
    }
}
