namespace DeepLearning;

/// <summary>
/// How a product is divided among groups of threads: C in tiles, and the sum over K in shares where there are fewer tiles than processors.
/// </summary>
/// <param name="Lines">Rows and columns of a tile: 128, 64 or 16.</param>
/// <param name="Splits">Shares of K; more than one are added up afterwards.</param>
internal readonly record struct ProductPlan(int Lines, int Splits)
{
    private const int MostParts = 1 << 26, ShortestShare = 32;

    private static readonly int[] s_splits = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256];

    /// <summary>Tiles that n rows or columns make.</summary>
    public int Tiles(int n) => (n + Lines - 1) / Lines;

    /// <summary>The division with the lowest <see cref="Time"/>.</summary>
    /// <param name="batch">Products.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Numbers in each sum.</param>
    /// <param name="processors">How many of the card's processors each run groups of their own.</param>
    /// <param name="lines">The size of tiles, if it is not free.</param>
    public static ProductPlan For(int batch, int m, int n, int k, int processors, int? lines)
    {
        ProductPlan best = default;
        double least = double.PositiveInfinity;
        foreach (int size in lines is { } only ? (ReadOnlySpan<int>)[only] : [128, 64])
        {
            foreach (int splits in s_splits)
            {
                if (splits > 1 && (k / splits < ShortestShare || (long)batch * m * n * splits > MostParts)) break;
                ProductPlan plan = new(size, splits);
                double time = plan.Time(batch, m, n, k, processors);
                if (time < least) (best, least) = (plan, time);
            }
        }
        return best;
    }

    /// <summary>
    /// About how many cycles of a processor's clock a product takes: an estimate from the kernels' code, not a measurement. A processor
    /// multiplies 128 pairs a cycle; tiles of 128 lines come to 85 % of that if two groups share a processor and to 70 % for one by itself,
    /// tiles of 64 to 60 %. A group needs some 2000 cycles before its first product and after its last, in which the others on its
    /// processor work: two with tiles of 128 lines, four with smaller ones. Parts cost another kernel, which takes the program some 8000
    /// cycles to start, and to be written and read: 8 bytes a number, some 2000 bytes a cycle.
    /// </summary>
    public double Time(int batch, int m, int n, int k, int processors)
    {
        double groups = (double)batch * Tiles(m) * Tiles(n) * Splits, rounds = Math.Ceiling(groups / processors);
        double share = Lines == 128 ? (rounds > 1 ? 0.85 : 0.7) : 0.6;
        double time = rounds * Lines * Lines / 128.0 * k / Splits / share + 2000 * Math.Ceiling(rounds / (Lines == 128 ? 2 : 4));
        return Splits == 1 ? time : time + 8000 + 8.0 * batch * m * n * Splits / 2000;
    }
}
