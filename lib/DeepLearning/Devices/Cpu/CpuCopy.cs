using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Packing;

namespace DeepLearning.Kernels;

/// <summary>
/// Strided copies. After merging axes, one of three things is innermost: a run that is contiguous on both sides; a plane that is contiguous
/// along one axis in the source and along another in the target, which is transposed square by square; or numbers with gaps, copied one by
/// one.
/// </summary>
internal static class CpuCopy
{
    private const int Square = 32;

    /// <summary>See <see cref="Device.Copy"/>.</summary>
    public static void Run(float[] x, int xOffset, ReadOnlySpan<int> xStrides, float[] y, int yOffset, ReadOnlySpan<int> yStrides,
        ReadOnlySpan<int> shape, bool add, Workers workers)
    {
        if (!Strided.TryMerge(shape, xStrides, yStrides, out Strided walk)) return;
        bool transpose = MovePlaneLast(ref walk);
        int size = 1;
        for (int i = 0; i < walk.Rank; i++) size *= walk.Shape[i];
        // Only a plain copy is cut: with add, or a stride of 0, pieces might write the same number.
        int pieces = add || walk.B[0] == 0 ? 1 : Math.Min(workers.Pieces(size), walk.Shape[0]);
        if (pieces == 1) CopyWalk(x, xOffset, y, yOffset, walk, transpose, add);
        else CopyShared(x, xOffset, y, yOffset, walk, transpose, pieces, workers);
    }

    // Apart, so that a small call need not clear the room for the pieces.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CopyShared(float[] x, int xOffset, float[] y, int yOffset, in Strided walk, bool transpose, int pieces,
        Workers workers) =>
        workers.Run(new CopyPieces(x, xOffset, y, yOffset, walk, transpose, pieces), pieces);

    // Makes the axis along which the target is contiguous the last, and the one along which the source is the last but one.
    private static bool MovePlaneLast(ref Strided walk)
    {
        int source = -1, target = -1;
        for (int i = 0; i < walk.Rank; i++)
        {
            if (walk.Shape[i] < 4) continue;
            if (walk.A[i] == 1 && walk.B[i] is not (0 or 1)) source = i;
            if (walk.B[i] == 1 && walk.A[i] is not (0 or 1)) target = i;
        }
        if (source < 0 || target < 0) return false;
        walk.Swap(target, walk.Rank - 1);
        walk.Swap(source == walk.Rank - 1 ? target : source, walk.Rank - 2);
        return true;
    }

    private readonly struct CopyPieces(float[] x, int xOffset, float[] y, int yOffset, Strided walk, bool transpose, int count) : IPieces
    {
        public void Run(int i)
        {
            Strided part = walk;
            int grain = Math.Min(16, walk.Shape[0] / count);
            int from = Cut(walk.Shape[0], i, count, grain), to = Cut(walk.Shape[0], i + 1, count, grain);
            part.Shape[0] = to - from;
            if (to > from) CopyWalk(x, xOffset + from * walk.A[0], y, yOffset + from * walk.B[0], part, transpose, add: false);
        }
    }

    private static void CopyWalk(float[] x, int xi, float[] y, int yi, in Strided walk, bool transpose, bool add)
    {
        int last = walk.Rank - 1, length = walk.Shape[last], sx = walk.A[last], sy = walk.B[last];
        Strided.Axes index = default;
        if (transpose)
        {
            do CopyTransposed(ref x[xi], sx, ref y[yi], walk.B[last - 1], walk.Shape[last - 1], length, add);
            while (walk.Next(ref index, last - 1, ref xi, ref yi));
            return;
        }
        do
        {
            if (sx != 1 || sy != 1) CopyGaps(ref x[xi], sx, ref y[yi], sy, length, add);
            else if (add) Combining.Run<AddOp>(ref y[yi], ref x[xi], ref y[yi], length);
            else x.AsSpan(xi, length).CopyTo(y.AsSpan(yi, length));
        }
        while (walk.Next(ref index, last, ref xi, ref yi));
    }

    private static void CopyGaps(ref float x, int sx, ref float y, int sy, int n, bool add)
    {
        if (add)
            for (int i = 0; i < n; i++) Unsafe.Add(ref y, i * sy) += Unsafe.Add(ref x, i * sx);
        else
            for (int i = 0; i < n; i++) Unsafe.Add(ref y, i * sy) = Unsafe.Add(ref x, i * sx);
    }

    // y[i, j] = x[j, i]: a square of x is turned in a buffer that stays in the L1 cache, and its rows written from there.
    private static unsafe void CopyTransposed(ref float x, int xStride, ref float y, int yStride, int rows, int columns, bool add)
    {
        float* square = stackalloc float[Square * Square];
        fixed (float* from = &x)
        {
            for (int i = 0; i < rows; i += Square)
            for (int j = 0; j < columns; j += Square)
            {
                int height = Math.Min(Square, rows - i), width = Math.Min(Square, columns - j);
                PackTransposed(from + (nint)j * xStride + i, xStride, width, height, square, Square);
                for (int r = 0; r < height; r++)
                {
                    ref float to = ref Unsafe.Add(ref y, (i + r) * yStride + j);
                    if (add) Combining.Run<AddOp>(ref to, ref square[r * Square], ref to, width);
                    else new ReadOnlySpan<float>(square + r * Square, width).CopyTo(MemoryMarshal.CreateSpan(ref to, width));
                }
            }
        }
    }
}
