using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static DeepLearning.Kernels.Vectors;

namespace DeepLearning.Kernels;

/// <summary>
/// Products too small for packing to pay, row by row: vectors along the columns of C where rows of B are contiguous, else dot products.
/// </summary>
internal static class DirectProduct
{
    /// <summary>C (+)= A·B (+ bias)</summary>
    public static void Run(in OneProduct p)
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
                    Vector<float> sum = p.Bias is null ? Vector<float>.Zero : Vector.LoadUnsafe(ref p.Bias[j]);
                    ref float to = ref Unsafe.Add(ref c, j);
                    if (p.Accumulate) sum += Vector.LoadUnsafe(ref to);
                    for (int k = 0; k < p.K; k++)
                    {
                        Vector<float> factor = V(Unsafe.Add(ref a, k * stepAk));
                        sum = Vector.MultiplyAddEstimate(factor, Vector.LoadUnsafe(ref b, (nuint)(k * p.N + j)), sum);
                    }
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
}
