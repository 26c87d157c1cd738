using ILGPU;

namespace DeepLearning;

/// <summary>
/// How tiles of A and B come from the card's memory into the memory that a group shares, and C back. In shared memory a tile is
/// depth × lines: what lies side by side are rows of A, or columns of B, so that a thread reads those that it multiplies four at a time.
/// </summary>
internal static class TileMemory
{
    /// <summary>
    /// Numbers left free after each step along K: threads that store four steps of one line at a time do it in different banks.
    /// </summary>
    public const int Gap = 4;

    /// <summary>Two tiles of the largest kind, in fours.</summary>
    public const int Size = 2 * 16 * (64 + Gap) / 4;

    /// <summary>
    /// The line of the first of the four numbers that a thread fetches; these are neighbours along K, or else along the lines.
    /// </summary>
    public static int Line(int lane, bool alongK, int lines, int depth) => alongK ? lane / (depth / 4) : lane % (lines / 4) * 4;

    /// <summary>The step along K of the first of these four.</summary>
    public static int Step(int lane, bool alongK, int lines, int depth) => alongK ? lane % (depth / 4) * 4 : lane / (lines / 4);

    /// <summary>Four neighbours of a matrix; zeros if none are left, or beyond the last row and column.</summary>
    public static Float4 Fetch<T>(in T matrix, int left, int place, int batch, int row, int column, int rows, int columns)
        where T : struct, IMatrix
    {
        Float4 four = default;
        if (matrix.Fours)
        {
            if (left > 0) four = matrix.FourAt(place, batch, row, column);
            return four;
        }
        int down = matrix.Down ? 1 : 0, on = 1 - down;
        four.A = Guarded(matrix, batch, row, column, rows, columns);
        four.B = Guarded(matrix, batch, row + down, column + on, rows, columns);
        four.C = Guarded(matrix, batch, row + 2 * down, column + 2 * on, rows, columns);
        four.D = Guarded(matrix, batch, row + 3 * down, column + 3 * on, rows, columns);
        return four;
    }

    private static float Guarded<T>(in T matrix, int batch, int row, int column, int rows, int columns) where T : struct, IMatrix
    {
        float value = 0;
        if (row < rows && column < columns) value = matrix.At(batch, row, column);
        return value;
    }

    /// <summary>Stores four fetched numbers into a tile.</summary>
    public static void Put(ArrayView<Float4> tile, int at, bool alongK, int pitch, Float4 four)
    {
        if (!alongK)
        {
            tile[at >> 2] = four;
            return;
        }
        ArrayView<float> line = tile.Cast<float>().SubView(at);
        line[0] = four.A;
        line[pitch] = four.B;
        line[2 * pitch] = four.C;
        line[3 * pitch] = four.D;
    }

    /// <summary>Stores numbers of C, as far as they are inside.</summary>
    public static void Store<T>(in T c, int batch, int row, int column, int rows, int columns, Block block) where T : struct, ITarget
    {
        Store(c, batch, row, column, rows, columns, block.Row0);
        Store(c, batch, row + 1, column, rows, columns, block.Row1);
        Store(c, batch, row + 2, column, rows, columns, block.Row2);
        Store(c, batch, row + 3, column, rows, columns, block.Row3);
    }

    private static void Store<T>(in T c, int batch, int row, int column, int rows, int columns, Float4 four) where T : struct, ITarget
    {
        if (row >= rows || column >= columns) return;
        if (c.Fours)
        {
            c.StoreFour(batch, row, column, four);
            return;
        }
        c.Store(batch, row, column, four.A);
        if (column + 1 < columns) c.Store(batch, row, column + 1, four.B);
        if (column + 2 < columns) c.Store(batch, row, column + 2, four.C);
        if (column + 3 < columns) c.Store(batch, row, column + 3, four.D);
    }
}
