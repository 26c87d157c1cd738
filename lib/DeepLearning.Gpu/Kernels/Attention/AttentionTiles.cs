using ILGPU;

namespace DeepLearning;

/// <summary>
/// Where a matrix's heads are; see <see cref="HeadRows"/>. Aligned: every row of a head can be fetched four numbers at a time.
/// </summary>
internal struct HeadMatrix
{
    public ArrayView<float> Data;
    public int Offset, RowLength, Aligned;
}

internal struct HeadKernelArgs
{
    public HeadMatrix Q, K, V, Y, DY, DQ, DK, DV;
    public ArrayView<float> LogSum, Mean, Mask, Drop;
    public int Heads, Queries, Keys, Width, Fours, Pitch, MaskSample, MaskHead, MaskRow, HasMask, HasDrop, Causal, HasDQ, HasDK, HasDV;
    public float Scale;

    /// <summary>How many tiles of rows a head has, and how many heads a sample.</summary>
    public Divisor PerHead, PerSample;

    /// <summary>A score from its product; −∞ where the query does not see the key.</summary>
    public readonly float Score(int sample, int head, int query, int key, float product)
    {
        if (query >= Queries || key >= Keys || Causal != 0 && key > query) return float.NegativeInfinity;
        float score = Scale * product;
        if (HasMask != 0) score += Mask[sample * MaskSample + head * MaskHead + query * MaskRow + key];
        return score;
    }

    /// <summary>What a weight is multiplied by.</summary>
    public readonly float Kept(int sample, int head, int query, int key) =>
        HasDrop == 0 || query >= Queries || key >= Keys ? 1f : Drop[((sample * Heads + head) * Queries + query) * Keys + key];
}

/// <summary>
/// What threads of a group do with tiles in shared memory: 32 rows of up to 64 numbers, in fours, <c>pitch</c> fours from row to row.
/// </summary>
/// <remarks>
/// A group of 64 threads has a square tile of 32 rows and 32 columns; thread (x, y) has the rows y, y + 8, y + 16, y + 24 of it, and the
/// columns likewise, so that threads side by side read from different banks of shared memory.
/// </remarks>
internal static class AttentionTiles
{
    public const int Side = 8, Rows = 4 * Side, Threads = Side * Side, MostWidth = 64;

    /// <summary>
    /// From one row of a square tile to the next: a multiple of four, and rows that are read together begin in different banks.
    /// </summary>
    public const int WeightPitch = Rows + 4;

    // An odd number of fours, for the same reason.
    private const int MostPitch = MostWidth / 4 + 1;

    /// <summary>The most bytes of shared memory that a group needs: four tiles of rows and two of weights.</summary>
    public const int MostShared = 4 * sizeof(float) * (4 * Rows * MostPitch) + 2 * sizeof(float) * Rows * WeightPitch;

    public static ArrayView<Float4> Tile() => SharedMemory.Allocate<Float4>(Rows * MostPitch);

    public static ArrayView<float> Weights() => SharedMemory.Allocate<float>(Rows * WeightPitch);

    /// <summary>Brings rows of a head into a tile; zeros where there are none.</summary>
    public static void Fetch(HeadMatrix matrix, in HeadKernelArgs p, int head, int row, int count, ArrayView<Float4> tile)
    {
        int x = Group.IdxX & 7, start = matrix.Offset + row * matrix.RowLength + head * p.Width;
        for (int r = Group.IdxX >> 3; r < Rows; r += Side)
        {
            for (int f = x; f < p.Fours; f += Side)
            {
                Float4 value = default;
                if (r < count) value = Load(matrix, start + r * matrix.RowLength + 4 * f, p.Width - 4 * f);
                tile[r * p.Pitch + f] = value;
            }
        }
    }

    private static Float4 Load(in HeadMatrix matrix, int at, int left)
    {
        if (matrix.Aligned != 0) return Float4.Load(matrix.Data, at);
        Float4 value = default;
        value.A = matrix.Data[at];
        if (left > 1) value.B = matrix.Data[at + 1];
        if (left > 2) value.C = matrix.Data[at + 2];
        if (left > 3) value.D = matrix.Data[at + 3];
        return value;
    }

    /// <summary>Puts one of the four numbers of a row of a head where it belongs.</summary>
    public static void Store(HeadMatrix matrix, in HeadKernelArgs p, int head, int row, int four, Float4 value)
    {
        int at = matrix.Offset + row * matrix.RowLength + head * p.Width + 4 * four, left = p.Width - 4 * four;
        if (matrix.Aligned != 0)
        {
            value.Store(matrix.Data, at);
            return;
        }
        matrix.Data[at] = value.A;
        if (left > 1) matrix.Data[at + 1] = value.B;
        if (left > 2) matrix.Data[at + 2] = value.C;
        if (left > 3) matrix.Data[at + 3] = value.D;
    }

