using System.Runtime.CompilerServices;

namespace DeepLearning.Kernels;

/// <summary>
/// The axes of a strided walk over two operands, made as few as possible: axes of length 1 are dropped, and neighbours that both operands
/// pass through evenly become one. A copy of a whole tensor, whatever its rank, ends as one axis; a bias on a matrix as two.
/// </summary>
internal struct Strided
{
    /// <summary>More axes than this, after merging, are not supported.</summary>
    public const int MaxRank = 16;

    public int Rank;
    public Axes Shape, A, B;

    /// <summary>A number for each axis.</summary>
    [InlineArray(MaxRank)]
    public struct Axes
    {
        private int _first;
    }

    /// <summary>False when some axis has length 0, so that there is nothing to walk over.</summary>
    public static bool TryMerge(ReadOnlySpan<int> shape, ReadOnlySpan<int> a, ReadOnlySpan<int> b, out Strided merged)
    {
        Unsafe.SkipInit(out merged);
        int rank = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 0) return false;
            if (shape[i] == 1) continue;
            if (rank > 0 && merged.A[rank - 1] == a[i] * shape[i] && merged.B[rank - 1] == b[i] * shape[i])
            {
                merged.Shape[rank - 1] *= shape[i];
                (merged.A[rank - 1], merged.B[rank - 1]) = (a[i], b[i]);
                continue;
            }
            if (rank == MaxRank) throw new NotSupportedException($"At most {MaxRank} axes are supported, got a shape of {shape.Length}.");
            (merged.Shape[rank], merged.A[rank], merged.B[rank]) = (shape[i], a[i], b[i]);
            rank++;
        }
        if (rank == 0) (merged.Shape[0], merged.A[0], merged.B[0], rank) = (1, 1, 1, 1);
        merged.Rank = rank;
        return true;
    }

    /// <summary>Exchanges two axes, which changes the order of the walk and nothing else.</summary>
    public void Swap(int i, int j)
    {
        (Shape[i], Shape[j]) = (Shape[j], Shape[i]);
        (A[i], A[j]) = (A[j], A[i]);
        (B[i], B[j]) = (B[j], B[i]);
    }

    /// <summary>Moves the offsets on to the next index over all axes before <paramref name="axes"/>; false after the last.</summary>
    public readonly bool Next(ref Axes index, int axes, ref int a, ref int b)
    {
        for (int i = axes - 1; i >= 0; i--)
        {
            a += A[i];
            b += B[i];
            if (++index[i] < Shape[i]) return true;
            index[i] = 0;
            a -= A[i] * Shape[i];
            b -= B[i] * Shape[i];
        }
        return false;
    }
}
