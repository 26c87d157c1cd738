using System.Buffers;
using static DeepLearning.Kernels.Cutting;

namespace DeepLearning.Kernels;

/// <summary>
/// Sorting. A float's bits, turned so that they compare as whole numbers, with its place below them make one key: keys never tie, so that
/// any sort of them is stable.
/// </summary>
internal static class CpuArgSort
{
    private readonly struct SortPieces(bool descending, float[] x, float[] y, int length, int inner, int lines, int count) : IPieces
    {
        public void Run(int i)
        {
            ulong[] keys = ArrayPool<ulong>.Shared.Rent(length);
            int to = Cut(lines, i + 1, count, 1);
            for (int line = Cut(lines, i, count, 1); line < to; line++)
            {
                int start = line / inner * length * inner + line % inner;
                for (int l = 0; l < length; l++) keys[l] = (ulong)SortKey(x[start + l * inner], descending) << 32 | (uint)l;
                keys.AsSpan(0, length).Sort();
                for (int l = 0; l < length; l++) y[start + l * inner] = (uint)keys[l];
            }
            ArrayPool<ulong>.Shared.Return(keys);
        }
    }

    /// <summary>See <see cref="Device.ArgSort"/>.</summary>
    public static void Run(bool descending, float[] x, float[] y, int outer, int length, int inner, Workers workers)
    {
        int lines = outer * inner;
        int pieces = Math.Min(workers.Pieces(32L * lines * length), Math.Max(1, lines));
        workers.Run(new SortPieces(descending, x, y, length, inner, lines, pieces), pieces);
    }

    private static uint SortKey(float value, bool descending)
    {
        uint bits = float.IsNaN(value) ? 0x7FFFFFFF : BitConverter.SingleToUInt32Bits(value + 0f); // −0 + 0 is 0, which it ties with
        uint key = (bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000;
        return descending ? ~key : key;
    }
}
