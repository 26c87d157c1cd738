using static DeepLearning.Kernels.Cutting;

namespace DeepLearning.Kernels;

/// <summary>
/// Numbers chosen by index. Every index is checked before the first number moves, so that a bad one leaves the target as it was. Threads
/// that add share the target among them, never a number of it, and each adds in the order of the indices: the sums do not depend on how
/// many there are.
/// </summary>
internal static class CpuIndexing
{
    private readonly struct GatherPieces(float[] x, float[] index, float[] y, int width, int n, int count) : IPieces
    {
        public void Run(int piece)
        {
            int to = Cut(n, piece + 1, count, 1), i = Cut(n, piece, count, 1);
            if (width == 1)
                for (; i < to; i++) y[i] = x[(int)index[i]];
            for (; i < to; i++) x.AsSpan((int)index[i] * width, width).CopyTo(y.AsSpan(i * width, width));
        }
    }

    /// <summary>See <see cref="Device.Gather"/>.</summary>
    public static void Gather(float[] x, int rows, int width, float[] index, int n, float[] y, Workers workers)
    {
        Indices.Check(index.AsSpan(0, n), rows);
        int pieces = Math.Min(workers.Pieces((long)n * width), Math.Max(1, n));
        workers.Run(new GatherPieces(x, index, y, width, n, pieces), pieces);
    }

    // Cut by columns where rows are long, else by rows of the target.
    private readonly struct ScatterPieces(float[] x, float[] index, int n, float[] y, int rows, int width, int count) : IPieces
    {
        public void Run(int piece)
        {
            bool byColumns = width >= 64 * count;
            int from = byColumns ? Cut(width, piece, count, 16) : 0, to = byColumns ? Cut(width, piece + 1, count, 16) : width;
            int first = byColumns ? 0 : Cut(rows, piece, count, 1), end = byColumns ? rows : Cut(rows, piece + 1, count, 1);
            for (int i = 0; i < n; i++)
            {
                int row = (int)index[i];
                if (row < first || row >= end) continue;
                if (width == 1)
                {
                    y[row] += x[i];
                    continue;
                }
                ref float target = ref y[row * width + from];
                Combining.Run<AddOp>(ref target, ref x[i * width + from], ref target, to - from);
            }
        }
    }

    /// <summary>See <see cref="Device.ScatterAdd"/>.</summary>
    public static void ScatterAdd(float[] x, float[] index, int n, float[] y, int rows, int width, Workers workers)
    {
        Indices.Check(index.AsSpan(0, n), rows);
        if (width == 0) return;
        int pieces = width < 8 ? 1 : Math.Min(workers.Pieces((long)n * width), Math.Max(1, Math.Max(rows, width / 64)));
        workers.Run(new ScatterPieces(x, index, n, y, rows, width, pieces), pieces);
    }

    private readonly struct AlongPieces(bool scatter, float[] x, float[] index, float[] y, int outer, int length, int width, int inner,
        int count) : IPieces
    {
        public void Run(int piece)
        {
            (int rowFrom, int rowTo, int from, int to) = CutBlock(outer, inner, piece, count);
            for (int o = rowFrom; o < rowTo; o++)
            for (int c = 0; c < width; c++)
            {
                int line = (o * width + c) * inner, block = o * length * inner;
                for (int i = from; i < to; i++)
                {
                    int there = block + (int)index[line + i] * inner + i;
                    if (scatter) y[there] += x[line + i];
                    else y[line + i] = x[there];
                }
            }
        }
    }

    /// <summary>See <see cref="Device.GatherAlong"/>.</summary>
    public static void GatherAlong(float[] x, float[] index, float[] y, int outer, int length, int count, int inner, Workers workers) =>
        Along(scatter: false, x, index, y, outer, length, count, inner, workers);

    /// <summary>See <see cref="Device.ScatterAddAlong"/>.</summary>
    public static void ScatterAddAlong(float[] x, float[] index, float[] y, int outer, int length, int count, int inner, Workers workers) =>
        Along(scatter: true, x, index, y, outer, length, count, inner, workers);

    private static void Along(bool scatter, float[] x, float[] index, float[] y, int outer, int length, int count, int inner,
        Workers workers)
    {
        Indices.Check(index.AsSpan(0, outer * count * inner), length);
        int pieces = workers.BlockPieces(2L * outer * count * inner, outer, inner);
        workers.Run(new AlongPieces(scatter, x, index, y, outer, length, count, inner, pieces), pieces);
    }
}
