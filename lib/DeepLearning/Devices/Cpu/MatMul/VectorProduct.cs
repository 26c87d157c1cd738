using System.Numerics;
using System.Runtime.CompilerServices;
using static DeepLearning.Kernels.Cutting;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>A vector times a matrix: one row of C is a vector times B, one column a vector times A the other way round.</summary>
internal static class VectorProduct
{
    /// <summary>C (+)= A·B (+ bias)</summary>
    public static void Run(in OneProduct p, Workers workers)
    {
        bool row = p.M == 1;
        int n = row ? p.N : p.M, pieces = (long)n * p.K < Workers.WorthSharing ? 1 : Math.Min(2 * workers.Threads, Math.Max(1, n / 64));
        workers.Run(new VectorPieces(p, n, pieces), pieces);
    }

    private readonly struct VectorPieces(OneProduct p, int n, int count) : IPieces
    {
        public void Run(int i)
        {
            bool row = p.M == 1;
            int from = Cut(n, i, count, 64), to = Cut(n, i + 1, count, 64);
            ref float x = ref row ? ref p.A[p.StartA] : ref p.B[p.StartB];
            ref float matrix = ref row ? ref p.B[p.StartB] : ref p.A[p.StartA];
            ref float y = ref p.C[p.StartC];
            for (int j = from; j < to; j++)
                Unsafe.Add(ref y, j) = (p.Accumulate ? Unsafe.Add(ref y, j) : 0) + (p.Bias is null ? 0 : p.Bias[row ? j : 0]);
            if (row ? p.TransposeB : !p.TransposeA) AddDots(ref x, ref matrix, ref y, p.K, from, to);
            else AddRows(ref x, ref matrix, ref y, p.K, n, from, to);
        }
    }

    /// <summary>y[j] += Σ x[k]·matrix[j, k]</summary>
    public static void AddDots(ref float x, ref float matrix, ref float y, int k, int from, int to)
    {
        int width = Vector<float>.Count;
        for (int j = from; j < to; j++)
        {
            ref float row = ref Unsafe.Add(ref matrix, (nint)j * k);
            Vector<float> s0 = default, s1 = default, s2 = default, s3 = default;
            int i = 0;
            for (; i <= k - 4 * width; i += 4 * width)
            {
                s0 = Vector.MultiplyAddEstimate(At(ref x, i), At(ref row, i), s0);
                s1 = Vector.MultiplyAddEstimate(At(ref x, i + width), At(ref row, i + width), s1);
                s2 = Vector.MultiplyAddEstimate(At(ref x, i + 2 * width), At(ref row, i + 2 * width), s2);
                s3 = Vector.MultiplyAddEstimate(At(ref x, i + 3 * width), At(ref row, i + 3 * width), s3);
            }
            for (; i <= k - width; i += width) s0 = Vector.MultiplyAddEstimate(At(ref x, i), At(ref row, i), s0);
            float sum = Vector.Sum(s0 + s1 + (s2 + s3));
            for (; i < k; i++) sum += Unsafe.Add(ref x, i) * Unsafe.Add(ref row, i);
            Unsafe.Add(ref y, j) += sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector<float> At(ref float from, int i) => Vector.LoadUnsafe(ref from, (nuint)i);
    }

    /// <summary>y[j] += Σ x[k]·matrix[k, j], a few vectors of columns at a time.</summary>
    public static void AddRows(ref float x, ref float matrix, ref float y, int k, int n, int from, int to)
    {
        int width = Vector<float>.Count, j = from;
        for (; j <= to - 4 * width; j += 4 * width)
        {
            ref float target = ref Unsafe.Add(ref y, j), row = ref Unsafe.Add(ref matrix, j);
            Vector<float> s0 = default, s1 = default, s2 = default, s3 = default;
            for (int i = 0; i < k; i++, row = ref Unsafe.Add(ref row, n))
            {
                Vector<float> factor = V(Unsafe.Add(ref x, i));
                s0 = Vector.MultiplyAddEstimate(factor, Vector.LoadUnsafe(ref row), s0);
                s1 = Vector.MultiplyAddEstimate(factor, Vector.LoadUnsafe(ref row, (nuint)width), s1);
                s2 = Vector.MultiplyAddEstimate(factor, Vector.LoadUnsafe(ref row, (nuint)(2 * width)), s2);
                s3 = Vector.MultiplyAddEstimate(factor, Vector.LoadUnsafe(ref row, (nuint)(3 * width)), s3);
            }
            (Vector.LoadUnsafe(ref target) + s0).StoreUnsafe(ref target);
            (Vector.LoadUnsafe(ref target, (nuint)width) + s1).StoreUnsafe(ref target, (nuint)width);
            (Vector.LoadUnsafe(ref target, (nuint)(2 * width)) + s2).StoreUnsafe(ref target, (nuint)(2 * width));
            (Vector.LoadUnsafe(ref target, (nuint)(3 * width)) + s3).StoreUnsafe(ref target, (nuint)(3 * width));
        }
        for (; j < to; j++)
        {
            float sum = 0;
            for (int i = 0; i < k; i++) sum += Unsafe.Add(ref x, i) * Unsafe.Add(ref matrix, (nint)i * n + j);
            Unsafe.Add(ref y, j) += sum;
        }
    }
}
