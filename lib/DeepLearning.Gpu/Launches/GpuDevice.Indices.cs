namespace DeepLearning;

public sealed partial class GpuDevice
{
    // Up to so many indices, and comparisons with them, looking through them all takes less time than sorting them.
    private const int FewIndices = 1024, FewComparisons = 1 << 26, ScatterPiece = 16;

    /// <inheritdoc/>
    public override void Gather(Storage x, int rows, int width, Storage index, int n, Storage y)
    {
        CheckIndices(index, n, rows);
        bool fours = width % 4 == 0;
        int inner = fours ? width / 4 : width;
        IndexArgs p = new() { X = Read(x), Index = Read(index), Y = Write(y), Inner = By(inner) };
        Each(fours ? IndexKernels.GatherFours : IndexKernels.Gather, n * inner, p);
        // What is taken from whole numbers, such as the labels of a batch, is whole.
        if (y.Length == n * width) ((GpuStorage)y).Whole = ((GpuStorage)x).Whole;
    }

    /// <inheritdoc/>
    public override void ScatterAdd(Storage x, Storage index, int n, Storage y, int rows, int width)
    {
        CheckIndices(index, n, rows);
        if (n * width == 0) return;
        if (n <= FewIndices && (long)n * rows * width <= FewComparisons)
        {
            Each(IndexKernels.ScatterAdd, rows * width,
                new IndexArgs { X = Read(x), Index = Read(index), Y = Write(y), Count = n, Inner = new Divisor(width) });
            return;
        }
        Storage order = Allocate(n), runs = Allocate(n * width);
        ArgSort(descending: false, index, order, 1, n, 1);
        ScatterArgs p = new()
        {
            X = Read(x), Index = Read(index), Order = Read(order), Runs = Write(runs), Y = Write(y), Count = n, PieceLength = ScatterPiece,
            Width = new Divisor(width),
        };
        Each(IndexKernels.SumRuns, (n + ScatterPiece - 1) / ScatterPiece * width, p);
        Each(IndexKernels.AddRuns, n * width, p);
        Free(runs);
        Free(order);
    }

    /// <inheritdoc/>
    public override void GatherAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner)
    {
        CheckIndices(index, outer * count * inner, length);
        Each(IndexKernels.GatherAlong, outer * count * inner, Along(x, index, y, length, count, inner));
    }

    /// <inheritdoc/>
    public override void ScatterAddAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner)
    {
        CheckIndices(index, outer * count * inner, length);
        Each(IndexKernels.ScatterAddAlong, outer * length * inner, Along(x, index, y, length, count, inner));
    }

    private static IndexArgs Along(Storage x, Storage index, Storage y, int length, int count, int inner) =>
        new() { X = Read(x), Index = Read(index), Y = Write(y), Length = length, Count = count, Inner = By(inner) };

    // Indices from the host were looked at on their way here. Those a kernel made are checked on the card, once, and waiting for the answer
    // is the price.
    private void CheckIndices(Storage index, int n, int rows)
    {
        if (n == 0 || ((GpuStorage)index).Whole is { } range && range.Low >= 0 && range.High < rows) return;
        Storage result = Allocate(1);
        EachRow(IndexKernels.FirstBad, 1, n, new IndexCheckArgs { Index = Read(index), Result = Write(result), Count = n, Rows = rows });
        Span<float> first = stackalloc float[1], bad = stackalloc float[1];
        Download(result, first);
        Free(result);
        if (first[0] >= n)
        {
            if (n == index.Length) ((GpuStorage)index).Whole = (0, rows - 1);
            return;
        }
        Download(Read(index).SubView((int)first[0], 1), bad);
        CheckIndex(bad[0], rows);
    }
}
