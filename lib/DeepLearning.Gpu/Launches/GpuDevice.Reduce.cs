namespace DeepLearning;

public sealed partial class GpuDevice
{
    private const int LongestPiece = 4096, LongestColumn = 512, FirstRun = 16;

    // Enough groups to keep the card busy.
    private readonly int _wantedGroups;

    /// <inheritdoc/>
    public override void Reduce(ReduceOp op, Storage x, Storage y, int outer, int length, int inner)
    {
        if (outer * inner == 0) return;
        if (length == 0)
        {
            Fill(y, outer * inner, ScalarMath.Start(op));
            return;
        }
        int longest = inner == 1 ? LongestPiece : LongestColumn, pieces = (length + longest - 1) / longest;
        bool split = pieces > 1 && outer * inner < _wantedGroups * (inner == 1 ? 1 : MostLanes);
        ReduceArgs p = new() { Op = op, X = Read(x), Length = length, Inner = inner, Chunks = split ? pieces : 1, ChunkLength = split ? longest : length };
        if (!split)
        {
            p.Y = Write(y);
            Reduce(p, outer);
            return;
        }
        Storage partial = Allocate(outer * pieces * inner);
        p.Y = Write(partial);
        Reduce(p, outer);
        Reduce(op, partial, y, outer, pieces, inner);
        Free(partial);
    }

    private void Reduce(in ReduceArgs p, int outer)
    {
        if (p.Inner == 1) EachRow(ReduceKernels.Rows, outer * p.Chunks, p.ChunkLength, p);
        else Each(ReduceKernels.Columns, outer * p.Chunks * p.Inner, p);
    }

    /// <inheritdoc/>
    public override void ArgReduce(bool largest, Storage x, Storage y, int outer, int length, int inner)
    {
        Each(ReduceKernels.ArgReduce, outer * inner, new AxisArgs { X = Read(x), Y = Write(y), Length = length, Inner = inner, Flag = Flag(largest) });
        if (y.Length == outer * inner) ((GpuStorage)y).Whole = (0, length - 1);
    }

    /// <inheritdoc/>
    public override void CumulativeSum(Storage x, Storage y, int outer, int length, int inner, bool reverse) =>
        Each(ReduceKernels.CumulativeSum, outer * inner, new AxisArgs { X = Read(x), Y = Write(y), Length = length, Inner = inner, Flag = Flag(reverse) });

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
        SortArgs p = new() { X = Read(x), From = Read(x), To = Write(to), Length = length, Inner = inner, Run = FirstRun, Descending = Flag(descending) };
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
