namespace DeepLearning;

// Rows picked by number. Every index is checked before the first row moves, so that a bad one leaves the target as it was.
public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public override void Gather(Storage x, int rows, int width, Storage index, int n, Storage y)
    {
        ReadOnlySpan<float> from = Data(x), indices = Data(index).AsSpan(0, n);
        Span<float> to = Data(y);
        CheckIndices(indices, rows);
        if (width == 1)
        {
            for (int i = 0; i < n; i++) to[i] = from[(int)indices[i]];
            return;
        }
        for (int i = 0; i < n; i++) from.Slice((int)indices[i] * width, width).CopyTo(to.Slice(i * width, width));
    }

    /// <inheritdoc/>
    public override void ScatterAdd(Storage x, Storage index, int n, Storage y, int rows, int width)
    {
        ReadOnlySpan<float> from = Data(x), indices = Data(index).AsSpan(0, n);
        Span<float> to = Data(y);
        CheckIndices(indices, rows);
        for (int i = 0; i < n; i++)
        {
            var row = to.Slice((int)indices[i] * width, width);
            ref float target = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(row);
            BinaryRun<AddOp>(ref target, ref System.Runtime.CompilerServices.Unsafe.AsRef(in from[i * width]), ref target, width);
        }
    }

    /// <inheritdoc/>
    public override void GatherAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner)
    {
        float[] from = Data(x), indices = Data(index), to = Data(y);
        CheckIndices(indices.AsSpan(0, outer * count * inner), length);
        for (int o = 0, at = 0; o < outer; o++)
        for (int c = 0; c < count; c++)
        for (int i = 0; i < inner; i++, at++) to[at] = from[(o * length + (int)indices[at]) * inner + i];
    }

    /// <inheritdoc/>
    public override void ScatterAddAlong(Storage x, Storage index, Storage y, int outer, int length, int count, int inner)
    {
        float[] from = Data(x), indices = Data(index), to = Data(y);
        CheckIndices(indices.AsSpan(0, outer * count * inner), length);
        for (int o = 0, at = 0; o < outer; o++)
        for (int c = 0; c < count; c++)
        for (int i = 0; i < inner; i++, at++) to[(o * length + (int)indices[at]) * inner + i] += from[at];
    }

    private static void CheckIndices(ReadOnlySpan<float> indices, int rows)
    {
        foreach (float index in indices) CheckIndex(index, rows);
    }
}
