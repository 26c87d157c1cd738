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
        Span<Axis> axes = stackalloc Axis[merged.Rank], together = stackalloc Axis[merged.Rank];
        FillAxes(merged, axes);
        int count = Count(axes);
        Divide(axes, ref together, out Span<Axis> apart);
        (int A, int B)? whole = WholeAfterCopy((GpuStorage)x, (GpuStorage)y, yOffset, count, add || together.Length > 0);
        CopyArgs p = new() { X = Read(x), Y = Write(y), Add = Flag(add) };
        int fold = -1;
        for (int i = together.Length - 1; add && i >= 0; i--)
        {
            if (together[i].B == 0) fold = i;
        }
        if (fold >= 0)
        {
            (p.FoldLength, p.FoldStride, _) = together[fold];
            together[fold] = new Axis(1, 0, 0);
        }
        int turns = Count(together);
        for (int i = 0; i < turns; i++)
        {
            (int a, int b) = Offset(together, i);
            (p.OffsetX, p.OffsetY) = (xOffset + a, yOffset + b);
            Copy(apart, p, fold >= 0);
        }
        ((GpuStorage)y).Whole = whole;
    }

    // Over axes whose steps all reach different numbers of y, innermost last.
    private void Copy(ReadOnlySpan<Axis> axes, CopyArgs p, bool folds)
    {
        Span<Axis> walk = stackalloc Axis[Math.Max(1, axes.Length)];
        walk[0] = new Axis(1, 0, 0);
        axes.CopyTo(walk);
        ref Axis inner = ref walk[^1];
        int n = p.Count = Count(walk);
        bool fours = !folds && inner is { A: 0 or 1, B: 1 } && p.OffsetY % 4 == 0 && (inner.A == 0 || p.OffsetX % 4 == 0) && InFours(walk);
        if (!folds && !fours && inner.B == 1 && inner.N >= SmallestTile && Rows(walk[..^1]) is var rows and >= 0)
        {
            Transpose(walk, rows, p);
            return;
        }
        p.StepX = inner.A;
        if (fours) ByFours(ref inner);
        p.Walk = AxisWalk.Over(walk);
        if (fours) Each(CopyKernels.Fours, Float4.Count(n), p);
        else Each(folds ? CopyKernels.Folded : CopyKernels.Strided, n, p);
    }

    // The axis along which x lies side by side, if it is long enough for a tile.
    private static int Rows(ReadOnlySpan<Axis> axes)
    {
        for (int i = 0; i < axes.Length; i++)
        {
            if (axes[i].A == 1 && axes[i].N >= SmallestTile) return i;
        }
        return -1;
    }

    private void Transpose(ReadOnlySpan<Axis> axes, int rows, in CopyArgs p)
    {
        Axis r = axes[rows], c = axes[^1];
        Span<Axis> batch = stackalloc Axis[axes.Length - 2];
        axes[..rows].CopyTo(batch);
        axes[(rows + 1)..^1].CopyTo(batch[rows..]);
        int down = (r.N + CopyKernels.Side - 1) / CopyKernels.Side, across = (c.N + CopyKernels.Side - 1) / CopyKernels.Side;
        EachGroup(CopyKernels.Transpose, down * across * Count(batch), MostLanes, new TransposeArgs
        {
            X = p.X, Y = p.Y, OffsetX = p.OffsetX, OffsetY = p.OffsetY, Add = p.Add, Rows = r.N, Columns = c.N, StrideX = c.A,
            StrideY = r.B, TilesDown = down, TilesAcross = across, Walk = AxisWalk.Over(batch),
        });
    }

    // Axes whose steps all reach different numbers of y go to threads, the one with the shortest steps last so that threads side by side
    // write side by side; those along which numbers are named twice are walked in order, so that no two threads write one number and sums
    // are taken in one order.
    private static void Divide(Span<Axis> axes, ref Span<Axis> together, out Span<Axis> apart)
    {
        axes.Sort(static (a, b) => Math.Abs(a.B) != Math.Abs(b.B) ? Math.Abs(a.B).CompareTo(Math.Abs(b.B)) : a.N.CompareTo(b.N));
        int reach = 0, distinct = 0, others = 0;
        foreach (Axis axis in axes)
        {
            bool differs = Math.Abs(axis.B) > reach && distinct < AxisWalk.MaxRank;
            if (differs) reach += (axis.N - 1) * Math.Abs(axis.B);
            if (differs) axes[distinct++] = axis;
            else together[others++] = axis;
        }
        apart = axes[..distinct];
        together = together[..others];
        apart.Reverse();
    }

    // A copy of whole numbers holds whole numbers.
    private static (int, int)? WholeAfterCopy(GpuStorage x, GpuStorage y, int yOffset, int count, bool mixes)
    {
        if (mixes || x.Whole is not { } range) return null;
        if (yOffset == 0 && count == y.Length) return range;
        return y.Whole is { } before ? (Math.Min(range.Low, before.Low), Math.Max(range.High, before.High)) : null;
    }
}
