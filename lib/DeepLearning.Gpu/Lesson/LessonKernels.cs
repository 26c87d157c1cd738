using ILGPU;

namespace DeepLearning;

/// <summary>C = A·B, row-major: A is [M, K], B is [K, N].</summary>
internal struct LessonProduct
{
    public ArrayView<float> A, B, C;
    public int M, N, K;
}

/// <summary>
/// The two products of lesson 36, which shows them as they stand here. What the library itself uses is <see cref="ProductKernels"/>.
/// </summary>
internal static class LessonKernels
{
    public const int MaxTile = 16;

    public static void Naive(Index1D thread, LessonProduct p)
    {
        int row = thread / p.N, column = thread % p.N;
        float sum = 0;
        for (int k = 0; k < p.K; k++) sum += p.A[row * p.K + k] * p.B[k * p.N + column];
        p.C[row * p.N + column] = sum;
    }

    public static void Tiled(LessonProduct p)
    {
        ArrayView<float> tileA = SharedMemory.Allocate<float>(MaxTile * MaxTile);
        ArrayView<float> tileB = SharedMemory.Allocate<float>(MaxTile * MaxTile);
        int tile = Group.DimX, x = Group.IdxX, y = Group.IdxY;
        int row = Grid.IdxY * tile + y, column = Grid.IdxX * tile + x;
        float sum = 0;
        for (int k0 = 0; k0 < p.K; k0 += tile)
        {
            tileA[y * tile + x] = row < p.M && k0 + x < p.K ? p.A[row * p.K + k0 + x] : 0;
            tileB[y * tile + x] = k0 + y < p.K && column < p.N ? p.B[(k0 + y) * p.N + column] : 0;
            Group.Barrier();
            for (int k = 0; k < tile; k++) sum += tileA[y * tile + k] * tileB[k * tile + x];
            Group.Barrier();
        }
        if (row < p.M && column < p.N) p.C[row * p.N + column] = sum;
    }
}
