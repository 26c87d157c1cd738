namespace DeepLearning;

public sealed partial class GpuDevice
{
    // Of a chunk that a group reduces; shorter ones would be done before they have begun.
    private const int ShortestRow = 4096, ShortestColumn = 256;
    // A thread does it alone: its few numbers lie in one or two of the pieces that memory is fetched in.
    private const int ShortRow = 16;
    // A piece of a running sum that one thread takes.
    private const int ShortestPiece = 64;
    private const int WidestTile = 32, FirstRun = 16;

    // Enough groups to keep the card busy.
    private readonly int _wantedGroups;

    /// <inheritdoc/>
    public override void Reduce(ReduceOp op, Storage x, Storage y, int outer, int length, int inner)
    {
        if (outer * inner == 0) return;
        if (length == 0) Fill(y, outer * inner, ScalarMath.Start(op));
        else Reduce(ReduceTable.For(op), x, y, outer, length, inner, scale: 1);
    }

    /// <inheritdoc/>
    public override void Mean(Storage x, Storage y, int n, double divisor)
    {
        if (n == 0) Fill(y, 1, 0 / divisor);
        else Reduce(ReduceTable.For(ReduceOp.Sum), x, y, 1, n, 1, (float)(1 / divisor));
    }

    // One launch where there are enough rows or columns for all groups; otherwise each is cut into chunks, whose results a second
    // launch reduces.
    private void Reduce(ReduceTable kernels, Storage x, Storage y, int outer, int length, int inner, float scale)
    {
        bool rows = inner == 1;
        int width = TileWidth(inner), tiles = (inner + width - 1) / width, shortest = rows ? ShortestRow : ShortestColumn;
        int groups = outer * tiles, chunks = Math.Clamp(8 * _wantedGroups / groups, 1, (length + shortest - 1) / shortest);
        // Chunks of whole fours.
        int chunkLength = (length + chunks - 1) / chunks + 3 & ~3;
        chunks = (length + chunkLength - 1) / chunkLength;
        ReduceArgs p = new()
        {
            X = Read(x), Length = length, Inner = inner, Chunks = chunks, ChunkLength = chunkLength, Width = width, Tiles = tiles,
            Scale = chunks == 1 ? scale : 1,
        };
        Storage target = chunks == 1 ? y : Allocate(outer * chunks * inner);
        p.Y = Write(target);
        if (rows && length <= ShortRow) Each(kernels.ShortRows, outer, p);
        else if (rows) EachRow(kernels.Rows, outer * chunks, (chunkLength + 3) / 4, p);
        else EachGroup(kernels.Columns, outer * chunks * tiles, MostLanes, p);
        if (chunks == 1) return;
        Reduce(kernels, target, y, outer, chunks, inner, scale);
        Free(target);
    }

    // How many columns a group works on: those that it can read side by side.
    private int TileWidth(int inner)
    {
        int width = 1;
        while (width < inner && width < WidestTile && width < MostLanes) width *= 2;
        return width;
    }

    /// <inheritdoc/>
    public override void ArgReduce(bool largest, Storage x, Storage y, int outer, int length, int inner)
    {
        int width = TileWidth(inner), tiles = (inner + width - 1) / width;
        EachRow(AxisKernels.ArgReduce, outer * tiles, width * length,
            new AxisArgs
            {
                X = Read(x), Y = Write(y), Totals = Read(x), Length = length, Inner = inner, Flag = Flag(largest), Width = width,
                Tiles = tiles,
            });
        if (y.Length == outer * inner) ((GpuStorage)y).Whole = (0, length - 1);
    }

    /// <inheritdoc/>
    public override void CumulativeSum(Storage x, Storage y, int outer, int length, int inner, bool reverse)
    {
        int rows = outer * inner;
        if (rows * length == 0) return;
        // √length pieces of √length numbers: a thread's way over its piece is then as long as that over the sums of the pieces before it.
        bool cut = length >= 4 * ShortestPiece && rows < _wantedGroups * MostLanes;
        int pieceLength = cut ? Math.Max(ShortestPiece, (int)Math.Sqrt(length)) : length, pieces = (length + pieceLength - 1) / pieceLength;
        Storage totals = Allocate(cut ? 2 * rows * pieces : 1);
        AxisArgs p = new()
        {
            X = Read(x), Y = Write(y), Totals = Write(totals), Length = length, Inner = inner, Flag = Flag(reverse), Pieces = pieces,
            PieceLength = pieceLength,
        };
        if (cut) Each(AxisKernels.PieceSums, rows * pieces, p);
        Each(AxisKernels.CumulativeSum, rows * pieces, p);
        Free(totals);
    }

    /// <inheritdoc/>
    public override void ArgSort(bool descending, Storage x, Storage y, int outer, int length, int inner)
    {
        int n = outer * length * inner;
        if (n == 0) return;
        Storage other = Allocate(n), from = other, to = y;
        // Each pass goes from one block to the other, and the last has to end in y.
        int passes = 0;
        for (int run = FirstRun; run < length; run *= 2) passes++;
        if ((passes & 1) != 0) (from, to) = (to, from);
        SortArgs p = new()
        {
            X = Read(x), From = Read(x), To = Write(to), Length = length, Inner = inner, Run = FirstRun, Descending = Flag(descending),
        };
        Each(SortKernels.Start, n, p);
        for (int run = FirstRun; run < length; run *= 2)
        {
            (from, to) = (to, from);
            (p.From, p.To, p.Run) = (Read(from), Write(to), run);
            Each(SortKernels.Merge, n, p);
        }
        Free(other);
        if (y.Length == n) ((GpuStorage)y).Whole = (0, length - 1);
    }
}
