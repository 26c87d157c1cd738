using ILGPU;

namespace DeepLearning;

public sealed partial class GpuDevice
{
    // Up to here starting many kernels takes longer than the weights that the way back computes again, and from there on they take
    // a quarter of a gigabyte.
    private const long FewWeights = 1 << 21, ManyWeights = 1 << 26;

    /// <inheritdoc/>
    public override bool HasAttention(int width, long weights) =>
        width <= AttentionTiles.MostWidth && (weights <= FewWeights || weights >= ManyWeights) && _useTiles &&
        AttentionTiles.Threads <= _accelerator.MaxNumThreadsPerGroup && AttentionTiles.MostShared <= _accelerator.MaxSharedMemoryPerGroup;

    /// <inheritdoc/>
    public override void Attention(in HeadAttentionArgs p)
    {
        if (!HasAttention(p.Width, 0)) base.Attention(p);
        EachGroup(AttentionKernels.Forward, Tiles(p, p.Queries), AttentionTiles.Threads,
            Heads(p, p.Queries) with { Y = Matrix(p, Own(p, p.Y), true), LogSum = Write(p.LogSum) });
    }

    /// <inheritdoc/>
    public override void AttentionGradient(in HeadAttentionGradientArgs p)
    {
        HeadAttentionArgs forward = p.Forward;
        if (!HasAttention(forward.Width, 0)) base.AttentionGradient(p);
        Storage mean = Allocate(forward.LogSum.Length);
        HeadKernelArgs kernel = Heads(forward, forward.Queries) with
        {
            DY = Matrix(forward, Own(forward, p.DY), false), Mean = Write(mean), DQ = Matrix(forward, p.DQ ?? forward.Q, p.DQ is not null),
            HasDQ = Flag(p.DQ is not null), DK = Matrix(forward, p.DK ?? forward.K, p.DK is not null), HasDK = Flag(p.DK is not null),
            DV = Matrix(forward, p.DV ?? forward.V, p.DV is not null), HasDV = Flag(p.DV is not null),
        };
        EachGroup(AttentionKernels.QueryGradient, Tiles(forward, forward.Queries), AttentionTiles.Threads, kernel);
        if (p.DK is not null || p.DV is not null)
            EachGroup(AttentionKernels.KeyGradient, Tiles(forward, forward.Keys), AttentionTiles.Threads,
                kernel with { PerHead = new Divisor(RowTiles(forward.Keys)) });
        Free(mean);
    }

    private static int Tiles(in HeadAttentionArgs p, int rows) => p.Samples * p.Heads * RowTiles(rows);

    private static int RowTiles(int rows) => Math.Max(1, (rows + AttentionTiles.Rows - 1) / AttentionTiles.Rows);

    private static HeadRows Own(in HeadAttentionArgs p, Storage y) => new(y, 0, p.Heads * p.Width);

    private static HeadMatrix Matrix(in HeadAttentionArgs p, HeadRows rows, bool writes) => new()
    {
        Data = writes ? Write(rows.Data) : Read(rows.Data), Offset = rows.Offset, RowLength = rows.RowLength,
        Aligned = Flag(p.Width % 4 == 0 && rows.Offset % 4 == 0 && rows.RowLength % 4 == 0),
    };

    private static HeadKernelArgs Heads(in HeadAttentionArgs p, int rows)
    {
        ArrayView<float> any = Read(p.Y);
        HeadMatrix none = Matrix(p, p.Q, false), y = Matrix(p, Own(p, p.Y), false);
        int fours = Float4.Count(p.Width);
        return new HeadKernelArgs
        {
            Q = none, K = Matrix(p, p.K, false), V = Matrix(p, p.V, false), Y = y, DY = y, DQ = none, DK = none, DV = none,
            LogSum = Read(p.LogSum), Mean = any, Mask = ReadOr(p.Mask, p.Y), Drop = ReadOr(p.Drop, p.Y), Heads = p.Heads,
            Queries = p.Queries, Keys = p.Keys, Width = p.Width, Fours = fours, Pitch = fours | 1, MaskSample = p.MaskSample,
            MaskHead = p.MaskHead, MaskRow = p.MaskRow, HasMask = Flag(p.Mask is not null), HasDrop = Flag(p.Drop is not null),
            Causal = Flag(p.Causal), Scale = (float)p.Scale, PerHead = new Divisor(RowTiles(rows)), PerSample = new Divisor(p.Heads),
        };
    }
}
