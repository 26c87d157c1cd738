using System.Runtime.CompilerServices;

namespace DeepLearning;

// Strided copies. After merging axes the innermost run is contiguous, repeated, or one side of a transpose; anything else is copied one by one.
public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public override void Copy(Storage x, int xOffset, ReadOnlySpan<int> xStrides, Storage y, int yOffset, ReadOnlySpan<int> yStrides,
        ReadOnlySpan<int> shape, bool add)
    {
        if (!Strided.TryMerge(shape, xStrides, yStrides, out var walk)) return;
        float[] from = Data(x), to = Data(y);
        int last = walk.Rank - 1, length = walk.Shape[last], sx = walk.A[last], sy = walk.B[last];
        Strided.Axes index = default;
        do
        {
            if (sx == 1 && sy == 1 && !add) from.AsSpan(xOffset, length).CopyTo(to.AsSpan(yOffset, length));
            else if (sx == 1 && sy == 1) BinaryRun<AddOp>(ref to[yOffset], ref from[xOffset], ref to[yOffset], length);
            else StridedCopy(ref from[xOffset], sx, ref to[yOffset], sy, length, add);
        }
        while (walk.Next(ref index, last, ref xOffset, ref yOffset));
    }

    private static void StridedCopy(ref float x, int sx, ref float y, int sy, int n, bool add)
    {
        if (add)
            for (int i = 0; i < n; i++) Unsafe.Add(ref y, i * sy) += Unsafe.Add(ref x, i * sx);
        else
            for (int i = 0; i < n; i++) Unsafe.Add(ref y, i * sy) = Unsafe.Add(ref x, i * sx);
    }
}
