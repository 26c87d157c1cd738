using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepLearning.Kernels;

// Products for which packing does not pay.
public sealed partial class CpuDevice
{
    // Row by row: vectors along the columns of C where rows of B are contiguous, else dot products.
    private static void MatMulDirect(in Product p)
    {
        ref float a = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(p.A), p.StartA);
        ref float b = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(p.B), p.StartB);
        ref float c = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(p.C), p.StartC);
        int width = Vector<float>.Count, stepAi = p.TransposeA ? 1 : p.K, stepAk = p.TransposeA ? p.M : 1;
        int stepBk = p.TransposeB ? 1 : p.N, stepBj = p.TransposeB ? p.K : 1;
        for (int i = 0; i < p.M; i++, c = ref Unsafe.Add(ref c, p.N), a = ref Unsafe.Add(ref a, stepAi))
        {
            int j = 0;
            if (!p.TransposeB)
            {
                for (; j <= p.N - width; j += width)
                {
                    var sum = p.Bias is null ? Vector<float>.Zero : Vector.LoadUnsafe(ref p.Bias[j]);
                    ref float to = ref Unsafe.Add(ref c, j);
                    if (p.Accumulate) sum += Vector.LoadUnsafe(ref to);
                    for (int k = 0; k < p.K; k++)
                        sum = Vector.MultiplyAddEstimate(V(Unsafe.Add(ref a, k * stepAk)), Vector.LoadUnsafe(ref b, (nuint)(k * p.N + j)), sum);
                    sum.StoreUnsafe(ref to);
                }
            }
            for (; j < p.N; j++)
            {
                ref float column = ref Unsafe.Add(ref b, j * stepBj), to = ref Unsafe.Add(ref c, j);
                float sum = p.Bias is null ? 0 : p.Bias[j];
                if (p.Accumulate) sum += to;
                for (int k = 0; k < p.K; k++) sum += Unsafe.Add(ref a, k * stepAk) * Unsafe.Add(ref column, k * stepBk);
                to = sum;
            }
        }
    }

    // One row of C is a vector times B; one column is a vector times A the other way round.
    private static void MatMulVector(in Product p, int threads)
    {
        bool row = p.M == 1;
        int n = row ? p.N : p.M, pieces = (long)n * p.K < WorthSharing ? 1 : Math.Min(2 * threads, Math.Max(1, n / 64));
        ForkJoin<VectorPieces>.Run(new(p, n, pieces), pieces, threads);
    }

    private readonly struct VectorPieces(Product p, int n, int count) : IPieces
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

    // y[j] += Σ x[k]·matrix[j, k]
    private static void AddDots(ref float x, ref float matrix, ref float y, int k, int from, int to)
    {
        int width = Vector<float>.Count;
        for (int j = from; j < to; j++)
        {
            ref float row = ref Unsafe.Add(ref matrix, (nint)j * k);
            Vector<float> s0 = default, s1 = default, s2 = default, s3 = default;
            int i = 0;
            for (; i <= k - 4 * width; i += 4 * width)
            {
                s0 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref x, (nuint)i), Vector.LoadUnsafe(ref row, (nuint)i), s0);
                s1 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref x, (nuint)(i + width)), Vector.LoadUnsafe(ref row, (nuint)(i + width)), s1);
                s2 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref x, (nuint)(i + 2 * width)), Vector.LoadUnsafe(ref row, (nuint)(i + 2 * width)), s2);
                s3 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref x, (nuint)(i + 3 * width)), Vector.LoadUnsafe(ref row, (nuint)(i + 3 * width)), s3);
            }
            for (; i <= k - width; i += width) s0 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref x, (nuint)i), Vector.LoadUnsafe(ref row, (nuint)i), s0);
            float sum = Vector.Sum(s0 + s1 + (s2 + s3));
            for (; i < k; i++) sum += Unsafe.Add(ref x, i) * Unsafe.Add(ref row, i);
            Unsafe.Add(ref y, j) += sum;
        }
    }

    // y[j] += Σ x[k]·matrix[k, j], a few vectors of columns at a time.
    private static void AddRows(ref float x, ref float matrix, ref float y, int k, int n, int from, int to)
    {
        int width = Vector<float>.Count, j = from;
        for (; j <= to - 4 * width; j += 4 * width)
        {
            ref float target = ref Unsafe.Add(ref y, j), row = ref Unsafe.Add(ref matrix, j);
            Vector<float> s0 = default, s1 = default, s2 = default, s3 = default;
            for (int i = 0; i < k; i++, row = ref Unsafe.Add(ref row, n))
            {
                var factor = V(Unsafe.Add(ref x, i));
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
