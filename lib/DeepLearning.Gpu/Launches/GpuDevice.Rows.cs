namespace DeepLearning;

public sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void Softmax(Storage x, Storage y, int rows, int columns, bool log) =>
        EachRow(RowKernels.Softmax, rows, columns, Row(x, x, x, x) with { Y = Write(y), Columns = columns, Log = Flag(log) });

    /// <inheritdoc/>
    public override void SoftmaxGradient(Storage y, Storage dy, Storage dx, int rows, int columns, bool log) =>
        EachRow(RowKernels.SoftmaxGradient, rows, columns, Row(y, y, dy, y) with { DX = Write(dx), Columns = columns, Log = Flag(log) });

    /// <inheritdoc/>
    public override void CrossEntropy(Storage x, Storage label, Storage loss, Storage p, int rows, int columns)
    {
        CheckIndices(label, rows, columns);
        EachRow(RowKernels.CrossEntropy, rows, columns, Row(x, p, x, label) with { Y = Write(p), Loss = Write(loss), Columns = columns });
    }

    /// <inheritdoc/>
    public override void CrossEntropyGradient(Storage p, Storage label, Storage weight, int weightStride, Storage dx,
        int rows, int columns) =>
        Each(RowKernels.CrossEntropyGradient, Float4.Count(rows * columns), Row(p, p, p, label) with
        {
            Loss = Read(weight), LossStride = weightStride, DX = Write(dx), Count = rows * columns, Width = By(columns),
        });

    /// <inheritdoc/>
    public override void AttentionWeights(in AttentionWeightsArgs p) =>
        EachRow(RowKernels.AttentionWeights, p.MatrixRows, p.Columns, new AttentionArgs
    {
        X = Read(p.X), Y = Write(p.Y), Mask = ReadOr(p.Mask, p.X), HasMask = Flag(p.Mask is not null), MaskSample = p.MaskSample,
        MaskHead = p.MaskHead, MaskRow = p.MaskRow, Heads = p.Heads, Rows = p.Rows, Columns = p.Columns, Causal = Flag(p.Causal),
        Scale = (float)p.Scale,
    });

    private static RowArgs Row(Storage x, Storage y, Storage dy, Storage label) =>
        new() { X = Read(x), Y = Read(y), DY = Read(dy), DX = Read(x), Label = Read(label), Loss = Read(x) };
}
