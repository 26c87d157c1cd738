namespace DeepLearning;

public sealed partial class GpuDevice
{
    // A tile of fewer rows or columns would stay half empty.
    private const int SmallestTile = 16;

    /// <inheritdoc/>
    public override void Copy(Storage x, int xOffset, ReadOnlySpan<int> xStrides, Storage y, int yOffset, ReadOnlySpan<int> yStrides,
        ReadOnlySpan<int> shape, bool add)
    {
        if (!Strided.TryMerge(shape, xStrides, yStrides, out Strided merged)) return;
        Axis[] axes = new Axis[merged.Rank];
        FillAxes(merged, axes);
        var (apart, together) = Divide(axes);
        var known = WholeAfterCopy((GpuStorage)x, (GpuStorage)y, yOffset, Count(axes), add || together.Count > 0);
        CopyArgs p = new() { X = Read(x), Y = Write(y), Add = Flag(add) };
        int fold = add ? together.FindIndex(axis => axis.B == 0) : -1;
        if (fold >= 0)
        {
            (p.FoldLength, p.FoldStride, _) = together[fold];
            together.RemoveAt(fold);
        }
        Axis[] inTurn = [.. together];
        int turns = Count(inTurn);
        for (int i = 0; i < turns; i++)
        {
            var (a, b) = Offset(inTurn, i);
            (p.OffsetX, p.OffsetY) = (xOffset + a, yOffset + b);
            Copy(apart, p, fold >= 0);
        }
        ((GpuStorage)y).Whole = known;
    }

    // Over axes whose steps all reach different numbers of y, innermost last.
    private void Copy(Axis[] axes, CopyArgs p, bool folds)
    {
        int n = p.Count = Count(axes);
        Axis[] inner = axes.Length == 0 ? [new Axis(1, 0, 0)] : [.. axes];
        bool fours = !folds && inner[^1] is { A: 0 or 1, B: 1 } && p.OffsetY % 4 == 0 && (inner[^1].A == 0 || p.OffsetX % 4 == 0) && InFours(inner);
        if (!folds && !fours && inner[^1].B == 1 && Array.FindIndex(inner, axis => axis.A == 1 && axis.N >= SmallestTile) is var rows and >= 0
            && rows < inner.Length - 1 && inner[^1].N >= SmallestTile)
        {
            Transpose(inner, rows, p);
            return;
        }
        p.StepX = inner[^1].A;
        if (fours) ByFours(ref inner[^1]);
        p.Walk = AxisWalk.Over(inner);
        if (fours) Each(CopyKernels.Fours, Four.Count(n), p);
        else Each(folds ? CopyKernels.Folded : CopyKernels.Strided, n, p);
    }

    private void Transpose(Axis[] axes, int rows, in CopyArgs p)
    {
        Axis r = axes[rows], c = axes[^1];
        Axis[] batch = [.. axes[..rows], .. axes[(rows + 1)..^1]];
        int down = (r.N + CopyKernels.Side - 1) / CopyKernels.Side, across = (c.N + CopyKernels.Side - 1) / CopyKernels.Side;
        EachGroup(CopyKernels.Transpose, down * across * Count(batch), MostLanes, new TransposeArgs
        {
            X = p.X, Y = p.Y, OffsetX = p.OffsetX, OffsetY = p.OffsetY, Add = p.Add, Rows = r.N, Columns = c.N, StrideX = c.A, StrideY = r.B,
            TilesDown = down, TilesAcross = across, Walk = AxisWalk.Over(batch),
        });
    }

    // Axes whose steps all reach different numbers of y go to threads; those along which numbers are named twice are walked in order, so that no two
    // threads write one number and sums are taken in one order.
    private static (Axis[] Apart, List<Axis> Together) Divide(Axis[] axes)
    {
        List<Axis> apart = [], together = [];
        int reach = 0;
        foreach (int i in Enumerable.Range(0, axes.Length).OrderBy(i => Math.Abs(axes[i].B)).ThenBy(i => axes[i].N))
        {
            bool differs = Math.Abs(axes[i].B) > reach && apart.Count < AxisWalk.MaxRank;
            if (differs) reach += (axes[i].N - 1) * Math.Abs(axes[i].B);
            (differs ? apart : together).Add(axes[i]);
        }
        // Threads side by side write side by side.
        apart.Reverse();
        return ([.. apart], together);
    }

    // A copy of whole numbers holds whole numbers.
    private static (int, int)? WholeAfterCopy(GpuStorage x, GpuStorage y, int yOffset, int count, bool mixes)
    {
        if (mixes || x.Whole is not { } range) return null;
        if (yOffset == 0 && count == y.Length) return range;
        return y.Whole is { } before ? (Math.Min(range.Low, before.Low), Math.Max(range.High, before.High)) : null;
    }
}
