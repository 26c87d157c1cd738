namespace DeepLearning;

public sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void Copy(Storage x, int xOffset, ReadOnlySpan<int> xStrides, Storage y, int yOffset, ReadOnlySpan<int> yStrides,
        ReadOnlySpan<int> shape, bool add)
    {
        if (!Strided.TryMerge(shape, xStrides, yStrides, out Strided merged)) return;
        var (apart, together) = Divide(Axes(merged));
        var known = WholeAfterCopy((GpuStorage)x, (GpuStorage)y, yOffset, Count(Axes(merged)), add || together.Count > 0);
        int fold = add ? together.FindIndex(axis => axis.B == 0) : -1;
        CopyArgs p = new() { X = Read(x), Y = Write(y), Add = Flag(add), Walk = AxisWalk.Over([.. apart]) };
        if (fold >= 0)
        {
            (p.FoldLength, p.FoldStride, _) = together[fold];
            together.RemoveAt(fold);
        }
        (int N, int A, int B)[] inTurn = [.. together];
        int turns = Count(inTurn), n = Count([.. apart]);
        for (int i = 0; i < turns; i++)
        {
            var (a, b) = Offset(inTurn, i);
            (p.OffsetX, p.OffsetY) = (xOffset + a, yOffset + b);
            Each(fold >= 0 ? ElementKernels.CopyFolded : ElementKernels.Copy, n, p);
        }
        ((GpuStorage)y).Whole = known;
    }

    // Axes whose steps all reach different numbers of y go to threads; those along which numbers are named twice are walked in order, so that no two
    // threads write one number and sums are taken in one order.
    private static (List<(int N, int A, int B)> Apart, List<(int N, int A, int B)> Together) Divide((int N, int A, int B)[] axes)
    {
        List<(int N, int A, int B)> apart = [], together = [];
        int reach = 0;
        foreach (int i in Enumerable.Range(0, axes.Length).OrderBy(i => Math.Abs(axes[i].B)).ThenBy(i => axes[i].N))
        {
            bool differs = Math.Abs(axes[i].B) > reach && apart.Count < AxisWalk.MaxRank;
            if (differs) reach += (axes[i].N - 1) * Math.Abs(axes[i].B);
            (differs ? apart : together).Add(axes[i]);
        }
        // Threads side by side write side by side.
        apart.Reverse();
        return (apart, together);
    }

    // A copy of whole numbers holds whole numbers.
    private static (int, int)? WholeAfterCopy(GpuStorage x, GpuStorage y, int yOffset, int count, bool mixes)
    {
        if (mixes || x.Whole is not { } range) return null;
        if (yOffset == 0 && count == y.Length) return range;
        return y.Whole is { } before ? (Math.Min(range.Low, before.Low), Math.Max(range.High, before.High)) : null;
    }
}
