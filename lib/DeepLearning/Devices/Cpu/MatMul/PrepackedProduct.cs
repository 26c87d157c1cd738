using System.Runtime.Intrinsics;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Packing;
using static DeepLearning.Kernels.ProductTiles;

namespace DeepLearning.Kernels;

/// <summary>
/// C = A·B for one B and many A of few rows, one after another: B is packed once, whole columns at a time, and read from the L2 cache.
/// </summary>
internal static unsafe class PrepackedProduct
{
    /// <summary>How many numbers <see cref="Prepare"/> writes, and how many <see cref="Run"/> needs as scratch.</summary>
    public static int Size(int n, int k) => RoundUp(n, 32) * k;

    /// <summary>B: [k, n], or [n, k] if <paramref name="transpose"/>, into strips of columns.</summary>
    public static void Prepare(float* b, bool transpose, int n, int k, float* to)
    {
        int columns = TileColumns(n);
        for (int j = 0; j < n; j += columns)
        {
            int count = Math.Min(columns, n - j);
            if (transpose) PackTransposed(b + (nint)j * k, k, count, k, to + (nint)j * k, columns);
            else PackRows(b + j, n, k, count, to + (nint)j * k, columns);
        }
    }

    /// <summary>C (+)= A·B (+ bias); A: [m, k], C: [m, n].</summary>
    public static void Run(float* a, int m, float* packedB, int n, int k, float* c, bool add, float* bias, float* scratch)
    {
        if (TileColumns(n) == 32) Run<Tile512>(a, m, packedB, n, k, c, add, bias, scratch);
        else if (Vector256.IsHardwareAccelerated) Run<Tile256>(a, m, packedB, n, k, c, add, bias, scratch);
        else Run<Tile128>(a, m, packedB, n, k, c, add, bias, scratch);
    }

    private static int TileColumns(int n) =>
        Vector512.IsHardwareAccelerated && n > 16 ? Tile512.Columns : Vector256.IsHardwareAccelerated ? Tile256.Columns : Tile128.Columns;

    private static void Run<T>(float* a, int m, float* packedB, int n, int k, float* c, bool add, float* bias, float* scratch)
        where T : struct, ITile
    {
        float* edge = stackalloc float[ProductTiles.MaxTile];
        for (int i = 0; i < m; i += T.Rows)
            PackTransposed(a + (nint)i * k, k, Math.Min(T.Rows, m - i), k, scratch + (nint)i * k, T.Rows);
        for (int j = 0; j < n; j += T.Columns)
        {
            int columns = Math.Min(T.Columns, n - j);
            float* strip = packedB + (nint)j * k, biasHere = bias == null ? null : bias + j;
            for (int i = 0; i < m; i += T.Rows)
            {
                int rows = Math.Min(T.Rows, m - i);
                float* panel = scratch + (nint)i * k, to = c + (nint)i * n + j;
                if (rows == T.Rows && columns == T.Columns) T.Run(k, panel, strip, T.Columns, to, n, add, biasHere);
                else
                {
                    T.Run(k, panel, strip, T.Columns, edge, T.Columns, false, null);
                    PackedProduct.CopyEdge(edge, T.Columns, to, n, rows, columns, add, biasHere);
                }
            }
        }
    }
}
