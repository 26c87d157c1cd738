using System.Numerics;
using System.Runtime.InteropServices;

namespace DeepLearning.Kernels;

// Choosing between two operands, number by number.
public sealed partial class CpuDevice
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
                Vector.ConditionalSelect(no, Vector.LoadUnsafe(ref right, (nuint)i), Vector.LoadUnsafe(ref left, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
            }
            for (; i < end; i++) y[i] = condition[i] != 0 ? a[i] : b[i];
        }
    }

    /// <inheritdoc/>
    public override void Where(Storage condition, Storage a, Storage b, Storage y, int n)
    {
        int pieces = Pieces(n);
        ForkJoin<WherePieces>.Run(new(Data(condition), Data(a), Data(b), Data(y), n, pieces), pieces, _maxThreads);
    }
}
