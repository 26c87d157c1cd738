using System.Numerics;
using System.Runtime.InteropServices;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>Choosing between two operands, number by number.</summary>
internal static class CpuWhere
{
    private readonly struct WherePieces(float[] condition, float[] a, float[] b, float[] y, int n, int count) : IPieces
    {
        public void Run(int piece)
        {
            ref float c = ref MemoryMarshal.GetArrayDataReference(condition);
            ref float left = ref MemoryMarshal.GetArrayDataReference(a);
            ref float right = ref MemoryMarshal.GetArrayDataReference(b);
            ref float to = ref MemoryMarshal.GetArrayDataReference(y);
            int width = Vector<float>.Count, i = Cut(n, piece, count, 16), end = Cut(n, piece + 1, count, 16);
            for (; i <= end - width; i += width)
            {
                var no = Vector.Equals(Vector.LoadUnsafe(ref c, (nuint)i), V(0));
                Vector<float> yes = Vector.LoadUnsafe(ref left, (nuint)i), otherwise = Vector.LoadUnsafe(ref right, (nuint)i);
                Vector.ConditionalSelect(no, otherwise, yes).StoreUnsafe(ref to, (nuint)i);
            }
            for (; i < end; i++) y[i] = condition[i] != 0 ? a[i] : b[i];
        }
    }

    /// <summary>See <see cref="Device.Where"/>.</summary>
    public static void Run(float[] condition, float[] a, float[] b, float[] y, int n, Workers workers)
    {
        int pieces = workers.Pieces(n);
        workers.Run(new WherePieces(condition, a, b, y, n, pieces), pieces);
    }
}
