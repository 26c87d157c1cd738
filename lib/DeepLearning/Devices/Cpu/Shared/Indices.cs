using System.Numerics;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>Indices and labels, which are floats, checked before a kernel goes by them.</summary>
internal static class Indices
{
    /// <summary>All are whole numbers in 0 … rows − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public static void Check(ReadOnlySpan<float> indices, int rows)
    {
        int i = 0;
        for (; rows <= 1 << 24 && i <= indices.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var index = new Vector<float>(indices[i..]);
            Vector<int> inside = Vector.GreaterThanOrEqual(index, V(0)) & Vector.LessThan(index, V(rows));
            if ((inside & Vector.Equals(index, Vector.Floor(index))) != Vector<int>.AllBitsSet) break;
        }
        for (; i < indices.Length; i++) Device.CheckIndex(indices[i], rows);
    }
}