    /// <summary>Stores a thread's rows of a head, from the tile's first on: the fours x and x + 8 of each.</summary>
    public static void Store(HeadMatrix matrix, in HeadKernelArgs p, int head, int first, int count, Float4x4 near, Float4x4 far)
    {
        int x = Group.IdxX & 7, y = Group.IdxX >> 3;
        for (int half = 0; half < 2; half++)
        {
            int four = x + half * Side;
            if (four >= p.Fours) return;
            Float4x4 rows = half == 0 ? near : far;
            if (y < count) Store(matrix, p, head, first + y, four, rows.R0);
            if (y + Side < count) Store(matrix, p, head, first + y + Side, four, rows.R1);
            if (y + 2 * Side < count) Store(matrix, p, head, first + y + 2 * Side, four, rows.R2);
            if (y + 3 * Side < count) Store(matrix, p, head, first + y + 3 * Side, four, rows.R3);
        }
    }

    // sum + a·b, one product added after the other, which a card does in one instruction each.
    private static float Dot(float sum, Float4 a, Float4 b)
    {
        sum += a.A * b.A;
        sum += a.B * b.B;
        sum += a.C * b.C;
        return sum + a.D * b.D;
    }

    /// <summary>The product of a row of a and that of b.</summary>
    public static float Product(in HeadKernelArgs p, ArrayView<Float4> a, ArrayView<Float4> b, int row)
    {
        float sum = 0;
        for (int f = 0; f < p.Fours; f++) sum = Dot(sum, a[row * p.Pitch + f], b[row * p.Pitch + f]);
        return sum;
    }

    /// <summary>The products of four rows of a and four rows of b.</summary>
    public static Float4x4 Products(in HeadKernelArgs p, ArrayView<Float4> a, ArrayView<Float4> b)
    {
        Float4x4 sum = default;
        int next = Side * p.Pitch, i = (Group.IdxX >> 3) * p.Pitch, j = (Group.IdxX & 7) * p.Pitch;
        for (int f = 0; f < p.Fours; f++)
        {
            Float4 b0 = b[j], b1 = b[j + next], b2 = b[j + 2 * next], b3 = b[j + 3 * next];
            sum.R0 = Plus(sum.R0, a[i], b0, b1, b2, b3);
            sum.R1 = Plus(sum.R1, a[i + next], b0, b1, b2, b3);
            sum.R2 = Plus(sum.R2, a[i + 2 * next], b0, b1, b2, b3);
            sum.R3 = Plus(sum.R3, a[i + 3 * next], b0, b1, b2, b3);
            i++;
            j++;
        }
        return sum;
    }

    private static Float4 Plus(Float4 sum, Float4 a, Float4 b0, Float4 b1, Float4 b2, Float4 b3) =>
        new(Dot(sum.A, a, b0), Dot(sum.B, a, b1), Dot(sum.C, a, b2), Dot(sum.D, a, b3));

    /// <summary>Puts a thread's numbers into a square tile.</summary>
    public static void Put(ArrayView<float> weights, Float4x4 rows)
    {
        int at = (Group.IdxX >> 3) * WeightPitch + (Group.IdxX & 7);
        Put(weights, at, rows.R0);
        Put(weights, at + Side * WeightPitch, rows.R1);
        Put(weights, at + 2 * Side * WeightPitch, rows.R2);
        Put(weights, at + 3 * Side * WeightPitch, rows.R3);
    }

    private static void Put(ArrayView<float> weights, int at, Float4 values)
    {
        weights[at] = values.A;
        weights[at + Side] = values.B;
        weights[at + 2 * Side] = values.C;
        weights[at + 3 * Side] = values.D;
    }

    /// <summary>
    /// sum + Σ weight·row over the tile's rows, for one four of a row; the weights go from a result's row to the next by rowStep.
    /// </summary>
    public static Float4x4 Mixed(Float4x4 sum, in HeadKernelArgs p, ArrayView<float> weights, int rowStep, int step,
        ArrayView<Float4> rows, int four)
    {
        if (four >= p.Fours) return sum;
        int at = (Group.IdxX >> 3) * rowStep, next = Side * rowStep, from = four;
        for (int i = 0; i < Rows; i++)
        {
            Float4 w = new(weights[at], weights[at + next], weights[at + 2 * next], weights[at + 3 * next]);
            sum.Add(w, rows[from]);
            at += step;
            from += p.Pitch;
        }
        return sum;
    }
}
